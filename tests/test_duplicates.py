"""Which entries are one paper, and what they would become; the kettles and lanterns are made up."""

from __future__ import annotations

import os
import runpy
import time
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.duplicates import Pair, find, merged, said
from paperpath.duplicates.titles import one_slip
from paperpath.model import Author, Paper

ANN, BO, CY = Author("Kessel", "Ann Marie"), Author("Løvås", "Bo"), Author("Maas", "Cy", "van der")
KETTLE = Paper(
    "Why kettles sing: a model of boiling colours",
    (ANN, BO, CY),
    key="kessel2019kettles",
    entry_type="inproceedings",
    year=2019,
    venue="Proceedings of the 3rd Meeting on Kettles",
    pages="11–19",
    doi="10.5555/kettle.3",
)
PREPRINT = Paper(KETTLE.title, KETTLE.authors, key="a", year=2018, arxiv_id="1801.00001", primary_category="cs.KT")


def pair(a: Paper, b: Paper) -> Pair | None:
    """What is found of two papers; in the other order it must be the same."""
    found, turned = find([a, b]), find([b, a])
    assert [(p.sure, p.why) for p in found] == [(p.sure, p.why) for p in turned]
    assert len(found) <= 1
    return found[0] if found else None


def copy(**changed: object) -> Paper:
    """The paper on kettles under another key without its DOI, changed."""
    return replace(KETTLE, **{"key": "b", "doi": None, **changed})  # type: ignore[arg-type]  # fields of Paper


# --------------------------------------------------------------------------- one paper


def test_one_paper_is_no_pair() -> None:
    assert find([KETTLE]) == []
    assert find([]) == []


@pytest.mark.parametrize(
    ("ours", "theirs", "why"),
    [
        ({"doi": "10.5555/KETTLE.3"}, {"doi": "https://doi.org/10.5555/kettle.3"}, "same DOI"),
        ({"arxiv_id": "1801.00001"}, {"arxiv_id": "1801.00001v3"}, "same arXiv id"),
        ({"arxiv_id": "1801.00001"}, {"doi": "10.48550/arXiv.1801.00001"}, "same arXiv id"),
        ({"arxiv_id": "math/9901001"}, {"url": "https://arxiv.org/abs/math.GT/9901001"}, "same arXiv id"),
        (
            {"entry_type": "book", "extra": (("isbn", "0-306-40615-2"),)},
            {"entry_type": "book", "extra": (("isbn", "978-0-306-40615-7 (print)"),)},
            "same ISBN",
        ),
    ],
)
def test_an_identifier_in_any_spelling(ours: dict[str, object], theirs: dict[str, object], why: str) -> None:
    found = pair(copy(**ours, year=1999), copy(**theirs))
    assert found is not None
    assert (found.sure, found.why) == ("certain", why)


def test_two_publications_of_one_preprint_are_for_a_person_to_look_at() -> None:
    found = pair(copy(arxiv_id="1801.00001", doi="10.5555/a"), copy(arxiv_id="1801.00001", doi="10.5555/b"))
    assert found is not None
    assert (found.sure, found.why) == ("likely", "same arXiv id and title, though another identifier differs")


def test_chapters_share_the_isbn_of_their_book_and_are_no_contradiction() -> None:
    isbn = (("isbn", "978-0-306-40615-7"),)
    chapters = [Paper(f"On {thing}", (ANN,), entry_type="incollection", extra=isbn) for thing in ("spouts", "wicks")]
    assert find(chapters) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "WHY KETTLES SING: A MODEL OF BOILING COLOURS."},
        {"title": "{Why} kettles sing---a model of boiling colors"},
        {"title": "Why kettles sing - A Model of Boiling Colours"},
        {"title": "Why “kettles” sing: a modél of boiling colours*"},
        {"authors": (Author("Kessel", "A. M."), Author("Lovas", "B."), Author("Maas", "C.", "van der"))},
        {"authors": (Author("Kessel", "AM"), Author("L{\\o}v{\\aa}s", "B"), Author("Maas", "Cy Van Der"))},
        {"authors": (Author("Kessel", "Ann"), Author("Løvås", "Bo"), Author("others"))},
        {"pages": "3:11-3:19"},
    ],
)
def test_other_spellings_of_the_same_entry_are_certain(changed: dict[str, object]) -> None:
    found = pair(KETTLE, copy(**changed))
    assert found is not None
    assert (found.sure, found.why) == ("certain", "same title, authors and year")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"title": "Why kettles sing"}, "same title but for the subtitle, authors and year"),
        ({"title": "Why ketles sing: a model of boiling colours"}, "same title but for one letter, authors and year"),
        ({"title": "Why kettles sing: a modle of boiling colours"}, "same title but for one letter, authors and year"),
        ({"authors": (Author("Kessel", "A."), Author("+2"))}, "same title, first author and year"),
        ({"authors": (BO, ANN, CY)}, "same title, authors, but in another order, and year"),
        ({"year": None}, "same title and authors; one has no year"),
        ({"year": 2020}, "same title and authors; the years differ by one"),
        ({"pages": "311–319"}, "same title, authors and year"),
    ],
)
def test_what_differs_a_little_is_likely(changed: dict[str, object], why: str) -> None:
    found = pair(KETTLE, copy(**changed))
    assert found is not None
    assert (found.sure, found.why) == ("likely", why)


def test_a_preprint_and_what_came_of_it() -> None:
    found = pair(PREPRINT, KETTLE)
    assert found is not None
    assert (found.sure, found.why) == ("likely", "same title and authors: preprint and published version")
    assert pair(replace(PREPRINT, year=2016), KETTLE) is not None
    assert pair(replace(PREPRINT, year=2015), KETTLE) is None


def test_formulas_and_letters_of_other_alphabets() -> None:
    a = Paper(r"The $\alpha$-flame of Schr\"odinger's lantern", (Author("Иванов", "Иван"),), year=2001)
    b = Paper("The α-Flame of Schrödinger’s Lantern", (Author("Ivanov", "I."),), year=2001)
    found = pair(a, b)
    assert found is not None
    assert found.sure == "certain"


def test_names_that_were_taken_apart_in_two_ways() -> None:
    a = Paper("Lanterns in the wind at sea", (Author("García Márquez", "Gabriela"), Author("Wei", "Li")), year=2001)
    b = Paper("Lanterns in the wind at sea", (Author("Márquez", "Gabriela García"), Author("Li", "Wei")), year=2001)
    found = pair(a, b)
    assert found is not None
    assert found.sure == "certain"


def test_an_umlaut_may_be_written_with_an_e() -> None:
    found = pair(copy(authors=(Author("Köhl", "Eva"),)), copy(authors=(Author("Koehl", "E."),)))
    assert found is not None
    assert found.sure == "certain"


def test_a_damaged_id_contradicts_nothing() -> None:
    found = pair(replace(PREPRINT, arxiv_id="1801.0001"), PREPRINT)
    assert found is not None
    assert found.sure == "certain"


def test_three_copies_make_three_pairs_in_the_order_of_the_papers() -> None:
    papers = [KETTLE, copy(key="b"), copy(key="c")]
    assert [(p.first.key, p.second.key) for p in find(papers)] == [
        ("kessel2019kettles", "b"),
        ("kessel2019kettles", "c"),
        ("b", "c"),
    ]


# --------------------------------------------------------------------------- two papers


@pytest.mark.parametrize(
    "other",
    [
        copy(authors=(Author("Docht", "Eva"), Author("Lampe", "Kai"))),
        copy(authors=()),
        copy(authors=(Author("???"), Author("***"))),
        copy(authors=(Author("Kessel", "Zoe"),)),
        copy(title="Why kettles sing: part II"),
        copy(title="Why kettles sing: supplementary material"),
        copy(title="Comment on “Why kettles sing: a model of boiling colours”"),
        copy(title="Why kettles sting: a theory of boiling colours"),
        copy(year=2021),
        copy(year=2021, doi="10.5555/kettle.5"),
        copy(entry_type="proceedings", authors=()),
    ],
)
def test_other_works_are_no_pair(other: Paper) -> None:
    assert pair(KETTLE, other) is None


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Kettles of the north, part I", "Kettles of the north, part II"),
        ("Kettles boiled in 2D by night", "Kettles boiled in 3D by night"),
        ("Typical lanterns of the north", "Atypical lanterns of the north"),
        ("Microscopic lanterns of the north", "Macroscopic lanterns of the north"),
        ("Report on the kettles of 2001", "Report on the kettles of 2002"),
        ("Kettles in C of the north", "Kettles in C++ of the north"),
        ("Kettles on lamps by night", "Kettles in lamps by night"),
        ("Kettles", "Kettles: a guide"),
        ("!?", "..."),
    ],
)
def test_titles_that_differ_in_what_matters(a: str, b: str) -> None:
    assert pair(copy(title=a), copy(title=b)) is None


@pytest.mark.parametrize(
    "title", ["Editorial", "Introduction", "Introduction to the Special Issue", "A Survey", "Attention"]
)
def test_a_title_that_many_works_have_needs_the_same_pages(title: str) -> None:
    editorial = Paper(title, (ANN,), entry_type="article", year=2019, venue="Kettles Today", volume="3", pages="1–2")
    assert pair(editorial, replace(editorial, pages="101–102")) is None
    assert pair(editorial, replace(editorial, pages=None)) is None
    found = pair(editorial, replace(editorial, key="b"))
    assert found is not None
    assert (found.sure, found.why) == ("likely", "same title, authors, year and pages")


def test_names_without_a_letter_are_nobodys() -> None:
    assert pair(copy(authors=(Author("???"),)), copy(authors=(Author("***"),))) is None


def test_editions_and_volumes_of_a_book() -> None:
    book = Paper("All about the lanterns of the north", (ANN,), entry_type="book", year=2001)
    assert pair(replace(book, extra=(("edition", "2nd"),)), replace(book, extra=(("edition", "3"),))) is None
    assert pair(replace(book, extra=(("edition", "2nd"),)), replace(book, extra=(("edition", "2"),))) is not None
    assert pair(book, replace(book, entry_type="incollection")) is None
    isbn = (("isbn", "978-0-306-40615-7"),)
    assert pair(replace(book, volume="1", extra=isbn), replace(book, volume="2", extra=isbn)) is None


@pytest.mark.parametrize(
    "other",
    [
        copy(entry_type="article", year=2020, venue="Journal of Kettles", pages="101–130", doi="10.5555/kettle.4"),
        copy(entry_type="article", year=2022, venue="Journal of Kettles"),
        copy(title="Why kettles sing: a model of boiling colours (extended version)"),
        copy(entry_type="phdthesis", venue=None),
        replace(PREPRINT, doi="10.5555/journal.7"),
    ],
)
def test_another_version_is_told_and_not_offered(other: Paper) -> None:
    found = pair(KETTLE, other)
    assert found is not None
    assert found.sure == "possible"
    assert not found.mergeable


def test_two_works_under_one_doi_are_a_contradiction() -> None:
    lantern = Paper("Lanterns by the sea", (Author("Docht", "Eva"),), key="l", year=2001, doi=KETTLE.doi)
    found = pair(KETTLE, lantern)
    assert found is not None
    assert (found.sure, found.mergeable) == ("contradiction", False)
    assert found.why == "same DOI, other title and authors: one of them is wrong"


def test_papers_of_one_volume_under_its_doi_are_a_contradiction() -> None:
    found = pair(KETTLE, copy(title="Lanterns by the sea", pages="20–29", doi=KETTLE.doi))
    assert found is not None
    assert (found.sure, found.why) == ("contradiction", "same DOI, other title and pages: one of them is wrong")


def test_a_new_title_on_arxiv_is_the_same_paper() -> None:
    found = pair(PREPRINT, replace(PREPRINT, title="Singing vessels", arxiv_version=2))
    assert found is not None
    assert (found.sure, found.why) == ("likely", "same arXiv id and authors, though the titles differ")


def test_a_second_identifier_overrules_a_contradiction() -> None:
    a = replace(KETTLE, arxiv_id="1801.00001")
    b = replace(PREPRINT, title="Singing vessels", doi=KETTLE.doi, pages="3")
    assert [p.sure for p in find([a, b])] == ["likely"]


@pytest.mark.parametrize(
    ("a", "b", "slip"),
    [
        ("kettle", "ketle", True), ("kettle", "kettles", True), ("kettle", "kettel", True), ("kettle", "mettle", True),
        ("kernels", "ernels", True), ("ground", "round", False), ("typical", "atypical", False),
        ("kettle", "kettle", False), ("kettle", "kessel", False), ("ab", "abcd", False),
        ("", "a", False), ("abc", "cba", False),
    ],
)  # fmt: skip
def test_one_slip(a: str, b: str, slip: bool) -> None:
    assert one_slip(a, b) is slip
    assert one_slip(b, a) is slip


@pytest.mark.parametrize(
    "papers",
    [
        [Paper("On the boiling of kettles", (ANN,) * 200, year=2001)] * 1000,
        [Paper("On the boiling of kettles", (Author(f"Kessel{i}"),), year=2001) for i in range(1000)],
        [Paper(f"Kettle {i}", (ANN,), doi="10.5555/kettle") for i in range(1000)],
        [Paper(f"On the boiling of kettle number{i}", (ANN,), year=2001) for i in range(1000)],
        [Paper("(" * 20_000 + " " * 20_000 + "-" * 20_000 + "\\" * 20_000 + "$" * 20_000, (ANN,))] * 3,
    ],
    ids=["one paper", "one title", "one DOI", "half a title", "a long title"],
)
def test_what_is_hard_on_purpose_stays_small(papers: list[Paper]) -> None:
    begun = time.process_time()
    found = find(papers)
    assert time.process_time() - begun < 5  # 0.01 to 0.2 s here; 499,500 comparisons take half a minute
    assert len(found) <= 12 * len(papers)


# --------------------------------------------------------------------------- one entry of two


def test_the_published_version_beats_the_preprint_and_nothing_is_lost() -> None:
    preprint = replace(PREPRINT, title="WHY KETTLES SING", abstract="They boil.", extra=(("note", "mine"),))
    published = replace(KETTLE, authors=(Author("Kessel", "A."), BO, Author("others")), extra=(("series", "K"),))
    proposal = merged(preprint, published)
    assert proposal.paper == replace(
        KETTLE,
        key="a",
        arxiv_id="1801.00001",
        primary_category="cs.KT",
        abstract="They boil.",
        extra=(("series", "K"), ("note", "mine")),
    )
    said = {choice.field: (choice.value, choice.other, choice.why) for choice in proposal.choices}
    assert said["year"] == (2019, 2018, "the published version beats the preprint")
    assert said["key"] == ("a", "kessel2019kettles", "it was there first")
    assert said["title"] == (KETTLE.title, "WHY KETTLES SING", "it has the subtitle")
    assert said["authors"] == (KETTLE.authors, published.authors, "the longer list")
    assert said["note"] == ("mine", None, "only one has it")
    assert {choice.field for choice in proposal.left_out} == {"key", "title", "authors", "entry_type", "year"}


def test_a_pinned_key_stays() -> None:
    assert merged(PREPRINT, KETTLE, pinned={KETTLE.key}).paper.key == KETTLE.key
    assert merged(PREPRINT, KETTLE, pinned={KETTLE.key, "a"}).paper.key == "a"


def test_full_given_names_come_from_either() -> None:
    ours = (Author("Kessel", "A. M."), Author("Lovas", "Bo"))
    theirs = (Author("Kessel", "Ann Marie"), Author("Lovas", "B."))
    proposal = merged(copy(authors=ours), copy(authors=theirs))
    assert proposal.paper.authors == (Author("Kessel", "Ann Marie"), Author("Lovas", "Bo"))
    (choice,) = proposal.choices
    assert choice.why == "it was there first, with the other's full given names"
    assert choice.other == theirs


def test_pages_of_one_publication_never_join_the_venue_of_another() -> None:
    journal = copy(entry_type="article", venue="Journal of Kettles", volume="7", pages=None)
    proposal = merged(replace(journal, doi="10.5555/journal", publisher="Spout"), KETTLE)
    assert (proposal.paper.venue, proposal.paper.volume, proposal.paper.pages) == ("Journal of Kettles", "7", None)
    assert ("pages", "11–19") in [(choice.field, choice.other) for choice in proposal.left_out]
    gap = merged(copy(pages=None), KETTLE)
    assert (gap.paper.pages, gap.paper.doi, gap.left_out[0].field) == (KETTLE.pages, KETTLE.doi, "key")


def test_the_later_version_on_arxiv() -> None:
    older = replace(PREPRINT, arxiv_version=1, comment="9 pages", categories=("cs.KT",))
    newer = replace(PREPRINT, arxiv_version=2, comment="11 pages")
    for proposal in (merged(older, newer), merged(newer, older)):
        assert (proposal.paper.arxiv_version, proposal.paper.comment) == (2, "11 pages")
        assert proposal.paper.categories == ("cs.KT",)
    two = merged(older, replace(newer, arxiv_id="1901.00002"))
    assert (two.paper.arxiv_id, two.paper.arxiv_version) == ("1801.00001", 1)


TEXT = st.sampled_from(["", "Kettle", "Lantern"])
MAYBE = st.sampled_from([None, "", "kettle", "lantern"])
NUMBER = st.sampled_from([None, 1, 2])
SPECIAL = {
    "title": st.sampled_from(["", "Kettles", "Kettles of night: lamps", "Kettles of night", "KETTLES", "L{\\'e}"]),
    "authors": st.sampled_from([(), (ANN,), (ANN, BO), (Author("Kessel", "A."), Author("others")), (CY, BO, ANN)]),
    "key": TEXT,
    "entry_type": st.sampled_from(["misc", "article", "inproceedings"]),
    "year": NUMBER,
    "month": NUMBER,
    "arxiv_version": NUMBER,
    "categories": st.sampled_from([(), ("cs.KT",), ("cs.LA", "cs.KT")]),
    "extra": st.sampled_from([(), (("note", "kettle"),), (("note", "lantern"), ("isbn", "1"))]),
}
STRINGS = [field.name for field in fields(Paper) if field.name != "extra"]
PAPERS = st.builds(Paper, **{field.name: SPECIAL.get(field.name, MAYBE) for field in fields(Paper)})  # type: ignore[arg-type]  # each field has its strategy


@given(PAPERS, PAPERS)
def test_every_value_of_both_is_in_the_proposal_or_named(a: Paper, b: Paper) -> None:
    proposal = merged(a, b)
    told = {choice.field: (choice.value, choice.other) for choice in proposal.choices}
    extra = dict(proposal.paper.extra)
    for paper in (a, b):
        for field in fields(Paper):
            value = getattr(paper, field.name)
            if field.name != "extra" and value:
                assert value in (getattr(proposal.paper, field.name), *told.get(field.name, ()))
        for name, text in paper.extra:
            assert text in (extra[name], *told.get(name, ()))


@given(PAPERS, PAPERS, st.sets(st.sampled_from([field.name for field in fields(Paper)] + ["note", "isbn"])))
def test_the_other_side_can_be_taken_in_any_field(a: Paper, b: Paper, others: set[str]) -> None:
    proposal = merged(a, b)
    taken = proposal.taking(others)
    for choice in proposal.choices:
        wanted = choice.other if choice.field in others else choice.value
        assert (said(taken, choice.field) or None) == (wanted or None)
    named = {choice.field for choice in proposal.choices}
    assert all(said(taken, name) == said(proposal.paper, name) for name in STRINGS if name not in named)


def test_a_further_field_is_told_from_the_field_of_its_name() -> None:
    proposal = merged(copy(extra=(("year", "in press"),)), replace(KETTLE, year=2018))
    assert [(one.field, one.value, one.other) for one in proposal.choices if "year" in one.field] == [
        ("year", 2018, 2019),
        ("year (text)", "in press", None),
    ]
    taken = proposal.taking({"year", "year (text)"})
    assert (taken.year, taken.extra) == (2019, ())


@given(PAPERS)
def test_a_paper_merged_with_itself_is_itself(paper: Paper) -> None:
    proposal = merged(paper, paper)
    assert (proposal.paper, proposal.choices) == (paper, ())


@given(st.lists(PAPERS, max_size=6))
def test_any_papers_can_be_compared(papers: list[Paper]) -> None:
    papers = [replace(paper, key=str(at)) for at, paper in enumerate(papers)]
    places = [(int(p.first.key), int(p.second.key)) for p in find(papers)]
    assert places == sorted(set(places))
    assert all(first < second for first, second in places)


# --------------------------------------------------------------------------- real papers


@pytest.mark.corpus
@pytest.mark.parametrize("seed", [7, 8])
def test_planted_copies_among_real_papers_are_found(seed: int) -> None:
    program = runpy.run_path(str(Path(__file__).parents[1] / "benchmarks" / "duplicates.py"))
    papers = program["read"](Path(os.environ["PAPERPATH_CORPUS"]) / "bib" / "dblp_10k.bib.xz")
    precision, recall, lines = program["score"](papers, seed)
    assert precision >= 0.99, lines
    assert recall >= 0.95, lines
