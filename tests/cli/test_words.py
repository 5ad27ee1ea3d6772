"""Words with a dash or a plus in front."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from paperpath.cli.words import QueryCommand, TagCommand


@click.command(cls=QueryCommand)
@click.argument("query", nargs=-1)
@click.option("--output", "-o")
@click.option("--list", "-l", "list_name", expose_value=False)
@click.option("--limit", "-n", type=click.IntRange(1, 9), expose_value=False)
@click.option("--json", "as_json", is_flag=True)
def query_command(query: tuple[str, ...], output: str | None, as_json: bool) -> None:
    click.echo(repr((" ".join(query), output, as_json)))


@click.command(cls=TagCommand)
@click.argument("keys", nargs=-1)
@click.option("--add", multiple=True)
@click.option("--remove", "-r", multiple=True)
def tag_command(keys: tuple[str, ...], add: tuple[str, ...], remove: tuple[str, ...]) -> None:
    click.echo(repr((keys, add, remove)))


@pytest.mark.parametrize(
    ("arguments", "result"),
    [
        (["a", "b"], ("a b", None, False)),
        (["-tag:seen", "a"], ("not tag:seen a", None, False)),
        (["-hinton"], ("not hinton", None, False)),
        (["a", "-o", "x.bib"], ("a", "x.bib", False)),
        (["a", "-ox.bib", "--json"], ("a", "x.bib", True)),
        (["-o", "-odd.bib", "a"], ("a", "-odd.bib", False)),
        (["-list:hero", "a"], ("not list:hero a", None, False)),
        (["a", "-neural"], ("a not neural", None, False)),
        (["a", "-n5", "-lhero"], ("a", None, False)),
        (['-"layer norm"'], ('not "layer norm"', None, False)),
        (["-(a or b)"], ("not (a or b)", None, False)),
        (["--", "-tag:x"], ("-tag:x", None, False)),
        (["not", "x"], ("not x", None, False)),
    ],
)
def test_a_dash_in_a_query_means_not(arguments: list[str], result: tuple[object, ...]) -> None:
    done = CliRunner().invoke(query_command, arguments)
    assert done.output == f"{result!r}\n"


@pytest.mark.parametrize("arguments", [["-h"], ["--jsn"]])
def test_an_option_that_does_not_exist_is_still_an_error(arguments: list[str]) -> None:
    assert CliRunner().invoke(query_command, arguments).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "result"),
    [
        (["k", "+a", "-bee"], (("k",), ("a",), ("bee",))),
        (["k", "l", "--add", "a", "-r", "b"], (("k", "l"), ("a",), ("b",))),
        (["k", "+"], (("k", "+"), (), ())),
        (["k", "+a b"], (("k",), ("a b",), ())),
    ],
)
def test_plus_and_dash_change_tags(arguments: list[str], result: tuple[object, ...]) -> None:
    done = CliRunner().invoke(tag_command, arguments)
    assert done.output == f"{result!r}\n"
