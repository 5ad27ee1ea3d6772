"""Notes on disk: drafted, picked up, kept in step with the library, and never in the way of their owner."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from paperpath.errors import BadFile, UnknownPaper
from paperpath.model import Highlight
from paperpath.workflow import annotating, noting, parsing
from tests.workflow.samples import BULBS, LAMPS, LANTERNS, PARSED

if TYPE_CHECKING:
    from pathlib import Path

    from paperpath.library import Library

KEY = LANTERNS.key


def edit(path: Path, old: str, new: str) -> None:
    """What another program does: replace the file, some time later."""
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())
    later(path)


def later(path: Path) -> None:
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1_000_000_000))


def test_a_note_is_drafted_where_the_contract_says_and_can_be_searched(shelf: Library) -> None:
    path = noting.ensure_note(shelf, LAMPS.key)
    assert path == shelf.files.home / "notes" / "vega2001lamps.md"
    assert "Lamps burn. We show how." in path.read_text(encoding="utf-8")
    stored = shelf.note(LAMPS.key)
    assert stored is not None
    assert stored.text == path.read_text(encoding="utf-8")
    assert shelf.history() == []  # a draft is nobody's change


def test_ensuring_twice_writes_nothing(shelf: Library) -> None:
    path = noting.ensure_note(shelf, KEY)
    before = path.stat()
    assert noting.ensure_note(shelf, KEY) == path
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino


def test_unknown_papers_have_no_notes(shelf: Library) -> None:
    with pytest.raises(UnknownPaper):
        noting.ensure_note(shelf, "nobody1999nothing")


def test_a_parse_brings_sections_figures_and_links_to_papers_of_the_library(shelf: Library) -> None:
    path = noting.ensure_note(shelf, KEY)
    parsing.keep_parsed(shelf, KEY, PARSED)
    noting.update_note(shelf, KEY)
    text = path.read_text(encoding="utf-8")
    assert "- 2 Method · p. 2" in text
    assert "**Figure 1** (p. 2): A lantern in a room." in text
    assert "- [Lamps and How They Burn](vega2001lamps.md), Vega 2001 [1]" in text


def test_words_are_picked_up_for_search_and_outlive_every_update(shelf: Library) -> None:
    path = noting.ensure_note(shelf, KEY)
    edit(path, "## My notes\n", "## My notes\nZeppelins burn too.\n")
    assert noting.refresh_notes(shelf) == [KEY]
    assert noting.refresh_notes(shelf) == []
    assert [hit.key for hit in shelf.search("zeppelins")] == [KEY]
    parsing.keep_parsed(shelf, KEY, PARSED)
    noting.update_note(shelf, KEY)
    assert "Zeppelins burn too." in path.read_text(encoding="utf-8")


def test_status_and_tags_go_into_the_note(shelf: Library) -> None:
    path = noting.ensure_note(shelf, KEY)
    annotating.set_status(shelf, [KEY], "reading")
    annotating.tag(shelf, [KEY], add=["light", "no"])
    text = path.read_text(encoding="utf-8")
    assert "\nstatus: reading\n" in text
    assert '\ntags: [light, "no"]\n' in text
    assert [change.what for change in shelf.history()] == [
        "tags of vega2101lanterns: +light +no",
        "status of vega2101lanterns: unread → reading",
    ]
    assert noting.refresh_notes(shelf) == []


def test_status_and_tags_edited_in_the_note_become_the_librarys(shelf: Library) -> None:
    annotating.tag(shelf, [KEY], add=["old", "kept"])
    path = noting.ensure_note(shelf, KEY)
    edit(path, "status: unread", "status: Read  # at last")
    edit(path, "tags: [kept, old]", "tags:\n  - kept\n  - '#new'")
    assert noting.refresh_notes(shelf) == [KEY]
    record = shelf.get(KEY)
    assert (record.status, set(record.tags)) == ("read", {"kept", "new"})
    assert shelf.history()[0].what == "status and tags of vega2101lanterns, edited in its note"
    assert "# at last" in path.read_text(encoding="utf-8")


def test_an_edit_elsewhere_and_a_command_here_both_count(shelf: Library) -> None:
    path = noting.ensure_note(shelf, KEY)
    edit(path, "tags: []", "tags: [mine]")
    annotating.set_status(shelf, [KEY], "skimmed")
    annotating.tag(shelf, [KEY], add=["ours"])
    assert set(shelf.get(KEY).tags) == {"mine", "ours"}
    text = path.read_text(encoding="utf-8")
    assert "status: skimmed\n" in text
    assert "tags: [mine, ours]\n" in text


def test_a_status_that_is_none_is_left_to_its_writer_and_told(shelf: Library) -> None:
    path = noting.ensure_note(shelf, KEY)
    edit(path, "status: unread", "status: someday")
    assert noting.refresh_notes(shelf) == [KEY]
    assert shelf.get(KEY).status == "unread"
    assert "status: someday\n" in path.read_text(encoding="utf-8")
    assert "'someday' is none of unread" in noting.problems_of(path)[0]


def test_broken_front_matter_stops_nothing(shelf: Library) -> None:
    path = noting.ensure_note(shelf, KEY)
    edit(path, "status: unread", "status: [unread")
    before = path.read_bytes()
    noting.refresh_notes(shelf)
    annotating.set_status(shelf, [KEY], "read")
    assert noting.update_note(shelf, KEY).problems[0].startswith("The front matter cannot be read (line")
    assert shelf.get(KEY).status == "read"
    assert path.read_bytes() == before


def killed_before_the_commit(library: Library) -> None:
    with library.change("status"):
        library.set_status([KEY], "read")
        noting.write_marks(library, [KEY])
        raise KeyboardInterrupt


def test_killed_between_file_and_commit_the_change_is_made_whole_later(shelf: Library) -> None:
    path = noting.ensure_note(shelf, KEY)
    with pytest.raises(KeyboardInterrupt):
        killed_before_the_commit(shelf)
    assert shelf.get(KEY).status == "unread"
    assert "status: read\n" in path.read_text(encoding="utf-8")
    later(path)
    noting.refresh_notes(shelf)
    assert shelf.get(KEY).status == "read"


def test_a_first_draft_that_was_cut_short_does_not_make_a_paper_unread(shelf: Library) -> None:
    path = noting.ensure_note(shelf, KEY)
    with shelf.quietly():
        shelf.set_note(KEY, None)
    shelf.set_status([KEY], "read")
    noting.refresh_notes(shelf)
    assert shelf.get(KEY).status == "read"
    assert "status: read\n" in path.read_text(encoding="utf-8")


def test_notes_alone_bring_status_and_tags_back_into_a_new_library(shelf: Library) -> None:
    path = noting.ensure_note(shelf, KEY)
    edit(path, "status: unread", "status: read")
    edit(path, "tags: []", "tags: [kept]")
    with shelf.quietly():
        shelf.set_note(KEY, None)
    noting.refresh_notes(shelf)
    assert (shelf.get(KEY).status, shelf.get(KEY).tags) == ("read", ("kept",))


def test_an_editor_that_saves_while_we_write_wins(shelf: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    from paperpath import notes

    path = noting.ensure_note(shelf, KEY)
    real = notes.set_marks

    def slow(text: str, status: str, tags: tuple[str, ...]) -> notes.Merged:
        edit(path, "## My notes\n", "## My notes\nSaved just now.\n")
        return real(text, status, tags)

    with monkeypatch.context() as patch:
        patch.setattr(notes, "set_marks", slow)
        annotating.set_status(shelf, [KEY], "read")
    assert "Saved just now." in path.read_text(encoding="utf-8")
    noting.refresh_notes(shelf)
    text = path.read_text(encoding="utf-8")
    assert "Saved just now." in text
    assert "status: read\n" in text
    assert shelf.get(KEY).status == "read"


def test_append_is_one_change_and_keeps_line_ends(shelf: Library) -> None:
    path = noting.ensure_note(shelf, KEY)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    later(path)
    noting.append_note(shelf, KEY, "Try it.\nTonight.")
    assert path.read_bytes().endswith(b"## My notes\r\n\r\nTry it.\r\nTonight.\r\n")
    assert shelf.history()[0].what == "note on vega2101lanterns: “Try it. Tonight.” (21 characters)"
    assert [hit.key for hit in shelf.search("tonight")] == [KEY]


def test_a_note_written_in_our_own_editor_brings_its_status_along(shelf: Library) -> None:
    path = noting.ensure_note(shelf, KEY)
    noting.write_note(shelf, KEY, path.read_text(encoding="utf-8").replace("status: unread", "status: read"))
    assert shelf.get(KEY).status == "read"


def test_a_renamed_note_is_found_and_not_drafted_again(shelf: Library) -> None:
    path = noting.ensure_note(shelf, KEY)
    new = path.with_name("Lanterns (my favourite).md")
    path.rename(new)
    assert noting.note_path(shelf, KEY) == new
    annotating.set_status(shelf, [KEY], "read")
    assert "status: read\n" in new.read_text(encoding="utf-8")
    assert noting.ensure_note(shelf, KEY) == new
    assert [file.name for file in path.parent.iterdir()] == [new.name]
    edit(new, "## My notes", "## Quokka")
    assert noting.refresh_notes(shelf) == [KEY]
    assert [hit.key for hit in shelf.search("quokka")] == [KEY]


def test_a_deleted_note_leaves_the_search_and_is_not_drafted_by_itself(shelf: Library) -> None:
    path = noting.append_note(shelf, KEY, "Zeppelins.")
    path.unlink()
    assert noting.refresh_notes(shelf) == [KEY]
    assert noting.refresh_notes(shelf) == []
    assert shelf.search("zeppelins") == []
    assert not noting.wants_draft(shelf, KEY)
    annotating.highlight(shelf, KEY, Highlight("Small rooms"))
    assert not path.exists()
    assert noting.ensure_note(shelf, KEY) == path  # asked for, it comes
    assert path.exists()


def test_highlights_appear_in_the_note_and_leave_it(shelf: Library) -> None:
    path = noting.ensure_note(shelf, KEY)
    kept = annotating.highlight(shelf, KEY, Highlight("Wicks made of cotton", page=1, section="Introduction"))
    assert kept.id is not None
    assert "> Wicks made of cotton\n>\n> — Introduction · p. 1 · yellow\n" in path.read_text(encoding="utf-8")
    annotating.remove_highlight(shelf, KEY, kept.id)
    assert "Wicks made" not in path.read_text(encoding="utf-8")


def test_a_note_in_another_encoding_is_left_alone_and_told(shelf: Library) -> None:
    path = noting.ensure_note(shelf, KEY)
    path.write_bytes("Käse".encode("latin-1"))
    later(path)
    assert noting.refresh_notes(shelf) == []
    with pytest.raises(BadFile, match="not UTF-8 text"):
        noting.append_note(shelf, KEY, "more")
    annotating.set_status(shelf, [KEY], "read")
    assert path.read_bytes() == "Käse".encode("latin-1")
    assert "not UTF-8" in noting.problems_of(path)[0]


def test_a_file_of_ones_own_is_adopted_without_a_word_changed(shelf: Library) -> None:
    path = shelf.files.note(BULBS.key)
    path.parent.mkdir()
    path.write_bytes(b"My words on bulbs, written before there was a library.\n")
    assert noting.ensure_note(shelf, BULBS.key) == path
    noting.update_note(shelf, BULBS.key)
    assert path.read_bytes() == b"My words on bulbs, written before there was a library.\n"
    assert [hit.key for hit in shelf.search("written before")] == [BULBS.key]


def test_positions_make_an_unread_paper_one_that_is_being_read(shelf: Library) -> None:
    from paperpath.model import Position

    annotating.set_position(shelf, KEY, Position(-1, 0, 0.0))
    assert shelf.get(KEY).status == "unread"
    annotating.set_position(shelf, KEY, Position(1, 5, 0.4))
    assert shelf.get(KEY).status == "reading"
    annotating.set_status(shelf, [KEY], "read")
    annotating.set_position(shelf, KEY, Position(0, 5, 0.1))
    assert shelf.get(KEY).status == "read"
