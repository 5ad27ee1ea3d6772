"""The command that shows what is new on arXiv, ranked, and takes verdicts on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperpath.cli import show
from paperpath.cli.announced import narrate, show_news
from paperpath.cli.complete import complete_list
from paperpath.cli.progress import Progress
from paperpath.cli.session import Session, command, json_option, stoppable
from paperpath.errors import BadInput
from paperpath.sources import Receiving, Retrying, Waiting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.library import Library
    from paperpath.sources import Progress as Heard
    from paperpath.workflow.days_of_feeds import Asked


@command("new")
@click.option("--limit", "-n", type=click.IntRange(1, 5000), default=20, show_default=True, help="At most N papers.")
@click.option("--fresh", is_flag=True, help="Only what this run brought: for cron, which then says each paper once.")
@click.option("--offline", is_flag=True, help="Ask no feed; show what is known.")
@click.option("--keep", "-k", multiple=True, metavar="ID", help="Take a paper into the library.")
@click.option("--list", "-l", "list_name", metavar="LIST", shell_complete=complete_list, help="With --keep: onto LIST.")
@click.option("--dismiss", "-d", multiple=True, metavar="ID", help="Show a paper no more, and fewer like it.")
@click.option("--later", multiple=True, metavar="ID", help="Put a paper off; --postponed shows it.")
@click.option("--postponed", is_flag=True, help="Show the papers that were put off.")
@click.option("--digest", type=click.Choice(["md", "atom"]), help="Write a digest: Markdown, or an Atom feed.")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="With --digest: where; replaces a digest only.",
)
@json_option(
    'Print one JSON object: {"asked", "papers": [{"id", "version", "title", "authors", "abstract", "categories", "day",'
    ' "feeds", "score", "why", "like", "words", "cites"}], "updates": [{"id", "version", "key", "have", "title"}],'
    ' "problems": [{"words", "problem"}]}.'
)
def new(
    session: Session,
    limit: int,
    fresh: bool,
    offline: bool,
    keep: tuple[str, ...],
    list_name: str | None,
    dismiss: tuple[str, ...],
    later: tuple[str, ...],
    postponed: bool,
    digest: str | None,
    output: Path | None,
    as_json: bool,
) -> int:
    """Show what is new on arXiv, the likeliest for you first.

    It comes from the categories, searches, authors and citations that you follow: see paperpath subscribe --help. Each
    feed is asked once a day, through the same gate as every request. At weekends arXiv announces nothing. Papers are
    ranked by what you read, kept and dismissed, higher if they cite what you follow or read, each with the reason;
    later versions of papers that you have are shown apart. With --keep, --dismiss or --later no feed is asked: the
    verdict is kept, teaches the ranking, and `paperpath undo` takes it back. In `paperpath tui`, N goes through the
    papers one key each.

    In cron it is quiet when there is nothing, and two at once do no harm. A pipe gets kind, id, day, score, title and
    reason, separated by tabs.

    \b
    Examples:
      paperpath new
      paperpath new --keep 2608.11232 --list "to read" --dismiss 2608.11233
      paperpath new --digest md -o new.md
      0 8 * * *  paperpath new --fresh --digest atom -o ~/feeds/new.atom     (a line of crontab)
    """
    from paperpath.workflow import new_papers

    if output is not None and digest is None:
        raise BadInput(f"--output belongs to --digest: paperpath new --digest md -o {output}")
    if list_name is not None and not keep:
        raise BadInput("--list belongs to --keep: paperpath new --keep ID --list LIST")
    verdicts = keep + dismiss + later
    if verdicts and (digest or fresh or postponed or as_json):
        raise BadInput("--keep, --dismiss and --later stand without --digest, --fresh, --postponed and --json.")
    named = [new_papers.bare(one) for one in verdicts]
    if len(set(named)) < len(named):
        raise BadInput("A paper has two verdicts, so nothing was changed. Give each one.")
    with session.library() as library:
        if verdicts:
            _judge(library, keep, dismiss, later, list_name or "", session)
            return show.DONE
        asked = [] if offline else _ask(library, session)
        if not library.subscriptions():
            raise BadInput("Nothing is followed yet, so nothing can be new. To begin: paperpath subscribe cs.LG")
        overview = new_papers.overview(library, reasons=limit)
    brought = {one for each in asked for one in each.new} if fresh else None
    papers = [one for one in (overview.later if postponed else overview.papers) if brought is None or one.id in brought]
    updates = [one for one in overview.updates if brought is None or one.news.paper.arxiv_id in brought]
    show_news(overview, papers[:limit], updates, len(papers), digest, output, as_json=as_json, fresh=fresh)
    return _conclude(asked)


def _judge(
    library: Library,
    keep: tuple[str, ...],
    dismiss: tuple[str, ...],
    later: tuple[str, ...],
    list_name: str,
    session: Session,
) -> None:
    from paperpath.formats import citekeys
    from paperpath.workflow import new_papers

    for one in keep + dismiss + later:  # before anything is changed
        library.announced(new_papers.bare(one))
    formula = session.settings.key_formula
    with library.change(f"verdicts on {show.plural(len(keep + dismiss + later), 'new paper')}"):
        keys = (
            new_papers.keep(library, keep, list_title=list_name, make_key=formula or citekeys.make_key) if keep else []
        )
        if dismiss:
            new_papers.judge(library, dismiss, "dismissed")
        if later:
            new_papers.judge(library, later, "later")
    for key in keys:
        show.out(key)
    parts = [(len(keep), "kept"), (len(dismiss), "dismissed"), (len(later), "put off")]
    said = ", ".join(f"{count} {word}" for count, word in parts if count)
    fetch = f" To bring the PDF: paperpath fetch {keys[0]}" if keys else ""
    show.say(f"{said[:1].upper()}{said[1:]}.{fetch}")


def _ask(library: Library, session: Session) -> list[Asked]:
    from paperpath.workflow import following

    total = len(library.subscriptions())
    ended: list[Asked] = []
    with Progress("Asking", total, ascii_only=session.settings.ascii) as progress, stoppable() as stop:
        settings = session.settings
        heard = following.ask(
            library,
            settings.access(),
            settings.citing_services(),
            tell=lambda one: progress.now(_heard(one)),
            stop=stop,
        )
        for one in heard:
            if one.state == "asking":
                progress.now(one.subscription.words)
                continue
            ended.append(one)
            progress.at(len(ended), total)
            if one.error is not None:
                progress.problem(one.error, one.subscription.words)
    if any(one.state == "busy" for one in ended):
        narrate("Another paperpath is asking the feeds; shown is what is known so far.")
    if any(one.state == "off" for one in ended):
        from paperpath.workflow.following_citations import SWITCHED_OFF

        narrate(f"Nobody was asked what cites your papers. {SWITCHED_OFF}")
    elsewhere = sum(one.elsewhere for one in ended)
    if elsewhere:
        are = "is" if elsewhere == 1 else "are"
        narrate(f"{show.plural(elsewhere, 'citing paper')} of the last weeks {are} not on arXiv, and left out.")
    return ended


def _heard(heard: Heard) -> str:
    match heard:
        case Waiting(seconds, why) | Retrying(why, seconds):
            return f"{seconds:.0f} s, {why}"
        case Receiving(received):
            return f"{received >> 10} KB"


def _conclude(asked: Sequence[Asked]) -> int:
    errors = [one.error for one in asked if one.error is not None]
    return show.code_of_all(errors, succeeded=len(asked) - len(errors))


COMMANDS = {"new": new}
