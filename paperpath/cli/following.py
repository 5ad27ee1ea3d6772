"""The command that says what to follow on arXiv."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from paperpath.cli import safe, show, tables
from paperpath.cli.announced import moment
from paperpath.cli.session import Session, command, json_option
from paperpath.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.library import Subscription


@command("subscribe")
@click.argument("what", nargs=-1)
@click.option("--author", "-a", multiple=True, metavar="NAME", help="Follow an author, as the name is on the papers.")
@click.option("--remove", "-r", multiple=True, metavar="WHAT", help="Follow it no longer; the papers stay.")
@click.option("--list", "list_", is_flag=True, help="Show what is followed; so does the command without arguments.")
@json_option('With --list, print one JSON array: [{"kind", "words", "asked", "through", "problem"}].')
def subscribe(
    session: Session,
    what: tuple[str, ...],
    author: tuple[str, ...],
    remove: tuple[str, ...],
    list_: bool,
    as_json: bool,
) -> None:
    """Follow categories of arXiv, searches and authors.

    WHAT is a category such as cs.LG, a whole archive such as hep-th, or a search in the language of arXiv's API, with
    fields such as ti:, abs:, au:, all: and AND, OR, ANDNOT between them. `paperpath new` shows what comes.

    \b
    Examples:
      paperpath subscribe cs.LG stat.ML
      paperpath subscribe 'all:"graph neural network"'
      paperpath subscribe 'ti:transformer AND cat:cs.CL'
      paperpath subscribe --author "Ann Kessel"
      paperpath subscribe --remove cs.LG
    """
    from paperpath.workflow import following

    if list_ and (what or author or remove):
        raise BadInput("--list shows what is followed and changes nothing, so it stands alone.")
    with session.library() as library:
        if not (what or author or remove):
            _show_followed(library.subscriptions(), as_json=as_json)
            return
        wanted = [(one, False) for one in what] + [(one, True) for one in author]
        for text, is_author in wanted:  # all or none: a mistake in the last leaves the first undone
            following.understood(text, author=is_author)
        with library.change(_summary(what, author, remove)):
            gone = [following.unsubscribe(library, one) for one in remove]
            come = [following.subscribe(library, text, author=is_author) for text, is_author in wanted]
    for one in gone:
        show.say(f"No longer followed: {safe.line(one.words)}")
    for one, new in come:
        show.say(f"{'Followed' if new else 'Followed already'}: {safe.line(one.words)} ({one.kind})")
    if come:
        show.say("To see what is new: paperpath new")


def _summary(what: tuple[str, ...], author: tuple[str, ...], remove: tuple[str, ...]) -> str:
    parts = [f"follow {show.names(what + author)}"] if what or author else []
    return " and ".join([*parts, *([f"follow {show.names(remove)} no longer"] if remove else [])])


def _show_followed(followed: Sequence[Subscription], *, as_json: bool) -> None:
    if as_json:
        show.json_document([one._asdict() for one in followed])
        return
    columns = (
        tables.Column("Kind"),
        tables.Column("What", share=2),
        tables.Column("Asked"),
        tables.Column("", share=1),
    )
    if followed:
        tables.table(columns, [(one.kind, one.words, moment(one.asked), one.problem or "") for one in followed])
    else:
        show.say("Nothing is followed yet. To begin: paperpath subscribe cs.LG")


COMMANDS = {"subscribe": subscribe}
