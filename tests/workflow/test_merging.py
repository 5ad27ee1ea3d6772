"""Two papers become one, with all that hangs on them; and two again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperpath.errors import BadFile, BadInput, LibraryError, NothingToUndo, UnknownPaper
from paperpath.formats.citekeys import make_key
from paperpath.library import Library
from paperpath.model import (
    Author,
    Highlight,
    ListEntry,
    Paper,
    ParsedPaper,
    Position,
    ReadingList,
    Reference,
    Section,
    Stage,
    StoredPdf,
)
from paperpath.workflow import annotating, caring, cited_papers, keeping, merging, noting, pairing, parsing, rekeying
from tests.library.samples import dump
from tests.templates import copy_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from paperpath.library.database import Database

ANN, BO = Author("Kessel", "Ann Marie"), Author("Løvås", "Bo")
PREPRINT = Paper(
    "Why kettles sing: a model of boiling",
    (ANN, BO),
    key="kessel2018kettles",
    year=2018,
    arxiv_id="1801.00001",
    abstract="They sing because they boil.",
)
PUBLISHED = Paper(
    "Why Kettles Sing: A Model of Boiling",
    (Author("Kessel", "A. M."), Author("Løvås", "B.")),
    key="DBLP:kettles/19",
    entry_type="article",
    year=2019,
    venue="Kettles Today",
    pages="11–19",
    doi="10.5555/kettle.3",
)
LAMPS = Paper("Lamps", (BO,), key="lovas2001lamps", year=2001)
TEXT = "Kettles that nobody watches sing for longer than others."
OTHER_TEXT = "A lid of copper keeps the tune."


def with_pdf(library: Library, paper: Paper, sentence: str, version: int | None = None) -> None:
    """Give the paper a PDF, as far as the library can tell, whose text is one sentence."""
    path = library.files.pdf(paper)
    library.files.write(path, f"%PDF-1.5\n{paper.key}\n%%EOF\n")
    sha256, size = library.files.sha256(path), path.stat().st_size
    library.set_pdf(paper.key, StoredPdf(sha256, size, 9, "2026-01-01T00:00:00Z", version, "somewhere"))
    parsed = ParsedPaper(title=paper.title, sections=(Section("1", "Tunes", 1, 1, sentence),), pages=9)
    parsing.keep_parsed(library, paper.key, parsed)


def furnish(library: Library) -> None:
    """Two copies of a paper that were both read, on a list, marked and written about; and a paper beside them."""
    with library.quietly():
        library.add([PREPRINT, LAMPS, PUBLISHED], make_key)
    with_pdf(library, PREPRINT, TEXT, 2)
    with_pdf(library, PUBLISHED, f"{TEXT} {OTHER_TEXT}")
    noting.ensure_note(library, PREPRINT.key)
    noting.append_note(library, PREPRINT.key, "Heard it at breakfast.  \nTwice.")
    noting.append_note(library, PUBLISHED.key, "Cite this one.")
    annotating.set_status(library, [PREPRINT.key], "read")
    annotating.set_status(library, [PUBLISHED.key], "skimmed")
    annotating.tag(library, [PREPRINT.key], add=["sound", "tea"])
    annotating.tag(library, [PUBLISHED.key], add=["Tea", "thesis"])
    annotating.highlight(library, PREPRINT.key, Highlight("nobody watches", comment="who?"))
    annotating.highlight(library, PREPRINT.key, Highlight("words of the preprint alone"))
    annotating.highlight(library, PUBLISHED.key, Highlight("A lid of copper"))
    library.set_position(PUBLISHED.key, Position(0, 3, 0.5))
    library.pin([PUBLISHED.key], "exported")
    entries = (ListEntry(LAMPS.key, "First."), ListEntry(PREPRINT.key, "Then.", ("song",), (LAMPS.key,)))
    stages = (
        Stage("One", "All", entries),
        Stage("Two", "More", (ListEntry(LAMPS.key, "Again.", (), (PREPRINT.key,)),)),
    )
    library.set_list(ReadingList("sounds", "Sounds", "Two.", stages), origin="own", fingerprint="1")


@pytest.fixture(scope="module")
def furnished(tables: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Made once: it takes 50 ms."""
    with copy_of(tables, tmp_path_factory.mktemp("furnished")) as library:
        furnish(library)
        yield library


@pytest.fixture
def shelf(furnished: Library, home: Path) -> Iterator[Library]:
    with copy_of(furnished._database, home, furnished.files.home) as library:
        yield library


def places(library: Library) -> dict[str, bytes]:
    files = (path for path in sorted(library.files.home.rglob("*")) if path.is_file() and path.suffix != ".tmp")
    return {
        str(p.relative_to(library.files.home)): p.read_bytes() for p in files if not p.name.startswith("library.db")
    }


def state(library: Library) -> dict[str, Any]:
    """All that somebody could miss: the database without its history, and every file."""
    return {**dump(library), "rows": library.rows(), "files": places(library)}


def pair(library: Library) -> pairing.Duplicate:
    [found] = pairing.duplicates(library)
    return found


# --------------------------------------------------------------------------- two papers


def told(library: Library) -> list[tuple[str, str, str]]:
    found = pairing.duplicates(library, apart=True)
    return [(one.pair.first.key, one.pair.second.key, "apart" if one.apart else one.pair.sure) for one in found]


def test_what_was_called_different_is_not_offered_again(shelf: Library) -> None:
    before, offered = state(shelf), pair(shelf)
    shelf.tell_apart(PUBLISHED.key.upper(), PREPRINT.key)
    shelf.tell_apart(PREPRINT.key, PUBLISHED.key)  # is no change, so that one undo is enough
    assert pairing.duplicates(shelf) == []
    assert pairing.current(shelf, offered) is None
    rekeying.rename(shelf, PUBLISHED.key, "kessel2019kettles")
    assert told(shelf) == [(PREPRINT.key, "kessel2019kettles", "apart")]
    assert pairing.duplicates(shelf, "year:2018", apart=True) == []
    for _ in range(2):
        caring.undo(shelf)
    assert (state(shelf), pair(shelf)) == (before, offered)
    caring.redo(shelf)
    assert pairing.duplicates(shelf) == []
    shelf.forget_apart(PREPRINT.key, PUBLISHED.key)
    assert pair(shelf) == offered
    with pytest.raises(BadInput, match="Nobody said"):
        shelf.forget_apart(PREPRINT.key, PUBLISHED.key)
    with pytest.raises(BadInput, match="are the same paper"):
        shelf.tell_apart(PREPRINT.key, PREPRINT.key.upper())


def test_it_is_kept_through_merges_removals_and_their_undoing(shelf: Library) -> None:
    shelf.tell_apart(LAMPS.key, PREPRINT.key)
    shelf.tell_apart(PREPRINT.key, PUBLISHED.key)
    one, other = told(shelf), state(shelf)
    assert one == [(PREPRINT.key, LAMPS.key, "apart"), (PREPRINT.key, PUBLISHED.key, "apart")]
    merging.merge(shelf, pairing.named(shelf, PREPRINT.key, PUBLISHED.key))  # a person may change their mind
    assert [{first, second} for first, second, _ in told(shelf)] == [{LAMPS.key, PUBLISHED.key}]
    caring.undo(shelf)
    assert (told(shelf), state(shelf)) == (one, other)
    caring.redo(shelf)
    assert [{first, second} for first, second, _ in told(shelf)] == [{LAMPS.key, PUBLISHED.key}]
    shelf.remove([PUBLISHED.key, LAMPS.key])
    assert told(shelf) == []
    for _ in range(2):
        caring.undo(shelf)
    assert (told(shelf), shelf.check()) == (one, [])


def test_a_contradiction_stays_one(library: Library) -> None:
    lamps = Paper("Lamps", (Author("Vega", "Ana"),), key="l", year=2001, doi="10.5555/lamps")
    wrong = replace(lamps, key="w", title="Wicks", doi=None, url="https://doi.org/10.5555/lamps", authors=(BO,))
    library.add([lamps, wrong], make_key)
    library.tell_apart("l", "w")
    assert told(library) == [("l", "w", "contradiction")]


# --------------------------------------------------------------------------- one paper of two


def test_what_is_proposed(shelf: Library) -> None:
    found = pair(shelf)
    assert (found.pair.sure, found.pair.first.key) == ("likely", PREPRINT.key)
    said = {choice.field: (choice.value, choice.why) for choice in found.choices}
    assert said["key"] == (PUBLISHED.key, "it is cited already")
    assert said["year"] == (2019, "the published version beats the preprint")
    assert said["PDF"] == (PUBLISHED.key, "the published version beats the preprint")


def test_everything_of_both_is_kept(shelf: Library) -> None:
    marks = {mark.quote: mark.id for key in (PREPRINT.key, PUBLISHED.key) for mark in shelf.get(key).highlights}
    done = merging.merge(shelf, pair(shelf))
    assert (done.key, done.gone, done.lost, done.problems) == (PUBLISHED.key, PREPRINT.key, 1, ())
    assert shelf.keys() == {PUBLISHED.key, LAMPS.key}
    record = shelf.get(PUBLISHED.key)
    assert record.paper == replace(
        PUBLISHED, title=PUBLISHED.title, authors=(ANN, BO), arxiv_id="1801.00001", abstract=PREPRINT.abstract
    )
    assert (record.status, set(record.tags), record.lists) == ("read", {"tea", "thesis", "sound"}, ("sounds",))
    assert {mark.quote: mark.id for mark in record.highlights} == marks
    assert record.position == Position(0, 3, 0.5)
    assert shelf.pins() == {PUBLISHED.key: ("exported",)}
    assert [entry.key for entry in shelf.reading_list("sounds").entries] == [LAMPS.key, PUBLISHED.key, LAMPS.key]
    assert shelf.reading_list("sounds").entries[2].needs == (PUBLISHED.key,)
    assert {hit.key for hit in shelf.search("copper")} == {PUBLISHED.key}
    assert caring.doctor(shelf, checks=["files"])[0].code == "merged-folder"
    assert [one for one in caring.doctor(shelf) if one.severity != "hint"] == []


def test_both_keys_and_ids_find_it(shelf: Library) -> None:
    merging.merge(shelf, pair(shelf))
    for name in (PREPRINT.key, PUBLISHED.key, "arXiv:1801.00001", "10.5555/kettle.3", PREPRINT.key.upper()):
        assert shelf.resolve(name) == PUBLISHED.key
    assert shelf.former_keys() == {PREPRINT.key: PUBLISHED.key}
    assert shelf.add([PREPRINT], make_key)[0] == (PUBLISHED.key, False)


def test_the_notes_are_joined_and_no_word_is_lost(shelf: Library) -> None:
    merging.merge(shelf, pair(shelf))
    path = noting.note_path(shelf, PUBLISHED.key)
    text = path.read_text()
    assert text.endswith(
        "\nCite this one.\n\n## From the note on kessel2018kettles\n\nHeard it at breakfast.  \nTwice.\n"
    )
    assert "status: read\n" in text
    assert text.count("## Highlights") == 1
    assert "who?" in text
    assert "not in this text any more" in text
    assert not shelf.files.note(PREPRINT.key).exists()
    assert noting.refresh_notes(shelf) == []
    note = shelf.note(PUBLISHED.key)
    assert note is not None
    assert note.text == text
    before = path.read_bytes()
    noting.update_note(shelf, PUBLISHED.key)
    assert path.read_bytes() == before


def test_the_pdf_that_stays_has_its_text_and_the_other_is_set_aside(shelf: Library) -> None:
    merging.merge(shelf, pair(shelf))
    assert PUBLISHED.key.encode() in shelf.files.pdf(shelf.get(PUBLISHED.key).paper).read_bytes()
    assert PREPRINT.key.encode() in (shelf.files.papers / "kessel2018kettles%merged" / "paper.pdf").read_bytes()
    assert parsing.read_parsed(shelf, PUBLISHED.key) is not None


def test_the_pdf_that_stays_may_need_the_folder_of_the_other(shelf: Library) -> None:
    before = state(shelf)
    merging.merge(shelf, pair(shelf), {"key"})
    path = shelf.files.pdf(shelf.get(PREPRINT.key).paper)
    assert (path.parent.name, PUBLISHED.key.encode() in path.read_bytes()) == ("1801.00001", True)
    assert PREPRINT.key.encode() in (shelf.files.papers / "kessel2018kettles%merged" / "paper.pdf").read_bytes()
    caring.undo(shelf)
    assert state(shelf) == before


def test_the_other_side_field_by_field(shelf: Library) -> None:
    done = merging.merge(shelf, pair(shelf), {"key", "year", "PDF", "abstract", "title"})
    assert (done.key, done.gone, done.lost) == (PREPRINT.key, PUBLISHED.key, 2)
    record = shelf.get(PREPRINT.key)
    assert (record.paper.year, record.paper.title, record.paper.abstract) == (2018, PREPRINT.title, None)
    assert PREPRINT.key.encode() in shelf.files.pdf(record.paper).read_bytes()
    assert shelf.resolve(PUBLISHED.key) == PREPRINT.key
    assert record.position is None


def test_undo_brings_everything_back_and_redo_makes_it_again(shelf: Library) -> None:
    before = state(shelf)
    merging.merge(shelf, pair(shelf))
    after = state(shelf)
    for _ in range(2):
        assert caring.undo(shelf).what == "merge kessel2018kettles into DBLP:kettles/19"
        assert state(shelf) == before
        assert noting.refresh_notes(shelf) == []
        assert caring.redo(shelf).what == "merge kessel2018kettles into DBLP:kettles/19"
        assert state(shelf) == after
    caring.undo(shelf)
    assert caring.undo(shelf).what.startswith("highlight in")


def test_three_copies_become_one(shelf: Library) -> None:
    shelf.add([replace(PUBLISHED, key="third", doi=None)], make_key)
    with_pdf(shelf, shelf.get("third").paper, "A third text.")
    before = state(shelf)
    wanted = pairing.duplicates(shelf)
    assert len(wanted) == 3
    done = [merging.merge(shelf, now) for one in wanted if (now := pairing.current(shelf, one)) is not None]
    assert len(done) == 2
    assert shelf.keys() == {PUBLISHED.key, LAMPS.key}
    assert {shelf.resolve(key) for key in (PREPRINT.key, "third")} == {PUBLISHED.key}
    caring.undo(shelf)
    caring.undo(shelf)
    assert state(shelf) == before


# --------------------------------------------------------------------------- notes that were edited


def edit(path: Path, words: str) -> None:
    path.write_bytes(path.read_bytes() + words.encode())
    os.utime(path, ns=(path.stat().st_mtime_ns + 10**9,) * 2)


def test_words_written_after_a_merge_survive_its_undo(shelf: Library) -> None:
    merging.merge(shelf, pair(shelf))
    edit(noting.note_path(shelf, PUBLISHED.key), "\nNew words.\n")
    gone = shelf.files.note(PREPRINT.key)
    caring.undo(shelf)
    assert gone.read_text().endswith("Heard it at breakfast.  \nTwice.\n")
    text = noting.note_path(shelf, PUBLISHED.key).read_text()
    assert text.endswith("Twice.\n\nNew words.\n")
    assert "status: skimmed\n" in text
    assert noting.refresh_notes(shelf) == []
    assert shelf.get(PUBLISHED.key).status == "skimmed"
    with pytest.raises(NothingToUndo, match="merge the two papers again"):
        caring.redo(shelf)
    assert shelf.keys() == {PUBLISHED.key, PREPRINT.key, LAMPS.key}


def test_words_written_after_a_merge_survive_although_the_key_goes_back(shelf: Library) -> None:
    merging.merge(shelf, pair(shelf), {"key"})
    edit(noting.note_path(shelf, PREPRINT.key), "\nNew words.\n")
    caring.undo(shelf)
    text = noting.note_path(shelf, PUBLISHED.key).read_text()
    assert "New words." in text
    assert noting.named_key(noting.note_path(shelf, PUBLISHED.key)) == PUBLISHED.key
    assert "New words." not in noting.note_path(shelf, PREPRINT.key).read_text()
    assert noting.refresh_notes(shelf) == []


def test_words_written_just_before_a_merge_are_in_it(shelf: Library) -> None:
    edit(noting.note_path(shelf, PREPRINT.key), "\nFrom another editor.\n")
    merging.merge(shelf, pair(shelf))
    assert "From another editor." in noting.note_path(shelf, PUBLISHED.key).read_text()


def test_a_note_that_its_user_renamed_keeps_its_name(shelf: Library) -> None:
    mine = shelf.files.notes / "On kettles.md"
    noting.note_path(shelf, PUBLISHED.key).rename(mine)
    before = state(shelf)
    merging.merge(shelf, pair(shelf), {"key"})
    assert noting.note_path(shelf, PREPRINT.key) == mine
    assert noting.named_key(mine) == PREPRINT.key
    caring.undo(shelf)
    assert state(shelf) == before
    assert noting.note_path(shelf, PUBLISHED.key) == mine


def test_a_note_that_is_no_text_stops_it(shelf: Library) -> None:
    noting.note_path(shelf, PREPRINT.key).write_bytes(b"\xff\xfe")
    before = places(shelf)
    with pytest.raises(BadFile, match="Save it as UTF-8"):
        merging.merge(shelf, pair(shelf))
    assert places(shelf) == before
    assert PREPRINT.key in shelf.keys()  # noqa: SIM118 - a method of the library


def test_only_one_has_a_note(library: Library) -> None:
    library.add([PREPRINT, PUBLISHED], make_key)
    noting.append_note(library, PUBLISHED.key, "Alone.")
    before = state(library)
    done = merging.merge(library, pair(library))
    path = noting.note_path(library, done.key)
    assert path.name == f"{done.key}.md"
    assert noting.named_key(path) == done.key == PREPRINT.key
    assert path.read_text().endswith("\nAlone.\n")
    assert "year: 2019\n" in path.read_text()
    caring.undo(library)
    assert state(library) == before


def test_links_in_other_notes_follow(shelf: Library) -> None:
    cited = Reference("1", "[1] Kessel. arXiv:1801.00001.", 2, arxiv_id="1801.00001")
    parsing.keep_parsed(shelf, LAMPS.key, ParsedPaper(title="Lamps", references=(cited,), pages=2))
    path = noting.update_note(shelf, LAMPS.key).path
    before = path.read_bytes()
    assert b"(kessel2018kettles.md)" in before
    merging.merge(shelf, pair(shelf))
    assert b"(DBLP:kettles/19.md)" in path.read_bytes()
    assert b"kessel2018kettles" not in path.read_bytes()
    caring.undo(shelf)
    assert path.read_bytes() == before


# --------------------------------------------------------------------------- documents and kept files


def test_documents_and_kept_files_follow(shelf: Library, tmp_path: Path) -> None:
    document, kept = tmp_path / "thesis.tex", tmp_path / "refs.bib"
    document.write_text(r"\cite{kessel2018kettles,lovas2001lamps}")
    keeping.keep(shelf, kept, documents=[document])
    assert "kessel2018kettles" in kept.read_text()
    merging.merge(shelf, pair(shelf), {"key"})  # both are pinned now
    keys, problems = cited_papers.cited(shelf, [document])
    assert keys == {PUBLISHED.key, LAMPS.key}
    [problem] = problems
    assert f"'kessel2018kettles' is cited, but the paper has the key {PUBLISHED.key}" in problem.message
    assert [one.state for one in keeping.bring_up_to_date(shelf)] == ["written"]
    assert "{DBLP:kettles/19," in kept.read_text()
    caring.undo(shelf)
    keeping.bring_up_to_date(shelf)
    assert "{kessel2018kettles," in kept.read_text()


# --------------------------------------------------------------------------- two that are named


def test_two_that_nothing_pairs_may_be_named(shelf: Library) -> None:
    offered = pairing.named(shelf, "LOVAS2001lamps", "arXiv:1801.00001")
    assert (offered.pair.first.key, offered.pair.second.key) == (PREPRINT.key, LAMPS.key)
    assert (offered.pair.sure, offered.pair.why) == ("possible", "nothing but you says so")
    assert merging.merge(shelf, offered).key == PREPRINT.key
    assert shelf.resolve(LAMPS.key) == PREPRINT.key


def test_contradictions_and_one_paper_are_refused(shelf: Library) -> None:
    wrong = Paper("Wicks", (BO,), key="wicks", year=2001, url="https://doi.org/10.5555/kettle.3")
    shelf.add([wrong], make_key)
    before = state(shelf)
    with pytest.raises(BadInput, match=r"same DOI, other title and authors.*paperpath remove"):
        pairing.named(shelf, "wicks", PUBLISHED.key)
    with pytest.raises(BadInput, match="the same paper already"):
        pairing.named(shelf, PREPRINT.key, "arXiv:1801.00001")
    with pytest.raises(UnknownPaper):
        pairing.named(shelf, PREPRINT.key, "nobody")
    assert state(shelf) == before


def test_a_paper_that_was_changed_meanwhile_is_looked_at_again(shelf: Library) -> None:
    offered = pair(shelf)
    shelf.update(replace(PREPRINT, year=2017))
    with pytest.raises(BadInput, match="changed meanwhile"):
        merging.merge(shelf, offered)


# --------------------------------------------------------------------------- trouble


@pytest.mark.parametrize("place", ["notes/kessel2018kettles.md", "papers/1801.00001"])
def test_undo_with_something_in_the_way_changes_nothing(shelf: Library, place: str) -> None:
    merging.merge(shelf, pair(shelf), {"arxiv_id"})
    path = shelf.files.home / place
    path.mkdir(parents=True) if place.startswith("papers") else path.write_text("mine")
    before = state(shelf)
    with pytest.raises(BadInput, match="is there already"):
        caring.undo(shelf)
    assert state(shelf) == before


@pytest.mark.parametrize("broken", ["rename", "write"])
def test_a_file_that_cannot_be_moved_or_written_changes_nothing(
    shelf: Library, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = pair(shelf)
    before = state(shelf)
    type_of_path = type(shelf.files.notes)
    move, replace_ = type_of_path.rename, type_of_path.replace
    seen = []

    def rename(self: Path, target: Path) -> Path:
        seen.append(self)
        if broken == "rename" and len(seen) == 2:
            raise PermissionError(13, "Permission denied")
        return move(self, target)

    def replacing(self: Path, target: Path) -> Path:
        if broken == "write" and target.suffix == ".md":
            raise OSError(28, "No space left on device")
        return replace_(self, target)

    monkeypatch.setattr(type_of_path, "rename", rename)
    monkeypatch.setattr(type_of_path, "replace", replacing)
    with pytest.raises(LibraryError):
        merging.merge(shelf, offered, {"key"} if broken == "rename" else ())
    monkeypatch.undo()
    assert state(shelf) == before
    assert shelf.history()[0].what.startswith("highlight in")


def test_a_set_aside_folder_that_was_deleted_is_missed_by_nobody(shelf: Library) -> None:
    merging.merge(shelf, pair(shelf))
    shutil.rmtree(shelf.files.papers / "kessel2018kettles%merged")
    caring.undo(shelf)
    assert [(one.code, one.key) for one in caring.doctor(shelf) if one.severity == "error"] == [
        ("pdf-missing", PREPRINT.key)
    ]


KILLED = """
import os, shutil, signal, sys
from pathlib import Path
from paperpath import durable
from paperpath.library import Library
from paperpath.workflow import caring, merging, pairing

begin, what, every = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
count = step = 0

def counting(original):
    def wrapped(self, *arguments, **options):
        global count
        count += 1
        if count == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(self, *arguments, **options)
    return wrapped

def change(home):
    with Library.open(home) as library:
        [offered] = pairing.duplicates(library) or [None]
        for name in ("rename", "replace", "unlink"):
            setattr(type(home), name, counting(getattr(type(home), name)))
        if what == "merge":
            merging.merge(library, offered)
        else:
            getattr(caring, what)(library)

for step in range(1, 100, every):
    home = begin.with_name(str(step))
    shutil.copytree(begin, home)
    process = os.fork()  # each has opened nothing yet, and is spared the imports, which take longest
    if process == 0:
        change(home)
        os._exit(0)
    ended = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    print(step, ended, flush=True)
    if ended != -signal.SIGKILL:
        break
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("what", ["merge", "undo", "redo"])
def test_whoever_is_killed_leaves_one_of_both_states(tmp_path: Path, what: str) -> None:
    begin, end = tmp_path / "begin", tmp_path / "end"
    with Library.open(begin) as library:
        furnish(library)
        if what != "merge":
            merging.merge(library, pair(library))
        if what == "redo":
            caring.undo(library)
        before = state(library)
    shutil.copytree(begin, end)
    with Library.open(end) as library:
        merging.merge(library, pair(library)) if what == "merge" else getattr(caring, what)(library)
        after = state(library)
    every = 1 if what == "merge" else 3  # a process for each step, and undo is made of the same steps
    words = [sys.executable, "-c", KILLED, str(begin), what, str(every)]
    lines = subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()
    ends = {int(step): int(code) for step, code in map(str.split, lines)}
    assert [*ends.values()] == [-signal.SIGKILL] * (len(ends) - 1) + [0]
    seen = []
    for step in ends:
        with Library.open(tmp_path / str(step)) as library:
            now = state(library)
        assert now in (before, after), step
        seen.append(now == after)
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (False, True)
    assert len(seen) > 5 // every


# --------------------------------------------------------------------------- whatever there is

WORDS = st.sampled_from(["", "Sung.", "## Mine\n\nA line.  \n- [x] done", "---\n", "<!-- paperpath:begin outline -->"])
TAGS = st.lists(st.sampled_from(["tea", "Tea", "sound", "lid"]), max_size=3)
SIDE = st.fixed_dictionaries(
    {
        "words": WORDS,
        "tags": TAGS,
        "status": st.sampled_from(["unread", "skimmed", "reading", "read"]),
        "highlights": st.lists(st.sampled_from(["nobody watches", "A lid", "gone"]), max_size=3),
        "pdf": st.booleans(),
        "listed": st.booleans(),
        "pinned": st.booleans(),
        "former": st.booleans(),
    }
)
FIELDS = st.sets(st.sampled_from(["key", "PDF", "title", "year", "arxiv_id", "doi", "authors", "entry_type"]))


def furnish_one(library: Library, paper: Paper, side: dict[str, Any]) -> str:
    if side["pdf"]:
        with_pdf(library, paper, TEXT if side["listed"] else OTHER_TEXT)
    if side["words"]:
        noting.append_note(library, paper.key, side["words"])
    annotating.tag(library, [paper.key], add=side["tags"])
    if side["status"] != "unread":
        annotating.set_status(library, [paper.key], side["status"])
    for quote in side["highlights"]:
        annotating.highlight(library, paper.key, Highlight(quote))
    if side["pinned"]:
        library.pin([paper.key], "exported")
    if not side["former"]:
        return paper.key
    rekeying.rename(library, paper.key, f"{paper.key}x")
    return f"{paper.key}x"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=settings.default.max_examples // 2)
@given(first=SIDE, second=SIDE, others=FIELDS)
def test_a_merge_and_its_undo_leave_no_trace(
    tables: Database,
    tmp_path_factory: pytest.TempPathFactory,
    first: dict[str, Any],
    second: dict[str, Any],
    others: set[str],
) -> None:
    home = tmp_path_factory.mktemp("home")
    with copy_of(tables, home) as library:
        library.add([PREPRINT, PUBLISHED, LAMPS], make_key)
        keys = [furnish_one(library, paper, side) for paper, side in ((PREPRINT, first), (PUBLISHED, second))]
        listed = [ListEntry(key, "It.") for key, side in zip(keys, (first, second), strict=True) if side["listed"]]
        entries = (*listed, ListEntry(LAMPS.key, "Last.", (), tuple(entry.key for entry in listed)))
        library.set_list(ReadingList("l", "L", "", (Stage("S", "", entries),)), origin="own", fingerprint="1")
        before = state(library)
        marks = {(mark.quote, mark.comment) for key in keys for mark in library.get(key).highlights}
        done = merging.merge(library, pair(library), others)
        after = state(library)
        record = library.get(done.key)
        assert {(mark.quote, mark.comment) for mark in record.highlights} == marks
        assert {tag.casefold() for tag in record.tags} == {tag.casefold() for tag in first["tags"] + second["tags"]}
        for side in (first, second):
            path = noting.note_path(library, done.key)
            assert all(line in path.read_text() for line in side["words"].splitlines() if "paperpath:" not in line)
        assert {library.resolve(key) for key in (PREPRINT.key, PUBLISHED.key, *keys)} == {done.key}
        assert library.check() == []
        caring.undo(library)
        assert state(library) == before
        caring.redo(library)
        assert state(library) == after
    shutil.rmtree(home)
