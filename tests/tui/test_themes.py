"""Themes: that one can read them, that they are previewed and remembered, and which names are taken."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from textual.color import Color

from paperpath.errors import BadSetting
from paperpath.tui import state, themes
from paperpath.tui.ink import INKS, mix
from paperpath.tui.screens.reader import Reader
from tests.tui.conftest import burst, screen_text, settle, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.theme import Theme

    from tests.tui.conftest import Start

MEASURED = [theme for theme in themes.THEMES if not theme.ansi]


def luminance(colour: Color) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized)
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(one: Color, other: Color) -> float:
    """From 1, the same, to 21, black on white."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", MEASURED, ids=lambda theme: theme.name)
def test_every_letter_can_be_read_on_its_ground(theme: Theme) -> None:
    high = "contrast" in theme.name
    variables = themes.with_blends({**theme.to_color_system().generate(), **theme.variables})
    poor = {}
    for name, style in mix(variables).items():
        grounds = [variables["surface"], variables["panel"]] if not INKS[name].ground else [style.bgcolor.name]  # type: ignore[union-attr]
        letters = Color.parse(style.color.name if style.color else variables["foreground"])
        least = 7 if high and not name.startswith("rest") else 3 if name == "dim" else 4.5
        if INKS[name].ground:
            least = min(least, 4.5)
        for ground in grounds:
            if (measured := contrast(letters, Color.parse(ground))) < least:
                poor[name, ground] = round(measured, 2)
    assert not poor


def test_there_are_six_and_the_terminals_own_uses_no_other_colours() -> None:
    assert len(themes.THEMES) >= 6
    variables = themes.with_blends({**themes.TERMINAL.to_color_system().generate(), **themes.TERMINAL.variables})
    for name, style in mix(variables).items():
        for colour in (style.color, style.bgcolor):
            assert colour is None or colour.is_default or colour.is_system_defined, name


def test_names_of_themes() -> None:
    assert themes.find("night", "--theme") == "paperpath-night"
    assert themes.find("paperpath-day", "--theme") == "paperpath-day"
    assert themes.find("nord", "--theme") == "nord"
    with pytest.raises(BadSetting, match=r"--theme: there is no theme 'nigth'. Did you mean 'night'"):
        themes.find("nigth", "--theme")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"theme": 3, "first_steps": 4, "hours": NaN}', '{"hours": true}', "\x00", "[" * 100_000]
)
def test_a_state_that_cannot_be_read_is_as_good_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / state.FILE).write_text(text, encoding="utf-8")
    assert state.recall(tmp_path) == state.Remembered()


def test_the_state_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    kept = state.Remembered("nord", ("read",), 72, True, {"all": "year"}, 2.5)
    state.keep(tmp_path, kept)
    assert state.recall(tmp_path) == kept


async def test_a_theme_is_previewed_chosen_and_remembered(start: Start, shelf_home: Path) -> None:
    async with start(theme=("paperpath-night", "config.toml, line 1")) as (app, pilot):
        burst(app, ":theme: paperpath-sepia")
        await until(pilot, lambda: app.theme == "paperpath-sepia")
        burst(app, "\x1b")
        await settle(app, pilot)
        assert app.theme == "paperpath-night"
        assert not (shelf_home / state.FILE).exists()
        burst(app, ":theme: paperpath-terminal\r")
        await settle(app, pilot)
        assert app.theme == "paperpath-terminal"
        assert "config.toml, line 1 fixes paperpath-night" in app.shelf.status.said
    assert json.loads((shelf_home / state.FILE).read_text())["theme"] == "paperpath-terminal"
    async with start() as (app, _):
        assert app.theme == "paperpath-terminal"
        assert app.native_ansi_color


async def test_settings_of_the_palette_are_remembered(start: Start, shelf_home: Path) -> None:
    async with start((140, 36)) as (app, pilot):
        burst(app, "\rG:width of the text: 60\r")
        await settle(app, pilot)
        screen = app.screen
        assert isinstance(screen, Reader)
        assert screen.page.at_end
        assert screen.page.text_width == 60
        assert max(one.end - one.start for one in screen.page._lines) <= 60
        burst(app, ":signs: ascii\r")
        await settle(app, pilot)
        assert not {*"▏━─…●○"} & {*screen_text(app)}  # the end of a scrollbar is Textual's
        assert "#" in screen_text(app).splitlines()[0], "the bar of the progress"
        burst(app, ":width of")
        await until(pilot, lambda: "setting, now" in screen_text(app))
        (now,) = [line for line in screen_text(app).splitlines() if "setting, now" in line]
        assert "Width of the text: 60 " in now
        burst(app, "\x1bq:all papers\r:sort: title\r")
        await settle(app, pilot)
        assert app.shelf.sort == "title"
        burst(app, "Sy")
        await settle(app, pilot)
        assert app.shelf.sort == "year"
        burst(app, ":signs: all\r")
        await settle(app, pilot)
        assert app.glyphs.ellipsis in screen_text(app) or "○" in screen_text(app)
        burst(app, ":signs: ascii\r")
        await settle(app, pilot)
    async with start() as (app, pilot):
        burst(app, ":all papers\r")
        await settle(app, pilot)
        assert app.shelf.sort == "year"
        assert app.text_width == 60
        assert app.has_class("-ascii")
