"""The command that finds the published versions of preprints and takes them over, field by field."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from paperpath.cli import safe, show, tables
from paperpath.cli.progress import Progress
from paperpath.cli.session import Session, command, json_option, stoppable
from paperpath.cli.words import QUERY_HELP, QueryCommand, expect_papers
from paperpath.errors import BadAnswer, BadInput, SourceError
from paperpath.sources import Receiving, Retrying, Waiting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.sources import Progress as Heard
    from paperpath.workflow.published import Looked
    from paperpath.workflow.published_match import Change, Published

_NAMES = {"entry_type": "type"}
"""What a field is called here, where that is not its own name."""


@command("published", cls=QueryCommand, epilog=QUERY_HELP)
@click.argument("query", nargs=-1, metavar="[QUERY...]")
@click.option(
    "--from",
    "services",
    metavar="NAMES",
    help="Ask these services too: crossref, datacite, dblp, semantic-scholar, with commas between them, or all.",
)
@click.option("--apply", "apply_", is_flag=True, help="Ask for each paper what to take over; needs a terminal.")
@click.option("--yes", is_flag=True, help="With --apply: take over all that is certain, without asking.")
@json_option(
    'Print one JSON array: [{"key", "sure", "why", "sources", "applied",'
    ' "changes": [{"field", "old", "new", "source"}]}].'
)
def published(
    session: Session, query: tuple[str, ...], services: str | None, apply_: bool, yes: bool, as_json: bool
) -> int:
    """Find published versions of preprints, and take them over.

    What a preprint's record on arXiv says of its publication is looked at first, without a request. With --from, or the
    setting published_from, services are asked, at the pace that each wants; the titles or identifiers of your preprints
    are sent to them. A publication counts as certain if title, first author and year fit; anything less is shown as
    uncertain, with the reason.

    Shown is what would change: entry type, venue, volume, number, pages, publisher, DOI, year and month. Citation key
    and arXiv id always stay. Nothing changes without --apply, which asks for each paper: yes, no, or field by field.
    What was taken over is one change, which `paperpath undo` takes back. A pipe gets the columns separated by tabs.

    \b
    Examples:
      paperpath published
      paperpath published --from crossref,dblp tag:thesis
      paperpath published --apply
      paperpath published --from all --apply --yes
    """
    from paperpath.sources import providers
    from paperpath.workflow import published as finding

    if yes and not apply_:
        raise BadInput("--yes belongs to --apply: paperpath published --apply --yes")
    if apply_ and not yes and (as_json or not _someone_is_there()):
        raise BadInput(
            "--apply asks for each paper, which needs a terminal. Nothing was changed; add --yes to not be asked."
        )
    settings = session.settings
    chosen = providers.named(services.split(",") if services is not None else settings.published_from)
    with session.library() as library:
        expect_papers(library, query)
        with Progress("Looking", ascii_only=settings.ascii) as progress, stoppable() as stop:
            looked = []
            for one in finding.look(
                library,
                " ".join(query),
                providers=chosen,
                services=settings.services() if chosen else None,
                tell=lambda heard: progress.now(_heard(heard)),
                stop=stop,
            ):
                looked.append(one)
                progress.at(len(looked), None)
        wanted = _chosen(looked, yes=yes) if apply_ else {}
        troubles = finding.apply(library, list(wanted.values()))
    applied = {key for key in wanted if key not in troubles}
    _show(looked, applied, as_json=as_json, asked=apply_ and not yes)
    return _conclude(looked, applied, troubles, applying=apply_, asked=len(chosen))


def _heard(heard: Heard) -> str:
    match heard:
        case Waiting(seconds, why) | Retrying(why, seconds):
            return f"{seconds:.0f} s, {why}"
        case Receiving():
            return ""


def _someone_is_there() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


# --------------------------------------------------------------------------- choosing


def _chosen(looked: Sequence[Looked], *, yes: bool) -> dict[str, Published]:
    """What is to be taken over, by the key of its paper."""
    if yes:
        sure = (one for each in looked for one in each.found if one.sure == "certain")
        return {one.paper.key: one for one in sure}
    chosen: dict[str, Published] = {}
    for each in looked:
        for one in each.found:
            answer = _asked(one)
            if answer == "quit":
                return chosen
            wanted = one.only(_fields(one)) if answer == "fields" else one
            if answer != "no" and wanted.changes:
                chosen[one.paper.key] = wanted
                break  # of several publications one is taken
    return chosen


def _asked(one: Published) -> str:
    """What a person says to one publication: yes, no, fields or quit."""
    show.say(f"\n{safe.line(one.paper.key)}  {safe.line(one.paper.title)}")
    show.say(f"  {one.sure}: {safe.line(one.why)} ({safe.line(', '.join(one.sources))})")
    for change in one.changes:
        show.say(f"  {_name(change):<10} {_arrow(change)}")
    letters = {"y": "yes", "n": "no", "f": "fields", "q": "quit"}
    answer: str = click.prompt(
        "Take it over? y(es), n(o), f(ield by field), q(uit)",
        type=click.Choice(list(letters)),
        default="y" if one.sure == "certain" else "n",
        show_choices=False,
        err=True,
    )
    return letters[answer]


def _fields(one: Published) -> tuple[str, ...]:
    return tuple(
        change.field
        for change in one.changes
        if click.confirm(
            f"  {_name(change)}: {_arrow(change)}",
            default=True,
            err=True,
        )
    )


# --------------------------------------------------------------------------- showing


def _show(looked: Sequence[Looked], applied: set[str], *, as_json: bool, asked: bool) -> None:
    found = [one for each in looked for one in each.found]
    if as_json:
        show.json_document([_json(one, one.paper.key in applied and one.sure == "certain") for one in found])
        return
    if asked:
        return  # every line of the table was on the screen
    columns = (
        tables.Column("Paper", most=28),
        tables.Column("Sure", most=9),
        tables.Column("Field", most=9),
        tables.Column("Now", most=20),
        tables.Column("Published", share=3),
        tables.Column("From", most=16),
        tables.Column("Why", share=2),
    )
    rows = [
        (one.paper.key, one.sure, _name(change), _plain(change.old), _plain(change.new), change.source, one.why)
        for one in found
        for change in one.changes
    ]
    tables.table(columns, rows)


def _json(one: Published, applied: bool) -> dict[str, Any]:
    return {
        "key": one.paper.key,
        "sure": one.sure,
        "why": one.why,
        "sources": list(one.sources),
        "changes": [
            {"field": _name(change), "old": change.old, "new": change.new, "source": change.source}
            for change in one.changes
        ],
        "applied": applied,
    }


def _name(change: Change) -> str:
    return _NAMES.get(change.field, change.field)


def _arrow(change: Change) -> str:
    """Both values for a person: ``2018 → 2019``."""
    old, new = (safe.line(_plain(value)) or "(none)" for value in (change.old, change.new))
    return f"{old} → {new}"


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def _conclude(
    looked: Sequence[Looked], applied: set[str], troubles: dict[str, str], *, applying: bool, asked: int
) -> int:
    """Sum up, and give the exit code; ``asked`` is how many services were."""
    told: dict[str, list[SourceError]] = {}
    for each in looked:
        for service, error in each.errors:
            told.setdefault(service, []).append(error)
    for service, errors in told.items():
        more = f" ({len(errors) - 1} more of its answers failed)" if len(errors) > 1 else ""
        show.fail(f"{errors[0]}{more}", about=service)
    for key, trouble in troubles.items():
        show.fail(trouble, about=key)
    silent = sum(any(not isinstance(error, BadAnswer) for error in errors) for errors in told.values())
    sure = sum(any(one.sure == "certain" for one in each.found) for each in looked)
    unsure = sum(bool(each.found) for each in looked) - sure
    preprints = show.plural(len(looked), "preprint")
    if applying:
        show.say(
            f"{show.plural(len(applied), 'paper')} changed." + (" To take it back: paperpath undo" if applied else "")
        )
    else:
        advice = " To take them over: paperpath published --apply" if sure + unsure else ""
        if looked and not advice and not asked:
            advice = " To ask services too: paperpath published --from crossref,dblp"
        if asked and silent == asked:
            advice += " No service could be asked to the end; run it again later."
        show.say(f"Of {preprints}, {sure} surely published and {unsure} perhaps.{advice}")
    unread = [each.paper.key for each in looked if each.unread]
    if unread and not asked:
        show.say(
            f"Of {show.names(unread)} arXiv knows the place in words that were not understood."
            " To ask further: paperpath published --from crossref"
        )
    errors = [error for some in told.values() for error in some]
    if troubles:
        return show.SOME_FAILED
    answered = sum(not each.errors for each in looked) if silent < asked else 0
    return show.code_of_all(errors, succeeded=answered)


COMMANDS: dict[str, click.Command] = {"published": published}
