"""A folder of PDFs: what is certain, what is for a person to decide, and that a second time changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperpath.errors import BadFile, Cancelled, ParseFailed
from paperpath.workflow import caring
from paperpath.workflow.pdf_folder import Folder, Found, retitled
from tests.workflow.samples import BULBS, LAMPS, LANTERNS, pdf_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from paperpath.library import Library
    from paperpath.sources import Access
    from tests.standin import StandIn

STAMP = "arXiv:{}v1  [cs.LG]  2 Jan 2021"


@pytest.fixture
def pdfs(tmp_path: Path) -> Path:
    """One PDF of each kind, and one of them twice."""
    folder = tmp_path / "pdfs"
    (folder / "more").mkdir(parents=True)
    stamped = pdf_bytes(LANTERNS.title, "Ana Vega", stamp=STAMP.format("2101.00001"))
    files = {
        "a stamp.pdf": stamped,
        "more/again.pdf": stamped,
        "b doi.PDF": pdf_bytes("A Lamp of Ours", "Ana Vega", doi="10.1234/ours"),
        "c other title.pdf": pdf_bytes("Words of Another Kind", "Bo Okafor", stamp=STAMP.format("2303.00003")),
        "2202.00002v2.pdf": pdf_bytes(BULBS.title, "Bo Okafor"),
        "d nothing.pdf": pdf_bytes("A Kettle Nobody Knows", "Chi Maaten"),
        "e broken.pdf": b"%PDF-1.4\nnothing more",
        "f text.txt": b"no PDF",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def surveyed(folder: Folder, access: Access) -> dict[str, Found]:
    return {step.path.name: step for step in folder.survey(access) if isinstance(step, Found)}


def test_what_is_certain_and_what_is_not(library: Library, pdfs: Path, access: Access, arxiv: StandIn) -> None:
    with Folder(library, pdfs) as folder:
        found = surveyed(folder, access)
    assert {name: one.state for name, one in found.items()} == {
        "a stamp.pdf": "certain",
        "again.pdf": "known",
        "b doi.PDF": "certain",
        "c other title.pdf": "uncertain",
        "2202.00002v2.pdf": "certain",
        "d nothing.pdf": "uncertain",
        "e broken.pdf": "failed",
    }
    assert found["again.pdf"].why.endswith("a stamp.pdf")
    assert isinstance(found["e broken.pdf"].error, ParseFailed)
    assert "Words of Another Kind" in found["c other title.pdf"].why
    assert found["d nothing.pdf"].paper is not None
    assert found["d nothing.pdf"].paper.title == "A Kettle Nobody Knows"
    assert arxiv.log().paths() == ["/api/query"]
    assert library.keys() == set()
    assert not library.files.papers.exists()


def test_it_is_one_change_and_a_second_time_changes_nothing(library: Library, pdfs: Path, access: Access) -> None:
    with Folder(library, pdfs) as folder:
        found = surveyed(folder, access)
        kettle = retitled(found["d nothing.pdf"], "A  Kettle that Somebody Knows")
        chosen = [one for one in found.values() if one.state == "certain"] + [kettle]
        ends = list(folder.bring(chosen))
    assert [(end.new, end.error) for end in ends] == [(True, None)] * 4
    records = {library.get(end.key).paper.title: library.get(end.key) for end in ends}
    assert set(records) == {LANTERNS.title, "A Lamp of Ours", BULBS.title, "A Kettle that Somebody Knows"}
    assert records[LANTERNS.title].paper.abstract
    assert {title: record.tags for title, record in records.items() if record.tags} == {"A Lamp of Ours": ("to-check",)}
    assert records["A Lamp of Ours"].paper.doi == "10.1234/ours"
    assert all(record.pdf and record.parsed for record in records.values())
    assert [change.what for change in library.history()] == ["imported 4 PDFs from a folder"]

    before = [library.get(key) for key in sorted(library.keys())]
    with Folder(library, pdfs) as folder:
        again = surveyed(folder, access)
        assert list(folder.bring([one for one in again.values() if one.state == "certain"])) == []
    assert [library.get(key) for key in sorted(library.keys())] == before
    assert sum(one.state == "known" for one in again.values()) == 5
    caring.undo(library)
    assert library.keys() == set()


def test_papers_that_are_there_get_their_pdf(shelf: Library, tmp_path: Path, access: Access, arxiv: StandIn) -> None:
    pdfs = tmp_path / "pdfs"
    pdfs.mkdir()
    (pdfs / "stamp.pdf").write_bytes(pdf_bytes(LANTERNS.title, "Ana Vega", stamp=STAMP.format("2101.00001")))
    (pdfs / "title.pdf").write_bytes(pdf_bytes(BULBS.title, "Bo Okafor"))
    (pdfs / "wrong.pdf").write_bytes(pdf_bytes("A Review of Other Things", "Bo Okafor", doi=LAMPS.doi))
    with Folder(shelf, pdfs) as folder:
        found = surveyed(folder, access)
        assert {name: (one.state, one.key) for name, one in found.items()} == {
            "stamp.pdf": ("certain", LANTERNS.key),
            "title.pdf": ("uncertain", BULBS.key),
            "wrong.pdf": ("uncertain", LAMPS.key),
        }
        ends = list(folder.bring([found["stamp.pdf"], found["title.pdf"]]))
    assert [end.key for end in ends] == [LANTERNS.key, BULBS.key]
    assert shelf.get(LANTERNS.key).pdf
    assert retitled(found["wrong.pdf"], "A Review").key is None
    assert len(arxiv.log()) == 0


def test_without_an_answer_the_printed_id_is_believed(
    library: Library, pdfs: Path, arxiv: StandIn, access: Access
) -> None:
    arxiv.reset(["403:9"])
    with Folder(library, pdfs) as folder:
        found = surveyed(folder, access)
    assert {name: one.state for name, one in found.items() if one.state != "known"} == {
        "a stamp.pdf": "certain",
        "b doi.PDF": "certain",
        "c other title.pdf": "certain",
        "2202.00002v2.pdf": "uncertain",
        "d nothing.pdf": "uncertain",
        "e broken.pdf": "failed",
    }
    assert found["c other title.pdf"].to_check


def test_stopping_changes_nothing(library: Library, pdfs: Path, access: Access) -> None:
    with Folder(library, pdfs) as folder, pytest.raises(Cancelled):
        list(folder.survey(access, stop=lambda: True))
    assert library.keys() == set()


def test_a_folder_without_pdfs(library: Library, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="no PDF"):
        Folder(library, tmp_path)
