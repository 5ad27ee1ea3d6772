"""Keys of one's own: what is understood, what is refused, and that every place shows them as they are bound."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from paperpath import config
from paperpath.errors import BadSetting
from paperpath.tui import key_check, keymap
from paperpath.tui.keymap import DECLARED, default_keys, key_name, parse_key
from tests.tui import keys_page, samples
from tests.tui.conftest import burst, screen_text, settle

if TYPE_CHECKING:
    from tests.tui.conftest import Start


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("h", "h"), ("H", "H"), ("shift+h", "H"), ("?", "question_mark"), ("/", "slash"), ("]", "right_square_bracket"),
        ("esc", "escape"), ("PgDn", "pagedown"), ("Ctrl+H", "ctrl+h"), ("shift+tab", "shift+tab"), ("f2", "f2"),
        ("comma", "comma"), ("'", "apostrophe"), ("ü", "ü"), ("alt+ctrl+x", "alt+ctrl+x"), ("ctrl+alt+x", "alt+ctrl+x"),
        ("plus", "plus"), ("+", "plus"), ("space", "space"),
        ("", None), ("nokey", None), ("hyperspace+x", None), ("ctrl+", None), ("\t", None), ("ab", None),
    ],
)  # fmt: skip
def test_keys_are_written_as_on_the_keyboard(written: str, key: str | None) -> None:
    assert parse_key(written) == key


def test_every_key_is_read_as_it_is_written_and_is_described() -> None:
    for name, binding in DECLARED.items():
        assert binding.description, name
        assert tuple(parse_key(key_name(key)) for key in default_keys(binding)) == default_keys(binding), name


def test_every_id_that_a_message_names_is_one() -> None:
    folder = Path(keymap.__file__).parent
    source = "".join(file.read_text(encoding="utf-8") for file in folder.rglob("*.py"))
    named = re.findall(r"""\b(?:key|label|key_of)\(f?["']([\w.]+\.[\w./]+)["']\)""", source)
    assert len(named) > 40
    assert {id for ids in named for id in ids.split("/")} <= DECLARED.keys()  # noqa: A001


def test_a_key_is_named_before_its_screen_was_opened() -> None:
    code = "from paperpath.tui.keymap import Keymap; print(Keymap().label('reader.select'))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "v\n"


def settings(tmp_path: Path, text: str) -> config.Settings:
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    return config.load({"home": str(tmp_path), "cache": str(tmp_path), "config": str(file)}, {})


def checked(tmp_path: Path, text: str) -> dict[str, tuple[str, ...]]:
    said = settings(tmp_path, text)
    return key_check.keymap(said.keys, said.origins).chosen


@pytest.mark.parametrize(
    "line",
    ['"reader.highlight" = "h, ctrl+h"', 'reader.highlight = "h,ctrl+h"', 'reader.highlight = ["h", "ctrl+h"]'],
)
def test_a_table_names_keys_by_id(tmp_path: Path, line: str) -> None:
    assert checked(tmp_path, f"[keys]\n{line}\n") == {"reader.highlight": ("h", "ctrl+h")}


def test_the_listing_is_a_configuration_that_changes_nothing(tmp_path: Path) -> None:
    chosen = checked(tmp_path, key_check.listing(key_check.Keymap()))
    assert chosen == {name: default_keys(binding) for name, binding in DECLARED.items()}


def test_two_may_change_places_and_a_mode_may_use_any_key(tmp_path: Path) -> None:
    text = '[keys]\n"shelf.mark" = "*"\n"shelf.mark_all" = "x"\n"select.other_end" = "p"\n"app.retry" = "s"\n'
    assert len(checked(tmp_path, text)) == 4


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('"reader.higlight" = "h"', "line 2: nothing has the id 'reader.higlight'. Did you mean 'reader.highlight'"),
        ('"shelf.mark" = "x"\n"shelf.sort" = "pgdwn"', "line 3: there is no key 'pgdwn'. Did you mean 'pagedown'"),
        ('"shelf.sort" = ""', "line 2: shelf.sort needs a key, such as 'S'"),
        ('"shelf.typing_down" = "j"', "shelf.typing_down works while one types, so 'j' would be text"),
        ('"reader.find" = "v"', "'v' would do two things in the reader: reader.find (Find in this paper) and"),
        ('"list.down" = "n"', "'n' would do two things in the library"),
        ('"jump.close" = "a"', "jump.close must be no letter"),
        ('"select.next" = "h"', "'h' would do two things in the reader"),
        ('"shelf.mark" = "u"\n', "'u' would do two things in the library"),
        ('"shelf.mark" = 3', "line 1: keys must be keys by what they do"),
    ],
)
def test_what_cannot_be_is_told_with_its_line(tmp_path: Path, lines: str, said: str) -> None:
    with pytest.raises(BadSetting) as caught:
        checked(tmp_path, f"[keys]\n{lines}\n")
    assert said in str(caught.value)
    assert str(tmp_path / "config.toml") in str(caught.value)


def test_keys_in_a_variable_win_over_all_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[keys]\n"shelf.mark" = "M"\n', encoding="utf-8")
    env = {"PAPERPATH_CONFIG": str(file), "PAPERPATH_HOME": str(tmp_path), "PAPERPATH_CACHE": str(tmp_path)}
    said = config.load(environ={**env, "PAPERPATH_KEYS": "shelf.sort=O,f3; shelf.mark=nokey"})
    assert said.keys == {"shelf.sort": "O,f3", "shelf.mark": "nokey"}
    with pytest.raises(BadSetting, match="PAPERPATH_KEYS: there is no key 'nokey'"):
        key_check.keymap(said.keys, said.origins)


def test_the_example_of_the_page_is_a_configuration(tmp_path: Path) -> None:
    assert len(checked(tmp_path, keys_page.HEAD.split("```")[1].removeprefix("toml"))) == 3


def test_the_page_about_keys_is_up_to_date() -> None:
    assert keys_page.FILE.read_text(encoding="utf-8") == keys_page.document(), (
        "docs/keys.md is old; renew it with: python -m tests.tui.keys_page > docs/keys.md"
    )


async def test_keys_of_ones_own_work_and_are_shown_everywhere(start: Start) -> None:
    chosen = {"shelf.mark": "W,f3", "app.help": "f2", "reader.outline": "E", "reader.highlight": "L", "paper.tags": "z"}
    async with start(keymap=key_check.keymap(chosen, {})) as (app, pilot):
        assert "f2 Keys" in screen_text(app)
        before = app.shelf.lists.item, app.shelf.papers.item
        await pilot.press("1", "down")  # an arrow moves where the keyboard is
        assert app.shelf.lists.item != before[0]
        assert app.shelf.papers.item == before[1]
        await pilot.press("2")
        burst(app, "W")
        await pilot.press("f3")
        await settle(app, pilot)
        assert len(app.shelf.papers.marked) == 2
        burst(app, "xzdeep\r")  # x, which marked, does nothing any more
        await settle(app, pilot)
        assert sorted(app.catalogue.tags) == ["deep"]
        assert len(app.shelf.papers.marked) == 2
        await pilot.press("f2")
        await settle(app, pilot)
        assert "W f3              Mark for the next action" in screen_text(app)
        burst(app, "\x1b\x1b")
        await settle(app, pilot)  # else the second of them may come while the reader is being made
        await app.read(samples.READABLE)
        await settle(app, pilot)
        assert "E Outline" in screen_text(app)
        burst(app, "vo")  # the other end of the choice: the outline has another key, and had not lost this one
        await settle(app, pilot)
        reader = app.rooms[-1]
        assert "L Highlight" in screen_text(app)
        assert "the start moves" in screen_text(app)
        burst(app, "LE")
        await settle(app, pilot)
        assert reader.focused is reader.query_one("#outline")
        assert len((await app.desk.read(lambda library: library.get(samples.READABLE))).highlights) == 1
