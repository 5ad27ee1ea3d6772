"""One test for each rule of an exported entry that no outside program checks, and the golden files of both dialects."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import bibtexparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperpath.formats import bibtex, bibtex_write, titles
from paperpath.formats.bibtex_datamodel import FOREIGN
from paperpath.formats.bibtex_dialects import BIBLATEX, BIBTEX
from paperpath.model import Author, Paper
from tests.formats import samples

if TYPE_CHECKING:
    from paperpath.formats.bibtex import Dialect

GOLDEN = Path(__file__).parent.parent / "data" / "golden" / "formats"
DIALECTS: tuple[Dialect, ...] = ("bibtex", "biblatex")


def fields(paper: Paper, dialect: Dialect = "bibtex") -> dict[str, str]:
    """What a reader that is not ours makes of the entry."""
    library = bibtexparser.parse_string(bibtex.write([paper], dialect), parse_stack=[])
    assert not library.failed_blocks
    (entry,) = library.entries
    return {"entry_type": entry.entry_type, "key": entry.key} | {
        field.key: field.value[1:-1] if field.value.startswith("{") else field.value for field in entry.fields
    }


def titled(title: str, dialect: Dialect = "bibtex") -> str:
    return fields(Paper(title, key="k"), dialect)["title"]


def authored(*authors: Author) -> str:
    return fields(Paper("T", authors, key="k"))["author"]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_golden(dialect: Dialect) -> None:
    assert bibtex.write(samples.PAPERS, dialect) == (GOLDEN / f"papers.{dialect}.bib").read_text("utf-8")


@pytest.mark.parametrize("dialect", DIALECTS)
@given(data=st.data())
@settings(deadline=None)
def test_what_is_decided_once_for_many_is_right_for_each(dialect: Dialect, data: st.DataObject) -> None:
    """A template is made from the first paper that knows these facts, and filled in for the others."""
    some = st.sampled_from(samples.PAPERS)
    papers = [
        replace(
            data.draw(some),
            key=f"k{i}",
            entry_type=data.draw(some).entry_type,
            **{name: getattr(data.draw(some), name) for name in ("venue", "journal_ref", "volume", "number", "pages")},
            extra=data.draw(some).extra,
        )
        for i in range(data.draw(st.integers(2, 6)))
    ]
    if data.draw(st.booleans()):
        papers.append(replace(papers[0], key="same", venue=papers[0].title))
    alone = [bibtex_write.entry(*found, dialect) for found in bibtex_write.entries(papers, dialect)]
    assert bibtex.write(papers, dialect).endswith("\n".join(alone))


@pytest.mark.parametrize("dialect", DIALECTS)
def test_text_is_clean(dialect: Dialect) -> None:
    text = bibtex.write(samples.PAPERS, dialect)
    assert text.endswith("}\n")
    assert "\r" not in text
    assert unicodedata.normalize("NFC", text) == text
    assert text.isascii() == (dialect == "bibtex")
    assert all(c.isprintable() or c == "\n" for c in text)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_export_import_export_gives_the_same_bytes(dialect: Dialect) -> None:
    text = bibtex.write(samples.PAPERS, dialect)
    result = bibtex.read(text)
    assert not result.problems
    assert bibtex.write(result.papers, dialect) == text


def test_library_is_bibtexparsers_model() -> None:
    library = bibtex_write.library(samples.PAPERS, "bibtex")
    assert len(library.entries) == len(samples.PAPERS)
    assert library.entries_dict["kingma2015adam"].fields_dict["eprint"].value == "1412.6980"


def test_nothing_to_write() -> None:
    assert bibtex.write([]) == ""


def test_keys_are_legal_and_unique_without_case() -> None:
    papers = [Paper("T", key=key) for key in ("Good:2019/x", "good:2019/X", "bad key{}", "bad,key", "Müller", "")]
    keys = re.findall(r"^@misc\{(.*),$", bibtex.write(papers), re.M)
    assert keys == ["Good:2019/x", "t", "bad-key", "ta", "Muller", "tb"]


def test_preprint_is_misc_with_eprint() -> None:
    assert fields(samples.ATTENTION) == {
        "entry_type": "misc",
        "key": "vaswani2017attention",
        "author": "Vaswani, Ashish and Shazeer, Noam and Gomez, Aidan N. and Kaiser, {\\L}ukasz",
        "title": "Attention Is All You Need",
        "year": "2017",
        "month": "jun",
        "doi": "10.48550/arXiv.1706.03762",
        "eprint": "1706.03762",
        "archiveprefix": "arXiv",
        "primaryclass": "cs.CL",
    }
    entry = fields(samples.ATTENTION, "biblatex")
    assert (entry["entry_type"], entry["eprinttype"], entry["eprintclass"]) == ("misc", "arXiv", "cs.CL")


def test_preprint_of_an_article_type_is_misc_too() -> None:
    assert fields(replace(samples.ATTENTION, entry_type="article"))["entry_type"] == "misc"


def test_published_paper_has_the_type_of_its_venue_and_keeps_the_eprint() -> None:
    entry = fields(samples.ADAM)
    assert (entry["entry_type"], entry["eprint"]) == ("inproceedings", "1412.6980")
    assert entry["booktitle"].startswith("3rd International Conference")


def test_missing_journal_makes_a_misc_that_has_only_fields_of_a_misc() -> None:
    entry = fields(replace(samples.NO_JOURNAL, volume="7", publisher="CERN"))
    assert entry.keys() == {"entry_type", "key", "author", "title", "year", "note", "organization"}
    assert (entry["entry_type"], entry["note"], entry["organization"]) == ("misc", "Volume 7, pages 3", "CERN")


@pytest.mark.parametrize("rules", [BIBTEX, BIBLATEX])
def test_every_type_is_met_or_left(rules: object) -> None:
    dialect: Dialect = "bibtex" if rules is BIBTEX else "biblatex"
    known = BIBTEX.required if rules is BIBTEX else BIBLATEX.required
    for entry_type in {*BIBTEX.required, *BIBLATEX.required, *BIBTEX.types, "in-press"}:
        full = Paper(
            "T", (Author("A", "B"),), key="k", entry_type=entry_type, year=2000, venue="V", number="1", pages="1",
            publisher="P", url="https://x.org",
            extra=tuple((name, "x") for name in ("school", "institution", "note", "series", "type", "editor")),
        )  # fmt: skip
        assert fields(full, dialect)["entry_type"] in known
        assert fields(Paper("T", key="k", entry_type=entry_type), dialect)["entry_type"] in ("misc", "software")


def test_year_has_four_digits_or_is_left_out() -> None:
    assert "year" not in fields(Paper("T", key="k", year=20177))
    assert "year" not in fields(Paper("T", key="k", year=17))


def test_year_and_month_of_a_preprint_come_from_its_id() -> None:
    entry = fields(Paper("T", key="k", arxiv_id="math/9903012"))
    assert (entry["year"], entry["month"]) == ("1999", "mar")
    published = fields(
        Paper("T", (Author("A"),), key="k", entry_type="article", venue="J", year=2001, arxiv_id="math/9903012")
    )
    assert (published["year"], "month" in published) == ("2001", False)


def test_month_is_a_bare_macro() -> None:
    assert "  month = nov,\n" in bibtex.write([samples.TSNE])


@pytest.mark.parametrize(
    ("pages", "written"),
    [
        ("436-444", "436--444"), ("436–444", "436--444"), ("1--10, 20 - 30", "1--10, 20--30"), ("e1-e9", "e1--e9"),
        ("12–1–12–17", "12--1--12--17"), ("S-12", "S-12"), ("1-2-3", "1-2-3"), ("12+", "12+"), ("117", "117"),
    ],
)  # fmt: skip
def test_page_ranges_have_two_hyphens(pages: str, written: str) -> None:
    paper = Paper("T", (Author("A"),), key="k", entry_type="article", venue="J", year=2000, pages=pages)
    assert fields(paper)["pages"] == written


def test_doi_is_bare_and_arxivs_own_only_without_another() -> None:
    assert fields(replace(samples.ATTENTION, doi="https://doi.org/10.1000/X"))["doi"] == "10.1000/x"
    assert fields(samples.ATTENTION)["doi"] == "10.48550/arXiv.1706.03762"
    assert "doi" not in fields(Paper("T", key="k", doi="10.1000/a{b"))


def test_url_is_absolute_and_unescaped() -> None:
    assert fields(samples.TSNE)["url"] == "https://jmlr.org/papers/v9/a_b%20c.html?x=1&y=2#~frag"
    assert fields(Paper("T", key="k", url="www.x.org/ü{}"))["url"] == "https://www.x.org/%C3%BC%7B%7D"
    assert "url" not in fields(Paper("T", key="k", url="x.pdf"))


def test_url_that_only_repeats_an_id_becomes_the_id() -> None:
    entry = fields(Paper("T", key="k", url="https://arxiv.org/abs/1706.03762"))
    assert entry["eprint"] == "1706.03762"
    assert "url" not in entry


@pytest.mark.parametrize(
    ("author", "written"),
    [
        (Author("Maaten", "Laurens", "van der"), "van der Maaten, Laurens"),
        (Author("King", "Martin Luther", suffix="Jr."), "King, Jr., Martin Luther"),
        (Author("Plato"), "Plato"),
        (Author("OpenAI", literal=True), "{OpenAI}"),
        (Author("Google Brain"), "{Google Brain}"),
        (Author("Barnes and Noble", "X."), "{X. Barnes and Noble}"),
        (Author("Smith, Esq.", "A."), "Smith, Esq., A."),
        (Author("others", "A."), "others, A."),
        (Author("Xi", "II"), "Xi, II"),
        (Author("R{\\'e}", "Chris"), "R{\\'e}, Chris"),
        (Author("O’Neil", "Q."), "O'Neil, Q."),
    ],
)
def test_names_are_von_last_jr_first_or_braced(author: Author, written: str) -> None:
    assert authored(author) == written


def test_others_stay_last_and_are_nobody() -> None:
    assert authored(Author("A", "B"), Author("others")) == "A, B and others"
    assert "author" not in fields(Paper("T", (Author("others"),), key="k"))


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("BERT: Pre-training of Deep Transformers", "{BERT}: Pre-training of Deep Transformers"),
        ("Large-Scale GPT-3 and t-SNE in 3D on T5", "Large-Scale {GPT}-3 and t-{SNE} in {3D} on {T5}"),
        ("Adam: A Method", "{Adam}: A Method"),
        ("Variational Bayes and Newton's Method", "Variational {Bayes} and {Newton}'s Method"),
        ("Vitamin C and A* Search for Hepatitis A", "Vitamin {C} and {A}* Search for Hepatitis {A}"),
        ("Playing Atari with deep reinforcement learning", "Playing {Atari} with deep reinforcement learning"),
        ("Learning from Mauritius with small networks again", "Learning from {Mauritius} with small networks again"),
        ("Deep learning: Some words in small letters", "Deep learning: Some words in small letters"),
        ("O’Neil’s Question", "{O'Neil}'s Question"),
        ("Bounds of $O(n)$ and $k$", "Bounds of {$O(n)$} and $k$"),
        ("Über Ätherwellen: ÄBC", '{\\"U}ber {\\"A}therwellen: {{\\"A}BC}'),
    ],
)
def test_case_of_titles_is_protected(title: str, written: str) -> None:
    assert titled(title) == written


_WORDS = st.sampled_from(
    "A A* A/B (A) a the of networks: learning, Bayes Bayes: Newton's O'Neil don't BERT BERT: t-SNE State-of-the-Art"
    ' X-ray Image: "Go 3D U.S. iPhone Deep Deep. Rate Graphs? through Fourier-Bayes I x=Rate under/Over'
    " d'Alembert we'll We'll we'LL2 Ad Adams D3 d3D Sec2 - + 2".split()
)


@given(st.lists(_WORDS, max_size=9), st.sampled_from([" ", "-", ""]))
def test_the_short_way_of_writing_a_title_is_only_shorter(words: list[str], between: str) -> None:
    title = between.join(words)
    assert titles.title(title, True) == titles._words(title, title, True)


def test_a_title_of_one_long_word_or_of_very_many_takes_no_longer_than_others() -> None:
    for title in ("Aa" * 50_000, "BERT-" * 20_000 + "A", "a " * 50_000 + "B2", "We'll-" * 20_000):
        assert titles.title(title, True).replace("{", "").replace("}", "") == title


def test_titles_have_no_double_braces() -> None:
    assert titled("{BERT}") == "{BERT}"
    assert titled("BERT") == "{BERT}"
    assert "{{" not in titled("{BERT and GPT}")


def test_html_and_invisible_characters_are_gone() -> None:
    assert titled("Cats &amp; Dogs &lt;i&gt;x&lt;/i&gt; <i>y</i>\u200b\u202e\x07") == r"Cats \& Dogs x y"


def test_scripts_bibtex_cannot_set() -> None:
    entry = fields(samples.CHINESE)
    assert (entry["title"], entry["author"]) == ("(Deep Learning)", "[U+674E], [U+660E] and Ivanov, Ivan")
    kept = fields(samples.CHINESE, "biblatex")
    assert (kept["title"], kept["author"]) == ("深度学习 (Deep Learning)", "李, 明 and Иванов, Иван")


def test_abstract_file_and_keywords_stay_at_home() -> None:
    paper = replace(
        samples.FORMULA, abstract="A", comment="C", extra=(("keywords", "k"), ("file", "f"), ("x-mine", "y"))
    )
    assert not {"abstract", "file", "keywords", "comment", "x-mine"} & fields(paper).keys()


def test_numbers_that_bibtex_styles_refuse_go_to_the_note() -> None:
    assert fields(samples.PROCEEDINGS)["note"] == "Number 1"
    assert fields(samples.PROCEEDINGS, "biblatex")["number"] == "1"
    article = Paper("T", (Author("A"),), key="k", entry_type="article", venue="J", year=2000, number="3")
    assert fields(article)["note"] == "Number 3"


def test_book_has_author_or_editor() -> None:
    book = replace(samples.BOOK, extra=(("editor", "Ed, A."),))
    assert "editor" not in fields(book)
    edited = replace(book, authors=())
    assert (fields(edited)["entry_type"], fields(edited)["editor"]) == ("book", "Ed, A.")


def test_bad_check_digits_are_left_out() -> None:
    entry = fields(samples.BOOK)
    assert entry["isbn"] == "978-0-387-84857-0"
    assert "issn" not in entry


def test_publisher_of_two_names_stays_one_in_biblatex() -> None:
    assert fields(samples.BOOK, "biblatex")["publisher"] == "{Simon and Schuster}"


WORDS = st.text(st.sampled_from("aBé深-–' .,{}$\\&%_^αÉßand ") | st.characters(), max_size=30)
NAMES = st.builds(
    Author, WORDS, WORDS, st.sampled_from(["", "van der", "de"]), st.sampled_from(["", "Jr."]), st.booleans()
)
PAPERS = st.builds(
    Paper,
    WORDS,
    st.lists(NAMES, max_size=3).map(tuple),
    key=WORDS,
    entry_type=st.sampled_from(sorted({*BIBTEX.required, *BIBLATEX.required, "in-press"})),
    year=st.none() | st.integers(1900, 2030),
    month=st.none() | st.integers(1, 12),
    venue=st.none() | WORDS,
    volume=st.none() | WORDS,
    number=st.none() | WORDS,
    pages=st.none() | WORDS | st.just("1-5"),
    publisher=st.none() | WORDS,
    doi=st.none() | st.just("10.1000/182") | WORDS,
    url=st.none() | WORDS | WORDS.map("https://x.org/".__add__),
    arxiv_id=st.none() | st.sampled_from(["1706.03762", "math/0309136"]),
    extra=st.lists(
        st.tuples(st.sampled_from(["editor", "series", "note", "address", "school", "institution", "chapter"]), WORDS),
        max_size=3,
        unique_by=lambda item: item[0],
    ).map(tuple),
)


@given(st.lists(PAPERS, max_size=3), st.sampled_from(DIALECTS))
def test_any_papers_survive_the_way_out_and_in(papers: list[Paper], dialect: Dialect) -> None:
    text = bibtex.write(papers, dialect)
    result = bibtex.read(text)
    assert len(result.papers) == len(papers)
    assert not [problem for problem in result.problems if "has no title" not in problem.message]
    assert bibtex.write(result.papers, dialect) == text


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_what_a_misc_has_no_field_for_is_said_behind_its_note(dialect: Dialect) -> None:
    paper = Paper(
        "A Kettle",
        entry_type="misc",
        year=2001,
        venue="Warm Letters",
        volume="7",
        publisher="Lid & Sons",
        extra=(("note", "Read twice."), ("howpublished", "By post"), ("organization", "Tea House")),
    )
    (back,) = bibtex.read(bibtex.write([paper], dialect)).papers
    assert dict(back.extra)["note"] == "Read twice. Lid & Sons. Volume 7"
    assert dict(back.extra)["howpublished"] == "By post. Warm Letters"
    assert bibtex.write([back], dialect) == bibtex.write([paper], dialect)


def test_a_double_issue_has_hyphens_in_both_dialects() -> None:
    people = (Author("Vega", "Ana"),)
    paper = Paper("A Kettle", people, entry_type="article", year=2001, venue="Warm", volume="7", number="3–4")
    assert "number = {3--4}" in bibtex.write([paper], "bibtex")
    assert "number = {3--4}" in bibtex.write([paper], "biblatex")


@pytest.mark.parametrize(
    ("edition", "bibtex_has", "biblatex_has"),
    [
        ("2", "Second", "2"), ("2nd ed.", "Second", "2"), ("Second edition", "Second", "2"), ("tenth", "Tenth", "10"),
        ("11", "11th", "11"), ("21st ed", "21st", "21"), ("112", "112th", "112"), ("Second Edi", "Second", "2"),
        ("Silver", "Silver", "Silver"), ("Revised edition", "Revised", "Revised"), ("ed.", "ed.", "ed."),
        ("0", "0", "0"),
    ],
)  # fmt: skip
def test_editions_are_ordinals_in_bibtex_and_numbers_in_biblatex(
    edition: str, bibtex_has: str, biblatex_has: str
) -> None:
    book = replace(samples.BOOK, extra=(("edition", edition),))
    assert fields(book)["edition"] == bibtex_has
    assert fields(book, "biblatex")["edition"] == biblatex_has


def test_an_issn_among_isbns_is_put_right() -> None:
    book = replace(samples.BOOK, extra=(("isbn", "1234-5679"),))
    assert not {"isbn", "issn"} & fields(book).keys()  # a book has no ISSN
    article = Paper("T", (Author("A"),), "k", "article", 2000, venue="J", volume="1", extra=(("isbn", "1234-5679"),))
    assert fields(article)["issn"] == "1234-5679"


def test_the_number_of_an_article_is_its_pages_in_bibtex() -> None:
    article = Paper("T", (Author("A"),), "k", "article", 2000, venue="J", volume="1", extra=(("eid", "e1004"),))
    assert fields(article)["pages"] == "e1004"
    assert "eid" not in fields(article)
    assert fields(article, "biblatex")["eid"] == "e1004"
    assert fields(replace(article, pages="7"))["pages"] == "7"
    (acm,) = bibtex.read("@article{k, title = {T}, articleno = {34}, numpages = {15}}").papers
    assert dict(acm.extra)["eid"] == "34"


@pytest.mark.parametrize("dialect", DIALECTS)
def test_only_fields_of_the_data_model(dialect: Dialect) -> None:
    known = sorted(BIBTEX.known | BIBLATEX.known)
    for entry_type in {*BIBTEX.required, *BIBLATEX.required}:
        full = Paper(
            "T", (Author("A", "B"),), "k", entry_type, 2000, venue="V", volume="1", pages="1", publisher="P",
            url="https://x.org", extra=tuple((name, "2001") for name in known),
        )  # fmt: skip
        written = fields(full, dialect)
        assert not FOREIGN[written["entry_type"]] & written.keys()
    article = Paper("T", (Author("A"),), "k", "article", 2000, venue="J", publisher="P")
    assert "publisher" not in fields(article, dialect)
