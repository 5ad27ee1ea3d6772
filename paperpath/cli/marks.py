"""Commands that write what the reader thinks: note, status, tag, remove.

Each is one entry of the history, so each can be taken back with `paperpath undo`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from paperpath.cli import show, tables
from paperpath.cli.complete import complete_key, complete_key_or_status, complete_tag
from paperpath.cli.session import Session, command, json_option
from paperpath.cli.words import TagCommand
from paperpath.errors import BadInput, UnknownPaper
from paperpath.model import STATUSES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.library import Library
    from paperpath.model import Status


@command("note")
@click.argument("key", shell_complete=complete_key)
@click.argument("text", nargs=-1)
@click.option("--path", "only_path", is_flag=True, help="Print where the note is, and open nothing.")
def note(session: Session, key: str, text: tuple[str, ...], only_path: bool) -> None:
    """Write in the note of a paper.

    With TEXT, it becomes a new paragraph at the end of the note; - takes it from standard input. Without TEXT the note
    opens in $VISUAL or $EDITOR. A paper without a note gets a first draft: metadata, outline, figures, references and
    a checklist for three passes, between markers; what you write outside them is never touched.

    \b
    Examples:
      paperpath note vaswani2017attention
      paperpath note vaswani2017attention "Why is the scale 1/sqrt(d)?"
      pbpaste | paperpath note vaswani2017attention -
      grep -n scale "$(paperpath note vaswani2017attention --path)"
    """
    from paperpath.workflow import noting

    words = sys.stdin.read() if text == ("-",) else " ".join(text)
    with session.library() as library:
        found = library.resolve(key)
        path = noting.ensure_note(library, found)
        if words.strip():
            noting.append_note(library, found, words.strip())
            show.say(f"Added to {path}")
            return
    if only_path:
        show.out(str(path))
    elif text == ("-",):
        raise BadInput("Standard input was empty, so nothing was added.")
    else:
        # The library is closed meanwhile: an editor may stay open for days. What was written is picked up after it.
        click.edit(filename=str(path))
        with session.library() as library:
            noting.refresh_notes(library)


@command("status")
@click.argument("keys", nargs=-1, metavar="KEY... [STATUS]", required=True, shell_complete=complete_key_or_status)
def status(session: Session, keys: tuple[str, ...]) -> None:
    """Set the status of papers: unread, skimmed, reading or read.

    Without STATUS, print the status of each paper.

    \b
    Examples:
      paperpath status vaswani2017attention read
      paperpath status he2016deep lecun1998gradient skimmed
      paperpath status vaswani2017attention
    """
    from paperpath.workflow import annotating

    wanted = _status(keys[-1])
    with session.library() as library:
        found = [library.resolve(key) for key in keys[:-1]]
        if wanted is None:
            found.append(_last_key(library, keys))
            tables.table((), [(key, library.get(key).status) for key in found])
            return
        if not found:
            raise BadInput(f"Name the papers before the status: paperpath status KEY {wanted}")
        annotating.set_status(library, found, wanted)
    show.say(f"{show.names(found)}: {wanted}")


def _last_key(library: Library, keys: Sequence[str]) -> str:
    """The last word where it is no status; behind keys it may have been meant as one."""
    try:
        return library.resolve(keys[-1])
    except UnknownPaper as error:
        if len(keys) == 1:
            raise
        raise BadInput(f"{keys[-1]!r} is no status ({', '.join(STATUSES)}). {error}") from error


def _status(word: str) -> Status | None:
    return next((each for each in STATUSES if each == word.lower()), None)


@command("tag", cls=TagCommand)
@click.argument("keys", nargs=-1, metavar="[KEY...] [+TAG...] [-TAG...]", shell_complete=complete_key)
@click.option("--add", "-a", multiple=True, metavar="TAG", shell_complete=complete_tag, help="The same as +TAG.")
@click.option("--remove", "-r", multiple=True, metavar="TAG", shell_complete=complete_tag, help="The same as -TAG.")
@json_option("Print one JSON object: without KEY {tag: number of papers}, else {key: [tags]}.")
def tag(session: Session, keys: tuple[str, ...], add: tuple[str, ...], remove: tuple[str, ...], as_json: bool) -> None:
    """Give tags to papers and take them away.

    Without a change, print the tags of each paper; without a KEY, all tags with the number of their papers.

    \b
    Examples:
      paperpath tag vaswani2017attention +transformers -todo
      paperpath tag he2016deep lecun1998gradient --add vision
      paperpath tag vaswani2017attention
      paperpath tag
    """
    from paperpath.workflow import annotating

    with session.library() as library:
        found = [library.resolve(key) for key in keys]
        if add or remove:
            if not found:
                raise BadInput("Name the papers too: paperpath tag KEY +TAG")
            annotating.tag(library, found, add=add, remove=remove)
        _show_tags(library, found, as_json)


def _show_tags(library: Library, keys: Sequence[str], as_json: bool) -> None:
    if not keys:
        counts = library.tags()
        if as_json:
            show.json_document(counts)
        else:
            columns = (tables.Column("Tag", most=40), tables.Column("Papers", right=True))
            tables.table(columns, [(name, str(count)) for name, count in counts.items()])
        return
    tags = {key: list(library.get(key).tags) for key in keys}
    if as_json:
        show.json_document(tags)
    else:
        columns = (tables.Column("Key", most=28), tables.Column("Tags", share=1))
        tables.table(columns, [(key, ", ".join(names)) for key, names in tags.items()])


@command("remove")
@click.argument("keys", nargs=-1, required=True, metavar="KEY...", shell_complete=complete_key)
def remove(session: Session, keys: tuple[str, ...]) -> None:
    """Remove papers from the library.

    `paperpath undo` brings them back with all that belongs to them.

    \b
    Examples:
      paperpath remove vaswani2017attention
      paperpath list tag:junk | cut -f1 | xargs paperpath remove
    """
    with session.library() as library:
        found = list(dict.fromkeys(library.resolve(key) for key in keys))
        library.remove(found)
    show.say(f"Removed {show.names(found)}. To bring back: paperpath undo")


COMMANDS: dict[str, click.Command] = {
    "note": note,
    "status": status,
    "tag": tag,
    "remove": remove,
}
