"""The command that cites: a few words, or a choice in the terminal → what a manuscript takes."""

from __future__ import annotations

import base64
import sys
from typing import TYPE_CHECKING

import click

from paperpath.cli import safe, show
from paperpath.cli.complete import complete_key, complete_style
from paperpath.cli.session import Session, command
from paperpath.errors import BadInput

if TYPE_CHECKING:
    from paperpath.library import Row

FORMS = ("latex", "pandoc", "typst", "org", "key")
"""The names of ``workflow.citing.FORMS``: a command imports the workflow when it runs, not to show its help."""
_NAMED = 6


@command("cite")
@click.argument("words", nargs=-1, shell_complete=complete_key)
@click.option("--form", "-f", type=click.Choice(FORMS), default=FORMS[0], help="Default: latex.")
@click.option("--command", "-c", "macro", default="", metavar="NAME", help="citep, textcite …; for org its style.")
@click.option("--reference", "-r", is_flag=True, help="Print the reference itself, formatted by pandoc.")
@click.option(
    "--style",
    metavar="STYLE",
    shell_complete=complete_style,
    help="For --reference: apa, ieee, nature … or a .csl file. Default: Chicago.",
)
@click.option("--first", "-1", is_flag=True, help="Take the likeliest paper; ask nothing.")
@click.option("--copy", is_flag=True, help="Put it into the terminal's clipboard too (OSC 52).")
def cite(
    session: Session,
    words: tuple[str, ...],
    form: str,
    macro: str,
    reference: bool,
    style: str | None,
    first: bool,
    copy: bool,
) -> int:
    """Print a citation for a manuscript, or a reference.

    WORDS are citation keys, or words of title, authors and year. When more than one paper fits, choose in the terminal:
    type to narrow, tab picks several, enter cites. The choice is drawn on standard error, so that editors and
    $(paperpath cite) get the citation alone.

    With --reference, STYLE is apa, chicago, harvard, ieee, mla, nature or vancouver, a style that Zotero or pandoc have
    installed, or a .csl file. --reference-style and config.toml set one for all times.

    \b
    Examples:
      paperpath cite                               choose, and print \\cite{...}
      paperpath cite attention vaswani             prints \\cite{vaswani2017attention}
      paperpath cite vaswani2017attention kingma2015adam -c citep
      paperpath cite bert --first --form pandoc    prints [@devlin2019bert]
      paperpath cite adam --reference --copy
      paperpath cite vaswani2017attention --reference --style apa
    """
    from paperpath.workflow import citing

    if style and not reference:
        raise BadInput("--style is for references: paperpath cite KEY --reference --style apa")
    with session.library() as library:
        keys = _chosen(session, library.rows(), words, first=first)
        papers = [library.get(key).paper for key in keys]
    if not keys:
        return show.INTERRUPTED
    if reference:
        text = citing.references(papers, style or str(session.settings.reference_style))
    else:
        text = citing.citation(keys, form, macro)
    show.out(safe.block(text))
    if copy:
        _copy(text)
    return show.DONE


def _chosen(session: Session, rows: list[Row], words: tuple[str, ...], *, first: bool) -> list[str]:
    """The keys that are meant; none when one left without choosing."""
    from paperpath.library.ranking import ranked

    by_key = {row.key.lower(): row.key for row in rows}
    if words and all(word.lower() in by_key for word in words):
        return [by_key[word.lower()] for word in words]
    text = " ".join(words)
    found = ranked(rows, text)
    if not found:
        raise BadInput(f"No paper fits {text!r}. `paperpath list` shows all of them." if rows else "There is no paper.")
    if first or (words and len(found) == 1):
        return [found[0].key]
    if sys.stdin.isatty() and sys.stderr.isatty():
        from paperpath.tui import chosen_keymap
        from paperpath.tui.picker import pick

        settings = session.settings
        keymap = chosen_keymap(settings.keys, settings.origins)
        return list(pick(rows, text, ascii=settings.ascii, keymap=keymap))
    if not words:
        raise BadInput("Which paper? Name its key or some words; a choice needs a terminal.")
    raise BadInput(
        f"{show.plural(len(found), 'paper')} fit: {show.names((row.key for row in found), _NAMED)}."
        " Name one by its key, or take the likeliest with --first."
    )


def _copy(text: str) -> None:
    if not sys.stderr.isatty():
        raise BadInput("The clipboard is that of a terminal, and there is none.")
    sys.stderr.write(f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\a")
    sys.stderr.flush()
    show.say("Copied.")


COMMANDS: dict[str, click.Command] = {"cite": cite}
