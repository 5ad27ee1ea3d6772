"""Verbs that only look: finding, exporting, studying, parsing without a library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperpath.errors import BadInput, ParseFailed, UnknownList, UnknownPaper
from paperpath.model import Caption, ListEntry, ParsedPaper, ReadingList, Section, Stage
from paperpath.workflow import annotating, exporting, finding, noting, parsing, studying
from tests.workflow.samples import BULBS, LAMPS, LANTERNS, PARSED
from tests.workflow.test_noting import edit

if TYPE_CHECKING:
    from pathlib import Path

    from paperpath.library import Library

LIGHT = ReadingList(
    "light",
    "Light",
    "",
    (
        Stage("Old", "", (ListEntry(LAMPS.key, "It burns."),)),
        Stage(
            "New", "", (ListEntry(LANTERNS.key, "Longer.", ("lantern",), (LAMPS.key,)), ListEntry(BULBS.key, "Scale."))
        ),
    ),
)


@pytest.fixture
def listed(shelf: Library) -> Library:
    shelf.set_list(LIGHT, origin="own", fingerprint="1")
    return shelf


def test_show_gathers_everything_about_a_paper(listed: Library) -> None:
    shown = finding.show(listed, "ARXIV:2101.00001v1")
    assert shown.record.key == LANTERNS.key
    assert (shown.pdf, shown.text, shown.note) == (None, None, None)
    standing = shown.standings[0]
    assert (standing.list_name, standing.stage, standing.entry.why) == ("light", "New", "Longer.")
    assert finding.show(listed, LAMPS.key).standings[0].unlocks == (LANTERNS.key,)
    path = noting.ensure_note(listed, LANTERNS.key)
    assert finding.show(listed, LANTERNS.key.upper()).note == path
    with pytest.raises(UnknownPaper, match=LANTERNS.key):
        finding.show(listed, "vega2101lantern")


def test_search_finds_what_an_editor_wrote_a_moment_ago(shelf: Library) -> None:
    edit(noting.ensure_note(shelf, LAMPS.key), "## My notes\n", "## My notes\nZeppelins.\n")
    assert [(hit.key, hit.kind) for hit in finding.search(shelf, "zeppelins")] == [(LAMPS.key, "note")]


def test_export_of_everything_a_query_and_a_list(listed: Library) -> None:
    assert exporting.export(listed).count("\n@") + 1 >= 3
    assert "vega2001lamps" not in exporting.export(listed, query="okafor")
    text = exporting.export(listed, list_name="light", format="biblatex")
    assert text.index(LAMPS.key) < text.index(LANTERNS.key) < text.index(BULBS.key)
    with pytest.raises(BadInput, match="bibtex"):
        exporting.export(listed, format="docx")
    with pytest.raises(UnknownList):
        exporting.export(listed, list_name="dark")


def test_an_export_that_says_the_same_leaves_the_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    exporting.write_export(path, "@misc{ä}\n")
    before = path.stat()
    exporting.write_export(path, "@misc{ä}\n")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    exporting.write_export(path, "@misc{b}\n")
    assert path.read_bytes() == b"@misc{b}\n"
    assert list(tmp_path.iterdir()) == [path]


def test_studying_a_list(listed: Library) -> None:
    way = studying.path(listed, "light")
    assert [step.key for step in way.steps] == [LAMPS.key, LANTERNS.key, BULBS.key]
    assert way.next is not None
    assert (way.next.step.key, way.next.reason) == (LAMPS.key, "unlocks 1 paper; it needs nothing before it")
    annotating.set_status(listed, [LAMPS.key], "read")
    following = studying.next_paper(listed)
    assert following is not None
    assert (following.step.key, following.reason) == (LANTERNS.key, "you have read what it needs: Vega 2001")
    only = studying.progress(listed)[0]
    assert (only.progress.read, only.progress.total, [one.read for one in only.stages]) == (1, 3, [1, 0])
    annotating.set_status(listed, [LANTERNS.key, BULBS.key], "read")
    assert studying.next_paper(listed, "light") is None


def test_the_list_that_is_meant_without_a_name(listed: Library) -> None:
    hero = ReadingList("zero-to-hero", "Hero", "", (Stage("All", "", (ListEntry(BULBS.key, "x"),)),))
    listed.set_list(hero, origin="shipped", fingerprint="1")
    assert studying.chosen_list(listed).name == "zero-to-hero"
    annotating.set_status(listed, [LAMPS.key], "reading")
    assert studying.chosen_list(listed).name == "light"
    with pytest.raises(UnknownList):
        studying.chosen_list(listed, "dark")


def test_without_any_list_there_is_advice(library: Library) -> None:
    with pytest.raises(BadInput, match="reading_lists"):
        studying.path(library)


def test_parse_files_keeps_the_order_and_survives_bad_ones(papers: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.4 nothing")
    good = sorted((papers / "pdf").iterdir())
    paths = [good[0], bad, good[1], tmp_path / "missing.pdf"]
    results = list(parsing.parse_files(paths, workers=2))
    assert [path for path, _ in results] == paths
    assert [isinstance(result, ParseFailed) for _, result in results] == [False, True, False, True]


def test_a_damaged_structure_is_none_and_can_be_made_again(shelf: Library, papers: Path, warm_parsers: None) -> None:
    key = LANTERNS.key
    assert parsing.read_parsed(shelf, key) is None
    shelf.files.write(shelf.files.pdf(LANTERNS), (papers / "pdf" / "2101.00001v1.pdf").read_bytes())
    assert [one.error for one in parsing.reparse(shelf, [LAMPS.key, key])] == [None]
    parsed = parsing.read_parsed(shelf, key)
    assert parsed is not None
    assert parsed.title == LANTERNS.title
    shelf.files.parsed(LANTERNS).write_text("[1", encoding="utf-8")
    assert parsing.read_parsed(shelf, key) is None
    shelf.files.pdf(LANTERNS).write_bytes(b"%PDF-1.4 nothing")
    (one,) = parsing.reparse(shelf, [key])
    assert isinstance(one.error, ParseFailed)
    assert shelf.get(key).problem == str(one.error)


def test_words_of_a_table_are_found() -> None:
    table = Caption("table", "1", "Lanterns.", 2, content="Lantern  Lumen\n\nstorm       80")
    passages = list(parsing.passages(ParsedPaper(captions=(table,))))
    assert [(passage.section, passage.text) for passage in passages] == [
        ("Table 1", "Lanterns."),
        ("Table 1", "Lantern Lumen storm 80"),
    ]


def test_passages_are_paragraphs_and_none_is_a_page_long() -> None:
    passages = list(parsing.passages(PARSED, with_abstract=True))
    assert [(passage.section, passage.page) for passage in passages] == [
        ("Abstract", 1),
        ("1 Introduction", 1),
        ("1 Introduction", 1),
        ("2 Method", 2),
        ("Figure 1", 2),
    ]
    words = " ".join(f"word{n}" + "." * (n % 20 == 0) for n in range(2000))
    long = ParsedPaper(sections=(Section(None, "Long", 1, 1, words), Section(None, "Endless", 1, 2, "x" * 9000)))
    pieces = [passage.text for passage in parsing.passages(long) if passage.section == "Long"]
    assert max(map(len, pieces)) < 2000
    assert " ".join(pieces) == words
