"""Commands that find papers and show them: list, search, show, read, open."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

import click

from paperpath.cli import details, safe, show, tables
from paperpath.cli.complete import complete_key, complete_list
from paperpath.cli.session import Session, command, json_option
from paperpath.cli.words import QUERY_HELP, QueryCommand
from paperpath.errors import BadFile, BadInput

if TYPE_CHECKING:
    from pathlib import Path

    from paperpath.library import Row
    from paperpath.model import Paper

COLUMNS = (
    tables.Column("Key", most=28),
    tables.Column("Year", most=4),
    tables.Column("Authors", share=1),
    tables.Column("Title", share=3),
    tables.Column("Status", most=8),
)
TEXT_WIDTH = 100
"""Lines of running text are not wider than this, because wider ones are hard to read."""


@command("list", cls=QueryCommand, epilog=QUERY_HELP)
@click.argument("query", nargs=-1)
@click.option("--list", "-l", "list_name", metavar="LIST", shell_complete=complete_list, help="Only papers of LIST.")
@json_option("Print one JSON array; the elements have the shape of `show --json`.")
def list_(session: Session, query: tuple[str, ...], list_name: str | None, as_json: bool) -> None:
    """List papers by their metadata.

    A terminal gets a table; a pipe gets key, year, authors, title and status, separated by tabs.

    \b
    Examples:
      paperpath list
      paperpath list author:hinton -status:read
      paperpath list --list zero-to-hero year:2017
      paperpath list tag:todo | cut -f1 | xargs paperpath fetch
    """
    wanted = " ".join(query)
    with session.library() as library:
        if as_json:
            show.json_document([details.record_json(r) for r in library.records(wanted, list_name=list_name)])
            return
        rows = library.rows(wanted, list_name=list_name)
    tables.table(COLUMNS, (_cells(row) for row in rows))
    if rows:
        show.say(show.plural(len(rows), "paper"))
    else:  # `search` knows no fields
        advice = "" if ":" in wanted or not wanted else f" To look into texts and notes: paperpath search {wanted}"
        show.say(f"No paper matches.{advice}")


def _cells(row: Row) -> tuple[str, ...]:
    return row.key, str(row.year or ""), row.byline, row.title, row.status


@command("search", cls=QueryCommand)
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", "-n", type=click.IntRange(1, 1000), default=50, show_default=True, help="At most N passages.")
@json_option(
    'Print one JSON array: [{"key", "title", "kind", "section", "page", "passage", "matches", "score"}];'
    " matches are [start, end] in passage."
)
def search(session: Session, query: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Search the full text of papers and notes.

    Words must all occur in the same passage. A phrase stands in double quotes, which the shell wants quoted again; a
    star at the end finds what begins so; -word leaves out. A pipe gets key, page, section and passage, separated by
    tabs.

    \b
    Examples:
      paperpath search vanishing gradient
      paperpath search '"layer normalization"' -batch
      paperpath search regulari* --json
    """
    from paperpath.workflow import finding

    if not any(letter.isalnum() for word in query for letter in word):
        raise BadInput("Say words to look for: paperpath search vanishing gradient")
    with session.library() as library:
        hits = finding.search(library, " ".join(query), limit=limit)
    if as_json:
        show.json_document([details.hit_json(hit) for hit in hits])
    elif sys.stdout.isatty() and hits:
        show.out(details.hits_text(hits, min(shutil.get_terminal_size().columns, TEXT_WIDTH)))
    else:
        cells = (
            (hit.key, str(hit.page or ""), hit.section or hit.kind, details.unmark(hit.passage)[0]) for hit in hits
        )
        tables.table((), cells)
    if not hits:
        show.say("Nothing found. Papers that are not fetched yet are searched by title, authors and abstract only.")


@command("show")
@click.argument("key", shell_complete=complete_key)
@click.option("--provenance", is_flag=True, help="Show where each field came from and when, instead.")
@json_option(
    "Print one JSON object: metadata, status, tags, PDF, files, places on lists, and provenance of each field."
)
def show_(session: Session, key: str, provenance: bool, as_json: bool) -> None:
    """Show what the library knows about a paper.

    KEY is a citation key, or an arXiv id, DOI or URL of a paper in the library.

    Each field knows its source: arXiv, the file of an import, a reading list, a PDF, the service that told of the
    published version, the doctor, or you. It is not known for what was there before paperpath kept it.

    \b
    Examples:
      paperpath show vaswani2017attention
      paperpath show vaswani2017attention --provenance
      paperpath show 1706.03762 --json
    """
    from paperpath.workflow import finding

    with session.library() as library:
        shown = finding.show(library, key)
    if as_json:
        show.json_document(details.shown_json(shown))
    else:
        text = details.provenance_text if provenance else details.shown_text
        show.out(text(shown, min(shutil.get_terminal_size().columns, TEXT_WIDTH)))


@command("read")
@click.argument("key", shell_complete=complete_key)
@click.option("--lines", is_flag=True, help="Read plain lines, section by section; for screen readers.")
def read(session: Session, key: str, lines: bool) -> None:
    """Read the text of a paper in the pager.

    The pager is $PAGER, or less. Into a pipe or a file goes the text itself, as Markdown. For reading with outline,
    highlights and notes use `paperpath tui`.

    --lines is for screen readers, braille and voices: one sentence a line, without boxes, colours or moves of the
    cursor, and what type and place tell the eye is said, as in "Section 3.2: Attention" or "Figure 2. The model". On a
    terminal it goes on by section: Enter the next, b the one before, c the contents, h highlights the last sentence
    and `h WORDS` the last one with these words, `n WORDS` writes into your note, q quits. It begins where you left the
    paper, here or in the interface. Into a pipe it prints everything.

    \b
    Examples:
      paperpath read vaswani2017attention
      paperpath read vaswani2017attention > attention.md
      paperpath read vaswani2017attention --lines
      paperpath read vaswani2017attention --lines | espeak-ng
    """
    from paperpath.workflow import finding

    if lines:
        _read_lines(session, key)
        return
    with session.library() as library:
        shown = finding.show(library, key)
    if shown.text is None:
        raise _not_here("text", shown.record.key)
    text = shown.text.read_text(encoding="utf-8")
    if sys.stdout.isatty():
        click.echo_via_pager(safe.block(text))
    else:
        show.out(safe.block(text))


def _read_lines(session: Session, key: str) -> None:
    from paperpath.cli import line_reader
    from paperpath.tui.reading import gather

    with session.library() as library:
        opened = gather(library, library.resolve(key))
        if not opened.document.parsed:
            raise BadInput(opened.trouble) if opened.trouble else _not_here("text", opened.record.key)
        if line_reader.someone_is_there():
            line_reader.read(library, opened)
        else:
            line_reader.print_all(opened)


@command("open")
@click.argument("key", shell_complete=complete_key)
@click.option("--web", is_flag=True, help="Open its page (arXiv, DOI or URL) in the browser instead.")
@click.option("--path", "only_path", is_flag=True, help="Print where the PDF is, and open nothing.")
def open_(session: Session, key: str, web: bool, only_path: bool) -> None:
    """Open the PDF of a paper in your viewer.

    \b
    Examples:
      paperpath open vaswani2017attention
      paperpath open vaswani2017attention --web
      zathura "$(paperpath open vaswani2017attention --path)"
    """
    from paperpath.workflow import finding

    with session.library() as library:
        shown = finding.show(library, key)
    if web:
        _browse(shown.record.paper)
    elif shown.pdf is None:
        raise _not_here("PDF", shown.record.key)
    elif only_path:
        show.out(str(shown.pdf))
    elif not view(shown.pdf):
        raise BadFile(f"No PDF viewer could be started. The file is {shown.pdf}")


def view(file: Path) -> bool:
    """Whether the system's viewer could be started with ``file``.

    Not ``click.launch``: that lets ``xdg-open`` fail in the background and write its trouble into the terminal. Some
    systems hand the file over and return, others run the viewer itself and stay, so two seconds decide.
    """
    import subprocess

    if sys.platform == "win32":
        os.startfile(file)  # noqa: S606 - our own file, opened as a double click would
        return True
    opener = "open" if sys.platform == "darwin" else "xdg-open"
    quiet = subprocess.DEVNULL
    try:
        viewer = subprocess.Popen([opener, str(file)], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
        return viewer.wait(2) == 0
    except OSError:
        return False
    except subprocess.TimeoutExpired:
        return True


def _not_here(what: str, key: str) -> BadInput:
    return BadInput(f"The {what} of {key} is not here yet. Bring it with: paperpath fetch {key}")


def _browse(paper: Paper) -> None:
    import webbrowser

    page = paper.web_page
    if page is None:
        raise BadInput(f"No web page is known for {paper.key}: it has neither arXiv id nor DOI nor URL.")
    if not webbrowser.open(page):
        raise BadFile(f"No browser could be started; set $BROWSER. The page is {page}")


COMMANDS: dict[str, click.Command] = {
    "list": list_,
    "search": search,
    "show": show_,
    "read": read,
    "open": open_,
}
