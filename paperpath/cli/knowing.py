"""What a reader says of their own knowledge: what they know already, and which passes over a paper are done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from paperpath.cli import safe, show, tables
from paperpath.cli.complete import complete_key
from paperpath.cli.session import Session, command, json_option
from paperpath.errors import BadInput

if TYPE_CHECKING:
    from paperpath.library import Library
    from paperpath.workflow.passing import Passes

PASS_NAMES = ("skim", "understand", "implement")


@command("know")
@click.argument("names", nargs=-1, metavar="[TOPIC|PAPER]...", shell_complete=complete_key)
@json_option('Print what you know as one JSON array: [{"name", "since", "key", "paper"}].')
def know(session: Session, names: tuple[str, ...], as_json: bool) -> None:
    """Say what you know already, so that no plan asks for it.

    A TOPIC is a technique that a reading list names (layer normalization), a PAPER a key, an arXiv id or a title. Who
    knows a technique need not read the paper that introduced it. Without a name, print what you know.

    \b
    Examples:
      paperpath know "layer normalization" dropout
      paperpath know rumelhart1986learning
      paperpath know
      paperpath unknow dropout
    """
    from paperpath.workflow import knowing

    with session.library() as library:
        found = knowing.know(library, names) if names else knowing.known(library)
    if as_json:
        show.json_document(
            [{"name": one.name, "since": one.since, "key": one.key, "paper": one.is_paper} for one in found]
        )
    elif names:
        show.say(f"You know {show.names([one.name for one in found])}. To take it back: paperpath undo")
    elif found:
        columns = (tables.Column("Known", most=40), tables.Column("Paper", most=28), tables.Column("Since", most=10))
        tables.table(columns, [(one.name, one.key or "", one.since[:10]) for one in found])
    else:
        show.say('You have not said yet what you know. For example: paperpath know "dropout"')


@command("unknow")
@click.argument("names", nargs=-1, required=True, metavar="TOPIC|PAPER...")
def unknow(session: Session, names: tuple[str, ...]) -> None:
    """Take back that you know a topic or a paper.

    \b
    Examples:
      paperpath unknow "layer normalization"
      paperpath unknow rumelhart1986learning
    """
    from paperpath.workflow import knowing

    with session.library() as library:
        gone = knowing.unknow(library, names)
    show.say(f"No longer known: {show.names(gone)}. To take it back: paperpath undo")


# --------------------------------------------------------------------------- pass


@command("pass")
@click.argument("key", metavar="PAPER", shell_complete=complete_key)
@click.argument("name", metavar="[skim|understand|implement]", type=click.Choice(PASS_NAMES), required=False)
@click.option("--undo", "back", is_flag=True, help="The pass is to be done again.")
@json_option('Print one JSON object: {"key", "status", "passes": [{"name", "done", "sections", "checklist"}]}.')
def pass_(session: Session, key: str, name: str | None, back: bool, as_json: bool) -> None:
    """Show the three passes over a paper, or say that one is done.

    Skim to know what it is about, understand to tell others what it says, implement to have built it again. A paper
    that was skimmed becomes skimmed, one that was understood read; a status that you set yourself is never lowered,
    and stays if you set it back. The checklist is the one in the paper's note.

    \b
    Examples:
      paperpath pass vaswani2017attention
      paperpath pass vaswani2017attention skim
      paperpath pass vaswani2017attention skim --undo
      paperpath pass vaswani2017attention --json
    """
    from paperpath.workflow import passing

    with session.library() as library:
        found = library.resolve(key)
        if back and name is None:
            raise BadInput(f"Which pass is to be done again? For example: paperpath pass {found} skim --undo")
        said = _change_pass(library, found, name, back) if name else ""
        now = passing.passes(library, found)
    if as_json:
        show.json_document(_passes_json(now))
    elif said:
        show.say(said)
    else:
        show.out(_passes_text(now, session.settings.ascii))


def _change_pass(library: Library, key: str, name: str, back: bool) -> str:
    from paperpath.workflow import passing

    changed = passing.set_pass(library, key, name, done=not back)
    state = "to do" if back else "done"
    if not changed.changed:
        return f"{name} of {key} was {state} already."
    status = f", and the paper is {changed.status}" if changed.raised else f"; the paper stays {changed.status}"
    return f"{name} of {key}: {state}{status}."


def _passes_json(now: Passes) -> dict[str, Any]:
    return {
        "key": now.key,
        "title": now.title,
        "status": now.status,
        "passes": [
            {
                "name": one.name,
                "done": one.done_at,
                "about": one.about,
                "sections": list(one.sections),
                "task": one.task,
                "checklist": [{"text": item.text, "ticked": item.ticked} for item in one.checklist],
            }
            for one in now.passes
        ],
    }


def _passes_text(now: Passes, ascii_only: bool) -> str:
    done, todo = ("x", "-") if ascii_only else ("✓", "·")
    indents = "  ", "    "
    lines = [show.style(f"{safe.line(now.title)}  {now.status}", bold=True)]
    for one in now.passes:
        state = f"done {one.done_at[:10]}" if one.done_at else "to do"
        lines += ["", show.style(f"{done if one.done_at else todo} {one.name}: {state}", bold=True)]
        lines += show.wrapped(one.about, *indents)
        if one.sections:
            lines += show.wrapped(f"Read: {', '.join(one.sections)}", *indents)
        if one.task:
            lines += show.wrapped(f"Task: {one.task}", *indents)
        for item in one.checklist:
            lines += show.wrapped(f"[{'x' if item.ticked else ' '}] {item.text}", *indents)
    return "\n".join(lines)


COMMANDS = {"know": know, "unknow": unknow, "pass": pass_}
