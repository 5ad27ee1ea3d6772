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
    from paperpath.workflow.merging import Merged
    from paperpath.workflow.pairing import Duplicate

    Decide = Callable[[Library, Duplicate], Decision]


@command("duplicates")
@click.argument("query", nargs=-1, metavar="[QUERY... | KEY OTHER]")
@click.option("--merge", is_flag=True, help="Make one paper of each pair, asking field by field; or of KEY and OTHER.")
@click.option(
    "--yes", is_flag=True, help="With --merge: do not ask, and merge pairs that are certain, or KEY and OTHER."
)
@click.option("--dry-run", is_flag=True, help="With --merge: show what would become of them, and change nothing.")
@click.option("--different", is_flag=True, help="Say that KEY and OTHER are two papers: they are not offered again.")
@click.option("--ask-again", is_flag=True, help="Take that back.")
@click.option("--all", "-a", "everything", is_flag=True, help="Show pairs too of which you said that they are two.")
@json_option(
    'Print one JSON array: [{"sure", "first", "second", "why", "different", "choices": [{"field", "value", "other",'
    ' "why"}]}]; of what was merged [{"key", "merged", "sure", "why", "lost"}].'
)
def duplicates(
    session: Session,
    query: tuple[str, ...],
    merge: bool,
    yes: bool,
    dry_run: bool,
    different: bool,
    ask_again: bool,
    everything: bool,
    as_json: bool,
) -> int:
    """Find papers that are there twice, and make one of two.

    QUERY, as `paperpath list` reads it, narrows the papers. A pair is certain, likely or possible; or a contradiction,
    where two works have one identifier and one of them is wrong. With --json a certain or likely pair has its choices:
    what one entry of both would say in each field where they differ. A pipe gets the four columns, separated by tabs.

    --merge shows both sides of every field in which a pair differs, with the proposal marked, and asks. Tags, lists,
    pins, highlights and notes of both are kept, and the status that is further; the better PDF stays, and the other one
    is set aside. From then on both keys find the paper. Each merge is one change, which `paperpath undo` takes back
    with files and notes. Two papers that are no certain or likely pair are merged only if you name them both.

    What you call different papers, with d when you are asked or with --different, is not offered again, whatever is
    merged or renamed later. --all shows such pairs, --ask-again or `paperpath undo` takes it back. A contradiction is
    shown nevertheless until the wrong identifier is mended.

    \b
    Examples:
      paperpath duplicates
      paperpath duplicates year:2017 --json
      paperpath duplicates --merge
      paperpath duplicates --merge --yes
      paperpath duplicates --merge kessel2018kettles DBLP:kettles/19 --dry-run
      paperpath duplicates --different kessel2018kettles kessel2018lids
    """
    from paperpath.workflow import pairing

    if (yes or dry_run) and not merge:
        raise BadInput("--yes and --dry-run belong to --merge: paperpath duplicates --merge --dry-run")
    if merge + different + ask_again + everything > 1 or (as_json and (different or ask_again)):
        raise BadInput("One thing at a time: --merge, --different, --ask-again, or --all, which shows with --json too.")
    with session.library() as library:
        if different or ask_again:
            return _tell_apart(library, query, different=different)
        if merge:
            return _merge(library, query, yes=yes, dry_run=dry_run, as_json=as_json)
        expect_papers(library, query)
        found = pairing.duplicates(library, " ".join(query), apart=everything)
    if as_json:
        show.json_document([_plain(one) for one in found])
        return show.DONE
    columns = (
        tables.Column("Sure", most=13),
        tables.Column("Paper", most=28),
        tables.Column("Other", most=28),
        tables.Column("Why", share=1),
    )
    rows = [
        ("different" if one.apart else one.pair.sure, one.pair.first.key, one.pair.second.key, one.pair.why)
        for one in found
    ]
    tables.table(columns, rows)
    if not found:
        show.say("No paper is there twice.")
    elif any(one.proposal for one in found):
        show.say("To make one paper of two: paperpath duplicates --merge")
    return show.DONE


def _tell_apart(library: Library, query: Sequence[str], *, different: bool) -> int:
    if len(query) != 2:
        raise BadInput("Which two papers? Name their keys: paperpath duplicates --different KEY OTHER")
    one, other = map(library.resolve, query)
    if different:
        library.tell_apart(one, other)
        show.say(f"{safe.line(one)} and {safe.line(other)} are two papers: they are not offered again.")
    else:
        library.forget_apart(one, other)
        show.say(f"{safe.line(one)} and {safe.line(other)} are offered again if they look like one paper.")
    return show.DONE


def _merge(library: Library, query: Sequence[str], *, yes: bool, dry_run: bool, as_json: bool) -> int:
    from paperpath.cli import choosing
    from paperpath.workflow import pairing

    named = _named(library, query)
    if not named:
        expect_papers(library, query)
    found = [pairing.named(library, *named)] if named else pairing.duplicates(library, " ".join(query))
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
    from paperpath.workflow import merging, pairing

    done: list[tuple[Duplicate, Merged]] = []
    changed = False
    for number, one in enumerate(offered, 1):
        now = one if number == 1 or not changed else pairing.current(library, one)
        if now is None:
            continue
        others = decide(library, now)
        if others is choosing.QUIT:
            break
        if others is choosing.SKIP:
            continue
        changed = True
        if others is choosing.DIFFERENT:
            _tell_apart(library, [now.pair.first.key, now.pair.second.key], different=True)
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
        "different": one.apart,
        "choices": [_choice(choice) for choice in one.choices],
    }


def _choice(choice: Choice) -> dict[str, Any]:
    value, other = (list(map(str, v)) if isinstance(v, tuple) else v for v in (choice.value, choice.other))
    return {"field": choice.field, "value": value, "other": other, "why": choice.why}


COMMANDS: dict[str, click.Command] = {"duplicates": duplicates}
