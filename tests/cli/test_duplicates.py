"""duplicates: pairs with their reasons, and what one entry of both would say."""

from __future__ import annotations

import contextlib
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import click
import pytest

from paperpath.formats.citekeys import make_key
from paperpath.model import Author, Paper
from paperpath.workflow import pairing

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperpath.library import Library
    from tests.cli.conftest import Ended

    Cli = Callable[..., Ended]

KETTLES = Paper("Why kettles sing by night", (Author("Kessel", "Ann"),), key="k1", year=2018, arxiv_id="1801.00001")
PUBLISHED = Paper(
    "Why Kettles Sing by Night",
    (Author("Kessel", "A."),),
    key="k2",
    entry_type="article",
    year=2019,
    venue="Kettles Today",
)


def test_a_library_without_duplicates(cli: Cli, library: Library) -> None:
    done = cli("duplicates")
    assert (done.code, done.out) == (0, "")
    assert "No paper is there twice" in done.err
    assert cli("duplicates", "--json").json == []


def test_a_pair_is_told_and_nothing_changes(cli: Cli, library: Library) -> None:
    library.add([KETTLES, PUBLISHED], make_key)
    before = library.records()
    done = cli("duplicates")
    why = "same title and authors: preprint and published version"
    assert (done.code, done.out) == (0, f"likely\tk1\tk2\t{why}\n")
    assert cli("duplicates", "year:1986").out == ""
    (pair,) = cli("duplicates", "--json").json
    assert (pair["sure"], pair["first"], pair["second"], pair["why"]) == ("likely", "k1", "k2", why)
    choices = {choice["field"]: choice for choice in pair["choices"]}
    assert (choices["year"]["value"], choices["year"]["other"]) == (2019, 2018)
    assert (choices["key"]["value"], choices["key"]["other"]) == ("k1", "k2")
    assert choices["authors"]["value"] == ["Ann Kessel"]
    assert choices["arxiv_id"]["why"] == "only one has it"
    assert library.records() == before


def test_a_query_that_cannot_be_read(cli: Cli, library: Library) -> None:
    done = cli("duplicates", "(")
    assert done.code == 2
    assert done.err.startswith("error: ")


# --------------------------------------------------------------------------- --merge


def test_a_pipe_merges_nothing_without_yes(cli: Cli, library: Library) -> None:
    library.add([KETTLES, PUBLISHED], make_key)
    before = library.records()
    done = cli("duplicates", "--merge")
    assert (done.code, done.out) == (2, "")
    assert "a person at a terminal is needed; nothing was changed" in done.err
    assert cli("duplicates", "--yes").code == 2
    assert library.records() == before


def test_yes_merges_what_is_certain_and_undo_takes_it_back(cli: Cli, library: Library) -> None:
    copy = replace(PUBLISHED, key="k3", title="Why kettles sing by night!")
    library.add([KETTLES, PUBLISHED, copy], make_key)
    before = library.records()
    done = cli("duplicates", "--merge", "--yes", "--dry-run")
    assert done.code == 0
    assert "1 pair would be merged; nothing was changed." in done.err
    assert "title" in done.out
    assert library.records() == before
    done = cli("duplicates", "--merge", "--yes", "--json")
    assert done.json == [
        {"key": "k2", "merged": "k3", "sure": "certain", "why": "same title, authors and year", "lost": 0}
    ]
    assert "2 likely left. To look: paperpath duplicates --merge" in done.err
    assert library.resolve("k3") == "k2"
    assert cli("show", "k3", "--json").json["key"] == "k2"
    done = cli("duplicates", "--merge", "--yes")
    assert (done.code, done.out) == (0, "")
    assert "nothing to merge without being asked. 1 likely left" in done.err
    cli("undo")
    assert library.records() == before


def test_what_is_no_longer_certain_after_a_merge_is_left(cli: Cli, library: Library) -> None:
    bare = Paper("On wicks of hemp by night", (Author("Vega", "Ana"),), key="a", year=2001)
    first = replace(bare, key="b", pages="1-9", arxiv_id="2101.00009")
    other = replace(bare, key="c", venue="Wicks", entry_type="article", pages="101-109", doi="10.5555/c")
    library.add([bare, first, other], make_key)
    found = {(one["first"], one["second"]): one["sure"] for one in cli("duplicates", "--json").json}
    assert found == {("a", "b"): "certain", ("a", "c"): "certain", ("b", "c"): "likely"}
    assert [one["key"] for one in cli("duplicates", "--merge", "--yes", "--json").json] == ["a"]
    assert [one["sure"] for one in cli("duplicates", "--json").json] == ["likely"]


def test_two_that_are_named(cli: Cli, library: Library) -> None:
    library.add([KETTLES, PUBLISHED], make_key)
    done = cli("duplicates", "--merge", "K1", "k2", "--dry-run", "--json")
    assert [(one["first"], one["second"]) for one in done.json] == [("k1", "k2")]
    assert cli("duplicates", "--merge", "k1", "k9", "--yes").err.startswith(
        "error: No paper of the library has the key"
    )
    assert cli("duplicates", "--merge", "k1", "arXiv:1801.00001", "--yes").code == 2
    done = cli("duplicates", "--merge", "k1", "k2", "--yes")
    assert done.code == 0
    assert "Merged k2 into k1." in done.err
    assert library.get("k1").paper.venue == "Kettles Today"
    assert "nothing to merge" in cli("duplicates", "--merge").err


def test_different_papers_are_not_offered_until_that_is_taken_back(cli: Cli, library: Library) -> None:
    library.add([KETTLES, PUBLISHED], make_key)
    done = cli("duplicates", "--different", "K2", "arXiv:1801.00001")
    assert (done.code, done.out) == (0, "")
    assert "k2 and k1 are two papers" in done.err
    assert cli("duplicates").out == ""
    assert "nothing to merge" in cli("duplicates", "--merge").err
    assert cli("duplicates", "--all").out.startswith("different\tk1\tk2\tsame title")
    assert [(one["different"], one["choices"]) for one in cli("duplicates", "--all", "--json").json] == [(True, [])]
    assert cli("duplicates", "--ask-again", "k1", "k2").code == 0
    assert cli("duplicates").out.startswith("likely\tk1\tk2\t")
    cli("undo")
    assert cli("duplicates").out == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--different", "k1"), "Which two papers?"),
        (("--different", "k1", "k1"), "the same paper"),
        (("--different", "k1", "k9"), "has the key 'k9'"),
        (("--ask-again", "k1", "k2"), "Nobody said"),
        (("--different", "--merge", "k1", "k2"), "One thing at a time"),
    ],
)
def test_what_cannot_be_told_apart(cli: Cli, library: Library, arguments: tuple[str, ...], told: str) -> None:
    library.add([KETTLES, PUBLISHED], make_key)
    done = cli("duplicates", *arguments)
    assert (done.code, told in done.err) == (2, True)
    assert library.told_apart() == []


def test_a_contradiction_is_refused_with_what_to_do(cli: Cli, library: Library) -> None:
    lamps = Paper("Lamps", (Author("Vega", "Ana"),), key="l", year=2001, doi="10.5555/lamps")
    wrong = replace(
        lamps, key="w", title="Wicks", authors=(Author("Maas", "Cy"),), doi=None, url="https://doi.org/10.5555/lamps"
    )
    library.add([lamps, wrong], make_key)
    done = cli("duplicates", "--merge", "l", "w", "--yes")
    assert (done.code, done.out) == (2, "")
    assert "paperpath remove" in done.err
    assert {"l", "w"} <= library.keys()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
def test_choosing_in_a_real_terminal(library: Library) -> None:
    from tests.cli.test_process import ended, paperpath_process

    ended("list", "year:1986")  # takes the shipped lists in

    others = [
        Paper(f"On wicks of {thing} by night", (Author("Vega", "Ana"),), key=f"{thing}1", year=2001)
        for thing in ("cotton", "hemp")
    ]
    library.add([KETTLES, PUBLISHED, *others, *(replace(one, key=f"{one.key}x") for one in others)], make_key)
    before = library.records()
    controller, terminal = os.openpty()
    process = paperpath_process("duplicates", "--merge", stdin=terminal, stdout=terminal, stderr=terminal)
    os.close(terminal)
    screen = ""

    def until(words: str) -> str:
        nonlocal screen
        while words not in screen:
            screen += os.read(controller, 4096).decode()
        shown, _, screen = screen.partition(words)
        return shown

    try:
        assert "certain: same title, authors and year" in until("\n? ")
        os.write(controller, b"s\n")
        assert "hemp1 " in until("\n? ")
        os.write(controller, b"7\n")
        assert "'7' is none of these." in until("\n? ")
        os.write(controller, b"m\n")
        assert "Merged hemp1x into hemp1." in until("likely: ")
        lines = click.unstyle(until("\n? ")).splitlines()
        year = next(number for number, line in enumerate(lines) if " year " in line)
        assert (lines[year].split()[1:], lines[year + 1].strip()) == (
            ["year", "2018", ">", "2019"],
            "the published version beats the preprint",
        )
        number = lines[year].split()[0]
        os.write(controller, f"{number}\n".encode())
        lines = click.unstyle(until("\n? ")).splitlines()
        year = next(number for number, line in enumerate(lines) if " year " in line)
        assert (lines[year].split()[1:], lines[year + 1].strip()) == (["year", ">", "2018", "2019"], "chosen by you")
        os.write(controller, b"r\n")
        lines = click.unstyle(until("\n? ")).splitlines()
        assert [line.split()[2] for line in lines if line.split()[1:2] in (["key"], ["year"])] == ["k1", "2018"]
        os.write(controller, f"{number}\nm\n".encode())
        assert "Merged k1 into k2." in until("2 pairs merged. To take the last one back: paperpath undo, 2 times")
    finally:
        os.close(controller)
    assert process.wait(60) == 0
    assert (library.get("k1").key, library.get("k1").paper.year) == ("k2", 2018)
    assert library.resolve("hemp1x") == "hemp1"
    assert library.get("cotton1x").key == "cotton1x"
    assert [ended("undo")[0], ended("undo")[0]] == [0, 0]
    assert library.records() == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
def test_quitting_leaves_the_rest(library: Library) -> None:
    from tests.cli.test_process import ended, paperpath_process

    ended("list", "year:1986")  # takes the shipped lists in

    library.add([KETTLES, PUBLISHED], make_key)
    before = library.records()
    controller, terminal = os.openpty()
    process = paperpath_process("duplicates", "--merge", stdin=terminal, stdout=terminal, stderr=terminal)
    os.close(terminal)
    os.write(controller, b"q\n")
    with contextlib.suppress(OSError):  # Linux says so when the other side is closed
        while os.read(controller, 4096):
            pass
    os.close(controller)
    assert process.wait(60) == 0
    assert library.records() == before


def test_both_sides_fit_narrow_terminals(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    from paperpath.cli import choosing, safe

    long = "They boil, and then they sing, which nobody had expected of kettles that are as old as these. " * 9
    library.add(
        [replace(KETTLES, abstract=f"{long}So it is."), replace(PUBLISHED, abstract=f"{long}水 \x1b[2JNo.")], make_key
    )
    [found] = pairing.duplicates(library)
    for columns in (40, 80, 120):
        monkeypatch.setenv("COLUMNS", str(columns))
        text = choosing.shown(library, found)
        assert "\x1b[2J" not in text
        assert "it is." in text
        assert max(map(safe.width, text.splitlines())) <= max(columns, 62)


def test_two_unknown_words_are_no_pair(cli: Cli, library: Library) -> None:
    for words in (["nobody"], ["nobody", "noone", "--merge"]):
        done = cli("duplicates", *words)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("error: No paper matches.")


def test_a_person_says_that_they_are_different(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    from paperpath.cli import choosing, duplicates

    copy = replace(PUBLISHED, key="k3", title="Why kettles sing by night!")
    library.add([KETTLES, PUBLISHED, copy], make_key)
    answers = ["d", "m", "m"]
    monkeypatch.setattr(choosing.click, "prompt", lambda *_, **__: answers.pop(0))
    assert len(pairing.duplicates(library)) == 3
    done = duplicates._merged(library, pairing.duplicates(library), choosing.ask)
    # k2 and k3 are different; k1 became one with the first of them, and so is different from the other one
    assert [(one.gone, one.key) for _, one in done] == [("k2", "k1")]
    assert (answers, library.told_apart(), pairing.duplicates(library)) == (["m"], [("k1", "k3")], [])


def test_the_answers_fit_into_the_terminal(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    from paperpath.cli import choosing

    asked: list[str] = []
    monkeypatch.setattr(choosing.click, "prompt", lambda text, **_: asked.append(text) or "q")
    monkeypatch.setenv("COLUMNS", "80")
    library.add([KETTLES, PUBLISHED], make_key)
    [found] = pairing.duplicates(library)
    assert choosing.ask(library, found) is choosing.QUIT
    assert len(asked[0].splitlines()) == 2
    assert max(map(len, asked[0].splitlines())) <= 80
