"""Commands that write what the reader thinks: note, status, tag, highlights, remove.

Each is one entry of the history, so each can be taken back with `paperpath undo`.
"""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from paperpath.cli import details, show, tables
from paperpath.cli.complete import complete_key, complete_key_or_status, complete_tag
from paperpath.cli.session import Session, command, json_option
from paperpath.cli.words import TagCommand
from paperpath.errors import BadInput, UnknownPaper
from paperpath.model import STATUSES, Highlight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.library import Library
    from paperpath.model import ParsedPaper, Status

CONTEXT = 40
"""Characters kept on either side of a quote, to tell equal quotes apart."""
COLOURS = ("yellow", "green", "blue", "red", "purple")


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


@command("highlights")
@click.argument("key", shell_complete=complete_key)
@click.option("--add", metavar="QUOTE", help="Mark this passage; it must stand in the paper's text.")
@click.option("--comment", default="", metavar="TEXT", help="With --add: your words about it.")
@click.option("--colour", type=click.Choice(COLOURS), default=COLOURS[0], help="With --add.")
@click.option("--remove", type=int, metavar="NUMBER", help="Remove the highlight of that number.")
@json_option('Print one JSON array: [{"id", "quote", "comment", "colour", "section", "page", "lost", …}].')
def highlights(
    session: Session, key: str, add: str | None, comment: str, colour: str, remove: int | None, as_json: bool
) -> None:
    """Show, add and remove highlights of a paper.

    A highlight is kept by its words and those around it, so it survives another parse and a new version of the PDF.
    One whose words are gone from the text is kept all the same and says so.

    \b
    Examples:
      paperpath highlights vaswani2017attention
      paperpath highlights vaswani2017attention --add "We call our particular attention" --comment "the name"
      paperpath highlights vaswani2017attention --remove 3
      paperpath highlights vaswani2017attention --json
    """
    from paperpath.workflow import annotating, parsing

    with session.library() as library:
        found = library.resolve(key)
        if add is not None:
            mark = _anchored(parsing.read_parsed(library, found), add, found)
            annotating.highlight(library, found, replace(mark, comment=comment, colour=colour))
        if remove is not None:
            annotating.remove_highlight(library, found, remove)
        record = library.get(found)
        parsed = parsing.read_parsed(library, found) if record.highlights else None
    marks, lost = record.highlights, parsing.lost(record, parsed) if parsed else ()
    width = min(shutil.get_terminal_size().columns, 100)
    if as_json:
        show.json_document([details.highlight_json(mark, lost=mark in lost) for mark in marks])
    elif marks:
        show.out("\n\n".join("\n".join(details.highlight_lines(mark, width, lost=mark in lost)) for mark in marks))
    else:
        show.say(f"No highlights in {found} yet. Mark passages in `paperpath tui`, or here with --add.")


def _anchored(parsed: ParsedPaper | None, quote: str, key: str) -> Highlight:
    """The highlight of ``quote`` as it stands in the paper, with the words around it.

    White space and case may differ from what was typed; everything else must be there.
    """
    if parsed is None:
        raise BadInput(f"The text of {key} is not here yet. Bring it with: paperpath fetch {key}")
    words = [re.escape(word) for word in quote.split()]
    if not words:
        raise BadInput("An empty passage cannot be marked.")
    pattern = re.compile(r"\s+".join(words), re.I)
    for title, page, text in [("Abstract", 1, parsed.abstract or "")] + [
        (section.title, section.page, section.text) for section in parsed.sections
    ]:
        if match := pattern.search(text):
            before, after = text[: match.start()], text[match.end() :]
            return Highlight(match[0], before[-CONTEXT:], after[:CONTEXT], section=title, page=page)
    raise BadInput(f"{quote!r} does not stand in the text of {key}. To see the text: paperpath read {key}")


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
    "highlights": highlights,
    "remove": remove,
}
