"""The command that shows the terminal interface in a browser; the server is imported by it alone."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import click

from paperpath.cli import show
from paperpath.cli.complete import complete_list
from paperpath.cli.session import Session, command
from paperpath.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping

MISSING = "The server for browsers is not installed. Install it with: pip install 'paperpath[serve]'"


@command("serve")
@click.argument("reading_list", metavar="[LIST]", required=False, shell_complete=complete_list)
@click.option(
    "--port", "-p", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Where to listen; 0: any free."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Listen at this address of the machine instead.")
@click.option("--open/--no-open", "browse", default=True, show_default=True, help="Open the page in your browser.")
def serve(session: Session, reading_list: str | None, port: int, host: str, browse: bool) -> None:
    """Show the terminal interface in a browser.

    The same screens and keys as `paperpath tui`; each tab is a program of its own on the same library. The address ends
    in a secret that is new each time: without it nothing is served, and only this machine is listened to. Ctrl-C ends
    it. It needs the extra `serve`: pip install 'paperpath[serve]'.

    \b
    Examples:
      paperpath serve
      paperpath serve zero-to-hero --port 0
      paperpath serve --no-open | qrencode -t UTF8
      ssh -t -L 8765:localhost:8765 desk paperpath serve --no-open     read at home what is at the desk
    """
    import asyncio
    import contextlib

    try:
        from paperpath.tui import serving
    except ModuleNotFoundError as error:
        if error.name and error.name.partition(".")[0] in ("textual_serve", "aiohttp"):
            raise BadInput(MISSING) from error
        raise
    _ = session.settings  # a setting that cannot be honoured is told here, not in each tab

    def ready(address: str, once: str) -> None:
        show.out(address)
        sys.stdout.flush()
        show.say("Ctrl-C ends it.")
        if browse and not _browse(once):
            show.say("No browser could be started. Open the address above.")

    if not serving.is_loopback(host):
        show.warn(
            "other machines can reach this server, and nothing on the way is encrypted: who listens there learns the"
            " secret. Safer from afar: the default host, and ssh -L 8765:localhost:8765 MACHINE",
            about=host,
        )
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serving.serve(serving.Site(program(session.options, reading_list), host, port), ready))
    show.say("Stopped.")


def program(options: Mapping[str, object], reading_list: str | None) -> str:
    """The line of the shell that starts the interface with the options that were given to us."""
    words = [sys.executable, "-m", "paperpath", "tui"]
    for name, value in options.items():
        option = "--" + name.replace("_", "-")
        if isinstance(value, bool):
            words.append(option if value else f"--no-{option[2:]}")
        else:
            words += [option, str(value)]
    words += ["--", reading_list] if reading_list else []
    # exec: else the shell would stay between us and the program.
    return subprocess.list2cmdline(words) if os.name == "nt" else f"exec {shlex.join(words)}"


def _browse(address: str) -> bool:
    """Whether a browser was asked to open the page.

    In a thread, because some only come back when they are closed and the page waits for us. One that draws into the
    terminal gets nothing to do: Ctrl-C belongs to the server.
    """
    import threading
    import webbrowser

    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    if browser.__class__ is webbrowser.GenericBrowser:
        return False
    threading.Thread(target=browser.open, args=(address,), daemon=True).start()
    return True


COMMANDS: dict[str, click.Command] = {"serve": serve}
