"""figures: the figures and tables of a paper, as a list and as pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperpath.cli import details, show, tables
from paperpath.cli.complete import complete_key
from paperpath.cli.finding import view
from paperpath.cli.session import Session, command, json_option
from paperpath.errors import BadFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.model import Caption
    from paperpath.workflow.figures import Cut

DPI, LEAST_DPI, MOST_DPI = 150, 36, 600
"""Dots an inch: the usual ones fill a screen; fewer cannot be read, and print has no use for more."""
COLUMNS = (
    tables.Column("Name", most=16),
    tables.Column("Page", most=4, right=True),
    tables.Column("Caption", share=1),
)


@command("figures")
@click.argument("key", shell_complete=complete_key)
@click.argument("label", nargs=-1)
@click.option(
    "--out", "-o", type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER", help="Write pictures to FOLDER."
)
@click.option("--open", "opened", is_flag=True, help="Show the picture of LABEL in your viewer.")
@click.option(
    "--dpi", type=click.IntRange(LEAST_DPI, MOST_DPI), default=DPI, show_default=True, help="Dots an inch of pictures."
)
@json_option('Print one JSON array: [{"kind", "label", "page", "caption", "file", "problem"}].')
def figures(
    session: Session, key: str, label: tuple[str, ...], out: Path | None, opened: bool, dpi: int, as_json: bool
) -> int:
    """List figures and tables, or cut them out as pictures.

    LABEL is a figure's number, or "table 2", "algorithm 1". With --out pictures are written as PNG, figure-1.png and
    so on, without their captions, and the names of the files are printed. A pipe gets name, page and caption,
    separated by tabs.

    \b
    Examples:
      paperpath figures vaswani2017attention
      paperpath figures vaswani2017attention 1 --open
      paperpath figures vaswani2017attention table 2 --out slides --dpi 300
      paperpath figures vaswani2017attention --out figures
    """
    from paperpath.workflow import figures as verb

    wanted = " ".join(label)
    if opened and not wanted:
        raise click.UsageError(f"Say which one to open, for example: paperpath figures {key} 1 --open")
    with session.library() as library:
        found = library.resolve(key)
        if out is None and not opened:
            _list(verb.captions(library, found, wanted), found, as_json)
            return show.DONE
        folder = out or verb.cache_of(library, found)
        cuts = list(verb.cut(library, found, folder, label=wanted, dpi=dpi))
    return _tell(cuts, found, opened=opened, as_json=as_json)


def _list(captions: Sequence[Caption], key: str, as_json: bool) -> None:
    if as_json:
        show.json_document([details.figure_json(caption) for caption in captions])
        return
    rows = ((f"{caption.kind} {caption.label}", str(caption.page), caption.text) for caption in captions)
    if captions:
        tables.table(COLUMNS, rows)
    else:
        show.say(f"No figures or tables were found in {key}.")


def _tell(cuts: Sequence[Cut], key: str, *, opened: bool, as_json: bool) -> int:
    """Say what became of pictures, and open the first one if that was asked for."""
    if as_json:
        show.json_document(
            [details.figure_json(cut.caption, cut.file, problem=str(cut.error) if cut.error else None) for cut in cuts]
        )
    files = [cut.file for cut in cuts if cut.file]
    errors = [cut.error for cut in cuts if cut.error]
    for cut in cuts:
        if cut.error:
            show.fail(cut.error, about=f"{cut.caption.kind} {cut.caption.label}")
        elif not as_json and not opened:
            show.out(str(cut.file))
    if not cuts:
        show.say(f"No figures or tables were found in {key}.")
    if opened and files and not view(files[0]):
        raise BadFile(f"No viewer could be started. The picture is {files[0]}")
    return show.code_of_all(errors, succeeded=len(files))


COMMANDS: dict[str, click.Command] = {"figures": figures}
