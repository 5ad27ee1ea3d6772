from __future__ import annotations

import pytest

from paperpath.formats import entry_types
from paperpath.formats.bibtex_dialects import BIBLATEX, BIBTEX


def test_every_type_of_bibtex_and_biblatex_has_names() -> None:
    unnamed = {
        name
        for name in {*BIBTEX.required, *BIBTEX.types, *BIBLATEX.required, *BIBLATEX.types} - {"misc"}
        if entry_types.named(name).bibtex == "misc"
    }
    assert unnamed == set()


@pytest.mark.parametrize("row", entry_types.TYPES)
def test_foreign_names_are_read_as_the_first_row_that_has_them(row: entry_types.EntryType) -> None:
    assert entry_types.from_csl(row.csl) == next(one.bibtex for one in entry_types.TYPES if one.csl == row.csl)
    if row.ris != "CONF":  # most publishers mean a paper by it
        assert entry_types.from_ris(row.ris) == next(one.bibtex for one in entry_types.TYPES if one.ris == row.ris)


def test_names_nobody_knows() -> None:
    assert entry_types.named("kettle") is entry_types.named("misc")
    assert entry_types.from_csl("song") is None
    assert entry_types.from_ris("MUSIC") is None
    assert entry_types.from_zotero("podcast") is None


@pytest.mark.parametrize(
    ("kind", "bibtex"),
    [("PhD thesis", "phdthesis"), ("Doctoral dissertation", "phdthesis"), ("Master's thesis", "mastersthesis"),
     ("M.Sc. thesis", "mastersthesis"), ("Habilitation", "thesis"), ("", "thesis")],
)  # fmt: skip
def test_theses(kind: str, bibtex: str) -> None:
    assert entry_types.thesis(kind) == bibtex
