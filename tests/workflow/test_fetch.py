"""Fetching against the stand-in: what comes, in which order, at what price, and what survives stops and refusals."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from paperpath.errors import BadInput, Cancelled, NotFound, ParseFailed, Refused, UnknownPaper
from paperpath.formats.citekeys import make_key
from paperpath.model import ListEntry, Paper, ParsedPaper, ReadingList, Stage
from paperpath.workflow import noting, parsing
from paperpath.workflow.fetch import FetchEvent, fetch
from tests.workflow.samples import BULBS, LAMPS, LANTERNS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperpath.library import Library
    from paperpath.sources import Access
    from tests.standin import StandIn

ROOT = Path(__file__).parents[2]
IDS = ("2101.00001", "2202.00002", "2303.00003")


def run(library: Library, targets: Iterable[str], access: Access) -> dict[str, FetchEvent]:
    """The last event of each paper."""
    ends: dict[str, FetchEvent] = {}
    for event in fetch(library, list(targets), access):
        assert event.id not in ends, "nothing may follow a last word"
        if event.final:
            ends[event.id] = event
    return ends


def states(ends: dict[str, FetchEvent]) -> dict[str, str]:
    return {name: event.state for name, event in ends.items()}


def test_a_new_paper_comes_whole(library: Library, access: Access, arxiv: StandIn, papers: Path) -> None:
    events = list(fetch(library, ["https://arxiv.org/abs/2101.00001v1"], access))
    kinds = list(dict.fromkeys(event.state for event in events))
    assert kinds[0] == "queued"
    assert kinds[-2:] == ["parsing", "fetched"]
    assert "downloading" in kinds
    end = events[-1]
    assert (end.id, end.title, end.pages, end.error) == ("2101.00001", LANTERNS.title, 2, None)
    assert end.key is not None
    record = library.get(end.key)
    source = papers / "pdf" / "2101.00001v1.pdf"
    files = library.files
    assert files.pdf(record.paper).read_bytes() == source.read_bytes()
    assert record.pdf is not None
    assert record.pdf.sha256 == end.sha256 == files.sha256(source)
    assert record.paper.abstract
    assert record.parsed == parsing.parser_version()
    parsed = json.loads(files.parsed(record.paper).read_text(encoding="utf-8"))
    assert parsed["parser"] == parsing.parser_version()
    assert parsed["title"] == LANTERNS.title
    assert ParsedPaper.from_dict(parsed) == parsing.read_parsed(library, end.key)
    assert "One match suffices" in files.text(record.paper).read_text(encoding="utf-8")
    assert "p. 2" in noting.note_path(library, end.key).read_text(encoding="utf-8")
    assert [(hit.key, hit.kind) for hit in library.search("cotton wicks")] == [(end.key, "text")]
    assert len(library.history()) == 1
    assert LANTERNS.title in library.history()[0].what


def test_the_second_run_asks_for_nothing(shelf: Library, access: Access, arxiv: StandIn) -> None:
    targets = [LANTERNS.key, "2202.00002", "2303.00003"]
    first = run(shelf, targets, access)
    assert states(first) == dict.fromkeys(IDS, "fetched")
    assert sorted(arxiv.log().paths()) == ["/api/query", *(f"/pdf/{name}" for name in IDS)]
    arxiv.reset()
    second = run(shelf, targets, access)
    assert states(second) == dict.fromkeys(IDS, "cached")
    assert {name: event.sha256 for name, event in second.items()} == {n: e.sha256 for n, e in first.items()}
    assert len(arxiv.log()) == 0


def test_metadata_costs_one_call_a_batch_and_comes_before_all_pdfs(
    library: Library, access: Access, arxiv: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paperpath.workflow.fetch.BATCH", 2)
    assert states(run(library, IDS, access)) == dict.fromkeys(IDS, "fetched")
    assert arxiv.log().paths() == ["/api/query"] * 2 + [f"/pdf/{name}" for name in IDS]


def test_metadata_fills_gaps_and_never_overrules(library: Library, access: Access) -> None:
    mine = Paper("My own title", LANTERNS.authors, key="mine", arxiv_id="2101.00001", year=1999, venue="My venue")
    with library.quietly():
        library.add([mine], make_key)
    assert states(run(library, ["mine"], access)) == {"2101.00001": "fetched"}
    paper = library.get("mine").paper
    assert (paper.title, paper.year, paper.venue) == ("My own title", 1999, "My venue")
    assert paper.abstract
    assert paper.updated == "2021-02-03"
    assert library.history() == []


def test_a_list_is_fetched_in_its_order_and_papers_only_once(shelf: Library, access: Access, arxiv: StandIn) -> None:
    entries = tuple(ListEntry(paper.key, "matters") for paper in (BULBS, LAMPS, LANTERNS))
    shelf.set_list(ReadingList("light", "Light", "", (Stage("All", "", entries),)), origin="own", fingerprint="1")
    ends = run(shelf, ["light", "arXiv:2101.00001", BULBS.key.upper()], access)
    assert states(ends) == {"10.1234/lamps.2001": "failed", "2202.00002": "fetched", "2101.00001": "fetched"}
    assert arxiv.log().paths() == ["/api/query", "/pdf/2202.00002", "/pdf/2101.00001"]
    error = ends["10.1234/lamps.2001"].error
    assert isinstance(error, BadInput)
    assert "https://doi.org/10.1234/lamps.2001" in str(error)
    assert "paperpath add FILE.pdf" in str(error)


def test_what_cannot_be_fetched_is_named_and_the_rest_comes(shelf: Library, access: Access) -> None:
    targets = ["nonsense", "10.9999/unknown", "2404.00004", "2505.00005", "2101.00001"]
    ends = run(shelf, targets, access)
    assert states(ends) == {
        "nonsense": "failed",
        "10.9999/unknown": "failed",
        "2404.00004": "failed",
        "2505.00005": "failed",
        "2101.00001": "fetched",
    }
    assert isinstance(ends["nonsense"].error, UnknownPaper)
    assert isinstance(ends["10.9999/unknown"].error, BadInput)
    assert isinstance(ends["2404.00004"].error, NotFound)
    assert isinstance(ends["2505.00005"].error, NotFound)
    key = ends["2404.00004"].key
    assert key is not None
    assert shelf.get(key).problem == str(ends["2404.00004"].error)
    assert ends["2505.00005"].key is None


def test_a_pdf_that_cannot_be_read_is_kept_and_tried_again_when_it_is_asked_for_by_itself(
    shelf: Library, access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    from concurrent.futures import Future

    from paperpath.pdf.workers import Parsers

    asked: list[Path] = []

    def submit(self: Parsers, path: Path) -> Future[ParsedPaper]:
        asked.append(path)
        future: Future[ParsedPaper] = Future()
        future.set_exception(ParseFailed("It took longer than 30 s."))
        return future

    monkeypatch.setattr(Parsers, "submit", submit)
    lamps = ReadingList("lamps", "Lamps", "", (Stage("All", "", (ListEntry(LANTERNS.key, "It glows."),)),))
    shelf.set_list(lamps, origin="own", fingerprint="1")
    end = run(shelf, ["lamps"], access)["2101.00001"]
    assert (end.state, end.message) == ("fetched", "It took longer than 30 s.")
    assert isinstance(end.error, ParseFailed)
    record = shelf.get(LANTERNS.key)
    assert record.problem == "It took longer than 30 s."
    assert shelf.files.pdf(record.paper).is_file()
    assert noting.note_path(shelf, LANTERNS.key).is_file()
    again = run(shelf, ["lamps"], access)["2101.00001"]
    assert (again.state, again.message) == ("cached", "It took longer than 30 s.")
    assert len(asked) == 1
    assert run(shelf, [LANTERNS.key], access)["2101.00001"].state == "fetched"
    assert len(asked) == 2


def test_a_published_pdf_that_was_not_recorded_is_adopted(
    shelf: Library, access: Access, arxiv: StandIn, papers: Path
) -> None:
    shelf.files.write(shelf.files.pdf(LANTERNS), (papers / "pdf" / "2101.00001v1.pdf").read_bytes())
    end = run(shelf, [LANTERNS.key], access)["2101.00001"]
    assert (end.state, end.sha256) == ("fetched", shelf.files.sha256(papers / "pdf" / "2101.00001v1.pdf"))
    assert shelf.get(LANTERNS.key).parsed
    assert len(arxiv.log()) == 0


def test_what_a_killed_run_left_undone_is_done_without_a_request(
    shelf: Library, access: Access, arxiv: StandIn
) -> None:
    run(shelf, [LANTERNS.key], access)
    arxiv.reset()
    paper = shelf.get(LANTERNS.key).paper
    note = noting.note_path(shelf, LANTERNS.key)
    for lost in ("text", "parsed", "index", "note"):
        if lost == "index":
            shelf.set_parsed(LANTERNS.key, "0", ())
        elif lost == "note":
            note.unlink()
            with shelf.quietly():
                shelf.set_note(LANTERNS.key, None)
        else:
            getattr(shelf.files, lost)(paper).unlink()
        assert run(shelf, [LANTERNS.key], access)["2101.00001"].state == "fetched", lost
        assert run(shelf, [LANTERNS.key], access)["2101.00001"].state == "cached", lost
        assert shelf.search("cotton")
        assert all(path.is_file() for path in (shelf.files.text(paper), shelf.files.parsed(paper), note))
    assert len(arxiv.log()) == 0


def test_a_deleted_note_is_not_drafted_again(shelf: Library, access: Access) -> None:
    run(shelf, [LANTERNS.key], access)
    note = noting.note_path(shelf, LANTERNS.key)
    note.unlink()
    assert run(shelf, [LANTERNS.key], access)["2101.00001"].state == "cached"
    shelf.set_parsed(LANTERNS.key, "0", ())
    assert run(shelf, [LANTERNS.key], access)["2101.00001"].state == "fetched"
    assert not note.exists()


def test_another_version_than_the_one_that_is_there_is_told(shelf: Library, access: Access) -> None:
    run(shelf, ["2202.00002"], access)
    end = run(shelf, ["2202.00002v1"], access)["2202.00002"]
    assert end.state == "cached"
    assert "version 2, not version 1" in end.message


def test_a_paper_known_by_its_doi_is_not_made_twice(library: Library, access: Access, papers: Path) -> None:
    known = Paper(LANTERNS.title, LANTERNS.authors, key="mine", arxiv_id="2101.00001")
    with library.quietly():
        library.add([known], make_key)
    run(library, ["2101.00001", "mine", "https://arxiv.org/pdf/2101.00001"], access)
    assert library.keys() == {"mine"}


@pytest.mark.parametrize("fault", ["403", "captcha"])
def test_a_refusal_stops_everything_and_loses_nothing(
    shelf: Library, access: Access, arxiv: StandIn, fault: str
) -> None:
    run(shelf, ["2303.00003"], access)
    arxiv.reset([f"{fault}:9"])
    ends = run(shelf, ["2303.00003", "2101.00001", "2202.00002"], access)
    assert states(ends) == {"2303.00003": "cached", "2101.00001": "waiting", "2202.00002": "waiting"}
    assert all(isinstance(ends[name].error, Refused) for name in ("2101.00001", "2202.00002"))
    assert len(arxiv.log()) == 1
    again = run(shelf, ["2101.00001"], access)
    assert states(again) == {"2101.00001": "waiting"}
    assert len(arxiv.log()) == 1


def test_a_source_that_cannot_be_reached_is_given_up(shelf: Library, access: Access, tmp_path: Path) -> None:
    from dataclasses import replace

    from paperpath.errors import Unreachable

    nowhere = replace(access, url="http://127.0.0.1:9")
    more = [Paper(f"Paper {n}", key=f"paper{n}", arxiv_id=f"2301.0000{n}") for n in range(1, 5)]
    with shelf.quietly():
        shelf.add(more, make_key)
    ends = run(shelf, [paper.key for paper in more] + ["2505.00005"], nowhere)
    assert states(ends) == {
        "2505.00005": "failed",  # nothing is known of it
        "2301.00001": "failed",
        "2301.00002": "failed",
        "2301.00003": "failed",
        "2301.00004": "waiting",  # not tried any more
    }
    assert all(isinstance(event.error, Unreachable) for event in ends.values())
    assert shelf.get("paper1").problem
    assert shelf.get("paper4").problem is None


def test_stop_leaves_a_state_that_goes_on(shelf: Library, access: Access, arxiv: StandIn) -> None:
    stopping = False
    seen: dict[str, str] = {}
    targets = [LANTERNS.key, BULBS.key, "2303.00003"]
    events = fetch(shelf, targets, access, stop=lambda: stopping)
    with pytest.raises(Cancelled):  # noqa: PT012 - the loop is what raises
        for event in events:
            seen[event.id] = event.state
            stopping = stopping or event.state == "parsing"
    assert "stopped" in seen.values()
    assert set(seen.values()) <= {"stopped", "fetched"}
    assert set(states(run(shelf, targets, access)).values()) <= {"fetched", "cached"}
    assert set(states(run(shelf, targets, access)).values()) == {"cached"}


def test_a_paper_that_is_not_wanted_any_more_is_left_out_and_the_others_come(
    shelf: Library, access: Access, arxiv: StandIn
) -> None:
    def skip(name: str) -> bool:
        # The first only once its download runs: that asks from the thread of the errands.
        return name == BULBS.key or (name == LANTERNS.key and threading.current_thread().name == "paperpath-errands")

    events = fetch(shelf, [LANTERNS.key, BULBS.key, "2303.00003", "2101.00001"], access, skip=skip)
    ends = {event.id: event.state for event in events if event.final}
    assert ends == {"2101.00001": "stopped", "2202.00002": "stopped", "2303.00003": "fetched"}
    asked = arxiv.log().paths()
    assert not any("2202.00002" in path for path in asked if "/pdf/" in path), asked
    assert set(states(run(shelf, [LANTERNS.key, BULBS.key], access)).values()) == {"fetched"}
    assert set(states(run(shelf, ["2101.00001", "2202.00002"], access)).values()) == {"cached"}


def test_an_id_that_is_not_wanted_costs_no_request(library: Library, access: Access, arxiv: StandIn) -> None:
    events = list(fetch(library, ["2101.00001"], access, skip=lambda name: name == "2101.00001"))
    assert [event.state for event in events] == ["queued", "stopped"]
    assert arxiv.log().paths() == []
    assert len(library.keys()) == 0


def test_a_reader_of_events_who_leaves_ends_the_work(shelf: Library, access: Access) -> None:
    events = fetch(shelf, [LANTERNS.key, BULBS.key], access)
    for event in events:
        if event.state != "queued":
            break
    events.close()  # type: ignore[attr-defined]  # a generator
    assert not [thread for thread in threading.enumerate() if thread.name == "paperpath-errands"]
    assert set(states(run(shelf, [LANTERNS.key, BULBS.key], access)).values()) <= {"fetched", "cached"}


def test_a_note_of_ones_own_in_another_encoding_does_not_stop_a_fetch(shelf: Library, access: Access) -> None:
    path = shelf.files.note(LANTERNS.key)
    path.parent.mkdir()
    path.write_bytes(b"K\xe4se")
    end = run(shelf, [LANTERNS.key], access)["2101.00001"]
    assert end.state == "fetched"
    assert "not UTF-8" in end.message
    assert path.read_bytes() == b"K\xe4se"


def test_nothing_asked_nothing_done(library: Library, access: Access, arxiv: StandIn) -> None:
    assert list(fetch(library, [], access)) == []
    assert len(arxiv.log()) == 0


def test_a_fetch_of_what_is_there_loads_no_http_client(shelf: Library, access: Access, home: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom paperpath.library import Library\n"
        "from paperpath.sources import Access\nfrom paperpath.workflow.fetch import fetch\n"
        "with Library.open(Path(sys.argv[1])) as library:\n"
        "    events = list(fetch(library, ['10.1/x', 'nobody'], Access()))\n"
        "assert [event.state for event in events] == ['failed', 'failed'], events\n"
        "assert not {'requests', 'arxiv', 'pypdf', 'pypdfium2', 'yaml'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(home)], check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
