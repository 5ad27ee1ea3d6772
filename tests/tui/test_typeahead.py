"""Whole flows typed in one write end as they do key by key: the same screens, the same library, the same clipboard."""

from __future__ import annotations

import asyncio
import re
import shutil
import time
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input

from paperpath.library import Library
from paperpath.tui.screens.shelf import DETAILS_AFTER
from paperpath.workflow import annotating
from tests.library.samples import timeless
from tests.tui import samples
from tests.tui.conftest import burst, screen_text, settle

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from paperpath.tui.app import PaperpathApp
    from tests.tui.conftest import Start

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
ALL, ENGINES = ":all papers\r", ":analytical engines\r"
LATE = "/kettles\tmine\r"
FLOWS = {
    "filter and read": f"{ALL}/engines\r\rsdqsu",
    "save, rename, remove": f"{ALL}{LATE}\x1b:mine\rR\x15yours\r:yours\rDuu",
    "save again": f"{ALL}/year:2001\rKmine\r{LATE}\x1bU:mine\rD/x\x1bu",
    "a list": f"{ALL}jxxaMine\r\x1b\x1b:mine\rgaMine\r*aMine\rRx\rD",
    "a list and another": f"{ALL}*aone\raone\raone\raMine\rgaMine\rtw -w\ruuu",
    "annotations": "Ajtgood\r/green\r\rsdqks\rqA\r",
    "annotations of marked": f"{ALL}/sing\rxxA/words\r\x1b\x1b\x1b\x1bA\x08",
    "cards": f"{ENGINES}vmwhy?\x1bvjmhow?\x1bqv 3 1 \r\rq4u 4v x",
    "pairs": f"{ALL}Mjmd\x1bMumlL\thlm",
    "pairs one after the other": "MmmuqMduUm",
    "pairs field by field": "M\tjhjljLhH\tjk\tlmquM",
    "published": "VmmuqVH\tjlmqj",
    "links": f"{ENGINES}\t\t\rn\x1b\t\rj\r",
    "a reference added": f"{ENGINES}\t\t\rjay\x1b\x1bu\x1br\rayg\x08",
    "a reference opened": f"{ENGINES}r07\r\rsdq\t\t\t\t\r\x08",
    "references": f"{ENGINES}rpassages\rnNaqr\t\t\rq]]r\x1bjjd",
    "places": f"{ENGINES}ddBaGBbg`a`bBq;q;a",
    "places and panes": f"{ENGINES}}}jj\r{{Ba}}{{`a`\x1b;jr\x1b",
    "tables": f"{ENGINES}oG\r>P/column\r\x1b",
    "a pen": f"{ENGINES}dvJhvhmnote\x1bv\rHgjjx\x1buu",
    "details": f"{ALL}3jjjj\r\x1b3G\r\x1b\x1b1jj\r2k",
    "labels": f"{ALL}'a'\x1b'jx'zz'sx",
    "palette and themes": f":theme\rnight\r:all papers\r:theme\rhigh\x1b:sort\ry{ALL}jx",
    "search": "Fengine\r\x1b\x1b\x1bFweaves\x1b\x1b/x\x15engines\rx",
    "help and export": f"{ALL}?jj\x1be\x1bxe\x1bnn?q",
    "marks and tags": f"{ALL}*tcold\r*jtwarm -warm\r/tag:cold\r*sd\x1b\x1bu",
    "tags twice": f"{ALL}tcold\rt\x15warm\rtmore\r",
    "fetch pane": "wwXw1G\rg2c\x1bc",
}
"""Names and keys; ``\\x08`` stands for backspace."""


async def test_what_is_typed_ahead_is_about_what_the_keys_before_it_did(start: Start, quiet_home: Path) -> None:
    async with start(home=quiet_home) as (app, pilot):
        burst(app, f"{ALL}gtcold\rt\x15late\raone\raone\r{LATE}\x1b:mine\rDM\tjjl\tjk\tlLHm")
        await settle(app, pilot)
        with Library.open(quiet_home) as library:
            assert library.get(samples.READABLE).tags == ("late",)
            assert not next(one for one in library.lists() if one.title == "one").entries
            assert "mine" not in dict(library.searches())
            assert library.history()[0].what.startswith("merge kessel")
            assert len(library.keys()) == 13
        burst(app, "md")  # the next pair, and then there is none
        await settle(app, pilot)
        burst(app, "uM\x1bMd")
        await settle(app, pilot)
        with Library.open(quiet_home) as library:
            assert len(library.told_apart()) == 1


@pytest.mark.parametrize(("screen", "stays"), [("F", False), ("A/", False), (":", True), ("a", True)])
async def test_tab_out_of_a_line_does_not_overtake_what_is_typed(start: Start, screen: str, stays: bool) -> None:
    async with start() as (app, pilot):
        burst(app, f"{screen}en\tx")
        await settle(app, pilot)
        assert app.screen.query_one(Input).value == ("enx" if stays else "en")
        burst(app, "\t\tgines")  # round, and back to the line
        await settle(app, pilot)
        assert app.screen.query_one(Input).value == ("enxgines" if stays else "engines")


async def outcome(start: Start, home: Path, keys: str, *, at_once: bool) -> tuple[list[str], Any]:
    """The screen after the keys and the one behind all others, and all that was kept."""
    keys = keys.replace("\x08", "\x7f")
    async with start(home=home) as (app, pilot):
        for part in [keys] if at_once else keys:
            burst(app, part)
            await settle(app, pilot)
        await pilot.pause(2 * DETAILS_AFTER)
        await settle(app, pilot)
        # Without the line of what was said last: when each word was said is a matter of time.
        shown = "\n".join(line for at, line in enumerate(screen_text(app).split("\n")) if at != app.size.height - 2)
        seen = [type(app.screen).__name__, shown, app.clipboard, app.theme, str(app.shelf.scope)]
        burst(app, "\x1b" * 12)
        await settle(app, pilot)
        await pilot.pause(2 * DETAILS_AFTER)
        await settle(app, pilot)
        seen.append(screen_text(app))
    with Library.open(home) as library:
        kept = timeless(library)
        kept["places"] = [library.bookmarks(samples.READABLE)]
        kept["changes"] = [change.what for change in library.history(1000)]
    return seen, {name: TIME.sub("then", str(value)) for name, value in kept.items()}


@pytest.mark.corpus
@pytest.mark.parametrize("name", FLOWS)
async def test_a_flow_in_one_write_ends_as_it_does_key_by_key(
    start: Start, quiet_home: Path, tmp_path: Path, name: str
) -> None:
    with Library.open(quiet_home) as library, library.quietly():
        annotating.set_status(library, [samples.READABLE], "reading")  # else it becomes so after a while in the reader
    homes = [shutil.copytree(quiet_home, tmp_path / folder) for folder in ("at once", "one by one")]
    ours = await outcome(start, homes[0], FLOWS[name], at_once=True)
    theirs = await outcome(start, homes[1], FLOWS[name], at_once=False)
    assert ours[1] == theirs[1]
    for mine, other in zip(ours[0], theirs[0], strict=True):
        assert mine == other


def slow(app: PaperpathApp) -> None:
    """Let every change take its time, as on a disk that is busy."""
    change = app.desk.change

    def later(job: Callable[[Library], Any]) -> asyncio.Future[Any]:
        def first_wait(library: Library) -> object:
            time.sleep(0.1)
            return job(library)

        return change(first_wait)

    app.desk.change = later  # type: ignore[method-assign]


async def test_keys_wait_until_what_they_are_about_is_written(start: Start, quiet_home: Path) -> None:
    async with start(home=quiet_home) as (app, pilot):
        burst(app, f"{ALL}gtlate\rjtlate\r/tag:late\tmine\r\x1b:mine\r")
        await settle(app, pilot)
        first, second = (app.catalogue.rows[item].key for item in app.shelf.papers.items if item >= 0)
        slow(app)
        burst(app, "gt\x15\rsd")  # the first has no place here any more: the second comes under the cursor
        await settle(app, pilot)
        with Library.open(quiet_home) as library:
            assert "late" not in library.get(first).tags
            assert (library.get(first).status == "read", library.get(second).status) == (False, "read")


async def test_a_reference_is_added_once_however_slow_the_disk(start: Start, quiet_home: Path) -> None:
    async with start(home=quiet_home) as (app, pilot):
        before = len(app.catalogue.rows)
        burst(app, f"{ENGINES}\t\t\rj")
        await settle(app, pilot)
        slow(app)
        burst(app, "aaa")
        await settle(app, pilot)
        assert len(app.catalogue.rows) == before + 1


async def test_keys_after_leaving_do_nothing(start: Start, quiet_home: Path) -> None:
    async with start(home=quiet_home) as (app, _):
        burst(app, f"{ALL}qxasd")
        while app.is_running:
            await asyncio.sleep(0.001)
    with Library.open(quiet_home) as library:
        assert "read" not in {library.get(key).status for key in sorted(library.keys()) if "kessel" not in key}
