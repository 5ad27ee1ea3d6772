"""The command that opens the terminal interface; Textual is imported by it alone."""

from __future__ import annotations

import os
import sys

import click

from paperpath.cli import show
from paperpath.cli.complete import complete_list
from paperpath.cli.session import Session, command
from paperpath.errors import BadInput


@command("tui")
@click.argument("reading_list", metavar="[LIST]", required=False, shell_complete=complete_list)
@click.option("--show-keys", is_flag=True, help="Print the id and keys of every action, for config.toml.")
def tui(session: Session, reading_list: str | None, *, show_keys: bool) -> None:
    """Open the terminal interface.

    The library, the reading lists, the papers' text, your notes and highlights, all under the keyboard; press ? in it
    for the keys. LIST is the reading list to begin with. Every key can be another one: copy its line from --show-keys
    into the table [keys] of config.toml.

    \b
    Examples:
      paperpath tui
      paperpath tui zero-to-hero
      paperpath tui --ascii              for terminals without box characters
      paperpath tui --theme contrast-dark
      paperpath tui --show-keys          all keys, as lines for config.toml
    """
    from paperpath.tui import run

    settings = session.settings
    if show_keys:
        from paperpath.tui import key_check

        show.out(key_check.listing(key_check.keymap(settings.keys, settings.origins)))
        return
    # `paperpath serve` runs us with a browser for a terminal, by the way that Textual has for that.
    served = os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver")
    if not (served or (sys.stdin.isatty() and sys.stdout.isatty())):
        raise BadInput("The interface needs a terminal. For scripts and pipes there is: paperpath list --json")
    run(
        settings.home,
        settings.access(),
        reading_list,
        make_key=settings.key_formula,
        ascii=settings.ascii,
        keys=settings.keys,
        theme=settings.theme,
        origins=settings.origins,
        services=settings.citing_services(),
        meaning=session.meaning,
    )


COMMANDS: dict[str, click.Command] = {"tui": tui}
