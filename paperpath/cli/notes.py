"""The command that takes the reader's notes and highlights out of the library: as Markdown, or into a vault."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperpath.cli import safe, show
from paperpath.cli.complete import complete_key, complete_list
from paperpath.cli.session import Session, command, json_option
from paperpath.cli.words import QUERY_HELP, QueryCommand
from paperpath.errors import BadInput, UnknownPaper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.library import Library
    from paperpath.workflow.vault import Exported


@command("notes", cls=QueryCommand, epilog=QUERY_HELP)
@click.argument("query", nargs=-1, metavar="[KEY | QUERY]...", shell_complete=complete_key)
@click.option("--list", "-l", "list_name", metavar="LIST", shell_complete=complete_list, help="Only papers of LIST.")
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Write a page for each paper into FOLDER, such as one of an Obsidian vault.",
)
@click.option("--dry-run", "-n", is_flag=True, help="With --into: tell what would happen, and change nothing.")
@json_option('With --into: print one JSON array: [{"key", "file", "state", "problems"}].')
def notes(
    session: Session, query: tuple[str, ...], list_name: str | None, into: Path | None, dry_run: bool, as_json: bool
) -> int:
    """Write notes and highlights as Markdown, or for Obsidian.

    Without --into, highlights in the order of the paper and your own words, as plain Markdown on standard output, for
    one paper or for all that a query finds; papers that have neither are left out.

    With --into FOLDER every paper gets a page, @KEY.md: citekey, title, authors, year, status, tags, DOI and arXiv id
    in its front matter, [[links]] to authors and to the papers of your library that it cites, each highlight as a quote
    with its page, colour, comment and a block id (link to it as [[@KEY#^h12]]), and your note. Run it again whenever
    you like: only the parts between paperpath's markers and its own keys are brought up to date. What you write
    outside the markers stays, to the letter; so do properties, tags and a status of your own. Where you wrote between
    the markers, that part is left as it is and you are told. Pages may be renamed and moved within FOLDER, and are
    found again by their citekey, also when the key of the paper has changed. Nothing is deleted, files that are not
    from paperpath are left alone, and nothing outside of FOLDER is touched.

    For each page that is not as it was one line is printed: new, changed or left, key and file, separated by tabs.

    \b
    Examples:
      paperpath notes vaswani2017attention
      paperpath notes tag:thesis > thesis.md
      paperpath notes --into ~/Vault/Papers --dry-run
      paperpath notes --into ~/Vault/Papers
      paperpath notes 'has:highlight or has:note' --into ~/Vault/Papers
    """
    from paperpath.workflow import vault

    if into is None and (dry_run or as_json):
        raise BadInput("--dry-run and --json go with --into FOLDER: paperpath notes --into FOLDER --dry-run")
    with session.library() as library:
        keys = _selected(library, query, list_name)
        if into is not None:
            return _tell(list(vault.export_pages(library, into, keys, dry_run=dry_run)), into, dry_run, as_json)
        text = vault.markdown(library, keys)
    if text:
        show.out(safe.block(text.rstrip("\n")))
    else:
        show.say("No notes and no highlights there yet. Write some: paperpath note KEY, paperpath highlights KEY --add")
    return show.DONE


def _selected(library: Library, query: Sequence[str], list_name: str | None) -> list[str]:
    """The paper whose key or id was typed, or all that the words find."""
    if len(query) == 1 and list_name is None:
        try:
            return [library.resolve(query[0])]
        except UnknownPaper:
            pass
    wanted = " ".join(query)
    keys = [row.key for row in library.rows(wanted, list_name=list_name)]
    if not keys and (wanted or list_name):
        raise BadInput("No paper matches, so nothing was written. To try the query: paperpath list " + wanted)
    return keys


def _tell(pages: Sequence[Exported], folder: Path, dry_run: bool, as_json: bool) -> int:
    if as_json:
        rows = [
            {"key": one.key, "file": str(one.path), "state": one.state, "problems": list(one.problems)} for one in pages
        ]
        show.json_document(rows)
    else:
        for one in pages:
            if one.state != "same":
                show.out("\t".join(map(safe.line, (one.state, one.key, str(one.path)))))
    for one in pages:
        for problem in one.problems:
            show.fail(problem, about=str(one.path))
    count = Counter(one.state for one in pages)
    said = f"{folder}: {count['new']} new, {count['changed']} changed, {count['same']} as they were"
    said += f", {count['left']} left alone." if count["left"] else "."
    show.say(said + (" Nothing was changed." if dry_run else ""))
    return show.SOME_FAILED if any(one.problems for one in pages) else show.DONE


COMMANDS: dict[str, click.Command] = {"notes": notes}
