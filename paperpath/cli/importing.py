"""The command that takes over what other programs keep: import."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperpath.cli import safe, show
from paperpath.cli.papers import expanded
from paperpath.cli.progress import Progress
from paperpath.cli.reviewing import import_folder
from paperpath.cli.session import Session, command, json_option, stoppable
from paperpath.errors import BadInput, Cancelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.library import Library
    from paperpath.workflow.companions import Gains
    from paperpath.workflow.importing import FileProblem, Files
    from paperpath.workflow.linked_files import Linked


@command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path())
@click.option("--dry-run", "-n", is_flag=True, help="Tell what would happen, and change nothing.")
@click.option("--keywords", is_flag=True, help="Make tags of keywords too, whoever chose them.")
@click.option("--no-files", is_flag=True, help="Do not copy the PDFs that the entries link to.")
@json_option('Print one JSON document: {"new", "known", "problems": [{"file", "line", "severity", "message"}]}.')
def import_(
    session: Session, files: tuple[str, ...], dry_run: bool, keywords: bool, no_files: bool, as_json: bool
) -> int:
    """Import what other programs keep, or a folder of PDFs.

    FILE is BibTeX (.bib), CSL-JSON or Better BibTeX JSON (.json), RIS (.ris), Zotero RDF (.rdf), or Zotero's own
    database (zotero.sqlite), also while Zotero is running. Keys are kept where they are free. A paper that is known
    only gets the fields it lacked. What cannot be read is an error, named with its line, and the rest is imported; then
    the exit code is 1. What was read but is doubtful or had to be changed is a warning, and the exit code stays 0. A
    pipe gets the keys of the new papers.

    Groups, collections and tags become tags, notes are put at the end of the paper's note, highlights and whether a
    paper was read are kept. PDFs that the entries link to and that are on this machine are copied and read. All files
    are one change: it happens whole or not at all, and `paperpath undo` takes it back, except for copied PDFs.
    Importing a file again changes nothing. docs/moving.md says what does not come along.

    Of a folder, all PDFs are read. One whose first page prints an id is added if the title of that paper agrees. What
    is uncertain you decide in a terminal, one by one: accept, correct the title, or skip. Without a terminal it is
    listed and left out, and the exit code is 1. A PDF that is in the library already changes nothing.

    \b
    Examples:
      paperpath import library.bib
      paperpath import library.bib --dry-run
      paperpath import ~/Zotero/zotero.sqlite
      paperpath import ~/Papers
      paperpath import thesis.bib zotero.json endnote.ris
    """
    if not all(name.strip() for name in files):  # what an unset variable leaves; as a path it is this folder
        raise BadInput('A FILE is empty (""). Nothing was imported.')
    data = (
        path / "zotero.sqlite" for path in expanded([Path(name) for name in files])
    )  # Zotero's data folder stands for its database
    paths = [one if one.is_file() else one.parent for one in data]
    folders = [path for path in paths if path.is_dir()]
    if as_json and folders:
        raise BadInput(f"--json is for files of references, and {folders[0]} is a folder. Nothing was imported.")
    if references := [path for path in paths if path not in folders]:
        run = _previewed if dry_run else _imported
        code = run(session, references, keywords=keywords, no_files=no_files, as_json=as_json)
    else:
        code = show.DONE
    for folder in folders:
        with session.library() as library:
            code = import_folder(session, library, folder, dry_run=dry_run) or code
    return code


def _imported(session: Session, paths: Sequence[Path], *, keywords: bool, no_files: bool, as_json: bool) -> int:
    from paperpath.workflow import importing

    with session.library() as library:
        result = importing.import_files(library, paths, make_key=session.settings.make_key, keywords=keywords)
        if result.added and not as_json and not sys.stdout.isatty():
            show.out("\n".join(result.added))
        attached, failed = (0, 0) if no_files else _attached(session, library, result.files.found)
    if as_json:
        _out_json(result.added, result.known, result.problems)
    _tell_problems(result.problems)
    said = f"{show.plural(len(result.added), 'new paper')}, {len(result.known)} known."
    parts = (said, _repeated(result.repeated), _gained(result.gained, attached), _counted(result.problems))
    show.say(" ".join(filter(None, parts)))
    if not no_files:
        _tell_files(result.files)
    return show.SOME_FAILED if _errors(result.problems) or failed else show.DONE


def _attached(session: Session, library: Library, found: Sequence[Linked]) -> tuple[int, int]:
    """Copy and read the PDFs; how many are new, and how many failed."""
    from paperpath.workflow import linked_files

    new = failed = 0
    settings = session.settings
    if not found:
        return new, failed
    with Progress("Reading PDFs", len(found), ascii_only=settings.ascii) as progress, stoppable() as stop:
        for done, one in enumerate(linked_files.attach_linked(library, found, settings.workers), 1):
            new += one.new
            progress.now(one.path.name)
            if one.error is not None:
                failed += 1
                progress.problem(one.error, str(one.path))
            progress.at(done, len(found))
            if stop() and done < len(found):
                raise Cancelled("Stopped.")
    return new, failed


def _previewed(session: Session, paths: Sequence[Path], *, keywords: bool, no_files: bool, as_json: bool) -> int:
    from paperpath.workflow import importing

    with session.library() as library:
        preview = importing.preview_files(library, paths, make_key=session.settings.make_key, keywords=keywords)
    rows = [("new", paper.key, paper.title) for paper in preview.new]
    rows += [("completed", key, ", ".join(names)) for key, names in preview.completed]
    for one in preview.gained:
        rows += _rows(one)
    rows += [("pdf", one.key, str(one.path)) for one in preview.files.found if not no_files]
    for row in () if as_json else rows:
        show.out("\t".join(safe.line(cell) for cell in row))
    _tell_problems(preview.problems)
    known = {one.key for one in preview.gained} | {one.key for one in preview.files.found} | set(preview.same)
    known = (known | {key for key, _ in preview.completed}) - {paper.key for paper in preview.new}
    completed = known.intersection(row[1] for row in rows)
    if as_json:
        _out_json([paper.key for paper in preview.new], sorted(known), preview.problems)
    said = f"{show.plural(len(preview.new), 'new paper')}, {len(completed)} to be completed,"
    said += f" {len(known) - len(completed)} known as they are."
    parts = (said, _repeated(preview.repeated), _counted(preview.problems), "Nothing was changed.")
    show.say(" ".join(filter(None, parts)))
    if not no_files:
        _tell_files(preview.files)
    return show.SOME_FAILED if _errors(preview.problems) else show.DONE


def _rows(one: Gains) -> list[tuple[str, str, str]]:
    """What one paper would gain, a row for each kind."""
    rows = [("tags", one.key, ", ".join(one.tags))] if one.tags else []
    rows += [("note", one.key, " ".join(note.partition("\n")[2].split())[:200]) for note in one.notes]
    rows += [("highlight", one.key, mark.quote[:200]) for mark in one.highlights]
    rows += [("status", one.key, one.status)] if one.status else []
    return rows


def _repeated(count: int) -> str:
    """Why there are fewer papers than entries."""
    if not count:
        return ""
    return f"{count} more {'entry' if count == 1 else 'entries'} of the same papers."


def _gained(gained: Sequence[Gains], pdfs: int) -> str:
    """What came besides metadata: ``Tags for 12 papers, 3 notes, 1 PDF.``"""
    tagged, read = sum(bool(one.tags) for one in gained), sum(one.status is not None for one in gained)
    counts = {
        "note": sum(len(one.notes) for one in gained),
        "highlight": sum(len(one.highlights) for one in gained),
        "PDF": pdfs,
    }
    said = [f"tags for {show.plural(tagged, 'paper')}"] if tagged else []
    said += [f"status of {show.plural(read, 'paper')}"] if read else []
    said += [show.plural(count, noun) for noun, count in counts.items() if count]
    return f"With them: {', '.join(said)}." if said else ""


def _tell_problems(problems: Sequence[FileProblem]) -> None:
    for problem in problems:
        tell = show.fail if problem.severity == "error" else show.warn
        tell(problem.message, about=problem.place)


def _errors(problems: Sequence[FileProblem]) -> int:
    return sum(problem.severity == "error" for problem in problems)


def _counted(problems: Sequence[FileProblem]) -> str:
    """``2 errors, 1 warning.``; nothing where there are none."""
    errors = _errors(problems)
    counts = {"error": errors, "warning": len(problems) - errors}
    said = [show.plural(count, noun) for noun, count in counts.items() if count]
    return f"{', '.join(said)}." if said else ""


def _out_json(new: Sequence[str], known: Sequence[str], problems: Sequence[FileProblem]) -> None:
    told = [
        {"file": str(one.path), "line": one.line, "severity": one.severity, "message": one.message} for one in problems
    ]
    show.json_document({"new": list(new), "known": list(known), "problems": told})


def _tell_files(files: Files) -> None:
    if files.missing:
        example = safe.line(files.missing[0])
        show.say(f"Without their PDF, because it is not on this machine: {len(files.missing)}, for example {example}.")
    if files.kept:
        example = f"{safe.line(files.kept[0].key)}, linked to {safe.line(str(files.kept[0].path))}"
        show.say(f"With another PDF than the linked one, which was kept: {len(files.kept)}, for example {example}.")


COMMANDS: dict[str, click.Command] = {"import": import_}
