"""Commands that look after the library: doctor, undo, redo, history, backup."""

from __future__ import annotations

import shutil
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperpath.cli import safe, show, tables
from paperpath.cli.session import Session, command, json_option

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperpath.model import Change
    from paperpath.workflow.caring import Treated


@command("doctor")
@click.option("--fix", is_flag=True, help="Mend what can be mended without losing anything.")
@click.option(
    "--check",
    "checks",
    multiple=True,
    metavar="NAME",
    help="Only this: files, metadata, or the code of a finding such as title-full-stop. May be given several times.",
)
@json_option(
    'Print one JSON array: [{"code", "key", "field", "severity", "message", "fixable", "fixed", "trouble"}];'
    " severity is error, warning or hint."
)
def doctor(session: Session, fix: bool, checks: tuple[str, ...], as_json: bool) -> int:
    """Look the library over, and mend it.

    It looks at the database, the index, PDFs and their checksums, notes with their links, and reading lists (files),
    and at titles, names, dates, identifiers and missing fields of each paper (metadata). Each kind of thing that is
    mended in metadata is one line of `paperpath history`, which `paperpath undo` takes back; the heads of notes follow.
    No PDF and no note is ever deleted.

    Hints, such as a preprint that has appeared in a journal, are shown by --check and --json only. The exit code is 0
    when there is nothing wrong but hints, or nothing any more, and 1 otherwise. A pipe gets code, key and message,
    separated by tabs.

    \b
    Examples:
      paperpath doctor
      paperpath doctor --fix
      paperpath doctor --check metadata
      paperpath doctor --check preprint-published --json
    """
    from paperpath.workflow import caring

    with session.library() as library:
        found = caring.doctor(library, fix, checks)
    hints = 0 if checks or as_json else sum(finding.severity == "hint" for finding in found)
    findings = [finding for finding in found if finding.severity != "hint"] if hints else found
    left = [finding for finding in findings if not finding.fixed]
    if as_json:
        names = ("code", "key", "field", "severity", "message", "fixable", "fixed", "trouble")
        show.json_document([{name: getattr(finding, name) for name in names} for finding in findings])
    else:
        rows = [(finding.code, finding.key or "", _words(finding)) for finding in findings]
        if sys.stdout.isatty():
            for text in _grouped(rows, shutil.get_terminal_size().columns):
                show.out(text)
        else:
            tables.table((), rows)
    if hints:
        show.say(f"{show.plural(hints, 'hint')} besides. To see them: paperpath doctor --check metadata")
    show.say(f"{session.settings.home}: {_summary(findings, left, fix=fix)}")
    return show.SOME_FAILED if any(finding.severity != "hint" for finding in left) else show.DONE


def _summary(findings: Sequence[Treated], left: Sequence[Treated], *, fix: bool) -> str:
    if not findings:
        return "nothing is wrong."
    if fix:
        return f"{show.plural(len(findings) - len(left), 'finding')} mended, {len(left)} left."
    if any(finding.fixable for finding in left):
        return f"{show.plural(len(left), 'finding')}. To mend what can be mended: paperpath doctor --fix"
    if any(finding.severity != "hint" for finding in left):
        return f"{show.plural(len(left), 'finding')}. None is for --fix; each says what to do."
    return f"{show.plural(len(left), 'hint')}, and nothing is wrong."


def _grouped(rows: Sequence[tuple[str, str, str]], width: int) -> Iterator[str]:
    """Each message once and whole, with the papers it is said of: a table would cut off what to do."""
    papers: dict[tuple[str, str], list[str]] = {}
    for code, key, message in rows:
        papers.setdefault((code, message), []).append(key)
    for (code, message), keys in papers.items():
        of = [safe.line(key) for key in keys if key]
        alone = of[0] if len(of) == 1 else f"({show.plural(len(of), 'paper')})" if of else ""
        yield f"{show.style(code, bold=True)}  {alone}".rstrip()
        yield textwrap.fill(safe.line(message), width, initial_indent="  ", subsequent_indent="  ")
        if len(of) > 1:
            lines = textwrap.fill(
                ", ".join(of),
                width,
                initial_indent="  ",
                subsequent_indent="  ",
                break_long_words=False,
                break_on_hyphens=False,
            )
            yield show.style(lines, dim=True)


def _words(finding: Treated) -> str:
    trouble = f" It could not be mended: {finding.trouble}" if finding.trouble else ""
    message = finding.message.removeprefix(f"{finding.key}: ")  # the key has a column of its own
    return ("Mended: " if finding.fixed else "") + message + trouble


@command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--restore", is_flag=True, help="Bring FILE back instead of writing it.")
@click.option("--without-papers", is_flag=True, help="Leave PDFs and their texts out; they can be fetched again.")
def backup(session: Session, file: Path, restore: bool, without_papers: bool) -> None:
    """Write the whole library into one file, or bring it back.

    The copy is of one moment, even while other programs write. It is an ordinary zip: database, notes, your reading
    lists and the papers. Bringing one back keeps what was there before in a folder beside it.

    \b
    Examples:
      paperpath backup ~/paperpath.zip
      paperpath backup --without-papers /media/stick/paperpath.zip
      paperpath backup --restore ~/paperpath.zip
    """
    from paperpath.workflow import caring

    if restore:
        kept = caring.restore(session.settings.home, file)
        show.say(f"Restored {session.settings.home} from {file}." + (f" What was there is in {kept}" if kept else ""))
        return
    with session.library() as library:
        caring.backup(library, file, papers=not without_papers)
    show.say(f"Wrote {file} ({file.stat().st_size / 1e6:.1f} MB). To bring it back: paperpath backup --restore {file}")


@command("undo")
def undo(session: Session) -> None:
    """Take back the last change.

    That is a status, tags, words in a note, a highlight, a key, metadata that was mended or taken over, or papers that
    were added, imported, merged or removed. Works across restarts and for changes made in the terminal interface. Run
    it again for the change before.

    \b
    Examples:
      paperpath undo
      paperpath history                  what there is to take back
    """
    from paperpath.workflow import caring

    with session.library() as library:
        change = caring.undo(library)
    show.say(f"Taken back: {safe.line(change.what)}. To make it again: paperpath redo")


@command("redo")
def redo(session: Session) -> None:
    """Make the change again that `undo` took back.

    \b
    Examples:
      paperpath redo
    """
    from paperpath.workflow import caring

    with session.library() as library:
        change = caring.redo(library)
    show.say(f"Made again: {safe.line(change.what)}. To take it back: paperpath undo")


@command("history")
@click.option("--limit", "-n", type=click.IntRange(1, 10_000), default=50, show_default=True, help="At most N changes.")
@json_option('Print one JSON array: [{"id", "at", "what", "state"}], newest first; state is done, undone or dropped.')
def history(session: Session, limit: int, as_json: bool) -> None:
    """Show the changes made to the library, newest first.

    Those marked undone can be made again with `redo`; those marked dropped cannot, because another change came after
    they were taken back.

    \b
    Examples:
      paperpath history
      paperpath history -n 500 --json
    """
    from paperpath.workflow import caring

    with session.library() as library:
        changes = caring.history(library, limit)
    if as_json:
        show.json_document([{"id": c.id, "at": c.at, "what": c.what, "state": c.state} for c in changes])
        return
    columns = (tables.Column("When", most=16), tables.Column("Change", share=1), tables.Column("State", most=8))
    tables.table(columns, [(_local(c), c.what, "" if c.state == "done" else c.state) for c in changes])
    if not changes:
        show.say("No change has been made yet.")


def _local(change: Change) -> str:
    """The time of a change on the reader's own clock."""
    from datetime import datetime

    return datetime.fromisoformat(change.at).astimezone().strftime("%Y-%m-%d %H:%M")


COMMANDS: dict[str, click.Command] = {
    "doctor": doctor,
    "undo": undo,
    "redo": redo,
    "history": history,
    "backup": backup,
}
