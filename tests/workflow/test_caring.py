"""Undo and redo with the files of notes; the doctor; copies."""

from __future__ import annotations

import os
import re
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from paperpath import integrity
from paperpath.errors import BadFile, BadInput, NothingToUndo
from paperpath.model import Author, Highlight, StoredPdf
from paperpath.workflow import annotating, caring, examining, noting, opening, parsing
from tests.workflow.samples import BULBS, LAMPS, LANTERNS, PARSED, pdf_bytes
from tests.workflow.test_noting import edit

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperpath.library import Library

KEY = LANTERNS.key


# --------------------------------------------------------------------------- undo


def test_undo_and_redo_of_status_and_tags_reach_the_note(shelf: Library) -> None:
    path = noting.ensure_note(shelf, KEY)
    fresh = path.read_bytes()
    annotating.set_status(shelf, [KEY, LAMPS.key], "read")
    annotating.tag(shelf, [KEY], add=["light"])
    done = path.read_bytes()
    assert caring.undo(shelf).what == "tags of vega2101lanterns: +light"
    assert caring.undo(shelf).what == "status of 2 papers: read"
    assert path.read_bytes() == fresh
    assert shelf.get(LAMPS.key).status == "unread"
    caring.redo(shelf)
    caring.redo(shelf)
    assert path.read_bytes() == done
    with pytest.raises(NothingToUndo):
        caring.redo(shelf)


def test_undo_of_a_highlight_reaches_the_note(shelf: Library) -> None:
    path = noting.ensure_note(shelf, KEY)
    annotating.highlight(shelf, KEY, Highlight("Wicks made of cotton"))
    assert "Wicks" in path.read_text(encoding="utf-8")
    caring.undo(shelf)
    assert "Wicks" not in path.read_text(encoding="utf-8")
    caring.redo(shelf)
    assert "Wicks" in path.read_text(encoding="utf-8")


def test_undo_of_appended_words(shelf: Library) -> None:
    path = noting.ensure_note(shelf, KEY)
    before = path.read_bytes()
    noting.append_note(shelf, KEY, "First. " * 40)
    after = path.read_bytes()
    caring.undo(shelf)
    assert path.read_bytes() == before
    caring.redo(shelf)
    assert path.read_bytes() == after


def test_appended_words_are_undone_under_a_block_that_came_since(shelf: Library) -> None:
    """A highlight that is made and taken back leaves an empty block in the note of a paper without a text."""
    path = noting.append_note(shelf, LAMPS.key, "Look again.")
    annotating.highlight(shelf, LAMPS.key, Highlight("Wicks made of cotton"))
    caring.undo(shelf)
    text = path.read_text(encoding="utf-8")
    assert "begin highlights" in text
    assert text.endswith("\nLook again.\n")
    caring.undo(shelf)
    assert path.read_text(encoding="utf-8") == text.removesuffix("\nLook again.\n")
    caring.redo(shelf)
    stored = shelf.note(LAMPS.key)
    assert stored is not None
    assert path.read_text(encoding="utf-8") == stored.text == text
    caring.redo(shelf)
    assert "Wicks" in path.read_text(encoding="utf-8")


def test_undo_never_takes_back_words_that_were_written_elsewhere(shelf: Library) -> None:
    path = noting.append_note(shelf, KEY, "Through the command.")
    edit(path, "Through the command.", "Through the command. And much more in an editor.")
    mine = path.read_bytes()
    for _ in range(2):
        with pytest.raises(NothingToUndo, match="was edited since"):
            caring.undo(shelf)
        assert path.read_bytes() == mine
    stored = shelf.note(KEY)
    assert stored is not None
    assert stored.text.encode() == mine
    assert shelf.history()[0].state == "done"


def test_a_status_is_undone_under_words_that_were_written_elsewhere(shelf: Library) -> None:
    path = noting.ensure_note(shelf, KEY)
    annotating.set_status(shelf, [KEY], "read")
    edit(path, "## My notes\n", "## My notes\nAn hour of work.\n")
    assert caring.undo(shelf).what == "status of vega2101lanterns: unread → read"
    text = path.read_text(encoding="utf-8")
    assert "An hour of work." in text
    assert "status: unread\n" in text


def test_a_removed_paper_comes_back_with_its_note_and_its_words(shelf: Library) -> None:
    path = noting.append_note(shelf, KEY, "Words.")
    kept = path.read_bytes()
    shelf.remove([KEY])
    assert path.read_bytes() == kept
    caring.undo(shelf)
    assert path.read_bytes() == kept
    shelf.remove([KEY])
    path.unlink()
    caring.undo(shelf)
    assert path.read_bytes() == kept


def test_a_deleted_note_can_be_brought_back(shelf: Library) -> None:
    path = noting.append_note(shelf, KEY, "Words.")
    kept = path.read_bytes()
    path.unlink()
    noting.refresh_notes(shelf)
    assert caring.undo(shelf).what == "note on vega2101lanterns: its file was deleted"
    assert path.read_bytes() == kept
    caring.redo(shelf)
    assert not path.exists()


def test_history_and_undo_work_after_a_restart(reopen: Callable[[], Library], shelf: Library) -> None:
    from paperpath.formats.citekeys import make_key

    library = reopen()
    library.add([LANTERNS], make_key)
    noting.append_note(library, KEY, "Words.")
    again = reopen()
    assert caring.history(again)[0].what.startswith("note on vega2101lanterns")
    assert caring.undo(again).what.startswith("note on")


# --------------------------------------------------------------------------- doctor


def codes(library: Library, *, fix: bool = False) -> dict[str, str | None]:
    return {treated.code: treated.key for treated in caring.doctor(library, fix)}


@pytest.fixture
def fetched(shelf: Library, warm_parsers: None) -> Library:
    """The library with one paper that has its PDF, text and note."""
    path = shelf.files.pdf(LANTERNS)
    shelf.files.write(path, pdf_bytes(LANTERNS.title, "Ana Vega"))
    stored = StoredPdf(shelf.files.sha256(path), path.stat().st_size, 2, "2026-01-01T00:00:00Z", 1, "somewhere")
    shelf.set_pdf(KEY, stored)
    parsing.keep_parsed(shelf, KEY, PARSED)
    noting.ensure_note(shelf, KEY)
    return shelf


def test_a_healthy_library_has_nothing(fetched: Library) -> None:
    assert caring.doctor(fetched) == []


def test_a_missing_pdf_is_forgotten_so_that_it_can_be_fetched(fetched: Library) -> None:
    fetched.files.pdf(LANTERNS).unlink()
    assert codes(fetched) == {"pdf-missing": KEY}
    assert all(treated.fixed for treated in caring.doctor(fetched, fix=True))
    assert fetched.get(KEY).pdf is None


def test_a_changed_pdf_is_told_and_recorded_only_if_it_is_one(fetched: Library) -> None:
    path = fetched.files.pdf(LANTERNS)
    annotated = pdf_bytes(LANTERNS.title, "Ana Vega and a reader")
    path.write_bytes(annotated)
    assert codes(fetched) == {"pdf-changed": KEY}
    assert caring.doctor(fetched, fix=True)[0].fixed
    assert caring.doctor(fetched) == []
    path.write_bytes(annotated[:100])
    treated = caring.doctor(fetched, fix=True)[0]
    assert not treated.fixed
    assert treated.trouble
    assert codes(fetched) == {"pdf-changed": KEY}


def test_a_lost_text_is_made_again(fetched: Library) -> None:
    for path in (fetched.files.text(LANTERNS), fetched.files.parsed(LANTERNS)):
        path.unlink()
        assert codes(fetched) == {"text-missing": KEY}
    assert caring.doctor(fetched, fix=True)[0].fixed
    assert fetched.files.text(LANTERNS).is_file()
    assert caring.doctor(fetched) == []


def test_an_older_parsers_text_is_made_again(fetched: Library) -> None:
    fetched.set_parsed(KEY, "0.0.1", ())
    assert codes(fetched) == {"old-parse": KEY}
    assert caring.doctor(fetched, fix=True)[0].fixed
    assert fetched.get(KEY).parsed == parsing.parser_version()
    assert fetched.search("wicks")


def test_leftovers_are_swept_after_a_day_and_nothing_else(fetched: Library) -> None:
    folder = fetched.files.folder(LANTERNS)
    fresh, old = folder / "paper.pdf.part", folder / ".paper.pdf.0a1b.tmp"
    stray = fetched.files.papers / "1999.00001"
    empty = fetched.files.papers / "1999.00002"
    for path in (fresh, old):
        path.write_bytes(b"x")
    os.utime(old, (time.time() - 90_000,) * 2)
    stray.mkdir()
    (stray / "paper.pdf").write_bytes(b"%PDF-")
    empty.mkdir()
    assert set(codes(fetched, fix=True)) == {"leftover", "stray-folder", "empty-folder"}
    assert fresh.exists()
    assert not old.exists()
    assert (stray / "paper.pdf").exists()
    assert not empty.exists()


def test_notes_that_are_lost_strange_or_broken(fetched: Library) -> None:
    path = noting.note_path(fetched, KEY)
    text = path.read_bytes()
    (path.parent / "shopping.md").write_bytes(b"milk")
    path.unlink()
    assert codes(fetched) == {"stray-note": None, "note-missing": KEY}
    caring.doctor(fetched, fix=True)
    assert path.read_bytes() == text
    edit(path, "status: unread", "status: [")
    assert codes(fetched) == {"stray-note": None, "note-unreadable": KEY}
    assert (path.parent / "shopping.md").read_bytes() == b"milk"


def test_what_was_not_fetched_not_parsed_not_noted(fetched: Library) -> None:
    fetched.set_problem(BULBS.key, "arXiv could not be reached.")
    path = fetched.files.pdf(LAMPS)
    fetched.files.write(path, b"%PDF-1.4 no paper\n%%EOF\n")
    assert codes(fetched) == {"fetch-failed": BULBS.key, "pdf-unrecorded": LAMPS.key}
    fetched.set_pdf(LAMPS.key, StoredPdf(fetched.files.sha256(path), 5, 1, ""))
    treated = {one.code: one for one in caring.doctor(fetched, fix=True)}
    assert not treated["not-parsed"].fixed
    assert treated["not-parsed"].trouble
    assert treated["note-undrafted"].fixed
    assert not treated["fetch-failed"].fixable


def test_a_pdf_that_nobody_recorded_is_taken_over(fetched: Library) -> None:
    path = fetched.files.pdf(LAMPS)
    fetched.files.write(path, pdf_bytes(LAMPS.title, "Ana Vega"))
    assert codes(fetched, fix=True) == {"pdf-unrecorded": LAMPS.key}
    assert caring.doctor(fetched) == []
    record = fetched.get(LAMPS.key)
    assert record.pdf is not None
    assert (record.pdf.sha256, record.pdf.pages) == (fetched.files.sha256(path), 2)
    assert record.parsed == parsing.parser_version()


def test_a_broken_reading_list_is_told(shelf: Library, tmp_path: Path) -> None:
    folder = shelf.files.reading_lists
    folder.mkdir()
    (folder / "mine.toml").write_text("title =", encoding="utf-8")
    opening.sync_lists(shelf, tmp_path)
    finding = caring.doctor(shelf)[0]
    assert (finding.code, finding.fixable) == ("reading-list", False)
    assert "mine.toml" in finding.message


def wrong_metadata(library: Library) -> None:
    """Three things that can be mended in two papers, one that cannot, and a hint."""
    library.update(replace(LAMPS, title="Lamps &amp; How They Burn.", authors=(Author("OKAFOR", "Bo Chidi"),)))
    library.update(replace(BULBS, title="Bulbs  at Scale", journal_ref="Rooms 12 (2022)"))


def test_what_is_mended_in_metadata_is_one_change_for_each_kind(fetched: Library) -> None:
    wrong_metadata(fetched)
    before = [fetched.get(paper.key).paper for paper in (LAMPS, BULBS)]
    found = [(one.code, one.key, one.field, one.severity, one.fixable, one.fixed) for one in caring.doctor(fetched)]
    assert found == [
        ("title-full-stop", LAMPS.key, "title", "warning", True, False),
        ("html-entity", LAMPS.key, "title", "error", True, False),
        ("whitespace", BULBS.key, "title", "warning", True, False),
        ("name-capitals", LAMPS.key, "authors", "warning", False, False),
        ("preprint-published", BULBS.key, "entry_type", "hint", False, False),
    ]
    mended = {one.code: one.fixed for one in caring.doctor(fetched, fix=True)}
    assert mended == {one[0]: one[4] for one in found}
    assert fetched.get(LAMPS.key).paper.title == "Lamps & How They Burn"
    assert fetched.get(BULBS.key).paper.title == BULBS.title
    assert set(codes(fetched)) == {"name-capitals", "preprint-published"}
    assert caring.undo(fetched).what == "mend whitespace in 1 paper"
    assert caring.undo(fetched).what == "mend html-entity in 1 paper"
    assert fetched.get(LAMPS.key).paper.title == "Lamps &amp; How They Burn"
    assert caring.undo(fetched).what == "mend title-full-stop in 1 paper"
    assert [fetched.get(paper.key).paper for paper in (LAMPS, BULBS)] == before


def test_the_heads_of_notes_follow_what_is_mended_and_what_is_undone(fetched: Library) -> None:
    path = noting.append_note(fetched, KEY, "My words.")
    fetched.update(replace(LANTERNS, venue="Rooms &amp; Lanterns", year=2022))
    assert codes(fetched) == {"note-outdated": KEY, "html-entity": KEY}
    assert caring.doctor(fetched)[0].severity == "warning"
    assert all(one.fixed for one in caring.doctor(fetched, fix=True))
    text = path.read_text(encoding="utf-8")
    assert "venue: Rooms & Lanterns\n" in text
    assert "year: 2022\n" in text
    assert text.endswith("My words.\n")
    assert caring.doctor(fetched) == []
    assert caring.undo(fetched).what == "mend html-entity in 1 paper"
    assert 'venue: "Rooms &amp; Lanterns"\n' in path.read_text(encoding="utf-8")
    caring.redo(fetched)
    assert path.read_text(encoding="utf-8") == text


def test_a_head_that_its_reader_edited_is_told_and_a_note_without_one_is_not(fetched: Library) -> None:
    path = noting.note_path(fetched, KEY)
    edit(path, "year: 2021", "year: 1021")
    assert codes(fetched, fix=True) == {"note-outdated": KEY}
    assert "year: 2021\n" in path.read_text(encoding="utf-8")
    path.write_text("Mine alone.\n", encoding="utf-8")
    assert caring.doctor(fetched) == []


def test_links_and_files_that_lead_nowhere_are_hints(fetched: Library) -> None:
    (fetched.files.notes / "light.md").write_text(f"---\nkey: {KEY}\n---\n", encoding="utf-8")
    noting.append_note(
        fetched, KEY, f"[a](gone.md) [b]({LAMPS.key}.md) [c](light.md#top) [d](https://example.org/x.md) [e](gone.pdf)"
    )
    here = fetched.files.pdf(LANTERNS)
    fetched.update(replace(LAMPS, extra=(("file", rf"PDF:{here}:application/pdf;/gone\;one.pdf;beside.pdf"),)))
    found = [(one.code, one.severity, one.message) for one in caring.doctor(fetched)]
    assert found == [
        ("note-link", "hint", "vega2101lanterns.md links to gone.md, which is neither a file there nor a paper."),
        ("file-missing", "hint", "The entry vega2001lamps names a file that is not there: /gone;one.pdf."),
    ]


def test_only_what_is_asked_for_is_looked_at_and_mended(fetched: Library) -> None:
    wrong_metadata(fetched)
    fetched.files.pdf(LANTERNS).unlink()
    assert [one.code for one in caring.doctor(fetched, checks=["files"])] == ["pdf-missing"]
    assert "pdf-missing" not in {one.code for one in caring.doctor(fetched, checks=["metadata"])}
    assert [one.code for one in caring.doctor(fetched, True, ["html-entity", "pdf-changed"])] == ["html-entity"]
    assert fetched.get(LAMPS.key).paper.title == "Lamps & How They Burn."
    with pytest.raises(BadInput, match="Did you mean title-full-stop"):
        caring.doctor(fetched, checks=["title-full-stops"])


def test_a_mended_doi_that_is_another_papers_is_told(fetched: Library) -> None:
    fetched.update(replace(BULBS, doi=f"https://doi.org/{LAMPS.doi}"))
    treated = caring.doctor(fetched, True, ["doi-form"])
    assert [(one.key, one.fixed) for one in treated] == [(BULBS.key, False)]
    assert LAMPS.key in treated[0].trouble
    assert fetched.get(BULBS.key).paper.doi == f"https://doi.org/{LAMPS.doi}"


def test_every_finding_has_a_check(fetched: Library) -> None:
    assert len(set(examining.CODES) | set(integrity.CODES)) == len(examining.CODES) + len(integrity.CODES)
    source = Path(examining.__file__).read_text(encoding="utf-8")
    made = set(re.findall(r'Finding\(\s*"([a-z-]+)"', source)) | {"database", "index"}
    assert made == set(examining.CODES)


# --------------------------------------------------------------------------- copies


def test_backup_and_restore(reopen: Callable[[], Library], home: Path, tmp_path: Path) -> None:
    from paperpath.formats.citekeys import make_key

    library = reopen()
    library.add([LANTERNS], make_key)
    library_paper = library.get(KEY).paper
    note = noting.append_note(library, KEY, "Kept.")
    caring.backup(library, tmp_path / "copy.backup")
    noting.append_note(library, KEY, "Lost.")
    library.remove([KEY])
    library.close()
    caring.restore(home, tmp_path / "copy.backup")
    again = reopen()
    assert again.get(KEY).paper == library_paper
    assert "Kept." in note.read_text(encoding="utf-8")
    assert "Lost." not in note.read_text(encoding="utf-8")
    again.close()
    (tmp_path / "bad.backup").write_bytes(b"no backup")
    with pytest.raises(BadFile):
        caring.restore(home, tmp_path / "bad.backup")
