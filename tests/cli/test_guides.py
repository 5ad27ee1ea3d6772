"""guide, origin, resources."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from paperpath.cli import run
from tests.cli.test_lists import ATTENTION, OLD

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperpath.library import Library
    from tests.cli.conftest import Ended

    Cli = Callable[..., Ended]

SAMPLES = Path(__file__).parents[1] / "data" / "reading_lists"


@pytest.fixture
def guided(library: Library, tmp_path: Path) -> Library:
    """The library with guides to both papers of its list, as the next command will see it."""
    shutil.copytree(SAMPLES, tmp_path / "shipped", dirs_exist_ok=True)
    return library


def test_a_guide_says_what_to_know_look_for_and_ask(cli: Cli, guided: Library) -> None:
    guided.set_status([OLD], "read")
    assert cli("guide", ATTENTION).out == (SAMPLES.parent / "golden" / "guide.txt").read_text(encoding="utf-8")


def test_answers_are_hidden_until_asked_for(cli: Cli, guided: Library) -> None:
    assert "gradient" not in cli("guide", ATTENTION).out
    text = cli("guide", ATTENTION, "--answers").out
    assert "     Large ones would push the softmax to where its gradient is tiny." in text
    assert "--answers shows" not in text


def test_without_a_key_it_is_the_next_paper(cli: Cli, guided: Library) -> None:
    assert cli("guide").out.splitlines()[0] == OLD
    guided.set_status([OLD, ATTENTION], "read")
    done = cli("guide")
    assert (done.code, done.out) == (2, "")
    assert "Name a paper: paperpath guide KEY" in done.err


def test_guide_json(cli: Cli, guided: Library) -> None:
    shown = cli("guide", "1706.03762", "--json").json
    assert shown == {
        "key": ATTENTION,
        "title": "Attention Is All You Need",
        "status": "unread",
        "why": [{"list": "small", "why": "It changed everything."}],
        "introduces": ["transformer"],
        "needs": [{"key": OLD, "title": "Learning representations", "status": "unread"}],
        "know": [
            {
                "id": "softmax",
                "name": "Softmax",
                "about": "Turns numbers into shares that add up to one.",
                "learn": [
                    {"id": "lamp-course", "title": "A Course on Lamps", "link": "https://example.org/lamps"},
                    {"id": "wick-book", "title": "The Book of Wicks", "link": "https://example.org/wicks.pdf"},
                ],
            },
            {"id": "matrix-product", "name": "Matrix product", "about": "Rows times columns.", "learn": []},
        ],
        "look_for": "Watch the shapes of the matrices.",
        "minutes": 90,
        "skim": ["Abstract", "1", "Figure 1"],
        "understand": ["3.2", "3.3", "5"],
        "implement": ["3", "5.3", "Table 3"],
        "task": "Write the attention function and try it on three words.",
        "questions": [
            {"ask": "Why are the dot products divided?", "section": "3.2.1"},
            {"ask": "What is it about?", "section": "Abstract"},
        ],
    }
    answered = cli("guide", ATTENTION, "--json", "--answers").json
    assert answered["questions"][1]["answer"] == "A model made of attention alone."


def test_without_a_guide_the_list_still_speaks(cli: Cli, library: Library) -> None:
    text = cli("guide", ATTENTION).out
    assert "It changed everything." in text
    assert "no guide to this paper yet" in text
    assert "minutes" not in text
    assert cli("guide", ATTENTION, "--json").json["questions"] == []


def test_a_paper_that_nobody_says_anything_about_says_how_to_change_that(cli: Cli, library: Library) -> None:
    done = cli("guide", "evil2020title")
    assert (done.code, done.out) == (2, "")
    assert "guides" in done.err
    assert cli("guide", "nobody2000").code == 2


def test_show_names_the_guide(cli: Cli, guided: Library) -> None:
    assert f"guide      paperpath guide {ATTENTION}" in cli("show", ATTENTION).out
    assert "paperpath guide" not in cli("show", "evil2020title").out


def test_a_guide_fits_a_narrow_terminal(cli: Cli, guided: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "44")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert max(map(len, cli("guide", ATTENTION, "--answers").out.splitlines())) <= 44
    assert cli("guide", ATTENTION, "--ascii").out.isascii()


def test_what_a_file_says_cannot_move_the_cursor(cli: Cli, guided: Library, home: Path) -> None:
    folder = home / "reading_lists" / "guides"
    folder.mkdir(parents=True)
    hostile = r"[[paper]]" + f'\nkey = "{ATTENTION}"\nlook_for = "a\\u001b[2Jb"\nskim = ["\\u001b[31m"]\n'
    (folder / "mine.toml").write_text(hostile, encoding="utf-8")
    text = cli("guide", ATTENTION).out
    assert "\x1b" not in text
    assert "b" in text


def test_broken_guides_are_named_by_lists_and_by_the_doctor(cli: Cli, guided: Library, home: Path) -> None:
    folder = home / "reading_lists" / "guides"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text('[[paper]]\nkey = "nobody2000"\n', encoding="utf-8")
    done = cli("lists")
    assert "the file guides/mine.toml is left out" in done.err
    assert "line 2: no list and no paper of the library has the key 'nobody2000'" in done.err
    assert "mine.toml was not taken in" in cli("doctor").out


# --------------------------------------------------------------------------- origin


def test_origin(cli: Cli, library: Library) -> None:
    done = cli("origin", "Back-Propagation")
    assert (done.code, done.err) == (0, "")
    assert done.out == f"{OLD}\t1986\tbackpropagation\tLearning representations\n"
    assert cli("origin", "transformers", "--json").json == {
        "asked": "transformers",
        "found": [
            {
                "technique": "transformer",
                "key": ATTENTION,
                "title": "Attention Is All You Need",
                "authors": "Vaswani & Shazeer",
                "year": 2017,
                "why": "It changed everything.",
                "lists": ["small"],
            }
        ],
        "near": [],
    }


def test_origin_on_a_terminal_says_why(cli: Cli, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    lines = cli("origin", "transformer").out.splitlines()
    assert lines == [
        "transformer",
        "  Attention Is All You Need (Vaswani & Shazeer, 2017)",
        "  It changed everything.",
        f"  paperpath guide {ATTENTION}",
    ]


def test_an_unknown_technique_names_close_ones_and_where_to_look(cli: Cli, library: Library) -> None:
    done = cli("origin", "transfromer")
    assert (done.code, done.out) == (1, "")
    assert f"Close to it: transformer ({ATTENTION})" in done.err
    assert "paperpath search '\"transfromer\"'" in done.err
    told = cli("origin", "quantum", "foam", "--json")
    assert (told.code, told.json) == (1, {"asked": "quantum foam", "found": [], "near": []})
    assert cli("origin", "?").code == 2


# --------------------------------------------------------------------------- resources


def test_resources(cli: Cli, guided: Library) -> None:
    assert cli("resources").out == (SAMPLES.parent / "golden" / "resources.txt").read_text(encoding="utf-8")
    second = cli("resources", "2").out
    assert second.startswith("2. Second\n")
    assert second == cli("resources", "sec").out
    [first, _] = cli("resources", "--json").json
    assert (first["stage"], first["number"]) == ("First", 1)
    assert first["resources"] == [
        {
            "id": "lamp-course",
            "title": "A Course on Lamps",
            "kind": "course",
            "link": "https://example.org/lamps",
            "about": "Twelve evenings about light.",
            "authors": ["Ana Vega", "Olga Old"],
            "year": 2019,
            "source": "example/lamps@0123456:README.md",
            "topics": [{"id": "softmax", "name": "Softmax"}],
        }
    ]


def test_a_stage_that_is_not_meant_by_anything_names_those_there_are(cli: Cli, guided: Library) -> None:
    done = cli("resources", "third")
    assert (done.code, done.out) == (2, "")
    assert "1 First; 2 Second" in done.err
    assert "More than one" in cli("resources", "s").err


def test_no_resources_is_said(cli: Cli, library: Library) -> None:
    done = cli("resources")
    assert (done.code, done.out) == (0, "")
    assert "no resources" in done.err
    assert cli("resources", "--json").json == []
    assert cli("resources", "1").code == 2


def test_completion(
    cli: Cli, guided: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cli("lists")
    monkeypatch.setenv("_PAPERPATH_COMPLETE", "bash_complete")
    for command, typed, proposed in (
        ("origin", "tr", "transformer"),
        ("guide", "va", ATTENTION),
        ("resources", "Se", "Second"),
    ):
        monkeypatch.setenv("COMP_WORDS", f"paperpath {command} {typed}")
        monkeypatch.setenv("COMP_CWORD", "2")
        run([])
        assert capsys.readouterr().out == f"plain,{proposed}\n"
