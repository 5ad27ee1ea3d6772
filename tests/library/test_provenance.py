"""Each field knows where it came from and when, and forgets nothing of that when changes are taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.errors import UnknownPaper
from paperpath.library import Library, provenance
from paperpath.library.provenance import Origin, begun, continued, differing, origins
from paperpath.model import Author, Paper
from tests.library.samples import ATTENTION, PAPERS, REPORT, numbered

if TYPE_CHECKING:
    from pathlib import Path

KEY = ATTENTION.key


def sources(library: Library, key: str = KEY) -> dict[str, str | None]:
    return {name: origin.source for name, origin in library.origins(key).items()}


def test_every_field_that_has_a_value_has_an_origin(library: Library) -> None:
    library.add([ATTENTION], numbered, source="import refs.bib")
    told = library.origins(KEY)
    assert set(told) == {
        "title", "authors", "entry_type", "year", "venue", "arxiv_id", "primary_category", "categories", "abstract",
        "editor",
    }  # fmt: skip
    assert {origin.source for origin in told.values()} == {"import refs.bib"}
    assert all(origin.at and origin.at.endswith("Z") for origin in told.values())


def test_a_source_that_nobody_named_is_not_known(library: Library) -> None:
    library.add([ATTENTION], numbered)
    assert set(library.origins(KEY).values()) == {Origin(None, None)}
    library.update(replace(ATTENTION, year=2018))
    assert {name for name, source in sources(library).items() if source == "you"} == {"year"}
    with pytest.raises(UnknownPaper):
        library.origins("nobody")


def test_only_what_a_change_changed_gets_its_source(library: Library) -> None:
    library.add([ATTENTION], numbered, source="arXiv")
    changed = replace(
        ATTENTION, venue="NeurIPS", pages="1--9", doi="10.1234/a", extra=(("editor", "I. Guyon"), ("isbn", "1"))
    )
    library.update(changed, source={"venue": "DBLP", "pages": "DBLP", "doi": "Crossref"})
    told = sources(library)
    assert (told["venue"], told["pages"], told["doi"]) == ("DBLP", "DBLP", "Crossref")
    assert told["isbn"] is None
    assert (told["title"], told["editor"]) == ("arXiv", "arXiv")


def test_a_second_import_owns_only_what_was_missing(library: Library) -> None:
    library.add([REPORT], numbered, source="arXiv")
    library.add([replace(REPORT, title="Another title", year=2023, publisher=None)], numbered, source="import b.bib")
    told = sources(library, REPORT.key)
    assert (told["title"], told["year"]) == ("arXiv", "import b.bib")
    before = library.origins(REPORT.key)
    library.add([REPORT], numbered, source="import c.bib")
    assert library.origins(REPORT.key) == before


def test_an_emptied_field_has_no_origin_and_a_filled_one_a_new(library: Library) -> None:
    library.add([ATTENTION], numbered, source="arXiv")
    library.update(replace(ATTENTION, venue=None, extra=()))
    assert not {"venue", "editor"} & set(sources(library))
    library.update(ATTENTION, source="doctor")
    assert (sources(library)["venue"], sources(library)["editor"]) == ("doctor", "doctor")


def test_undo_and_redo_take_it_along(library: Library) -> None:
    library.add([ATTENTION], numbered, source="arXiv")
    first = library.origins(KEY)
    library.update(replace(ATTENTION, venue="NeurIPS"), source="Crossref")
    second = library.origins(KEY)
    library.undo()
    assert library.origins(KEY) == first
    library.redo()
    assert library.origins(KEY) == second
    library.remove([KEY])
    library.undo()
    assert library.origins(KEY) == second
    library.undo()
    library.undo()
    library.redo()
    assert library.origins(KEY) == first


def test_a_new_key_changes_no_origin(library: Library) -> None:
    library.add([ATTENTION], numbered, source="arXiv")
    before = library.origins(KEY)
    library.rename(KEY, "transformer")
    assert library.origins("transformer") == before


def test_an_import_keeps_one_short_text_for_all_papers(library: Library) -> None:
    library.add(PAPERS, numbered, source="import refs.bib")
    with library._database.reading() as connection:
        kept = {row[0] for row in connection.execute("SELECT provenance FROM paper")}
    assert len(kept) == 1
    assert len(kept.pop()) < 50


def test_a_rehearsal_leaves_nothing(library: Library) -> None:
    library.add([ATTENTION], numbered, source="arXiv")
    before = library.origins(KEY)
    with library.rehearsing():
        library.update(replace(ATTENTION, year=1999))
    assert library.origins(KEY) == before


def test_a_copy_of_the_library_knows_it_too(home: Path, tmp_path: Path) -> None:
    with Library.open(home) as library:
        library.add([ATTENTION], numbered, source="arXiv")
        before = library.origins(KEY)
        library.backup(tmp_path / "copy.zip")
    Library.restore(tmp_path / "other", tmp_path / "copy.zip")
    with Library.open(tmp_path / "other") as library:
        assert library.origins(KEY) == before


# --------------------------------------------------------------------------- the column

TEXTS = st.none() | st.sampled_from(["a", "b", "ü"])
SOURCES = st.none() | st.sampled_from(["arXiv", "you", "import ä.bib"])
SOME = st.builds(
    Paper,
    title=st.sampled_from(["Lamps", "Kettles"]),
    authors=st.sampled_from([(), (Author("Vega", "Ana"),)]),
    venue=TEXTS,
    pages=TEXTS,
    year=st.none() | st.integers(2000, 2002),
    extra=st.sampled_from([(), (("isbn", "1"),), (("isbn", "2"), ("venue", "Leeds"))]),
)


@given(first=SOME, source=SOURCES, changes=st.lists(st.tuples(SOME, SOURCES), max_size=5))
def test_after_any_changes_each_field_has_the_source_that_set_it_last(
    first: Paper, source: str | None, changes: list[tuple[Paper, str | None]]
) -> None:
    column, paper = begun(source, "0"), first
    expected = dict.fromkeys(origins(column, paper), source)
    for moment, (after, by) in enumerate(changes, 1):
        column = continued(column, paper, after, by, str(moment))
        changed, paper = set(differing(paper, after)), after
        expected = {name: by if name in changed else expected[name] for name in origins(column, paper)}
    told = origins(column, paper)
    assert {name: origin.source for name, origin in told.items()} == expected
    assert all((origin.at is None) == (origin.source is None) for origin in told.values())
    assert column is None or len(json.loads(column)) <= 1 + len(told)


def test_the_place_of_an_event_is_not_the_venue() -> None:
    paper = Paper("Lamps", venue="LampConf", extra=(("venue", "Leeds"),))
    assert {"venue", "extra.venue"} <= set(provenance.origins(None, paper))
