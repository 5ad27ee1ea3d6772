from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest

from paperpath.cli import citing as command
from paperpath.workflow import citing

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperpath.library import Library
    from tests.cli.conftest import Ended

    Cli = Callable[..., Ended]

ATTENTION, OLD = "vaswani2017attention", "old1986learning"


def test_the_forms_are_those_of_the_workflow() -> None:
    assert tuple(citing.FORMS) == command.FORMS


@pytest.mark.parametrize(
    ("arguments", "out"),
    [
        ((ATTENTION,), rf"\cite{{{ATTENTION}}}"),
        ((ATTENTION.upper(), OLD, "-c", "citep"), rf"\citep{{{ATTENTION},{OLD}}}"),
        (("attention", "vaswani", "--form", "pandoc"), f"[@{ATTENTION}]"),
        (("representations",), rf"\cite{{{OLD}}}"),
        (("i", "--first", "--form", "typst"), f"@{ATTENTION}"),
    ],
)
def test_cite_prints_the_citation_alone(cli: Cli, library: Library, arguments: tuple[str, ...], out: str) -> None:
    done = cli("cite", *arguments)
    assert (done.code, done.out, done.err) == (0, f"{out}\n", "")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "needs a terminal"),
        (("zebra",), "No paper fits 'zebra'"),
        (("i",), "3 papers fit"),
        ((ATTENTION, "--copy"), "there is none"),
        ((ATTENTION, "-c", "cite{x}"), "no command"),
        ((ATTENTION, "--style", "apa"), "--reference --style apa"),
    ],
)
def test_what_cannot_be_cited_says_what_to_do(
    cli: Cli, library: Library, arguments: tuple[str, ...], told: str
) -> None:
    done = cli("cite", *arguments)
    assert done.code == 2
    assert told in done.err


def test_styles_are_proposed_and_otherwise_files() -> None:
    context = click.Context(command.cite)
    style = next(parameter for parameter in command.cite.params if parameter.name == "style")
    assert [item.value for item in style.shell_complete(context, "A")] == ["apa"]
    assert [(item.value, item.type) for item in style.shell_complete(context, "./a")] == [("./a", "file")]
