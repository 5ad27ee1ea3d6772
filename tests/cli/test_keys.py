"""`paperpath key`: by hand, by a formula, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperpath.library import Library
    from tests.cli.conftest import Ended

    Cli = Callable[..., Ended]

ATTENTION = "vaswani2017attention"


def test_by_hand_and_back(cli: Cli, library: Library) -> None:
    done = cli("key", ATTENTION, "transformer")
    assert (done.code, done.out) == (0, "")
    assert done.err == "vaswani2017attention is transformer now. To take it back: paperpath undo\n"
    assert cli("show", ATTENTION, "--json").json["key"] == "transformer"
    assert cli("undo").code == 0
    assert library.resolve(ATTENTION) == ATTENTION


def test_an_exported_key_is_renamed_with_a_warning(cli: Cli, library: Library) -> None:
    assert f"{{{ATTENTION}," in cli("export").out
    assert "was exported: whatever cites it" in cli("key", ATTENTION, "transformer").err
    assert "{transformer," in cli("export").out


def test_what_cannot_be_is_2_and_says_what_is_free(cli: Cli, library: Library) -> None:
    other = next(key for key in sorted(library.keys()) if key != ATTENTION)
    done = cli("key", other, ATTENTION.upper())
    assert done.code == 2
    assert f"Free is {ATTENTION.upper()}a" in done.err
    for wrong in (["key"], ["key", ATTENTION], ["key", "a", "b", "c"], ["key", "--all"], ["key", "--make"]):
        assert cli(*wrong).code == 2
    assert cli("key", "--make", "--all", ATTENTION).code == 2
    assert cli("key", ATTENTION, "x", "--apply").code == 2


def test_made_by_a_formula(cli: Cli, library: Library) -> None:
    formula = "--key-formula={author}-{year:2}"
    shown = cli("key", "--make", ATTENTION, formula)
    assert shown.out == f"{ATTENTION}\tvaswani-17\t\n"
    assert "1 to rename, 0 pinned, 0 keys as the formula makes them. To rename" in shown.err
    assert library.resolve(ATTENTION) == ATTENTION
    assert cli("key", "--make", ATTENTION, "--apply", "--json", formula).json == [
        {"key": ATTENTION, "made": "vaswani-17", "pinned": [], "renamed": True}
    ]
    assert library.resolve("vaswani-17") == "vaswani-17"
    cli("export", "key:vaswani-17")
    pinned = cli("key", "--make", "--all", "--apply", "--key-formula={author:3:upper}")
    assert pinned.code == 2
    pinned = cli("key", "--make", "--all", "--apply", "--key-formula={author:letters=3}")
    assert "vaswani-17\tvas\texported\n" in pinned.out
    assert library.resolve("vaswani-17") == "vaswani-17"
