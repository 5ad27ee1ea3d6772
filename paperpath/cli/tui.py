"""The command that opens the terminal interface; Textual is imported by it alone."""

from __future__ import annotations

import sys

import click

from paperpath.cli.complete import complete_list
from paperpath.cli.session import Session, command
from paperpath.errors import BadInput


@command("tui")
@click.argument("reading_list", metavar="[LIST]", required=False, shell_complete=complete_list)
def tui(session: Session, reading_list: str | None) -> None:
    """Open the terminal interface.

    The library, the reading lists, the papers' text, your notes and highlights, all under the keyboard; press ? in it
    for the keys. LIST is the reading list to begin with.

    \b
    Examples:
      paperpath tui
      paperpath tui zero-to-hero
      paperpath tui --ascii              for terminals without box characters
    """
    from paperpath.tui import run

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise BadInput("The interface needs a terminal. For scripts and pipes there is: paperpath list --json")
    settings = session.settings
    run(settings.home, settings.access(), reading_list, make_key=settings.key_formula, ascii=settings.ascii)


COMMANDS: dict[str, click.Command] = {"tui": tui}
