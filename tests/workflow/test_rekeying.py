"""Other keys on purpose: files, notes and links go with them, forth and back."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from paperpath.errors import BadInput, LibraryError, NothingToUndo, UnknownPaper
from paperpath.formats import bibtex
from paperpath.formats.citekeys import make_key
from paperpath.formats.key_syntax import parse
from paperpath.model import Author, Paper, ParsedPaper, Reference
from paperpath.workflow import caring, exporting, importing, noting, parsing, rekeying

if TYPE_CHECKING:
    from pathlib import Path

    from paperpath.library import Library

KETTLES = Paper("Kettles", (Author("Spout", "Lena"),), key="spout2019kettles", year=2019)
LAMPS = Paper("Lamps", (Author("Vega", "Ana"),), key="vega2001lamps", year=2001, arxiv_id="2101.00009")


@pytest.fixture
def shelf(library: Library) -> Library:
    """Two papers with notes and PDFs; one of them is known to arXiv."""
    library.add([KETTLES, LAMPS], make_key)
    for paper in (KETTLES, LAMPS):
        library.files.write(library.files.pdf(paper), b"%PDF-1.5\n%%EOF\n")
        noting.ensure_note(library, paper.key)
    noting.append_note(library, KETTLES.key, "They sing. See [lamps](vega2001lamps.md).")
    return library


def places(library: Library) -> dict[str, bytes]:
    return {
        str(path.relative_to(library.files.home)): path.read_bytes()
        for folder in (library.files.notes, library.files.papers)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_files_go_with_the_key_and_come_back(shelf: Library) -> None:
    before = places(shelf)
    assert rekeying.rename(shelf, KETTLES.key, "Singing:kettles") == KETTLES.key
    paper = shelf.get("Singing:kettles").paper
    assert shelf.files.pdf(paper).read_bytes() == b"%PDF-1.5\n%%EOF\n"
    note = noting.note_path(shelf, "Singing:kettles")
    assert note.name == "Singing%3Akettles.md"
    assert noting.named_key(note) == "Singing:kettles"
    assert "They sing." in note.read_text()
    assert len(places(shelf)) == len(before)
    assert noting.refresh_notes(shelf) == []
    assert [one for one in caring.doctor(shelf) if one.code in ("stray-note", "stray-folder", "note-missing")] == []
    after = places(shelf)

    assert caring.undo(shelf).what == "key of spout2019kettles: Singing:kettles"
    assert places(shelf) == before
    assert shelf.pins() == {}
    assert noting.refresh_notes(shelf) == []
    assert caring.redo(shelf).what == "key of spout2019kettles: Singing:kettles"
    assert places(shelf) == after
    assert shelf.pins() == {"Singing:kettles": ("by hand",)}

    caring.undo(shelf)
    assert caring.undo(shelf).what.startswith("note on spout2019kettles: “They sing.")
    assert "They sing." not in noting.note_path(shelf, KETTLES.key).read_text()


def test_a_folder_called_after_the_arxiv_id_stays(shelf: Library) -> None:
    rekeying.rename(shelf, "2101.00009", "lamps")
    assert shelf.files.pdf(shelf.get("lamps").paper).is_file()
    assert (shelf.files.papers / "2101.00009").is_dir()
    assert (shelf.files.notes / "lamps.md").is_file()


def test_words_written_elsewhere_before_a_rename_are_kept(shelf: Library) -> None:
    path = noting.note_path(shelf, KETTLES.key)
    path.write_text(path.read_text() + "\nFrom another editor.\n")
    rekeying.rename(shelf, KETTLES.key, "kettles")
    path = noting.note_path(shelf, "kettles")
    path.write_text(path.read_text() + "\nAnd after it.\n")
    caring.undo(shelf)
    text = noting.note_path(shelf, KETTLES.key).read_text()
    assert "From another editor." in text
    assert "And after it." in text
    note = shelf.note(KETTLES.key)
    assert note is not None
    assert note.text == text


def test_a_note_that_its_user_renamed_keeps_its_name(shelf: Library) -> None:
    mine = shelf.files.notes / "On kettles.md"
    noting.note_path(shelf, KETTLES.key).rename(mine)
    rekeying.rename(shelf, KETTLES.key, "kettles")
    assert noting.note_path(shelf, "kettles") == mine
    assert noting.named_key(mine) == "kettles"
    caring.undo(shelf)
    assert noting.note_path(shelf, KETTLES.key) == mine
    assert noting.refresh_notes(shelf) == []


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("VEGA2001LAMPS", "VEGA2001LAMPS is the key of “Lamps”. Free is VEGA2001LAMPSa; nothing was changed."),
        ("a b", "' ' may not stand in the citation key 'a b'"),
        ("", "cannot be empty"),
        (KETTLES.key, "is its key already"),
    ],
)
def test_a_key_that_cannot_be_is_told(shelf: Library, new: str, said: str) -> None:
    before = places(shelf), shelf.keys(), shelf.history()
    with pytest.raises(BadInput) as caught:
        rekeying.rename(shelf, KETTLES.key, new)
    assert said in str(caught.value)
    assert (places(shelf), shelf.keys(), shelf.history()) == before


def test_a_key_that_was_anothers_is_told(shelf: Library) -> None:
    rekeying.rename(shelf, LAMPS.key, "lamps")
    with pytest.raises(BadInput, match=r"was once the key of “Lamps”, now lamps\. Free is vega2001lampsa;"):
        rekeying.rename(shelf, KETTLES.key, "vega2001lamps")
    with pytest.raises(UnknownPaper):
        rekeying.rename(shelf, "nobody", "somebody")


@pytest.mark.parametrize("place", ["notes/kettles.md", "papers/kettles/paper.pdf"])
def test_nothing_in_the_way_is_written_over(shelf: Library, place: str) -> None:
    path = shelf.files.home / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine")
    before = places(shelf)
    with pytest.raises(BadInput, match="is there already"):
        rekeying.rename(shelf, KETTLES.key, "kettles")
    assert places(shelf) == before
    assert shelf.resolve(KETTLES.key) == KETTLES.key


def test_undo_with_something_in_the_way_changes_nothing(shelf: Library) -> None:
    rekeying.rename(shelf, KETTLES.key, "kettles")
    shelf.files.note(KETTLES.key).write_text("mine")
    before = places(shelf)
    with pytest.raises((BadInput, NothingToUndo), match="is there already"):
        caring.undo(shelf)
    assert places(shelf) == before
    assert shelf.resolve("kettles") == "kettles"
    shelf.files.note(KETTLES.key).unlink()
    caring.undo(shelf)
    assert shelf.resolve(KETTLES.key) == KETTLES.key


def test_a_move_that_fails_takes_the_rest_back(shelf: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    before = places(shelf)
    type_of_path = type(shelf.files.notes)
    move = type_of_path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.parent.name == "papers":
            raise PermissionError(13, "Permission denied")
        return move(self, target)

    monkeypatch.setattr(type_of_path, "rename", failing)
    with pytest.raises(LibraryError, match="Permission denied"):
        rekeying.rename(shelf, KETTLES.key, "kettles")
    assert places(shelf) == before
    assert shelf.resolve(KETTLES.key) == KETTLES.key
    assert [change for change in shelf.history() if "key of" in change.what] == []


# --------------------------------------------------------------------------- by a formula


def test_proposals_leave_pinned_keys_alone(shelf: Library, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@misc{Hob:1, title={Hobs}, author={Hob, Bert}, year=2003}\n@misc{, title={Jugs}, year=2004}\n")
    importing.import_files(shelf, [path], make_key=make_key)
    exporting.pin_exported(shelf, ["vega2001lamps"])
    before = places(shelf)
    found = rekeying.proposals(shelf, None, parse("{author|title}{year:2}"))
    assert [(one.key, one.made, one.pinned, one.applies) for one in found] == [
        ("spout2019kettles", "spout19", (), True),
        ("vega2001lamps", "vega01", ("exported",), False),
        ("Hob:1", "hob03", ("imported",), False),
        ("jugs2004", "jugs04", (), True),
    ]
    assert places(shelf) == before
    assert [one.made for one in rekeying.apply(shelf, found)] == ["spout19", "jugs04"]
    assert shelf.keys() == {"spout19", "vega2001lamps", "Hob:1", "jugs04"}
    assert shelf.history(1)[0].what == "keys of 2 papers"
    again = rekeying.proposals(shelf, ["spout19"], parse("{author|title}{year:2}"))
    assert [(one.key, one.made) for one in again] == [("spout19", "spout19")]
    assert rekeying.apply(shelf, again) == []
    caring.undo(shelf)
    assert places(shelf) == before


def test_what_is_proposed_is_free_and_stays_the_same(library: Library) -> None:
    alike = [dataclasses.replace(KETTLES, key="", title=f"Kettles {word}") for word in ("sing", "boil", "cool")]
    library.add([*alike, dataclasses.replace(KETTLES, key="SPOUT")], make_key)
    formula = parse("{author}")
    found = rekeying.proposals(library, None, formula)
    assert [one.made for one in found] == ["spouta", "spoutb", "spoutc", "spout"]
    rekeying.apply(library, found)
    assert [one.key for one in library.papers()] == ["spouta", "spoutb", "spoutc", "spout"]
    assert not any(one.applies for one in rekeying.proposals(library, None, formula))
    back = rekeying.proposals(library, None, make_key)
    rekeying.apply(library, back)
    assert [one.key for one in library.papers()][:3] == ["spout2019kettles", "spout2019kettlesa", "spout2019kettlesb"]


def test_keys_of_reading_lists_of_ones_own_are_pinned(library: Library) -> None:
    folder = library.files.reading_lists
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text(
        'title = "Mine"\nabout = "Kettles."\n[[stage]]\ntitle = "One"\nabout = "Only."\n'
        '[[stage.paper]]\nkey = "K:1"\nwhy = "It sings."\n'
    )
    (folder / "mine.bib").write_text("@misc{K:1, title={Kettles}, author={Spout, Lena}, year=2019}\n")
    from paperpath.workflow import opening

    opening.sync_lists(library, folder.parent / "none")
    assert opening.list_problems(library) == []
    assert library.pins() == {"K:1": ("imported",)}


def test_links_that_paperpath_wrote_follow(shelf: Library) -> None:
    cited = Reference("1", "[1] Vega. Lamps. arXiv:2101.00009.", 2, arxiv_id="2101.00009")
    parsing.keep_parsed(shelf, KETTLES.key, ParsedPaper(title="Kettles", references=(cited,), pages=2))
    path = noting.update_note(shelf, KETTLES.key).path
    before = path.read_text()
    assert "- [Lamps](vega2001lamps.md)" in before
    rekeying.rename(shelf, LAMPS.key, "lamps")
    assert "- [Lamps](lamps.md)" in path.read_text()
    assert "See [lamps](vega2001lamps.md)." in path.read_text()  # the reader's own words are never touched
    caring.undo(shelf)
    assert path.read_text() == before


def test_biblatex_knows_a_paper_by_its_former_keys_too(shelf: Library) -> None:
    rekeying.rename(shelf, KETTLES.key, "kettle_one")
    rekeying.rename(shelf, "kettle_one", "singing")
    text = exporting.export(shelf, format="biblatex")
    assert "{singing,\n  ids = {kettle_one,spout2019kettles}," in text
    assert text.count("ids = {") == 1
    assert "ids" not in exporting.export(shelf, format="bibtex")
    (lamps, kettles) = sorted(bibtex.read(text).papers, key=lambda paper: paper.title, reverse=True)
    assert (kettles.key, dict(kettles.extra)["ids"]) == ("singing", "kettle_one,spout2019kettles")
    assert bibtex.write([kettles, lamps], "biblatex") == text


def test_an_alias_is_never_the_key_of_another_paper(shelf: Library) -> None:
    told = dataclasses.replace(LAMPS, extra=(("ids", "Spout2019Kettles, old lamp, vega_01"),))
    shelf.update(told)
    assert "ids = {vega_01}" in exporting.export(shelf, format="biblatex")
    alone = exporting.export(shelf, query="lamps", format="biblatex")
    assert "ids = {Spout2019Kettles,vega_01}" in alone
