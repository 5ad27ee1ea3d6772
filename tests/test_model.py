"""The nouns: what they say about themselves, and that a parsed paper survives JSON."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath import model
from paperpath.model import Author, ListEntry, Paper, PaperId, ParsedPaper, ReadingList, Record, Stage


def test_an_id_is_written_as_people_write_it() -> None:
    assert str(PaperId("arxiv", "1706.03762", 7)) == "arXiv:1706.03762v7"
    assert str(PaperId("arxiv", "hep-th/9901001")) == "arXiv:hep-th/9901001"
    assert str(PaperId("doi", "10.1038/nature14539")) == "doi:10.1038/nature14539"
    assert str(PaperId("url", "https://example.org/x")) == "https://example.org/x"


def test_a_name_is_written_in_reading_order() -> None:
    assert str(Author("Maaten", "Laurens", "van der")) == "Laurens van der Maaten"
    assert str(Author("King", "Martin Luther", suffix="Jr.")) == "Martin Luther King, Jr."
    assert Author("Maaten", "Laurens", "van der").surname == "van der Maaten"
    assert Author("OpenAI", literal=True).surname == "OpenAI"


@pytest.mark.parametrize(
    ("families", "byline"),
    [
        ((), ""),
        (("LeCun",), "LeCun"),
        (("Kingma", "Ba"), "Kingma & Ba"),
        ("abcdefgh", "a +7"),
        (("Silver", "Huang", "others"), "Silver & al."),
    ],
)
def test_a_byline_is_short(families: tuple[str, ...], byline: str) -> None:
    assert Paper("T", tuple(Author(family) for family in families)).byline == byline


def test_the_ids_of_a_paper_begin_with_the_strongest() -> None:
    paper = Paper("T", arxiv_id="1706.03762", doi="10.1/ABC")
    assert paper.ids == (PaperId("arxiv", "1706.03762"), PaperId("doi", "10.1/abc"))
    assert Paper("T").ids == ()


def test_a_record_is_known_by_the_key_of_its_paper() -> None:
    assert Record(Paper("T", key="x2020y")).key == "x2020y"


def test_a_list_reads_through_its_stages_in_order() -> None:
    first, second, third = (ListEntry(key, "why") for key in "abc")
    reading_list = ReadingList("l", "L", "", (Stage("1", "", (first, second)), Stage("2", "", (third,))))
    assert reading_list.entries == (first, second, third)


def test_every_noun_is_frozen() -> None:
    nouns = [noun for noun in vars(model).values() if isinstance(noun, type) and noun.__module__ == model.__name__]
    assert len(nouns) >= 19
    assert [noun for noun in nouns if not noun.__dataclass_params__.frozen] == []  # type: ignore[attr-defined]


# --------------------------------------------------------------------------- the shape that `parse --json` promises

PROMISED: dict[str, Any] = {
    "title": "str|null",
    "authors": [{"name": "str", "affiliation": "str|null"}],
    "abstract": "str|null",
    "arxiv_id": "str|null",
    "doi": "str|null",
    "sections": [
        {
            "number": "str|null",
            "title": "str",
            "level": "int",
            "page": "int",
            "text": "str",
            "kinds": ["str"],
            "pages": ["int"],
        }
    ],
    "references": [
        {
            "label": "str|null",
            "text": "str",
            "authors": ["str"],
            "title": "str|null",
            "venue": "str|null",
            "year": "int|null",
            "volume": "str|null",
            "issue": "str|null",
            "pages": "str|null",
            "arxiv_id": "str|null",
            "doi": "str|null",
            "url": "str|null",
            "page": "int",
        }
    ],
    "citations": [{"page": "int", "text": "str", "references": ["int"]}],
    "captions": [
        {"kind": "str", "label": "str", "text": "str", "page": "int", "box": "box|null", "content": "str|null"}
    ],
    "footnotes": [{"page": "int", "text": "str"}],
    "pages": "int",
    "warnings": ["str"],
}


def _shape(kind: Any) -> Any:
    """The promise in words, from the annotations: what a reader of the JSON will find."""
    arguments = [a for a in typing.get_args(kind) if a is not types.NoneType]
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return f"{'box' if typing.get_origin(arguments[0]) is tuple else arguments[0].__name__}|null"
    if origin is typing.Literal:
        return "str"
    if origin is tuple:
        return [_shape(arguments[0])]
    if dataclasses.is_dataclass(kind):
        return {name: _shape(hint) for name, hint in typing.get_type_hints(kind).items()}
    return kind.__name__


def test_the_fields_are_those_of_the_promise() -> None:
    assert _shape(ParsedPaper) == PROMISED


parsed_papers = st.builds(
    ParsedPaper,
    title=st.none() | st.text(max_size=8),
    authors=st.lists(st.from_type(model.ParsedAuthor), max_size=2).map(tuple),
    sections=st.lists(st.from_type(model.Section), max_size=2).map(tuple),
    references=st.lists(st.from_type(model.Reference), max_size=2).map(tuple),
    citations=st.lists(st.from_type(model.Citation), max_size=2).map(tuple),
    captions=st.lists(
        st.builds(
            model.Caption,
            kind=st.sampled_from(["figure", "table", "algorithm"]),
            label=st.text(max_size=3),
            text=st.text(max_size=8),
            page=st.integers(1, 9),
            box=st.none() | st.tuples(*[st.floats(0, 999)] * 4),
            content=st.none() | st.text(max_size=8),
        ),
        max_size=2,
    ).map(tuple),
    footnotes=st.lists(st.from_type(model.Footnote), max_size=2).map(tuple),
    pages=st.integers(0, 999),
    warnings=st.lists(st.text(max_size=8), max_size=2).map(tuple),
)


def test_paragraphs_of_older_files_have_no_kind() -> None:
    section = model.Section(None, "Method", 1, 3, "We begin.\n\ny = x    (1)")
    assert [(part.start, part.text, part.kind, part.page) for part in section.paragraphs()] == [
        (0, "We begin.", None, None),
        (11, "y = x    (1)", None, None),
    ]


def test_a_paragraph_knows_its_kind_and_its_page() -> None:
    section = model.Section(None, "Method", 1, 3, "We begin.\n\ny = x    (1)", ("text", "equation"), (3, 4))
    assert [(part.kind, part.page) for part in section.paragraphs()] == [("text", 3), ("equation", 4)]


@given(parsed_papers)
def test_a_parsed_paper_survives_json(parsed: ParsedPaper) -> None:
    assert ParsedPaper.from_dict(json.loads(json.dumps(parsed.to_dict()))) == parsed


def test_a_newer_file_still_opens() -> None:
    data = ParsedPaper(footnotes=(model.Footnote(1, "x"),)).to_dict()
    data["figures"] = []
    data["footnotes"][0]["marker"] = "*"
    assert ParsedPaper.from_dict(data).footnotes == (model.Footnote(1, "x"),)


def test_an_older_file_still_opens() -> None:
    data = {
        "references": [{"label": "1", "text": "[1] A. Potter. 1998.", "page": 4, "year": 1998}],
        "captions": [{"kind": "table", "label": "1", "text": "Kettles.", "page": 2, "box": None}],
    }
    parsed = ParsedPaper.from_dict(data)
    assert parsed.references == (model.Reference("1", "[1] A. Potter. 1998.", 4, year=1998),)
    assert parsed.captions == (model.Caption("table", "1", "Kettles.", 2),)


@pytest.mark.parametrize("data", [{"sections": [{"title": "no page"}]}, {"pages": "many"}, {"authors": 3}])
def test_a_file_of_another_shape_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        ParsedPaper.from_dict(data)
