"""How a folder of PDFs is imported in a terminal: progress, one line a file, and the uncertain ones one by one."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from paperpath.cli import safe, show
from paperpath.cli.progress import Progress
from paperpath.cli.session import Session, stoppable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from paperpath.library import Library
    from paperpath.model import Paper
    from paperpath.workflow.pdf_folder import Folder, Found

_MOST_AUTHORS = 3


def import_folder(session: Session, library: Library, path: Path, *, dry_run: bool) -> int:
    """Import the PDFs of a folder; the exit code."""
    from paperpath.workflow.pdf_folder import Folder

    with Folder(library, path) as folder:
        found = _surveyed(session, folder)
        chosen = [one for one in found if one.state == "certain"]
        unsure = [one for one in found if one.state == "uncertain"]
        failed = [one for one in found if one.error is not None]
        skipped: list[Found] = []
        if dry_run:
            for one in found:
                _tell("new" if one.state == "certain" and not one.key else one.state, one)
        else:
            if unsure and _someone_is_there():
                accepted, skipped = _reviewed(unsure)
                chosen, unsure = chosen + accepted, []
            failed += _brought(session, folder, chosen)
            for one in skipped:
                _tell("skipped", one)
            for one in unsure:
                _tell("uncertain", one)
    for one in failed:
        show.fail(str(one.error), about=str(one.path))
    _conclude(found, len(chosen), unsure, failed, dry_run=dry_run)
    return show.SOME_FAILED if unsure or failed else show.DONE


def _surveyed(session: Session, folder: Folder) -> list[Found]:
    from paperpath.workflow.pdf_folder import Reading

    settings = session.settings
    found: list[Found] = []
    with Progress("Reading", ascii_only=settings.ascii) as progress, stoppable() as stop:
        for step in folder.survey(settings.access(), workers=settings.workers, stop=stop):
            if isinstance(step, Reading):
                progress.now(step.what)
                progress.at(step.done, step.total)
            else:
                found.append(step)
    return sorted(found, key=lambda one: one.path)


def _brought(session: Session, folder: Folder, chosen: Sequence[Found]) -> list[Found]:
    """Add what was chosen; those that could not be."""
    from dataclasses import replace

    failed = []
    with Progress("Adding", len(chosen), ascii_only=session.settings.ascii) as progress:
        for done, (one, end) in enumerate(
            zip(chosen, folder.bring(chosen, make_key=session.settings.make_key), strict=True), 1
        ):
            progress.at(done, len(chosen))
            if end.error is not None:
                failed.append(replace(one, error=end.error))
                continue
            state = "attached" if one.key else "added"
            progress.result(_line(state if end.new else "known", end.key, one))
    return failed


def _tell(state: str, one: Found) -> None:
    if one.error is None:
        show.out(_line(state, one.key or "", one))


def _line(state: str, key: str, one: Found) -> str:
    title = one.paper.title if one.paper else ""
    cells = (state, key, str(one.path), title, *((_ids(one.paper), one.why) if state in ("uncertain", "known") else ()))
    return "\t".join(safe.line(cell) for cell in cells).rstrip("\t")


def _ids(paper: Paper | None) -> str:
    return ", ".join(map(str, paper.ids)) if paper else ""


def _conclude(
    found: Sequence[Found], chosen: int, unsure: Sequence[Found], failed: Sequence[Found], *, dry_run: bool
) -> None:
    states = Counter(one.state for one in found)
    show.say(
        f"{show.plural(len(found), 'PDF')}: {chosen} identified, {states['known']} here already,"
        f" {len(unsure)} uncertain, {len(failed)} failed." + (" Nothing was changed." if dry_run else "")
    )
    if unsure and not dry_run:
        show.say(
            "What is uncertain was left out. Run this in a terminal to decide on each, or add one as it is, to be"
            " checked later: paperpath add FILE.pdf"
        )


# --------------------------------------------------------------------------- the review


def _reviewed(unsure: Sequence[Found]) -> tuple[list[Found], list[Found]]:
    """What a person accepts, and what is left."""
    from paperpath.workflow.pdf_folder import retitled

    _table(unsure)
    accepted: list[Found] = []
    left: list[Found] = []
    for number, one in enumerate(unsure, 1):
        while True:
            _show(number, len(unsure), one)
            answer = click.prompt("[a]ccept, edit the [t]itle, [s]kip, skip all and [e]nd", err=True, default="a")
            match answer.strip().lower()[:1]:
                case "a":
                    accepted.append(one)
                    break
                case "t":
                    title = click.prompt("Title", default=one.paper.title if one.paper else "", err=True)
                    one = retitled(one, title) if title.strip() else one
                case "s":
                    left.append(one)
                    break
                case "e":
                    return accepted, [*left, one, *unsure[number:]]
    return accepted, left


def _table(unsure: Sequence[Found]) -> None:
    """All of them at a glance, before the first question."""
    show.say(f"{show.plural(len(unsure), 'PDF')} to decide on:")
    width = len(str(len(unsure)))
    for number, one in enumerate(unsure, 1):
        title = one.paper.title if one.paper else ""
        show.say(f"  {number:{width}}  {safe.line(one.path.name)}: {safe.line(title)}")


def _show(number: int, total: int, one: Found) -> None:
    show.say(f"\n{number} of {total}  {safe.line(str(one.path))}")
    for name, text in _facts(one):
        show.say(f"  {name:8} {safe.line(text)}")


def _facts(one: Found) -> Iterator[tuple[str, str]]:
    if one.paper is not None:
        names = [str(author) for author in one.paper.authors]
        more = f" and {len(names) - _MOST_AUTHORS} more" if len(names) > _MOST_AUTHORS else ""
        yield "title", one.paper.title
        yield "authors", ", ".join(names[:_MOST_AUTHORS]) + more or "none were read"
        yield "id", _ids(one.paper) or "none was read"
    if one.key:
        yield "is", f"{one.key} of the library, which would get the PDF"
    yield "unsure", one.why


def _someone_is_there() -> bool:
    """Whether a question would be seen and could be answered."""
    return sys.stdin.isatty() and sys.stderr.isatty()
