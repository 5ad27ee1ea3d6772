"""The command that says what to follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from paperpath.cli import safe, show, tables
from paperpath.cli.announced import moment
from paperpath.cli.complete import complete_key
from paperpath.cli.session import Session, command, json_option
from paperpath.errors import BadInput

if TYPE_CHECKING:
    from paperpath.library import Library


@command("subscribe")
@click.argument("what", nargs=-1)
@click.option("--author", "-a", multiple=True, metavar="NAME", help="Follow an author, as the name is on the papers.")
@click.option(
    "--citing",
    "-c",
    multiple=True,
    metavar="KEY",
    shell_complete=complete_key,
    help="Follow what cites a paper of yours.",
)
@click.option("--citing-read", is_flag=True, help="Follow what cites the papers that you read.")
@click.option("--remove", "-r", multiple=True, metavar="WHAT", help="Follow it no longer; the papers stay.")
@click.option("--list", "list_", is_flag=True, help="Show what is followed; so does the command without arguments.")
@json_option('With --list, print one JSON array: [{"kind", "words", "asked", "through", "problem"}].')
def subscribe(
    session: Session,
    what: tuple[str, ...],
    author: tuple[str, ...],
    citing: tuple[str, ...],
    citing_read: bool,
    remove: tuple[str, ...],
    list_: bool,
    as_json: bool,
) -> None:
    """Follow categories of arXiv, searches, authors, citations.

    WHAT is a category such as cs.LG, a whole archive such as hep-th, or a search in the language of arXiv's API, with
    fields such as ti:, abs:, au:, all: and AND, OR, ANDNOT between them. `paperpath new` shows what comes.

    --citing follows the papers that cite one of yours, --citing-read those that cite any paper that you have read, are
    reading or kept from the new ones. Semantic Scholar says which they are. It hears which papers yours are, so it is
    asked only if the setting citing_from is "semantic-scholar": once a day about each --citing paper, and at most 50
    times a day altogether, so that papers that you read take turns. What is not on arXiv is counted and left out.

    \b
    Examples:
      paperpath subscribe cs.LG stat.ML
      paperpath subscribe 'all:"graph neural network"'
      paperpath subscribe 'ti:transformer AND cat:cs.CL'
      paperpath subscribe --author "Ann Kessel"
      paperpath subscribe --citing vaswani2017attention
      paperpath subscribe --citing-read
      paperpath subscribe --remove cs.LG --remove vaswani2017attention
    """
    from paperpath.workflow import following, following_citations

    changes = what or author or citing or citing_read or remove
    if list_ and changes:
        raise BadInput("--list shows what is followed and changes nothing, so it stands alone.")
    services = session.settings.citing_services()
    with session.library() as library:
        if not changes:
            _show_followed(library, as_json=as_json, off=services is None)
            return
        wanted = [(one, False) for one in what] + [(one, True) for one in author]
        for text, is_author in wanted:  # all or none: a mistake in the last leaves the first undone
            following.understood(text, author=is_author)
        cited = tuple(f"citing {one}" for one in citing) + (("citing what I read",) if citing_read else ())
        with library.change(_summary(what + cited, author, remove)):
            gone = [following.unsubscribe(library, one) for one in remove]
            come = [following.subscribe(library, text, author=is_author) for text, is_author in wanted]
            come += [following_citations.subscribe(library, one, services) for one in citing]
            come += [following_citations.subscribe_read(library, services)] if citing_read else []
        went = [following_citations.shown(library, one) for one in gone]
        came = [(following_citations.shown(library, one), one.kind, new) for one, new in come]
    for words in went:
        show.say(f"No longer followed: {safe.line(words)}")
    for words, kind, new in came:
        show.say(f"{'Followed' if new else 'Followed already'}: {safe.line(words)} ({kind})")
    if come:
        show.say("To see what is new: paperpath new")


def _summary(what: tuple[str, ...], author: tuple[str, ...], remove: tuple[str, ...]) -> str:
    parts = [f"follow {show.names(what + author)}"] if what or author else []
    return " and ".join([*parts, *([f"follow {show.names(remove)} no longer"] if remove else [])])


def _show_followed(library: Library, *, as_json: bool, off: bool) -> None:
    from paperpath.workflow.following_citations import SWITCHED_OFF, shown

    followed = library.subscriptions()
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
        rows = [(one.kind, shown(library, one), moment(one.asked), one.problem or "") for one in followed]
        tables.table(columns, rows)
        if off and any(one.kind == "citing" for one in followed):
            show.say(f"Nobody is asked what cites your papers. {SWITCHED_OFF}")
    else:
        show.say("Nothing is followed yet. To begin: paperpath subscribe cs.LG")


COMMANDS = {"subscribe": subscribe}
