"""What CSL-JSON must be like that we write, and what others write that must be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.formats import csl_json, json_references
from paperpath.model import Author, Paper
from tests.formats import samples

GOLDEN = Path(__file__).parent.parent / "data" / "golden" / "formats"
NAME_PARTS = {"family", "given", "non-dropping-particle", "suffix", "literal"}
VARIABLES = frozenset(
    "id type title author editor translator container-author issued accessed event-date original-date abstract annote"
    " archive archive_collection archive_location archive-place authority call-number chapter-number"
    " collection-number collection-title container-title container-title-short dimensions division DOI edition"
    " event-place event-title genre ISBN ISSN issue jurisdiction keyword language medium note number number-of-pages"
    " number-of-volumes original-publisher original-publisher-place original-title page part-number part-title PMCID"
    " PMID printing publisher publisher-place references reviewed-genre reviewed-title scale section source status"
    " supplement-number title-short URL version volume volume-title".split()
)
"""Of version 1.0.2's schema, those that a paper of the library can have."""


def one(item: dict[str, Any]) -> Paper:
    (paper,) = json_references.read(json.dumps([item])).papers
    return paper


def written(paper: Paper) -> dict[str, Any]:
    (item,) = json.loads(csl_json.write([paper]))
    assert isinstance(item, dict)
    return item


def test_golden() -> None:
    assert csl_json.write(samples.PAPERS) == (GOLDEN / "papers.csl.json").read_text("utf-8")


def test_only_what_the_schema_knows() -> None:
    extra = tuple((name.lower(), "1") for name in (*sorted(VARIABLES), "file", "ris-c1", "school"))
    for paper in (*samples.PAPERS, Paper("T", key="k", extra=extra)):
        item = written(paper)
        assert item.keys() <= VARIABLES
        assert item.keys() >= {"id", "type", "title"}
        for name, value in item.items():
            if name in ("author", "editor", "translator", "container-author"):
                assert all(person and person.keys() <= NAME_PARTS for person in value)
            elif name in ("issued", "accessed", "event-date", "original-date"):
                assert all(isinstance(part, int) for part in value["date-parts"][0])
            else:
                assert isinstance(value, str)
                assert value or name == "title"


def test_preprint_is_written_as_zotero_does() -> None:
    item = written(samples.ATTENTION)
    assert (item["type"], item["number"], item["publisher"]) == ("article", "arXiv:1706.03762", "arXiv")
    assert (item["DOI"], item["URL"]) == ("10.48550/arXiv.1706.03762", "https://arxiv.org/abs/1706.03762")
    assert item["note"] == "arXiv:1706.03762 [cs.CL]"


def test_published_paper_keeps_its_own_doi_and_its_arxiv_id() -> None:
    item = written(samples.SCHRODINGER)
    assert (item["type"], item["DOI"], item["note"]) == (
        "article-journal",
        "10.1038/nature14539",
        "arXiv:math/0309136 [math.GT]",
    )
    assert "number" not in item
    assert one(item).arxiv_id == "math/0309136"


def test_titles_have_no_markup_but_their_mathematics() -> None:
    assert written(Paper('The <i>hot</i> $O(n)$ {K}ettle of Schr\\"odinger', key="k"))["title"] == (
        "The hot $O(n)$ Kettle of Schrödinger"
    )


@pytest.mark.parametrize(
    ("number", "entry_type", "name"),
    [("3", "article", "issue"), ("3", "inproceedings", "collection-number"), ("3", "techreport", "number")],
)
def test_numbers(number: str, entry_type: str, name: str) -> None:
    item = written(Paper("T", key="k", entry_type=entry_type, number=number))
    assert item[name] == number
    assert one(item).number == number


def test_what_zotero_writes() -> None:
    paper = one(
        {
            "id": "http://zotero.org/users/1/items/AB12", "citation-key": "potter2021kettle", "type": "article",
            "title": "A <i>hot</i> Kettle: <span class=\"nocase\">SPOUT</span>", "number": "arXiv:2101.00001",
            "publisher": "arXiv", "note": "arXiv:2101.00001 [cs.LG]\nComment: 3 figures", "source": "arXiv.org",
            "URL": "http://arxiv.org/abs/2101.00001", "DOI": "10.48550/arXiv.2101.00001",
            "author": [{"family": "Waal", "given": "Ada", "non-dropping-particle": "van der"},
                       {"family": "von Kettle", "given": "Bo"}, {"literal": "Tea Group"}],
            "accessed": {"date-parts": [["2023", 7, 11]]}, "issued": {"date-parts": [["2021", 1, "5"]]},
        }
    )  # fmt: skip
    assert paper == Paper(
        "A hot Kettle: SPOUT",
        (Author("Waal", "Ada", "van der"), Author("Kettle", "Bo", "von"), Author("Tea Group", literal=True)),
        key="potter2021kettle",
        year=2021,
        month=1,
        arxiv_id="2101.00001",
        primary_category="cs.LG",
        extra=(
            ("date", "2021-01-05"), ("source", "arXiv.org"), ("urldate", "2023-07-11"), ("note", "Comment: 3 figures"),
        ),
    )  # fmt: skip


def test_what_crossref_writes() -> None:
    work = {
        "type": "journal-article", "title": ["Boiling without Observation"], "container-title": ["Journal of Tea"],
        "short-container-title": ["J. Tea"], "DOI": "10.1000/KETTLE.7", "ISSN": ["1234-5679", "2345-6780"],
        "author": [{"given": "Ada", "family": "Potter", "sequence": "first", "affiliation": []}, {"name": "Tea Group"}],
        "issued": {"date-parts": [[2014, 4]]}, "page": "1-17", "issue": "2", "volume": 9,
        "URL": "http://dx.doi.org/10.1000/kettle.7", "link": [{"URL": "x"}], "reference": [{"key": "1"}],
        "publisher": "Kettle Press",
    }  # fmt: skip
    paper = Paper(
        "Boiling without Observation", (Author("Potter", "Ada"), Author("Tea Group", literal=True)),
        entry_type="article", year=2014, month=4, venue="Journal of Tea", volume="9", number="2", pages="1–17",
        publisher="Kettle Press", doi="10.1000/kettle.7",
        extra=(("shortjournal", "J. Tea"), ("issn", "1234-5679; 2345-6780")),
    )  # fmt: skip
    assert one(work) == paper
    for text in (work, {"status": "ok", "message": work}, {"message": {"items": [work]}}):
        assert json_references.read(json.dumps(text))[:2] == ((paper,), ())


@pytest.mark.parametrize(
    ("issued", "year", "month", "extra"),
    [
        ("2017-06", 2017, 6, ()),
        ({"raw": "2017-06-12"}, 2017, 6, (("date", "2017-06-12"),)),
        ({"raw": "June 2017"}, 2017, 6, ()),
        ({"literal": "about 1950"}, 1950, None, (("date", "about 1950"),)),
        ({"date-parts": [[None]]}, None, None, ()),
        ({"date-parts": [["2017"]], "season": "1"}, 2017, None, (("month", "Spring"),)),
        ({"date-parts": [[2017, 6, 1], [2017, 6, 3]]}, 2017, None, (("date", "2017-06-01/2017-06-03"),)),
        ({"date-parts": [[2017]], "circa": True}, 2017, None, (("date", "2017~"),)),
        ({"date-parts": "kettle"}, None, None, ()),
        ("tea time", None, None, (("date", "tea time"),)),
    ],
)
def test_dates(issued: object, year: int | None, month: int | None, extra: object) -> None:
    paper = one({"title": "T", "issued": issued})
    assert (paper.year, paper.month, paper.extra) == (year, month, extra)


def test_what_a_thesis_is_called_decides_its_type() -> None:
    thesis = {"type": "thesis", "title": "T", "publisher": "Kettle University"}
    assert one(thesis | {"genre": "PhD Thesis"}).entry_type == "phdthesis"
    read = one(thesis | {"genre": "Habilitation"})
    assert (read.entry_type, dict(read.extra)) == ("thesis", {"type": "Habilitation", "school": "Kettle University"})


def test_a_type_that_is_not_known_is_kept() -> None:
    read = one({"type": "song", "title": "T"})
    assert (read.entry_type, read.extra) == ("misc", (("type", "song"),))


def test_what_cannot_be_kept_is_told() -> None:
    result = json_references.read('[\n{"id": "k", "title": "T", "tea": {"hot": [1]}, "custom": {"pot": 1, "x": {}}}]')
    assert dict(result.papers[0].extra) == {"pot": "1"}
    assert result.problems == ((2, "'k' has nested fields that are no text; left out: custom.x, tea.", "error"),)


def test_a_broken_item_costs_itself_alone() -> None:
    text = '[\n  {"id": "a", "title": "A"},\n  {"id": "b", "title: "B"},\n  {"id": "c", "title": "C"},\n  7\n]'
    result = json_references.read(text)
    assert [paper.key for paper in result.papers] == ["a", "c"]
    assert [problem.line for problem in result.problems] == [3, 5]
    assert "broken on line 3" in result.problems[0].message


def test_second_uses_of_a_key_and_missing_titles_are_told() -> None:
    result = json_references.read(
        '[{"id": "a", "title": "A"},\n{"id": "A", "title": "B"},\n{"id": "c", "type": "book"}]'
    )
    assert [paper.key for paper in result.papers] == ["a", "", "c"]
    assert [problem.line for problem in result.problems] == [2, 3]


@pytest.mark.parametrize(
    "text", ["", "kettle", "{}", "[1]", '{"items": 3}', "[" * 100_000, '{"a":' * 100_000, "[" + "9" * 5000 + "]", '["'],
)  # fmt: skip
def test_what_is_no_list_of_references_is_told(text: str) -> None:
    result = json_references.read(text)
    assert result.papers == ()
    assert len(result.problems) == 1


def test_a_file_that_was_cut_off_is_told() -> None:
    for text in ("[\n", '[{"title": "T"},\n', '[{"title": "T"}\n'):
        (problem,) = json_references.read(text).problems
        assert problem.line == 2


def test_nothing_to_read_or_write() -> None:
    assert csl_json.write([]) == "[]\n"
    assert json_references.read("\ufeff[]\n")[:2] == ((), ())


def test_a_file_of_broken_items_is_given_up() -> None:
    assert len(json_references.read("[" + "\n{,},\n" * 100_000 + "]").problems) == 100


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just("arXiv:1"),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from("title author issued date-parts family note custom items itemType creators tags".split()),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@given(JSON)
def test_reading_never_raises(value: object) -> None:
    for text in (json.dumps(value), json.dumps([{"title": "T", "number": value, "author": value, "note": value}])):
        assert all(problem.line >= 1 for problem in json_references.read(text).problems)


@given(st.text(st.sampled_from('[]{}",:\\\n tille1'), max_size=60))
def test_reading_any_text_never_raises(text: str) -> None:
    json_references.read(text)
    json_references.read(f"[{text}]")
