"""Commands that keep up with arXiv: what to follow, and what is new, ranked, with verdicts and digests."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from paperpath.cli import safe, show, tables
from paperpath.cli.complete import complete_list
from paperpath.cli.progress import Progress
from paperpath.cli.session import Session, command, json_option, stoppable
from paperpath.errors import BadInput
from paperpath.sources import Receiving, Retrying, Waiting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from paperpath.library import Library, Subscription
    from paperpath.sources import Progress as Heard
    from paperpath.workflow.following import Asked
    from paperpath.workflow.new_papers import NewPaper, Overview, Update


COLUMNS = (
    tables.Column("Id", most=16),
    tables.Column("Day", most=10),
    tables.Column("Title", share=3),
    tables.Column("Why", share=2),
)


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
        tables.table(columns, [(one.kind, one.words, _moment(one.asked), one.problem or "") for one in followed])
    else:
        show.say("Nothing is followed yet. To begin: paperpath subscribe cs.LG")


# --------------------------------------------------------------------------- new


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
    ' "feeds", "score", "why", "like", "words"}], "updates": [{"id", "version", "key", "have", "title"}],'
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

    It comes from the categories, searches and authors that you follow: see paperpath subscribe --help. Each feed is asked once a day, through the same gate as every request. At weekends arXiv announces nothing. Papers
    are ranked by what you read, kept and dismissed, each with the reason; later versions of papers that you have are
    shown apart. With --keep, --dismiss or --later no feed is asked: the verdict is kept, teaches the ranking, and
    `paperpath undo` takes it back. In `paperpath tui`, N goes through the papers one key each.

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
    _show(overview, papers[:limit], updates, len(papers), digest, output, as_json=as_json, fresh=fresh)
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
        heard = following.ask(library, session.settings.access(), tell=lambda one: progress.now(_heard(one)), stop=stop)
        for one in heard:
            if one.state == "asking":
                progress.now(one.subscription.words)
                continue
            ended.append(one)
            progress.at(len(ended), total)
            if one.error is not None:
                progress.problem(one.error, one.subscription.words)
    if any(one.state == "busy" for one in ended):
        _narrate("Another paperpath is asking the feeds; shown is what is known so far.")
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


# --------------------------------------------------------------------------- showing


def _show(
    overview: Overview,
    papers: Sequence[NewPaper],
    updates: Sequence[Update],
    total: int,
    digest: str | None,
    output: Path | None,
    *,
    as_json: bool,
    fresh: bool,
) -> None:
    if digest is not None:
        _write_digest(papers, updates, digest, output)
    elif as_json:
        show.json_document(_json(overview, papers, updates))
    elif sys.stdout.isatty():
        _show_tables(overview, papers, updates, total)
    else:
        rows = [
            ("new", one.id, one.news.day, f"{one.score:.2f}", one.news.paper.title, one.why) for one in papers
        ] + [
            ("update", _versioned(one), one.news.day, "", one.news.paper.title, one.key) for one in updates
        ]  # fmt: skip
        if rows:
            tables.table((), rows)
    if not papers and not updates:
        since = f" The feeds were last asked {_moment(overview.asked)}." if overview.asked else ""
        weekend = " arXiv announces nothing at weekends." if fresh else ""
        _narrate(f"Nothing new.{since}{weekend}")


def _write_digest(papers: Sequence[NewPaper], updates: Sequence[Update], form: str, output: Path | None) -> None:
    from paperpath.workflow import digesting

    if not papers and not updates and (form == "md" or (output is not None and output.exists())):
        return  # an empty digest would take the place of one that nobody has read yet
    text = digesting.digest(papers, updates, form)
    if output is None:
        show.out(safe.block(text).rstrip("\n"))
        return
    digesting.write(output, text)
    _narrate(f"{show.plural(len(papers), 'paper')} written to {output}")


def _show_tables(overview: Overview, papers: Sequence[NewPaper], updates: Sequence[Update], total: int) -> None:
    if papers:
        tables.table(COLUMNS, [(one.id, one.news.day, one.news.paper.title, one.why) for one in papers])
    if updates:
        show.out(f"\n{show.plural(len(updates), 'new version')} of papers that you have:")
        columns = (
            tables.Column("Id", most=20),
            tables.Column("Have"),
            tables.Column("Key"),
            tables.Column("Title", share=1),
        )
        rows = [(_versioned(one), f"v{one.have}", one.key, one.news.paper.title) for one in updates]
        tables.table(columns, rows)
    if papers:
        more = f"{len(papers)} of {total:,} shown. " if total > len(papers) else ""
        order = (
            "" if overview.taught else "Newest first: the ranking begins with the first paper that you read or keep. "
        )
        _narrate(f"{more}{order}paperpath new --keep ID, --dismiss ID; or in `paperpath tui`: N")


def _json(overview: Overview, papers: Iterable[NewPaper], updates: Iterable[Update]) -> dict[str, Any]:
    return {
        "asked": overview.asked,
        "papers": [
            {
                "id": one.id,
                "version": one.news.paper.arxiv_version,
                "title": one.news.paper.title,
                "authors": [str(author) for author in one.news.paper.authors],
                "abstract": one.news.paper.abstract,
                "categories": list(one.news.paper.categories),
                "day": one.news.day,
                "feeds": list(one.news.feeds),
                "score": round(one.score, 4),
                "why": one.why,
                "like": one.like,
                "words": list(one.words),
            }
            for one in papers
        ],
        "updates": [
            {
                "id": one.news.paper.arxiv_id,
                "version": one.news.paper.arxiv_version,
                "key": one.key,
                "have": one.have,
                "title": one.news.paper.title,
            }
            for one in updates
        ],
        "problems": [{"words": one.words, "problem": one.problem} for one in overview.problems],
    }


def _versioned(one: Update) -> str:
    return f"{one.news.paper.arxiv_id}v{one.news.paper.arxiv_version}"


def _moment(text: str | None) -> str:
    return text.replace("T", " ").removesuffix("Z") + " UTC" if text else "never"


def _narrate(text: str) -> None:
    """A word for a person who is there: cron sends a mail for every line, on either stream."""
    if sys.stderr.isatty():
        show.say(text)


COMMANDS = {"new": new, "subscribe": subscribe}
