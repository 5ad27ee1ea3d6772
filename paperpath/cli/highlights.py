"""The command for highlights: shown, added, removed, and carried into PDFs and out of them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperpath.cli import details, show
from paperpath.cli.complete import complete_key
from paperpath.cli.session import Session, command, json_option

if TYPE_CHECKING:
    from paperpath.library import Library

SHOWN = 60
"""Characters of a quote in a message."""
COLOURS = ("yellow", "green", "blue", "red", "purple")


@command("highlights")
@click.argument("key", shell_complete=complete_key)
@click.option("--add", metavar="QUOTE", help="Mark this passage; it must stand in the paper's text.")
@click.option("--comment", default="", metavar="TEXT", help="With --add: your words about it.")
@click.option("--colour", type=click.Choice(COLOURS), default=COLOURS[0], help="With --add.")
@click.option(
    "--tag", "-t", "tags", multiple=True, metavar="TAG", help="Show only those with this tag; again: with both."
)
@click.option("--remove", type=int, metavar="NUMBER", help="Remove the highlight of that number.")
@click.option(
    "--pdf",
    "copy",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a copy of the PDF with the highlights in it to FILE.",
)
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    is_flag=False,
    flag_value="",
    metavar="[FILE]",
    help="Take over what other viewers wrote into the stored PDF, or into FILE.",
)
@json_option('Print one JSON array: [{"id", "quote", "comment", "tags", "colour", "section", "page", "lost", …}].')
def highlights(
    session: Session,
    key: str,
    add: str | None,
    comment: str,
    colour: str,
    tags: tuple[str, ...],
    remove: int | None,
    copy: Path | None,
    source: Path | None,
    as_json: bool,
) -> int:
    """Show, add and remove highlights of a paper.

    A highlight is kept by its words and those around it, so it survives another parse and a new version of the PDF.
    One whose words are gone from the text is kept all the same and says so. Its tags are the #words of its comment;
    --tag shows those that have one, and in `paperpath tui` the list of all annotations is filtered by #word.

    With --pdf they are written into a copy of the PDF, where every viewer shows them, with colours and comments; the
    stored PDF stays as it is. If FILE is such a copy already it is brought up to date, and what you marked in it
    elsewhere stays. With --from, passages that were marked or underlined in another viewer become highlights and
    remarks become words in your note. Running it again adds nothing, and `paperpath undo` takes it back. For Markdown
    and Obsidian see: paperpath notes.

    \b
    Examples:
      paperpath highlights vaswani2017attention
      paperpath highlights vaswani2017attention --pdf annotated.pdf
      paperpath highlights vaswani2017attention --from annotated.pdf
      paperpath highlights vaswani2017attention --add "We call our particular attention" --comment "the name"
      paperpath highlights vaswani2017attention --add "multi-head attention" --comment "#method compare with RNNs"
      paperpath highlights vaswani2017attention --tag method
      paperpath highlights vaswani2017attention --remove 3
      paperpath highlights vaswani2017attention --json
    """
    from paperpath.workflow import annotating, parsing, texts

    code = show.DONE
    with session.library() as library:
        found = library.resolve(key)
        if add is not None:
            mark = texts.passage_of(parsing.read_parsed(library, found), add, found)
            annotating.highlight(library, found, replace(mark, comment=comment, colour=colour))
        if remove is not None:
            annotating.remove_highlight(library, found, remove)
        if source is not None:
            _take(library, found, source)
        if copy is not None:
            code = _copy(library, found, copy)
            if not as_json:
                return code
        record = library.get(found)
        parsed = parsing.read_parsed(library, found) if record.highlights else None
    marks, lost = record.highlights, parsing.lost(record, parsed) if parsed else ()
    wanted = {tag.lstrip("#").casefold() for tag in tags}
    marks = tuple(mark for mark in marks if wanted.issubset(mark.tags))
    width = min(shutil.get_terminal_size().columns, 100)
    if as_json:
        show.json_document([details.highlight_json(mark, lost=mark in lost) for mark in marks])
    elif marks:
        show.out("\n\n".join("\n".join(details.highlight_lines(mark, width, lost=mark in lost)) for mark in marks))
    elif record.highlights:
        had = sorted({tag for mark in record.highlights for tag in mark.tags})
        known = f"Tags there are: {', '.join(had)}." if had else "Tags are the #words of a highlight's comment."
        show.say(f"No highlight in {found} has {' and '.join(f'#{tag}' for tag in sorted(wanted))}. {known}")
    else:
        show.say(f"No highlights in {found} yet. Mark passages in `paperpath tui`, or here with --add.")
    return code


def _take(library: Library, key: str, source: Path) -> None:
    """Read highlights and remarks from a PDF, and say what came of it."""
    from paperpath.workflow import pdf_marks

    taken = pdf_marks.read_back(library, key, source if source.name else None)
    said = f"{show.plural(len(taken.highlights), 'highlight')} and {show.plural(len(taken.notes), 'remark')} taken over"
    show.say(f"{said}, {taken.known} known.")


def _copy(library: Library, key: str, out: Path) -> int:
    """Write a copy of the PDF, and tell which highlights are not in it."""
    from paperpath.workflow import pdf_marks

    copied = pdf_marks.write_copy(library, key, out)
    for mark in copied.missing:
        words = mark.quote if len(mark.quote) <= SHOWN else f"{mark.quote[:SHOWN]}…"
        show.fail(f"“{words}” was not found on its pages, so it is not marked there.", about=f"highlight {mark.id}")
    done = "Wrote" if copied.changed else "Nothing to change in"
    show.say(f"{done} {out}: {show.plural(copied.highlights, 'highlight')}.")
    return show.SOME_FAILED if copied.missing else show.DONE


COMMANDS: dict[str, click.Command] = {"highlights": highlights}
