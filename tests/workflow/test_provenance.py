"""Every way into the library says where what it brings is from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from paperpath.formats.citekeys import make_key
from paperpath.workflow import add as adding
from paperpath.workflow import caring, fetch, importing, opening, published
from tests.sources.services import KETTLES
from tests.workflow.samples import LAMPS, LANTERNS, pdf_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from paperpath.library import Library
    from paperpath.sources import Access


def sources(library: Library, key: str) -> dict[str, str | None]:
    return {name: origin.source for name, origin in library.origins(key).items()}


def test_adding_by_id_and_by_pdf(library: Library, access: Access, tmp_path: Path) -> None:
    unknown = tmp_path / "unknown.pdf"
    unknown.write_bytes(pdf_bytes("Wicks and Their Uses", "Dora Docht"))
    stamped = tmp_path / "stamped.pdf"
    stamped.write_bytes(pdf_bytes(LANTERNS.title, "Ana Vega", stamp="arXiv:2101.00001v1 [cs.LG] 2 Jan 2021"))
    targets = ["2202.00002", str(unknown), str(stamped)]
    ends = [event for event in adding.add(library, targets, access, decide=lambda *_: None) if event.key]
    told = {event.target: set(sources(library, event.key or "").values()) for event in ends}
    assert told == {"2202.00002": {"arXiv"}, str(unknown): {"PDF"}, str(stamped): {"arXiv"}}


def test_an_import_and_what_a_fetch_completes(library: Library, access: Access, tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    file.write_text("@misc{lanterns, title={My Lanterns}, eprint={2101.00001}, archiveprefix={arXiv}, note={Nice}}")
    importing.import_files(library, [file])
    assert set(sources(library, "lanterns").values()) == {"import refs.bib"}
    list(fetch.fetch(library, ["lanterns"], access))
    told = sources(library, "lanterns")
    assert (told["title"], told["note"]) == ("import refs.bib", "import refs.bib")
    assert (told["authors"], told["abstract"], told["year"]) == ("arXiv", "arXiv", "arXiv")


def test_a_reading_list(library: Library, tmp_path: Path) -> None:
    (tmp_path / "wicks.toml").write_text(
        'title = "Wicks"\nabout = "One."\n[[stage]]\ntitle = "First"\nabout = "It."\n'
        '[[stage.paper]]\nkey = "docht2001"\nwhy = "It began there."\n'
    )
    (tmp_path / "wicks.bib").write_text("@book{docht2001, title={Wicks}, author={Docht, Dora}, year={2001}}")
    opening.sync_lists(library, tmp_path)
    assert set(sources(library, "docht2001").values()) == {"list wicks"}


def test_the_doctor_and_the_published_version(library: Library) -> None:
    kettles = replace(KETTLES, title="Why Kettles Sing &amp; Dance", journal_ref="J. Kettles 12 (2019) 101-117")
    library.add([kettles, LAMPS], make_key, source="arXiv")
    caring.doctor(library, fix=True, checks=["html-entity"])
    published.apply(library, [one.found[0] for one in published.look(library) if one.found])
    told = sources(library, KETTLES.key)
    assert (told["title"], told["venue"], told["authors"]) == ("doctor", "arXiv", "arXiv")
    caring.undo(library)
    assert "venue" not in sources(library, KETTLES.key)
    assert sources(library, KETTLES.key)["title"] == "doctor"
    caring.undo(library)
    assert sources(library, KETTLES.key)["title"] == "arXiv"
