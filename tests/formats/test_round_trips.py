"""Paper → CSL-JSON or RIS → paper: what comes back, and exactly what may differ."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from paperpath.formats import csl_json, entry_types, json_references, ris
from paperpath.formats.dates import year_and_month
from paperpath.formats.latex_decode import normal
from paperpath.formats.result import Problem, ReadResult
from paperpath.model import Author, Paper
from tests.formats.samples import ATTENTION, PAPERS

KEPT = (
    "title authors key entry_type year month venue volume number pages doi arxiv_id primary_category url abstract"
).split()


def through_csl(*papers: Paper) -> ReadResult:
    return json_references.read(csl_json.write(papers))


def through_ris(*papers: Paper) -> ReadResult:
    return ris.read(ris.write(papers))


WAYS = pytest.mark.parametrize("way", [through_csl, through_ris])

# Words begin with a capital: a small one before a family name would be its particle. No comma, brace or quotation mark.
WORD = st.lists(st.sampled_from(["a", "é", "bß", "7", "’s", "-ñ", "ж", "λ"]), max_size=6).map("".join).map("K".__add__)
WORDS = st.lists(WORD, min_size=1, max_size=3).map(" ".join)
AUTHORS = st.one_of(
    st.builds(Author, WORDS, WORDS, st.sampled_from(["", "van der", "de"]), st.sampled_from(["", "Jr.", "III"])),
    st.builds(Author, WORD),
    st.builds(Author, WORDS, literal=st.just(True)),
    st.just(Author("others")),
)
TITLES = st.lists(
    st.sampled_from(["Kettles", "on", "fire:", "a < b", "$O(n \\log n)$", "50 %", "C#", "“tea”", "über", "α", "R&D"]),
    min_size=1,
    max_size=6,
).map(" ".join)
BOOKS = ("book", "proceedings", "collection", "manual")
KINDS = [row.bibtex for row in entry_types.TYPES]
PAPER = st.builds(
    Paper,
    TITLES,
    st.lists(AUTHORS, max_size=4).map(tuple),
    key=st.from_regex(r"[a-z][a-z0-9:_./-]{0,12}", fullmatch=True),
    entry_type=st.sampled_from(KINDS),
    year=st.none() | st.integers(1000, 9999),
    month=st.none() | st.integers(1, 12),
    venue=st.none() | WORDS,
    volume=st.none() | WORD,
    number=st.none() | WORD,
    pages=st.none() | st.sampled_from(["1", "12–34", "L12", "S1–S9", "191–6", "1–5, 7–9", "12-1-12-9", "e1004"]),
    doi=st.none() | st.just("10.1000/kettle.7"),
    arxiv_id=st.none() | st.sampled_from(["1706.03762", "math/0309136"]),
    primary_category=st.none() | st.sampled_from(["cs.CL", "math.GT", "hep-th"]),
    url=st.none() | st.just("https://kettles.example/a_b%20c?x=1&y=2#~d"),
    abstract=st.none() | TITLES,
)


def expected(paper: Paper, way: object) -> Paper:
    """The paper as it should come back."""
    year, month = year_and_month(paper)  # from the arXiv id, if nothing else says it
    month = month if year else None
    entry_type = paper.entry_type
    csl = way is through_csl
    if paper.arxiv_id and (entry_type in ("online", "unpublished") or (entry_type == "article" and not paper.venue)):
        entry_type = "misc"  # a preprint, as for BibTeX
    elif csl and entry_type in BOOKS:
        entry_type = "book"  # CSL has one kind of book
    elif entry_type == "inbook":
        entry_type = "incollection"
    elif not csl and entry_type == "manual":
        entry_type = "book"
    elif not csl and entry_type == "proceedings" and (paper.venue or paper.pages):
        entry_type = "inproceedings"  # RIS calls both CONF
    venue, extra = paper.venue, ()
    if not csl and entry_type == "book" and paper.venue:
        venue, extra = None, (("series", paper.venue),)
    return replace(
        paper,
        title=normal(paper.title),
        authors=tuple(paper.authors),
        entry_type=entry_type,
        year=year,
        month=month,
        venue=venue,
        primary_category=paper.primary_category if paper.arxiv_id else None,
        extra=extra,
    )


@WAYS
@given(paper=PAPER)
@example(paper=replace(ATTENTION, url=None))
def test_what_comes_back(way: object, paper: Paper) -> None:
    result = way(paper)  # type: ignore[operator]
    (read,) = result.papers
    wanted = expected(paper, way)
    assert {name: getattr(read, name) for name in KEPT} == {name: getattr(wanted, name) for name in KEPT}
    assert read.extra == wanted.extra
    assert result.problems == ()


@WAYS
def test_a_second_time_changes_nothing(way: object) -> None:
    once = way(*PAPERS)  # type: ignore[operator]
    again = way(*once.papers)  # type: ignore[operator]
    assert (once.problems, again.problems) == ((), ())
    assert [replace(paper, extra=()) for paper in again.papers] == [replace(paper, extra=()) for paper in once.papers]
    assert [sorted(paper.extra) for paper in again.papers] == [sorted(paper.extra) for paper in once.papers]


@WAYS
def test_fields_without_a_place_of_their_own(way: object) -> None:
    extra = (
        ("address", "Boiling"), ("date", "2012-03-04"), ("edition", "2"), ("editor", "Potter, Ada and {Kettle Group}"),
        ("isbn", "978-0-387-84857-0"), ("issn", "1234-5679"), ("keywords", "tea, steam"), ("language", "en"),
        ("note", "A note: with a colon"), ("series", "Tea"), ("shortjournal", "J. Tea"), ("shorttitle", "Kettles"),
        ("translator", "Wheel, Bo"), ("type", "Letter"),
    )  # fmt: skip
    paper = Paper("Kettles", key="k", entry_type="article", venue="Journal of Tea", year=2012, month=3, extra=extra)
    (read,) = way(paper).papers  # type: ignore[operator]
    assert tuple(sorted(read.extra)) == extra


@WAYS
def test_keys_are_unique_and_never_empty(way: object) -> None:
    papers = [Paper("Kettles", key=key) for key in ("k", "K", "", "Tea:2019/x")]
    assert [paper.key for paper in way(*papers).papers] == ["k", "kettles", "kettlesa", "Tea:2019/x"]  # type: ignore[operator]


@WAYS
def test_small_words_before_a_family_name_become_its_particle(way: object) -> None:
    (read,) = way(Paper("T", (Author("van Kettle", "Ada"),), key="k")).papers  # type: ignore[operator]
    assert read.authors == (Author("Kettle", "Ada", "van"),)


def test_capital_particles_and_commas_survive_only_in_csl() -> None:
    paper = Paper("T", (Author("Kettle", "Ada", "Van der"), Author("Tea, Esq.", "Bo")), key="k")
    assert through_csl(paper).papers[0].authors == paper.authors
    assert through_ris(paper).papers[0].authors == (Author("Van der Kettle", "Ada"), Author("Tea Esq.", "Bo"))


@WAYS
def test_a_family_name_of_two_words_alone(way: object) -> None:
    (read,) = way(Paper("T", (Author("Kettle Brain"),), key="k")).papers  # type: ignore[operator]
    assert read.authors == (Author("Kettle Brain", literal=way is through_ris),)


ANY = st.text(st.sampled_from('aB1 \n-–,;:{}[]"\\$<&%/\ufeff\u200bé') | st.characters(), max_size=40)
ANYTHING = st.builds(
    Paper,
    ANY,
    st.lists(st.builds(Author, ANY, ANY, ANY, ANY, st.booleans()), max_size=2).map(tuple),
    key=ANY,
    entry_type=st.sampled_from(KINDS) | ANY,
    year=st.none() | st.integers(-10, 99999),
    month=st.none() | st.integers(-1, 99),
    venue=st.none() | ANY,
    volume=st.none() | ANY,
    number=st.none() | ANY,
    pages=st.none() | ANY,
    publisher=st.none() | ANY,
    doi=st.none() | ANY,
    url=st.none() | ANY,
    arxiv_id=st.none() | ANY | st.just("1706.03762"),
    abstract=st.none() | ANY,
    extra=st.lists(
        st.tuples(st.sampled_from(["editor", "note", "date", "urldate", "type", "keywords", "isbn"]), ANY),
        max_size=3,
        unique_by=lambda item: item[0],
    ).map(tuple),
)


@WAYS
@given(papers=st.lists(ANYTHING, max_size=3))
def test_no_paper_is_lost_whatever_it_holds(way: object, papers: list[Paper]) -> None:
    result = way(*papers)  # type: ignore[operator]
    assert len(result.papers) == len(papers)
    assert all(isinstance(problem, Problem) for problem in result.problems)
    assert {problem.message for problem in result.problems if "no title" not in problem.message} == set()
    assert len({paper.key.lower() for paper in result.papers}) == len(papers)
