"""A paper gets a new version: what its reader wrote and marked stays, and says so where its passage is gone."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from paperpath.sources import Access
from paperpath.tui import anchors
from paperpath.tui.document import of_parsed
from paperpath.workflow import annotating, caring, noting, parsing
from paperpath.workflow.add import add
from paperpath.workflow.fetch import fetch
from tests import papers as made
from tests.standin import StandIn
from tests.workflow.samples import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from paperpath.library import Library
    from paperpath.tui.document import Document, Range

ID, TITLE = "2506.00006", "Watched Kettles Considered Cold"
STAYS = "Our oldest kettles that were reheated by three observers had not been told about the expectation."
GOES = "No kettle of ours has ever been lifted by more than one observer."


def write(folder: Path, version: int) -> Path:
    """The paper in one of its versions."""
    paper = made.Paper(folder / f"{ID}v{version}.pdf", stamp=f"arXiv:{ID}v{version} [cs.TE] 4 Jun 2025")
    paper.centred(TITLE, made.BOLD, 17)
    paper.centred("Ada Potter", made.BOLD, 11)
    paper.y -= 10
    paper.centred("Abstract", made.BOLD, 12)
    for row in made.wrap(made.prose(2), made.ROMAN, 10, 380):
        paper.line(row, made.ROMAN, 10, 116)
    paper.heading("1", "Introduction")
    if version == 1:
        divided = STAYS.replace("reheated", "re\\-heated")
        paper.paragraph(f"{made.prose(2)} {divided} {made.prose(3, 2)}")
        paper.paragraph(f"{GOES} {made.prose(2, 4)}")
    else:
        paper.paragraph(made.prose(8))
        paper.end_page()
        paper.heading("2", "Observers")
        # Divided in another word; the first one has its hyphen in the middle of a line now, which nobody knew before.
        divided = STAYS.replace("reheated", "re-heated").replace("observers", "ob\\-servers")
        paper.paragraph(f"{made.prose(3)} {divided} {made.prose(3, 2)}")
    return paper.save()


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the PDF of either version."""
    folder = tmp_path_factory.mktemp("versions")
    for version in (1, 2):
        write(folder, version)
    return folder


@pytest.fixture(scope="module")
def before(versions: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    """arXiv on the day when there was one version."""
    folder = tmp_path_factory.mktemp("before")
    shutil.copy(versions / f"{ID}v1.pdf", folder)
    with StandIn([record(ID, TITLE, ["Ada Potter"])], pdf=folder) as running:
        yield running


@pytest.fixture
def marked(library: Library, before: StandIn, tmp_path: Path, warm_parsers: None) -> Library:
    """The paper as it was read in its first version: with two highlights and a note."""
    before.reset()
    assert bring(library, before, tmp_path, ID) == ("fetched", "")
    key = library.resolve(ID)
    noting.append_note(library, key, "Try it with tea.")
    path = noting.note_path(library, key)
    path.write_text(f"{path.read_text(encoding='utf-8')}\n## Doubts\n\nWho lifted it?\n", encoding="utf-8")
    document = shown(library)
    for sentence, comment in ((STAYS, "told by whom?"), (GOES, "really?")):
        [place] = document.find(sentence)
        annotating.highlight(library, key, replace(anchors.make(document, [place]), comment=comment))
    return library


@pytest.fixture(scope="module")
def later(versions: Path) -> Iterator[StandIn]:
    """arXiv on the day when both versions are there."""
    with StandIn([record(ID, TITLE, ["Ada Potter"], version=2)], pdf=versions) as running:
        yield running


@pytest.fixture
def arxiv(later: StandIn) -> StandIn:
    """The same, with nothing asked yet."""
    later.reset()
    return later


def bring(library: Library, arxiv: StandIn, tmp_path: Path, target: str) -> tuple[str, str]:
    """How a fetch ends: state and message."""
    access = Access(url=arxiv.url, interval=0.01, cache=tmp_path / "cache")
    end = list(fetch(library, [target], access))[-1]
    return end.state, end.message


def shown(library: Library) -> Document:
    """The paper as the reader shows it."""
    key = library.resolve(ID)
    parsed = parsing.read_parsed(library, key)
    assert parsed is not None
    return of_parsed(library.get(key), parsed)


def words_at(document: Document, found: Sequence[Range]) -> list[tuple[int | None, str]]:
    """Page and words of each place."""
    return [(document.blocks[one.block].page, document.blocks[one.block].text[one.start : one.end]) for one in found]


def test_a_pdf_that_is_there_stays_until_its_owner_takes_it_away(
    marked: Library, arxiv: StandIn, tmp_path: Path
) -> None:
    record = marked.get(marked.resolve(ID))
    state, message = bring(marked, arxiv, tmp_path, f"{ID}v2")
    assert state == "cached"
    assert "version 1, not version 2" in message
    assert f"Remove {marked.files.pdf(record.paper)} to fetch the other" in message
    assert bring(marked, arxiv, tmp_path, ID) == ("cached", "")
    assert marked.get(record.key) == record
    assert len(arxiv.log()) == 0


@pytest.mark.parametrize("way", ["fetch", "fetch v2", "add"])
def test_notes_and_highlights_outlive_a_new_version(
    marked: Library, arxiv: StandIn, versions: Path, tmp_path: Path, way: str
) -> None:
    key = marked.resolve(ID)
    kept = marked.get(key).highlights
    marked.files.pdf(marked.get(key).paper).unlink()
    if way == "add":
        access = Access(url=arxiv.url, interval=0.01, cache=tmp_path / "cache")
        added = list(add(marked, [str(versions / f"{ID}v2.pdf")], access, decide=lambda _, found: None))[-1]
        assert (added.state, added.key) == ("attached", key)
    else:
        assert bring(marked, arxiv, tmp_path, f"{ID}v2" if way == "fetch v2" else key) == ("fetched", "")
    now = marked.get(key)
    assert now.pdf is not None
    assert (now.pdf.version, now.pdf.pages) == (2, 2)
    assert now.pdf.sha256 == marked.files.sha256(versions / f"{ID}v2.pdf")
    assert now.highlights == kept
    document = shown(marked)
    stays, goes = (anchors.locate(document, mark) for mark in kept)
    assert words_at(document, stays) == [(2, STAYS.replace("reheated", "re-heated"))]
    assert goes == []
    parsed = parsing.read_parsed(marked, key)
    assert parsed is not None
    assert parsing.lost(now, parsed) == kept[1:]
    text = noting.note_path(marked, key).read_text(encoding="utf-8")
    assert "\nTry it with tea.\n\n## Doubts\n\nWho lifted it?\n" in text
    for own in (STAYS, "told by whom?", GOES, "really?"):
        assert text.count(own) == 1
    assert "2 Observers · p. 2" in text, "the draft around them is that of the new version"
    assert "> — 1 Introduction · p. 1 · yellow · not in this text any more\n\nreally?\n" in text
    assert text.count("not in this text any more") == 1
    assert {(hit.kind, hit.page) for hit in marked.search("oldest kettles")} == {("text", 2), ("note", None)}
    assert {hit.kind for hit in marked.search('"has ever been lifted"')} == {"note"}
    assert caring.doctor(marked) == []


def test_a_pdf_that_was_replaced_by_hand_is_read_when_the_doctor_records_it(marked: Library, versions: Path) -> None:
    key = marked.resolve(ID)
    kept = marked.get(key).highlights
    shutil.copy(versions / f"{ID}v2.pdf", marked.files.pdf(marked.get(key).paper))
    treated = caring.doctor(marked, fix=True)
    assert [(one.code, one.fixed) for one in treated] == [("pdf-changed", True), ("not-parsed", True)]
    assert marked.get(key).highlights == kept
    assert [bool(anchors.locate(shown(marked), mark)) for mark in kept] == [True, False]
    assert "not in this text any more" in noting.note_path(marked, key).read_text(encoding="utf-8")
