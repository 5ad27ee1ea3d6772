"""Citation keys: never two alike, never one that changes by itself, and the old one finds its paper for ever."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperpath.errors import BadInput, UnknownPaper
from paperpath.formats.citekeys import make_key
from paperpath.formats.key_syntax import parse
from paperpath.library import Library
from paperpath.model import Author, Paper
from tests.library.samples import ATTENTION, GRAPHS, PAPERS, PLAN, REPORT, TSNE, add, dump

if TYPE_CHECKING:
    from pathlib import Path

LAMPS = Paper("Lamps", (Author("Vega", "Ana"),), year=2001)
few = st.sampled_from(["", "Vega", "vega", "VEGA", "Véga", "Wick"])
shelves = st.lists(
    st.builds(
        Paper,
        st.sampled_from(["", "Lamps", "Kettles and Lamps", "LAMPS!", "Ламп"]),
        few.map(lambda name: (Author(name),) if name else ()),
        key=st.sampled_from(["", "", "vega2001lamps", "Vega2001Lamps", "VEGA2001LAMPSA", "a b"]),
        year=st.sampled_from([None, 2001]),
    ),
    max_size=12,
)


@settings(suppress_health_check=list(HealthCheck))
@given(
    st.lists(shelves, max_size=4), st.sampled_from(["{author|title}{year}{title}", "{author:keep}", "{title:upper}"])
)
def test_keys_are_unique_and_never_change_when_others_come(batches: list[list[Paper]], formula: str) -> None:
    with Library.in_memory() as library:
        known: dict[str, str] = {}
        for batch in batches:
            library.add(batch, parse(formula))
            now = {paper.key: paper.title for paper in library.papers()}
            assert len({key.casefold() for key in now}) == len(now) == len(library.rows())
            assert now | known == now
            known = now


def test_everything_follows_a_renamed_paper(library: Library) -> None:
    add(library, *PAPERS)
    library.set_list(PLAN, origin="own", fingerprint="1")
    library.tag([GRAPHS.key], add=["graphs"])
    library.set_status([GRAPHS.key], "read")
    library.set_note(GRAPHS.key, "a thing about graphs")
    before = dump(library)
    library.rename(GRAPHS.key, "Erdos:1959")
    after = library.get("Erdos:1959")
    assert after.paper == dataclasses.replace(GRAPHS, key="Erdos:1959")
    assert (after.status, after.tags, after.lists) == ("read", ("graphs",), ("starter",))
    assert library.lists()[0].entries[1].needs == ("Erdos:1959",)
    assert [row.key for row in library.rows('"erdos:1959"')] == ["Erdos:1959"]
    assert {hit.key for hit in library.search("about graphs")} == {"Erdos:1959"}
    assert library.history(1)[0].what == "key of erdos1959random: Erdos:1959"
    undone = library.undo()
    assert undone.renamed == {"Erdos:1959": GRAPHS.key}
    assert undone.notes == {}
    assert dump(library) == before
    assert library.redo().renamed == {GRAPHS.key: "Erdos:1959"}
    assert library.get("Erdos:1959") == after


def test_the_old_key_finds_the_paper_and_is_given_to_no_other(library: Library) -> None:
    library.add([LAMPS], make_key)
    library.rename("vega2001lamps", "lamps")
    library.rename("lamps", "Lights")
    assert library.former_keys() == {"lamps": "Lights", "vega2001lamps": "Lights"}
    assert library.resolve("VEGA2001lamps") == library.resolve("lamps") == library.resolve("lights") == "Lights"
    assert library.keys() == {"Lights"}
    other = dataclasses.replace(LAMPS, title="Lamps again")
    assert library.add([other], make_key)[0].key == "vega2001lampsa"
    assert (
        library.add([dataclasses.replace(LAMPS, key="lamps", title="Of their own")], make_key)[0].key == "vega2001own"
    )
    assert not library.add([dataclasses.replace(LAMPS, key="vega2001lamps")], make_key)[0].new
    library.rename("Lights", "vega2001lamps")
    assert library.former_keys() == {"Lights": "vega2001lamps", "lamps": "vega2001lamps"}
    library.rename("vega2001lamps", "Vega2001Lamps")
    assert library.former_keys() == {"Lights": "Vega2001Lamps", "lamps": "Vega2001Lamps"}
    library.remove(["Vega2001Lamps"])
    assert library.former_keys() == {}
    library.undo()
    assert library.resolve("lights") == "Vega2001Lamps"


def test_a_key_that_is_or_was_anothers_is_refused(library: Library) -> None:
    add(library, *PAPERS)
    library.rename(REPORT.key, "report")
    before = dump(library)
    for new, had in (("VASWANI2017attention", "is the key of"), (REPORT.key.upper(), "was once the key of")):
        with pytest.raises(BadInput, match=had):
            library.rename(TSNE.key, new)
    with pytest.raises(UnknownPaper):
        library.rename("nobody", "somebody")
    assert dump(library) == before


def test_pins_say_why_and_outlive_undo(library: Library) -> None:
    library.add([dataclasses.replace(LAMPS, key="mine"), LAMPS], make_key, pin=True)
    assert library.pins() == {"mine": ("imported",)}
    library.pin(["mine", "vega2001lamps"], "exported")
    library.pin(["mine"], "exported")
    assert library.pins() == {"mine": ("exported", "imported"), "vega2001lamps": ("exported",)}
    library.tag(["mine"], add=["x"])
    library.undo()
    assert library.pins()["mine"] == ("exported", "imported")
    library.remove(["mine"])
    assert "mine" not in library.pins()
    library.undo()
    assert library.pins()["mine"] == ("exported", "imported")
    library.undo()
    assert library.pins() == {}
    library.redo()
    assert library.pins() == {"mine": ("exported", "imported"), "vega2001lamps": ("exported",)}


def test_a_rename_is_undone_by_another_program(home: Path) -> None:
    with Library.open(home) as library:
        add(library, ATTENTION)
        library.rename(ATTENTION.key, "transformer")
    with Library.open(home) as library:
        library.undo()
        assert library.get(ATTENTION.key).paper == ATTENTION
        with pytest.raises(UnknownPaper):
            library.get("transformer")
