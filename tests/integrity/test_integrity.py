"""Metadata that is wrong, what is said about it, and metadata that only looks wrong."""

from __future__ import annotations

import lzma
import os
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath import integrity
from paperpath.formats import bibtex
from paperpath.model import Author, Paper
from tests.formats.samples import ADAM, ATTENTION, PROCEEDINGS, TSNE

YEAR = 2026
GOOD = Paper(
    "Kettles in Cold Rooms: A Survey",
    (Author("Vega", "Ana"), Author("Okafor", "Bo", "van", "Jr.")),
    key="vega2021kettles",
    entry_type="article",
    year=2021,
    month=3,
    venue="Journal of Small Rooms",
    pages="12-19",
    doi="10.1234/rooms.12",
    url="https://example.org/rooms/12",
    extra=(("issn", "0378-5955"), ("isbn", "978-3-16-148410-0"), ("edition", "2nd")),
)


def extra(name: str, value: str) -> dict[str, Any]:
    return {"extra": ((name, value),)}


def name(family: str, given: str = "", **more: Any) -> dict[str, Any]:
    return {"authors": (Author(family, given, **more),)}


def codes(paper: Paper) -> list[str]:
    return [finding.code for finding in integrity.check(paper, YEAR)]


@pytest.mark.parametrize("paper", [GOOD, ATTENTION, ADAM, TSNE, PROCEEDINGS], ids=lambda paper: paper.key)
def test_good_metadata_has_no_findings(paper: Paper) -> None:
    assert codes(paper) == []


WRONG: list[tuple[str, str, dict[str, Any]]] = [
    ("key-missing", "key", {"key": ""}),
    ("key-illegal", "key", {"key": "müller 2020"}),
    ("title-missing", "title", {"title": ""}),
    ("title-braces", "title", {"title": "A {Kettle on a hob"}),
    ("title-braces", "title", {"title": "A Kettle} on a {hob"}),
    ("title-maths", "title", {"title": r"Bounds of $\log n for kettles"}),
    ("title-capitals", "title", {"title": "KETTLES AND LANTERNS IN COLD ROOMS"}),
    ("title-url", "title", {"title": "Kettles, https://example.org/kettles"}),
    ("title-full-stop", "title", {"title": "Kettles in cold rooms."}),
    ("html-entity", "title", {"title": "Kettles &amp; Lanterns"}),
    ("html-entity", "venue", {"venue": "Kettles &#38; Lanterns"}),
    ("html-entity", "authors", name("Garc&iacute;a", "Ana")),
    ("html-tag", "title", {"title": "Kettles in <i>vacuo</i>"}),
    ("html-tag", "authors", name("Vega<sup>1</sup>", "Ana")),
    ("whitespace", "title", {"title": "Kettles  in\ncold\u200b rooms"}),
    ("venue-year", "venue", {"venue": "Workshop on Kettles, 2021"}),
    ("venue-year", "venue", {"venue": "Workshop on Kettles (2021)"}),
    ("venue-country", "venue", {"venue": "Workshop on Kettles, Porto, Portugal"}),
    ("venue-pages", "venue", {"venue": "Workshop on Kettles, pp. 12-19"}),
    ("author-missing", "authors", {"authors": ()}),
    ("name-et-al", "authors", name("al.", "Vega et")),
    ("name-digits", "authors", name("Vega1", "Ana")),
    ("name-capitals", "authors", name("OKAFOR", "Bo Chidi")),
    ("name-separator", "authors", name("Vega; Okafor", "Ana")),
    ("name-separator", "authors", name("Vega", "Noa, Bo", suffix="Ana")),
    ("name-separator", "authors", name("Okafor", "Ana Vega and Bo")),
    ("name-corporate", "authors", name("Collaboration", "Kettle")),
    ("name-corporate", "authors", name("Institute", "Kettle Research")),
    ("pages-reversed", "pages", {"pages": "19-12"}),
    ("pages-reversed", "pages", {"pages": "S5, L119–L112"}),
    ("pages-form", "pages", {"pages": "pp. 12-19"}),
    ("pages-form", "pages", {"pages": "15 pages"}),
    ("pages-form", "pages", {"pages": "to appear"}),
    ("year-missing", "year", {"year": None}),
    ("year-form", "year", {"year": None, **extra("year", "in press")}),
    ("year-range", "year", {"year": 2028}),
    ("year-range", "year", {"year": 1121}),
    ("month-range", "month", {"month": 13}),
    ("month-range", "month", {"month": None, **extra("month", "13")}),
    ("edition-form", "edition", extra("edition", "2nd edition")),
    ("doi-form", "doi", {"doi": "https://doi.org/10.1234/rooms.12"}),
    ("doi-form", "doi", {"doi": "rooms/12"}),
    ("doi-form", "doi", {"doi": "10.48550/arxiv.2101.00001"}),
    ("doi-form", "doi", {"doi": None, **extra("doi", "http://doi.example.org/10.1234/ROOMS.12")}),
    ("arxiv-form", "arxiv_id", {"arxiv_id": "arXiv:2101.00001v2"}),
    ("arxiv-form", "arxiv_id", {"arxiv_id": "2113.00001"}),
    ("url-form", "url", {"url": "www.example.org/kettles"}),
    ("url-form", "url", {"url": "https://example.org/a kettle"}),
    ("isbn", "isbn", extra("isbn", "978-3-16-148410-1")),
    ("isbn", "isbn", extra("isbn", "0-306-40615-2, 0-306-40615-3")),
    ("issn", "issn", extra("issn", "0378-5954")),
    ("type-unknown", "entry_type", {"entry_type": "kettle"}),
    ("field-missing", "venue", {"venue": None}),
    ("field-missing", "venue", {"entry_type": "inproceedings", "venue": None}),
    ("field-missing", "school", {"entry_type": "phdthesis"}),
    ("preprint-published", "entry_type", {"entry_type": "misc", "arxiv_id": "2101.00001"}),
    ("preprint-published", "entry_type",
     {"entry_type": "misc", "arxiv_id": "2101.00001", "doi": None, "journal_ref": "Rooms 12"}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "field", "changes"), WRONG)
def test_each_kind_of_fault_is_told_once_and_nothing_else(code: str, field: str, changes: dict[str, Any]) -> None:
    paper = replace(GOOD, **changes)
    found = list(integrity.check(paper, YEAR))
    assert [(one.code, one.field) for one in found] == [(code, field)]
    assert found[0].key == paper.key
    assert found[0].message[-1] in ".…?"
    assert code in integrity.CODES


def test_every_code_is_tried() -> None:
    between_papers = {"duplicate-doi", "duplicate-arxiv", "related-missing"}
    assert {code for code, _, _ in WRONG} | between_papers == set(integrity.CODES)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "BERT"},
        {"title": "GPT-4 vs. LLAMA: BLEU"},
        {"title": "Kettles at $5 a piece"},
        {"title": r"On $\ell_2$ and \{sets\} of {BERT}"},
        {"title": "Kettles for Okafor Jr."},
        {"title": "What Is a Kettle..."},
        {"title": "AT&T; Bell & Co"},
        {"title": "On a < b and c > d"},
        {"title": "深度学习"},
        {"venue": "Proceedings of the 2021 Conference on Kettles"},
        {"venue": "Kettles of China"},
        {"pages": "191-6"},
        {"pages": "e1004"},
        {"pages": "xii–xv"},
        {"pages": "1:1-1:27"},
        {"pages": "12–1–12–17"},
        {"pages": "100--120, 130--131"},
        {"pages": "L12"},
        {"year": 2027},
        {"year": None, **extra("date", "2021-03-04/2021-03-09")},
        name("NASA"),
        name("IEEE", "A."),
        name("Kettle Collaboration", literal=True),
        name("others"),
        name("Li", "X."),
        name("King", "Martin Luther", suffix="III"),
        {"authors": (), **extra("organization", "Kettle Works")},
        {"authors": (), "entry_type": "manual"},
        {"entry_type": "misc", "venue": None},
        {"entry_type": "online", "authors": ()},
        {"entry_type": "periodical", "authors": (), "year": None},
        {"venue": None, "arxiv_id": "2101.00001"},
        {"doi": "10.1016/0004-3702(78)90002-(x)"},
        {"entry_type": "misc", "arxiv_id": "2101.00001", "doi": "10.5281/zenodo.12"},
        extra("isbn", "978-3-16-148410-0 0-306-40615-2"),
        extra("isbn", "0-8044-2957-X (hardcover)"),
        extra("issn", "0378-5955 and 2434-561X"),
        extra("edition", "Second"),
        extra("eventtitle", "Kettles 2021"),
    ],
)
def test_what_only_looks_wrong_is_not_told(changes: dict[str, Any]) -> None:
    assert codes(replace(GOOD, **changes)) == []


@pytest.mark.parametrize(
    ("changes", "mended"),
    [
        ({"title": "Kettles &amp;amp;  Lanterns in cold rooms. "}, {"title": "Kettles & Lanterns in cold rooms"}),
        (name("Garc&iacute;a", "Ana"), name("García", "Ana")),
        (name("Collaboration", "The Kettle"), name("The Kettle Collaboration", literal=True)),
        ({"pages": "pp. 12-19"}, {"pages": "12-19"}),
        ({"doi": "https://doi.org/10.1234/ROOMS%2812%29"}, {"doi": "10.1234/rooms(12)"}),
        ({"doi": "10.48550/arxiv.2101.00001", "arxiv_id": "2101.00001"}, {"doi": None, "arxiv_id": "2101.00001"}),
        ({"doi": None, **extra("doi", "http://doi.example.org/10.1234/X")}, {"doi": "10.1234/x", "extra": ()}),
        ({"arxiv_id": "arXiv:2101.00001v2"}, {"arxiv_id": "2101.00001"}),
        (extra("edition", "2nd ed."), extra("edition", "2nd")),
        ({"venue": " Kettles&nbsp;Today"}, {"venue": "Kettles\xa0Today"}),
    ],
)
def test_what_is_beyond_doubt_is_mended(changes: dict[str, Any], mended: dict[str, Any]) -> None:
    assert integrity.mend(replace(GOOD, **changes), YEAR) == replace(GOOD, **mended)


@pytest.mark.parametrize(
    "changes", [name("OKAFOR", "Bo Chidi"), {"title": "KETTLES AND LANTERNS IN COLD ROOMS"}, {"pages": "19-12"}]
)
def test_what_a_person_must_decide_is_left(changes: dict[str, Any]) -> None:
    paper = replace(GOOD, **changes)
    assert integrity.mend(paper, YEAR) == paper


def test_only_the_kinds_that_are_asked_for_are_mended() -> None:
    paper = replace(GOOD, title="Kettles &amp; lanterns.")
    assert integrity.mend(paper, YEAR, {"title-full-stop"}).title == "Kettles &amp; lanterns"


def test_duplicates_are_told_of_every_paper_but_the_first() -> None:
    twin = replace(GOOD, key="okafor2021kettles", doi="10.1234/ROOMS.12")
    other = replace(GOOD, key="other", doi=None, arxiv_id="2101.00001")
    again = replace(other, key="again")
    found = integrity.check_all([GOOD, twin, other, again], YEAR)
    assert [(one.key, one.code, one.field) for one in found] == [
        (twin.key, "duplicate-doi", "doi"),
        ("again", "duplicate-arxiv", "arxiv_id"),
    ]
    assert f"paperpath duplicates --merge {GOOD.key} {twin.key}" in found[0].message


@pytest.mark.parametrize(
    ("field", "ours", "theirs"),
    [
        ("doi", "10.1234/rooms.12", "https://doi.org/10.1234/Rooms.12"),
        ("doi", "doi:10.1234/rooms.12", "10.1234/rooms.12"),
        ("arxiv_id", "2101.00001", "2101.00001v3"),
    ],
)
def test_an_identifier_is_the_same_however_it_is_written(field: str, ours: str, theirs: str) -> None:
    bare = replace(GOOD, doi=None)
    pair = [replace(bare, **{field: ours}), replace(bare, key="b", **{field: theirs})]  # type: ignore[arg-type]
    assert [one.key for one in integrity.check_all(pair, YEAR) if one.code.startswith("duplicate")] == ["b"]


def test_keys_of_other_entries_that_nobody_has() -> None:
    papers = [replace(GOOD, extra=(("related", "lanterns, Wicks,was"), ("xref", ""))), Paper("W", key="wicks", year=1)]
    found = [one for one in integrity.check_all(papers, YEAR, {"was"}) if one.code == "related-missing"]
    assert [(one.key, one.field) for one in found] == [(GOOD.key, "related")]
    assert "names lanterns in related" in found[0].message


TEXT = st.text("aZ9 .,;&<>{}$\\^-–/:i@\n\u200bé", max_size=20) | st.text(max_size=8)
AUTHORS = st.lists(st.builds(Author, TEXT, TEXT, TEXT, TEXT, st.booleans()), max_size=3).map(tuple)
EXTRA = st.lists(st.tuples(st.sampled_from("doi isbn issn edition year month date school".split()), TEXT), max_size=4)
OPTIONAL = st.none() | TEXT
PAPERS = st.builds(
    Paper,
    TEXT,
    AUTHORS,
    key=TEXT,
    entry_type=st.sampled_from(["misc", "article", "thesis", "kettle"]),
    year=st.none() | st.integers(-9, 99999),
    month=st.none() | st.integers(-1, 14),
    venue=OPTIONAL,
    pages=OPTIONAL,
    publisher=OPTIONAL,
    doi=OPTIONAL | TEXT.map("https://doi.org/10.1234/{}".format),
    url=OPTIONAL,
    arxiv_id=OPTIONAL,
    journal_ref=OPTIONAL,
    extra=EXTRA.map(lambda pairs: tuple(dict(pairs).items())),
)


@given(PAPERS)
def test_any_paper_is_checked_and_mending_comes_to_an_end(paper: Paper) -> None:
    for finding in integrity.check(paper, YEAR):
        assert finding.code in integrity.CODES
        assert (finding.mended is None) == (finding.paper is None)
        assert finding.paper != paper
    mended = integrity.mend(paper, YEAR)
    assert not any(finding.paper for finding in integrity.check(mended, YEAR))
    assert mended.key == paper.key
    changed = {field.name for field in fields(Paper) if getattr(mended, field.name) != getattr(paper, field.name)}
    assert changed <= {"title", "authors", "venue", "pages", "publisher", "doi", "arxiv_id", "extra"}


def test_the_reading_list_has_no_findings() -> None:
    text = (Path(__file__).parents[2] / "reading_lists" / "zero-to-hero.bib").read_text(encoding="utf-8")
    papers = bibtex.read(text).papers
    assert len(papers) > 100
    assert [(one.key, one.code) for one in integrity.check_all(papers, YEAR)] == []


@pytest.mark.corpus
def test_real_bibliographies_are_hardly_ever_blamed() -> None:
    """Of 10,000 entries that were made with care five have findings, apart from hints that venues are long."""
    path = Path(os.environ["PAPERPATH_CORPUS"]) / "bib" / "dblp_10k.bib.xz"
    papers = bibtex.read(lzma.decompress(path.read_bytes()).decode()).papers
    assert len(papers) == 10_000
    found = [one for paper in papers for one in integrity.check(paper, YEAR) if one.severity != "hint"]
    assert len(found) <= 5
