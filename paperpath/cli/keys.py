"""The command that shows citation keys and changes them on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from paperpath.cli import show, tables
from paperpath.cli.complete import complete_key
from paperpath.cli.session import Session, command, json_option
from paperpath.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.library import Library
    from paperpath.workflow.rekeying import Proposal


@command("key")
@click.argument("keys", nargs=-1, metavar="[OLD NEW | KEY...]", shell_complete=complete_key)
@click.option("--make", is_flag=True, help="Show the keys that the formula of the settings makes for these papers.")
@click.option("--all", "everything", is_flag=True, help="With --make: for all papers.")
@click.option("--apply", "apply_", is_flag=True, help="With --make: rename those that are not pinned.")
@json_option('With --make, print one JSON array: [{"key", "made", "pinned", "renamed"}].')
def key(session: Session, keys: tuple[str, ...], make: bool, everything: bool, apply_: bool, as_json: bool) -> None:
    """Change the citation key of a paper on purpose.

    OLD NEW gives a paper another key. Its note, files, tags, highlights and places on lists stay with it, and OLD goes
    on finding it and is never given to another paper. Manuscripts and .bib files that cite OLD have to be changed by
    you. `paperpath undo` takes it back.

    --make shows what the formula makes of papers that are here, --apply renames them. Keys are pinned, and stay, once
    they have been exported, when they came from a .bib file, and when you gave them by hand.

    \b
    Examples:
      paperpath key vaswani2017attention transformer
      paperpath key --make --all
      paperpath key --make vaswani2017attention --key-formula "{authors:etal}{year}"
      paperpath key --make --all --apply
    """
    from paperpath.workflow import rekeying

    if (everything or apply_ or as_json) and not make:
        raise BadInput("--all, --apply and --json belong to --make: paperpath key --make --all")
    if make:
        if bool(keys) == everything:
            raise BadInput("Name the papers, or say --all, but not both: paperpath key --make --all")
        with session.library() as library:
            found = rekeying.proposals(library, None if everything else keys, session.settings.make_key)
            done = rekeying.apply(library, found) if apply_ else []
        _show(found, done, applied=apply_, as_json=as_json)
        return
    if len(keys) != 2:
        raise BadInput("Say the old key and the new one: paperpath key OLD NEW")
    with session.library() as library:
        was = rekeying.rename(library, *keys)
        _warn(library, was, keys[1])
    show.say(f"{was} is {keys[1]} now. To take it back: paperpath undo")


def _warn(library: Library, was: str, new: str) -> None:
    if "exported" in library.pins().get(new, ()):
        show.say(f"{was} was exported: whatever cites it has to be changed too, and the file exported again.")


def _show(found: Sequence[Proposal], done: Sequence[Proposal], *, applied: bool, as_json: bool) -> None:
    if as_json:
        show.json_document(
            [{"key": one.key, "made": one.made, "pinned": list(one.pinned), "renamed": one in done} for one in found]
        )
        return
    others = [one for one in found if one.made != one.key]
    columns = (tables.Column("Key", most=40), tables.Column("Made", most=40), tables.Column("Stays because", share=1))
    tables.table(columns, [(one.key, one.made, ", ".join(one.pinned)) for one in others])
    free = sum(one.applies for one in others)
    same = f"{show.plural(len(found) - len(others), 'key')} as the formula makes them"
    if applied:
        show.say(f"{show.plural(len(done), 'paper')} renamed, {len(others) - len(done)} pinned, {same}.")
    else:
        say = " To rename those that are not pinned, add --apply." if free else ""
        show.say(f"{free} to rename, {len(others) - free} pinned, {same}.{say}")


COMMANDS: dict[str, click.Command] = {"key": key}
