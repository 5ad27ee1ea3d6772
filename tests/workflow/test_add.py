"""Adding by anything: ids, addresses, PDFs, folders, .bib files, titles."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from paperpath.errors import BadFile, BadInput, NotFound, Refused
from paperpath.library import Library
from paperpath.workflow import add as adding
from tests.workflow.samples import BULBS, LAMPS, LANTERNS, pdf_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.model import Paper
    from paperpath.sources import Access
    from paperpath.workflow.add import AddEvent
    from tests.standin import StandIn

ROOT = Path(__file__).parents[2]


def first(_title: str, papers: Sequence[Paper]) -> Paper | None:
    return papers[0]


def none(_title: str, _papers: Sequence[Paper]) -> Paper | None:
    return None


def add(library: Library, access: Access, *targets: str, decide: object = none) -> list[AddEvent]:
    """The last event of each target."""
    assert callable(decide)
    events = adding.add(library, targets, access, decide=decide)
    return [event for event in events if event.state not in ("waiting", "reading")]


def test_ids_in_every_form_cost_one_call(library: Library, access: Access, arxiv: StandIn) -> None:
    targets = ["2101.00001", "https://arxiv.org/pdf/2202.00002v2", "10.48550/arXiv.2303.00003", "arXiv:2101.00001"]
    ends = add(library, access, *targets)
    assert [end.state for end in ends] == ["added", "added", "added", "known"]
    assert ends[0].title == LANTERNS.title
    assert arxiv.log().paths() == ["/api/query"]
    assert len(library.keys()) == 3
    assert [end.state for end in add(library, access, *targets)] == ["known"] * 4
    assert len(arxiv.log()) == 1


def test_what_cannot_be_added_is_named_and_the_rest_comes(shelf: Library, access: Access, tmp_path: Path) -> None:
    targets = ["10.9999/unknown", "https://example.org/paper", "2505.00005", str(tmp_path / "no.pdf"), "2303.00003"]
    ends = add(shelf, access, *targets)
    assert [type(end.error) for end in ends] == [BadInput, BadInput, NotFound, BadFile, type(None)]
    assert ends[-1].state == "added"
    assert "https://doi.org/10.9999/unknown" in ends[0].message
    assert add(shelf, access, LAMPS.doi or "")[0].state == "known"


def test_a_title_is_searched_and_decided_by_the_caller(library: Library, access: Access) -> None:
    asked: list[tuple[str, list[str]]] = []

    def decide(title: str, papers: Sequence[Paper]) -> Paper | None:
        asked.append((title, [paper.title for paper in papers]))
        return papers[0]

    ends = add(library, access, "candles considered warm", decide=decide)
    assert [(end.state, end.title) for end in ends] == [("added", "Candles Considered Warm")]
    assert asked == [("candles considered warm", ["Candles Considered Warm"])]
    declined = add(library, access, "bulbs at scale")[0]
    assert isinstance(declined.error, NotFound)
    assert "None of the papers found was chosen" in declined.message
    missing = add(library, access, "a paper that nobody wrote", decide=first)[0]
    assert "No paper with such a title" in missing.message


def test_a_pdf_is_known_by_its_stamp(library: Library, access: Access, papers: Path, tmp_path: Path) -> None:
    file = tmp_path / "download (3).pdf"
    file.write_bytes((papers / "pdf" / "2101.00001v1.pdf").read_bytes())
    end = add(library, access, str(file))[0]
    assert (end.state, end.title, end.message) == ("added", LANTERNS.title, "")
    record = library.get(end.key or "")
    assert record.paper.arxiv_id == "2101.00001"
    assert record.paper.abstract
    assert record.tags == ()
    assert record.pdf is not None
    assert (record.pdf.version, record.pdf.source) == (1, str(file))
    assert library.files.pdf(record.paper).read_bytes() == file.read_bytes()
    assert library.search("cotton wicks")
    assert add(library, access, str(file))[0].state == "known"
    assert len(library.keys()) == 1


def test_a_pdf_is_attached_to_the_paper_that_is_there(
    shelf: Library, access: Access, arxiv: StandIn, tmp_path: Path
) -> None:
    stamped, by_doi, by_title = tmp_path / "a.pdf", tmp_path / "b.pdf", tmp_path / "c.pdf"
    stamped.write_bytes(pdf_bytes("Some Other Words", "Ana Vega", stamp="arXiv:2101.00001v1  [cs.LG]  2 Jan 2021"))
    by_doi.write_bytes(pdf_bytes("Lamps, Reprinted", "Ana Vega", doi="10.1234/lamps.2001"))
    by_title.write_bytes(pdf_bytes(BULBS.title, "Bo Okafor"))
    ends = add(shelf, access, str(stamped), str(by_doi), str(by_title))
    assert [(end.state, end.key) for end in ends] == [
        ("attached", LANTERNS.key),
        ("attached", LAMPS.key),
        ("attached", BULBS.key),
    ]
    assert [shelf.get(end.key or "").tags for end in ends] == [(), (), ("to-check",)]
    assert ends[2].message
    assert len(arxiv.log()) == 0


def test_another_pdf_than_the_one_that_is_there_is_refused(shelf: Library, access: Access, tmp_path: Path) -> None:
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"
    stamp = "arXiv:2101.00001v1  [cs.LG]  2 Jan 2021"
    one.write_bytes(pdf_bytes(LANTERNS.title, "Ana Vega", stamp=stamp))
    two.write_bytes(pdf_bytes(LANTERNS.title, "Ana Vega and another", stamp=stamp))
    ends = add(shelf, access, str(one), str(two))
    assert [end.state for end in ends] == ["attached", "failed"]
    assert "has another PDF already" in ends[1].message
    assert shelf.files.pdf(LANTERNS).read_bytes() == one.read_bytes()


def test_a_pdf_that_nobody_knows_is_made_a_paper_to_check(library: Library, access: Access, tmp_path: Path) -> None:
    file = tmp_path / "unknown.pdf"
    file.write_bytes(pdf_bytes("Torches for Caves", "Dee Nakamura"))
    end = add(library, access, str(file))[0]
    assert end.state == "added"
    record = library.get(end.key or "")
    assert record.paper.title == "Torches for Caves"
    assert record.tags == ("to-check",)
    assert library.files.pdf(record.paper).is_file()
    assert add(library, access, str(file))[0].state == "known"
    assert len(library.keys()) == 1


def test_a_files_name_is_believed_only_if_the_title_agrees(
    library: Library, access: Access, papers: Path, tmp_path: Path
) -> None:
    right, wrong = tmp_path / "2303.00003v1.pdf", tmp_path / "2202.00002.pdf"
    right.write_bytes(pdf_bytes("Candles Considered Warm", "Chi Maaten"))
    wrong.write_bytes(pdf_bytes("Torches for Caves", "Dee Nakamura"))
    ends = add(library, access, str(right), str(wrong))
    assert [library.get(end.key or "").paper.arxiv_id for end in ends] == ["2303.00003", None]
    assert [library.get(end.key or "").tags for end in ends] == [(), ("to-check",)]


def test_a_folder_is_walked_and_a_bad_file_costs_the_others_nothing(
    library: Library, access: Access, papers: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "PDFs" / "deep"
    folder.mkdir(parents=True)
    (folder / "good.pdf").write_bytes((papers / "pdf" / "2101.00001v1.pdf").read_bytes())
    (folder / "bad.PDF").write_bytes(b"%PDF-1.4 nothing")
    (folder / "notes.txt").write_bytes(b"no paper")
    ends = add(library, access, str(tmp_path / "PDFs"))
    assert {Path(end.target).name: end.state for end in ends} == {"good.pdf": "added", "bad.PDF": "failed"}
    assert len(library.keys()) == 1
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "There is no PDF in" in add(library, access, str(empty))[0].message


def test_a_bib_file(library: Library, access: Access, tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    file.write_text("@misc{a, title={One}, year={2001}}\n@misc{b, title={Two}, year={2002}}\n", encoding="utf-8")
    end = add(library, access, str(file))[0]
    assert (end.state, end.keys, end.message) == ("added", ("a", "b"), "2 new, 0 known")
    assert add(library, access, str(file))[0].state == "known"


def test_after_a_refusal_nothing_more_is_asked(library: Library, access: Access, arxiv: StandIn) -> None:
    arxiv.reset(["403:9"])
    ends = add(library, access, "2101.00001", "2202.00002", "some title", "another title", decide=first)
    assert all(isinstance(end.error, Refused) for end in ends)
    assert len(arxiv.log()) == 1


def test_eight_adds_at_once_keep_eight(home: Path, arxiv: StandIn, access: Access, tmp_path: Path) -> None:
    """Each in a process of its own; the same paper twice among them is kept once."""
    Library.open(home).close()
    targets = ["2101.00001", "2202.00002", "2303.00003", "2404.00004", "2101.00001"]
    for name in "xyz":
        file = tmp_path / f"{name}.bib"
        file.write_text(f"@misc{{same, title={{Paper {name}}}}}", encoding="utf-8")
        targets.append(str(file))
    assert len(targets) == 8
    words = [sys.executable, "-m", "tests.workflow.adding", str(home), arxiv.url, str(access.cache), *targets]
    subprocess.run(words, cwd=ROOT, timeout=120, check=True)
    with Library.open(home) as library:
        assert len(library.keys()) == 7
        assert len({paper.title for paper in library.papers()}) == 7
        assert library.check() == []
