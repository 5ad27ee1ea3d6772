"""Every command teaches: help, examples that are real, a place in the reference."""

from __future__ import annotations

import re
import shlex

import click
import pytest

from paperpath.cli import COMMANDS, WELCOME, paperpath, run
from tests.cli import reference

BY_NAME = reference.commands()
EXAMPLE = re.compile(r"(?<![\w/~])paperpath [^)\"`|>&]*(?:\"[^\"`$]*\"[^)\"`|>&]*)*")


def _examples(text: str) -> list[str]:
    block = text.split("Examples:", 1)[1] if "Examples:" in text else text
    block = block.split("QUERY:")[0].split("Options:")[0]
    found = []
    for line in [line for line in block.splitlines() if line.startswith("  ")]:
        words = re.split(r"\s{3,}|\$\(", line.strip())
        found += [match[0].strip() for word in words if (match := EXAMPLE.search(word))]
    return found


def test_the_table_and_the_modules_agree() -> None:
    assert list(BY_NAME) == [name for commands in COMMANDS.values() for name in commands]
    assert [name for name, command in BY_NAME.items() if command.name != name] == []


@pytest.mark.parametrize("name", BY_NAME)
def test_every_command_has_help_and_examples(name: str) -> None:
    text = reference.help_of(name, BY_NAME[name])
    assert f"Usage: paperpath {name}" in text
    short = BY_NAME[name].get_short_help_str(200)
    assert 15 < len(short) <= 60, "one sentence that fits beside the name in a terminal of 80 columns"
    assert "Examples:" in text
    assert any(example.startswith(f"paperpath {name}") or name == "tui" for example in _examples(text))


@pytest.mark.parametrize("name", BY_NAME)
def test_every_option_says_what_it_does(name: str) -> None:
    options = [p for p in BY_NAME[name].params if isinstance(p, click.Option)]
    assert [option.opts for option in options if not option.help] == []


@pytest.mark.parametrize("text", [WELCOME, *(reference.help_of(n, c) for n, c in BY_NAME.items())], ids=["", *BY_NAME])
def test_the_examples_parse(text: str) -> None:
    for example in _examples(text):
        words = shlex.split(example)[1:]
        top = click.Context(paperpath, info_name="paperpath", resilient_parsing=False)
        rest = paperpath.parse_args(top, words)
        rest = [*top._protected_args, *top.args] if hasattr(top, "_protected_args") else rest
        if not rest:
            continue
        command = BY_NAME[rest[0]]
        with click.Context(command, info_name=rest[0], parent=top) as context:
            command.parse_args(context, rest[1:])


def test_the_reference_is_what_the_help_says() -> None:
    assert reference.FILE.read_text(encoding="utf-8") == reference.document(), (
        "docs/commands.md is old; renew it with: python -m tests.cli.reference > docs/commands.md"
    )


def test_help_groups_commands_by_purpose(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    text = capsys.readouterr().out
    assert [line for line in text.splitlines() if line in {f"{purpose}:" for purpose in COMMANDS}] == [
        f"{purpose}:" for purpose in COMMANDS
    ]
    assert max(map(len, text.splitlines())) <= 100


def test_without_arguments_it_says_where_to_begin(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    assert capsys.readouterr().out == WELCOME + "\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["serach", "x"], "There is no command 'serach'. Did you mean search?"),
        (["zzz"], "There is no command 'zzz'.\n"),
        (["list", "--jsn"], "No such option"),
        (["show"], "Missing argument 'KEY'"),
        (["completion", "tcsh"], "'tcsh' is not one of"),
        (["history", "-n", "0"], "Invalid value for '--limit'"),
    ],
)
def test_wrong_usage_is_2_with_one_line_of_help(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("error: ")
    assert said in err
    assert "Try: paperpath" in err.splitlines()[-1]
    assert len(err.splitlines()) == 2
