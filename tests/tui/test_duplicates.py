"""Papers that are here twice, and published preprints: both sides of each field, the choice, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.formats.citekeys import make_key
from paperpath.library import Library
from paperpath.model import Author, Paper
from tests.tui.conftest import SMALL, burst, screen_text, settle, until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import Start

KESSEL = Author("Kessel", "Ann")
KETTLES = Paper("Why kettles sing by night", (KESSEL,), key="k1", year=2018, arxiv_id="1801.00001")
PRINTED = Paper(
    "Why kettles sing by night", (KESSEL,), key="k2", year=2019, venue="Tunes", doi="10.5555/k", entry_type="article"
)
LAMPS = [
    Paper("On wicks of hemp by night", (KESSEL,), key=f"l{n}", year=2001, volume=str(n), abstract=f"{n} [/x] \x1b[2J")
    for n in (1, 2)
]

LANTERNS = Paper(
    "Lanterns of the north",
    (KESSEL,),
    key="n1",
    year=2018,
    arxiv_id="1801.00002",
    journal_ref="J. Lanterns 12 (2019) 101-117",
    doi="10.5555/lanterns",
)


async def test_pairs_are_merged_field_by_field(start: Start, shelf_home: Path) -> None:
    with Library.open(shelf_home) as library:
        library.add([KETTLES, PRINTED, *LAMPS, LANTERNS], make_key)
    async with start(size=SMALL) as (app, pilot):
        burst(app, ":here twice\r")
        await settle(app, pilot)
        await until(pilot, lambda: "2 pairs" in screen_text(app))
        text = screen_text(app)
        for words in ("k1", "k2", "Tunes", "venue", "l1", "l2", "Merge"):
            assert words in text
        assert "\x1b" not in text

        screen = app.screen
        at = next(n for n, one in enumerate(screen.pairs.offers) if one.pair == ("k1", "k2"))
        years = next(n for n, side in enumerate(screen.pairs.offers[at].sides) if side.field == "year")
        screen.pairs.go(at)
        burst(app, "\t" + "j" * years + "h" + "m")  # in one write: the left year, and merge
        await settle(app, pilot)
        await until(pilot, lambda: "1 pair" in screen_text(app) or "Merged" in screen_text(app))
        with Library.open(shelf_home) as library:
            paper = library.get("k1").paper
            assert library.resolve("k2") == "k1"
            assert (paper.year, paper.venue, paper.doi) == (2018, "Tunes", "10.5555/k")

        burst(app, "u")
        await settle(app, pilot)
        await until(pilot, lambda: len(screen.pairs.offers) == 2)
        with Library.open(shelf_home) as library:
            assert library.get("k1").paper == KETTLES
            assert library.get("k2").paper == PRINTED

        screen.pairs.go(next(n for n, one in enumerate(screen.pairs.offers) if one.pair == ("l1", "l2")))
        burst(app, "d")
        await settle(app, pilot)
        await until(pilot, lambda: [one.pair for one in screen.pairs.offers] == [("k1", "k2")])
        with Library.open(shelf_home) as library:
            assert library.told_apart() == [("l1", "l2")]
        await pilot.press("q")
        assert app.screen is app.shelf

        burst(app, "V")
        await settle(app, pilot)
        await until(pilot, lambda: "1 publication" in screen_text(app))
        assert "J. Lanterns" in screen_text(app)
        burst(app, "HmLm")  # nothing is marked, then all is
        await settle(app, pilot)
        await until(pilot, lambda: "No record of a preprint" in screen_text(app))
        with Library.open(shelf_home) as library:
            paper = library.get("n1").paper
            assert (paper.venue, paper.volume, paper.year, paper.arxiv_id) == ("J. Lanterns", "12", 2019, "1801.00002")
            assert library.history()[0].what == "published version of n1"
        screen = app.screen
        burst(app, "u")
        await settle(app, pilot)
        await until(pilot, lambda: len(screen.pairs.offers) == 1)  # what was taken back is told where their number was
        with Library.open(shelf_home) as library:
            assert library.get("n1").paper == LANTERNS
        await pilot.press("q")
        assert app.screen is app.shelf


async def test_what_is_shown_is_exported_after_papers_were_merged(start: Start, quiet_home: Path) -> None:
    async with start(home=quiet_home) as (app, pilot):
        burst(app, ":all papers\rM")
        await settle(app, pilot)
        before = len(app.catalogue.rows)
        burst(app, "me")
        await settle(app, pilot)
        assert len(app.catalogue.rows) == before - 1
        assert f"{before - 1} papers" in screen_text(app)
