"""The command that names papers which are in the library twice, and makes one of two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from paperpath.cli import safe, show, tables
from paperpath.cli.session import Session, command, json_option
from paperpath.cli.words import expect_papers
from paperpath.errors import BadInput, UnknownPaper

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from paperpath.cli.choosing import Decision
    from paperpath.duplicates import Choice
    from paperpath.library import Library
    from paperpath.workflow.merging import Duplicate, Merged

    Decide = Callable[[Library, Duplicate], Decision]


@command("duplicates")
@click.argument("query", nargs=-1, metavar="[QUERY... | --merge KEY OTHER]")
@click.option("--merge", is_flag=True, help="Make one paper of each pair, asking field by field; or of KEY and OTHER.")
@click.option(
    "--yes", is_flag=True, help="With --merge: do not ask, and merge pairs that are certain, or KEY and OTHER."
)
@click.option("--dry-run", is_flag=True, help="With --merge: show what would become of them, and change nothing.")
@json_option(
    'Print one JSON array: [{"sure", "first", "second", "why", "choices": [{"field", "value", "other", "why"}]}]; of'
    ' what was merged [{"key", "merged", "sure", "why", "lost"}].'
)
def duplicates(session: Session, query: tuple[str, ...], merge: bool, yes: bool, dry_run: bool, as_json: bool) -> int:
    """Find papers that are there twice, and make one of two.

    QUERY, as `paperpath list` reads it, narrows the papers. A pair is certain, likely or possible; or a contradiction,
    where two works have one identifier and one of them is wrong. With --json a certain or likely pair has its choices:
    what one entry of both would say in each field where they differ. A pipe gets the four columns, separated by tabs.

    --merge shows both sides of every field in which a pair differs, with the proposal marked, and asks. Tags, lists,
    pins, highlights and notes of both are kept, and the status that is further; the better PDF stays, and the other one
    is set aside. From then on both keys find the paper. Each merge is one change, which `paperpath undo` takes back
    with files and notes. Two papers that are no certain or likely pair are merged only if you name them both.

    \b
    Examples:
      paperpath duplicates
      paperpath duplicates year:2017 --json
      paperpath duplicates --merge
      paperpath duplicates --merge --yes
      paperpath duplicates --merge kessel2018kettles DBLP:kettles/19 --dry-run
    """
    from paperpath.workflow import merging

    if (yes or dry_run) and not merge:
        raise BadInput("--yes and --dry-run belong to --merge: paperpath duplicates --merge --dry-run")
    with session.library() as library:
        if merge:
            return _merge(library, query, yes=yes, dry_run=dry_run, as_json=as_json)
        expect_papers(library, query)
        found = merging.duplicates(library, " ".join(query))
    if as_json:
        show.json_document([_plain(one) for one in found])
        return show.DONE
    columns = (
        tables.Column("Sure", most=13),
        tables.Column("Paper", most=28),
        tables.Column("Other", most=28),
        tables.Column("Why", share=1),
    )
    tables.table(columns, [(one.pair.sure, one.pair.first.key, one.pair.second.key, one.pair.why) for one in found])
    if not found:
        show.say("No paper is there twice.")
    elif any(one.proposal for one in found):
        show.say("To make one paper of two: paperpath duplicates --merge")
    return show.DONE


def _merge(library: Library, query: Sequence[str], *, yes: bool, dry_run: bool, as_json: bool) -> int:
    from paperpath.cli import choosing
    from paperpath.workflow import merging

    named = _named(library, query)
    if not named:
        expect_papers(library, query)
    found = [merging.named(library, *named)] if named else merging.duplicates(library, " ".join(query))
    offered = [one for one in found if one.proposal and (named or not yes or one.pair.sure == "certain")]
    if dry_run:
        if as_json:
            show.json_document([_plain(one) for one in offered])
        else:
            for one in offered:
                show.out(choosing.shown(library, one))
        show.say(f"{show.plural(len(offered), 'pair')} would be merged; nothing was changed.")
        return show.DONE
    if not offered:
        rest = f" {_count(found)}. To see them: paperpath duplicates" if found else ""
        show.say(f"There is nothing to merge{' without being asked' if yes else ''}.{rest}")
    elif not yes and not choosing.someone_is_there():
        raise BadInput(
            "To choose, a person at a terminal is needed; nothing was changed. To merge what is certain: paperpath"
            " duplicates --merge --yes"
        )
    done = _merged(library, offered, _unasked(by_name=bool(named)) if yes else choosing.ask)
    if as_json:
        show.json_document(
            [
                {"key": one.key, "merged": one.gone, "sure": of.pair.sure, "why": of.pair.why, "lost": one.lost}
                for of, one in done
            ]
        )
    if done:
        more = "" if len(done) == 1 else f", {len(done)} times for all of them"
        show.say(f"{show.plural(len(done), 'pair')} merged. To take the last one back: paperpath undo{more}")
    if yes and done and len(found) > len(offered):
        show.say(f"{_count([one for one in found if one not in offered])}. To look: paperpath duplicates --merge")
    return show.DONE


def _merged(library: Library, offered: Sequence[Duplicate], decide: Decide) -> list[tuple[Duplicate, Merged]]:
    """Merge what ``decide`` says, until it says that it is enough."""
    from paperpath.cli import choosing
    from paperpath.workflow import merging

    done: list[tuple[Duplicate, Merged]] = []
    for number, one in enumerate(offered, 1):
        now = one if number == 1 or not done else merging.current(library, one)
        if now is None:
            continue
        others = decide(library, now)
        if others is choosing.QUIT:
            break
        if others is choosing.SKIP:
            continue
        merged = merging.merge(library, now, others)
        done.append((now, merged))
        show.say(f"Merged {safe.line(merged.gone)} into {safe.line(merged.key)}.")
        if merged.lost:
            marks = show.plural(merged.lost, "highlight")
            show.say(f"  {marks} not in the text of the PDF that stays: paperpath highlights {safe.line(merged.key)}")
        for problem in merged.problems:
            show.say(f"  {safe.line(problem)}")
    return done


def _unasked(*, by_name: bool) -> Decide:
    """Takes what is proposed; of a pair that nobody named, only while it is certain."""
    from paperpath.cli import choosing

    return lambda _, one: frozenset() if by_name or one.pair.sure == "certain" else choosing.SKIP


def _named(library: Library, query: Sequence[str]) -> tuple[str, str] | None:
    """The two papers that ``query`` names; None if it is a query.

    Raises:
        UnknownPaper: it names one paper, and beside it what is none.
    """
    if len(query) != 2:
        return None
    unknown = []
    for text in query:
        try:
            library.resolve(text)
        except UnknownPaper as error:
            unknown.append(error)
    if len(unknown) == 1:
        raise unknown[0]
    return None if unknown else (query[0], query[1])


def _count(found: Sequence[Duplicate]) -> str:
    """``2 likely, 1 contradiction``."""
    kinds = dict.fromkeys(one.pair.sure for one in found)
    return ", ".join(f"{sum(one.pair.sure == kind for one in found)} {kind}" for kind in kinds) + " left"


def _plain(one: Duplicate) -> dict[str, Any]:
    pair = one.pair
    return {
        "sure": pair.sure,
        "first": pair.first.key,
        "second": pair.second.key,
        "why": pair.why,
        "choices": [_choice(choice) for choice in one.choices],
    }


def _choice(choice: Choice) -> dict[str, Any]:
    value, other = (list(map(str, v)) if isinstance(v, tuple) else v for v in (choice.value, choice.other))
    return {"field": choice.field, "value": value, "other": other, "why": choice.why}


COMMANDS: dict[str, click.Command] = {"duplicates": duplicates}
