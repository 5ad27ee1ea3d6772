"""What an import brings besides metadata: tags, notes, highlights, status, PDFs; once, and undone at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from paperpath.errors import NothingToUndo, ParseFailed
from paperpath.workflow import annotating, caring, noting
from paperpath.workflow.importing import import_files, preview_files
from paperpath.workflow.linked_files import attach_linked
from tests.workflow.samples import LAMPS, LANTERNS, pdf_bytes
from tests.zotero import kettles, with_log

if TYPE_CHECKING:
    from pathlib import Path

    from paperpath.library import Library
    from paperpath.workflow.importing import ImportResult

GROUPS = r"""
@Comment{jabref-meta: fileDirectory:papers;}
@Comment{jabref-meta: grouping:
0 AllEntriesGroup:;
1 StaticGroup:Rooms\;0\;1\;\;\;\;;
2 StaticGroup:Small\;0\;1\;\;\;\;;
}
"""


def entry(key: str, title: str, author: str, fields: str) -> str:
    return f"@article{{{key}, title = {{{title}}}, author = {{{author}}}, year = 2001, {fields}}}\n"


LAMP = entry(
    "lamps", LAMPS.title, "Vega, Ana",
    "file = {A\\; text:lamps\\; new.pdf:PDF}, groups = {Small}, readstatus = {read}, annote = {Bright.\n\nToo bright.},"
    " keywords = {fire, Light}",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A .bib file of JabRef's with a folder of PDFs beside it."""
    papers = tmp_path / "jabref" / "papers"
    papers.mkdir(parents=True)
    (papers / "lamps; new.pdf").write_bytes(pdf_bytes(LAMPS.title, "Ana Vega"))
    (papers.parent / "near.pdf").write_bytes(pdf_bytes("Near Lights", "Bo Okafor"))
    (papers.parent / "page.pdf").write_text("<html>Not found</html>", encoding="utf-8")
    (papers.parent / "broken.pdf").write_bytes(b"%PDF-1.4\nnothing more")
    (papers.parent / "refs.bib").write_text(
        LAMP
        + entry("near", "Near Lights", "Okafor, Bo", "file = {:C\\:\\\\x.pdf:PDF;:near.pdf:PDF}")
        + entry("far", "Far Lights", "Okafor, Bo", "file = {:gone.pdf:PDF;:page.pdf:PDF}")
        + entry("dim", "Dim Lights", "Okafor, Bo", "file = {:broken.pdf:PDF}")
        + GROUPS,
        encoding="utf-8",
    )
    return papers.parent


def everything(library: Library) -> list[object]:
    return [(library.get(key), library.note(key) and library.note(key).text) for key in sorted(library.keys())]  # type: ignore[union-attr]


def brought(library: Library, *paths: Path) -> ImportResult:
    result = import_files(library, paths)
    for _ in attach_linked(library, result.files.found):
        pass
    return result


def test_it_all_comes_and_a_second_time_changes_nothing(library: Library, folder: Path, warm_parsers: None) -> None:
    result = import_files(library, [folder / "refs.bib"])
    assert [(one.key, one.path.name) for one in result.files.found] == [
        ("lamps", "lamps; new.pdf"),
        ("near", "near.pdf"),
        ("dim", "broken.pdf"),
    ]
    assert result.files.missing == ("gone.pdf",)
    ends = list(attach_linked(library, result.files.found))
    assert [(end.key, end.new, type(end.error)) for end in ends] == [
        ("lamps", True, type(None)),
        ("near", True, type(None)),
        ("dim", True, ParseFailed),
    ]
    lamps = library.get("lamps")
    assert (lamps.tags, lamps.status) == (("Rooms/Small",), "read")
    assert lamps.pdf is not None
    assert lamps.parsed
    assert library.files.pdf(lamps.paper).read_bytes() == (folder / "papers" / "lamps; new.pdf").read_bytes()
    note = noting.note_path(library, "lamps").read_text(encoding="utf-8")
    assert note.endswith("-->\nBright.\n\nToo bright.\n")
    assert "tags: [Rooms/Small]" in note
    assert library.search("Too bright")[0].kind == "note"
    dim = library.get("dim")
    assert dim.pdf is not None
    assert dim.problem

    before, changes = everything(library), library.history()
    again = brought(library, folder / "refs.bib")
    assert (again.added, again.gained, again.files.found, again.files.kept) == ((), (), (), ())
    assert (everything(library), library.history()) == (before, changes)


def test_a_preview_tells_it_all_and_changes_nothing(library: Library, folder: Path, home: Path) -> None:
    preview = preview_files(library, [folder / "refs.bib"])
    assert [paper.key for paper in preview.new] == ["lamps", "near", "far", "dim"]
    (gained,) = preview.gained
    assert (gained.key, gained.tags, gained.status, len(gained.notes)) == ("lamps", ("Rooms/Small",), "read", 1)
    assert len(preview.files.found) == 3
    assert library.keys() == set()
    assert not library.files.notes.exists()
    import_files(library, [folder / "refs.bib"])
    assert preview_files(library, [folder / "refs.bib"]).gained == ()


def test_one_undo_takes_it_back_and_redo_brings_it_again(library: Library, folder: Path, warm_parsers: None) -> None:
    brought(library, folder / "refs.bib")
    assert [change.what for change in library.history()] == ["imported 4 entries from refs.bib"]
    caring.undo(library)
    assert library.keys() == set()
    caring.redo(library)
    lamps = library.get("lamps")
    assert (lamps.tags, lamps.status) == (("Rooms/Small",), "read")
    assert "Too bright." in noting.note_text(library, "lamps")


def test_a_known_paper_keeps_what_it_has(shelf: Library, tmp_path: Path) -> None:
    key = LAMPS.key
    noting.append_note(shelf, key, "My own words.")
    annotating.set_status(shelf, [key], "skimmed")
    path = tmp_path / "refs.bib"
    path.write_text(
        entry("other", LAMPS.title, "Vega, Ana", f"doi = {{{LAMPS.doi}}}, mendeley-groups = {{Light}},"
              " mendeley-tags = {light, Dark}, annote = {Theirs.}, readstatus = {read}"),
        encoding="utf-8",
    )  # fmt: skip
    before = noting.note_text(shelf, key)
    assert import_files(shelf, [path]).known == (key,)
    record = shelf.get(key)
    assert (record.tags, record.status) == (("Dark", "Light"), "skimmed")
    note = noting.note_text(shelf, key)
    assert "My own words.\n\n<!-- imported" in note
    caring.undo(shelf)
    assert noting.note_text(shelf, key) == before
    assert shelf.get(key).tags == ()


def test_edited_words_do_not_come_again_and_forbid_to_undo(shelf: Library, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(entry("other", LAMPS.title, "Vega, Ana", f"doi = {{{LAMPS.doi}}}, annote = {{Theirs.}}"), "utf-8")
    noting.ensure_note(shelf, LAMPS.key)
    import_files(shelf, [path])
    note = noting.note_path(shelf, LAMPS.key)
    note.write_text(note.read_text("utf-8").replace("Theirs.", "Theirs, but better."), "utf-8")
    noting.refresh_notes(shelf)
    assert import_files(shelf, [path]).gained == ()
    with pytest.raises(NothingToUndo, match="edited since"):
        caring.undo(shelf)
    assert "but better" in note.read_text("utf-8")


def test_keywords_are_tags_only_when_asked(library: Library, folder: Path) -> None:
    import_files(library, [folder / "refs.bib"])
    result = import_files(library, [folder / "refs.bib"], keywords=True)
    assert [(one.key, one.tags) for one in result.gained] == [("lamps", ("fire", "Light"))]


def test_another_pdf_is_kept(library: Library, folder: Path, warm_parsers: None) -> None:
    brought(library, folder / "refs.bib")
    (folder / "papers" / "lamps; new.pdf").write_bytes(pdf_bytes(LAMPS.title, "Ana Vega and Another"))
    assert [one.key for one in brought(library, folder / "refs.bib").files.kept] == ["lamps"]


def test_highlights_come_with_their_comments(shelf: Library, tmp_path: Path) -> None:
    mark = {"annotationType": "highlight", "annotationText": "Small rooms are dark", "annotationComment": "So?",
            "annotationColor": "#ff6666", "annotationPageLabel": "1"}  # fmt: skip
    item = {"itemType": "preprint", "title": LANTERNS.title, "archiveID": "arXiv:2101.00001",
            "attachments": [{"path": "/nowhere/x.pdf", "annotations": [mark]}]}  # fmt: skip
    path = tmp_path / "zotero.json"
    path.write_text(json.dumps([item]), "utf-8")
    noting.ensure_note(shelf, LANTERNS.key)
    import_files(shelf, [path])
    (kept,) = shelf.get(LANTERNS.key).highlights
    assert (kept.quote, kept.comment, kept.colour, kept.page) == ("Small rooms are dark", "So?", "red", 1)
    assert "> Small rooms are dark" in noting.note_text(shelf, LANTERNS.key)
    assert import_files(shelf, [path]).gained == ()
    caring.undo(shelf)
    assert shelf.get(LANTERNS.key).highlights == ()
    assert "> Small rooms" not in noting.note_text(shelf, LANTERNS.key)


def test_highlights_without_a_text_stand_in_a_note(library: Library, tmp_path: Path) -> None:
    mark = {"annotationType": "highlight", "annotationText": "Small rooms are dark"}
    path = tmp_path / "zotero.json"
    item = {"itemType": "book", "title": "Lids", "attachments": [{"path": "/nowhere/x.pdf", "annotations": [mark]}]}
    path.write_text(json.dumps([item]), "utf-8")
    (key,) = import_files(library, [path]).added
    assert "> Small rooms are dark" in noting.note_text(library, key)


def test_two_entries_that_are_one_paper(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(
        entry("a", "Lamps", "Vega, Ana", "doi = {10.1000/x}, groups = {One}, annote = {Same.}")
        + entry("b", "Lamps", "Vega, Ana", "doi = {10.1000/x}, groups = {one, Two}, annote = {Same.}"),
        encoding="utf-8",
    )
    (gained,) = import_files(library, [path]).gained
    assert (gained.tags, len(gained.notes)) == (("One", "Two"), 1)


def test_zotero_as_it_is_on_disk(library: Library, tmp_path: Path, warm_parsers: None) -> None:
    path = kettles(tmp_path / "Zotero")
    stored = path.parent / "storage" / "PDF00001" / "boil; one.pdf"
    stored.parent.mkdir(parents=True)
    stored.write_bytes(pdf_bytes("Boiling without Observation", "Ada Potter"))
    zotero = with_log(path, "WAL")
    result = brought(library, path)
    zotero.close()
    assert (result.added, result.problems) == (("potter2014boiling", "wheellids"), ())
    boil = library.get("potter2014boiling")
    assert (boil.paper.venue, boil.paper.month, boil.paper.doi) == ("Journal of Tea", 12, "10.1000/kettle.7")
    assert boil.tags == ("late", "Tea/Copper", "Thesis", "to read")
    assert [(mark.quote, mark.colour, mark.page) for mark in boil.highlights] == [("Small rooms are dark", "green", 1)]
    assert boil.pdf is not None
    note = noting.note_text(library, boil.key)
    assert "Read **this**." in note
    assert "- p. 2: Ask Bo" in note
    assert "not in this text any more" not in note
    assert result.files.missing == (str(path.parent / "lids.pdf"),)
    before = everything(library)
    again = brought(library, path)
    assert (again.added, again.gained) == ((), ())
    assert everything(library) == before


def test_papers_without_key_and_id_are_known_again(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "old.ris"
    lids = "TY  - BOOK\nTI  - Lids\nAU  - Wheel, Bo\nPY  - 2001\nER  - \n"
    path.write_text(lids + lids.replace("2001", "2002"), "utf-8")
    assert len(import_files(library, [path]).added) == 2
    assert import_files(library, [path]).added == ()
