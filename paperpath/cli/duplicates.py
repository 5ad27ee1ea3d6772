"""The command that names papers which are in the library twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from paperpath.cli import show, tables
from paperpath.cli.session import Session, command, json_option

if TYPE_CHECKING:
    from paperpath.duplicates import Choice
    from paperpath.workflow.merging import Duplicate


@command("duplicates")
@click.argument("query", nargs=-1)
@json_option(
    'Print one JSON array: [{"sure", "first", "second", "why", "choices": [{"field", "value", "other", "why"}]}].'
)
def duplicates(session: Session, query: tuple[str, ...], as_json: bool) -> None:
    """Name papers that are in the library twice, and say why.

    QUERY, as `paperpath list` reads it, narrows the papers. A pair is certain, likely or possible; or a contradiction,
    where two works have one identifier and one of them is wrong. With --json a certain or likely pair has its choices:
    what one entry of both would say in each field where they differ. Nothing is changed. A pipe gets the four columns,
    separated by tabs.

    \b
    Examples:
      paperpath duplicates
      paperpath duplicates year:2017
      paperpath duplicates --json
    """
    from paperpath.workflow import merging

    with session.library() as library:
        found = merging.duplicates(library, " ".join(query))
    if as_json:
        show.json_document([_plain(one) for one in found])
        return
    columns = (
        tables.Column("Sure", most=13),
        tables.Column("Paper", most=28),
        tables.Column("Other", most=28),
        tables.Column("Why", share=1),
    )
    tables.table(columns, [(one.pair.sure, one.pair.first.key, one.pair.second.key, one.pair.why) for one in found])
    if not found:
        show.say("No paper is there twice.")


def _plain(one: Duplicate) -> dict[str, Any]:
    pair = one.pair
    choices = one.proposal.choices if one.proposal else ()
    return {
        "sure": pair.sure,
        "first": pair.first.key,
        "second": pair.second.key,
        "why": pair.why,
        "choices": [_choice(choice) for choice in choices],
    }


def _choice(choice: Choice) -> dict[str, Any]:
    value, other = (list(map(str, v)) if isinstance(v, tuple) else v for v in (choice.value, choice.other))
    return {"field": choice.field, "value": value, "other": other, "why": choice.why}


COMMANDS: dict[str, click.Command] = {"duplicates": duplicates}
