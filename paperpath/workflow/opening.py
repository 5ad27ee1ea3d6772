"""Opening the library: seeded on the first day, in step with its reading lists on every other.

Reading lists and guides are files: ours come with the package, the user's lie in ``reading_lists`` under the library's
folder and win over ours of the same name (see :mod:`~paperpath.workflow.list_files`). The library keeps a fingerprint
of each list that it has taken in, so an ordinary start hashes a few small files (under a millisecond for 500 KB) and
reads no BibTeX. A list that cannot be read is remembered as a problem together with its fingerprint: it is told by
:func:`list_problems`, never keeps the library from opening, and is not read again until the file changes.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import paperpath
from paperpath.errors import BadFile, PaperpathError, UnknownList
from paperpath.library import Library
from paperpath.library.made_lists import MADE
from paperpath.workflow import guide_files
from paperpath.workflow.list_files import OWN, Files, ListProblem

if TYPE_CHECKING:
    from pathlib import Path

    from paperpath.library.rows import MakeKey
    from paperpath.model import ListEntry, ReadingList
    from paperpath.workflow.list_files import ListFile

_PROBLEMS = "reading_list_problems.json"


def open_library(home: Path, make_key: MakeKey | None = None) -> Library:
    """The library in ``home``, made if it is not there, with all reading lists that can be read.

    ``make_key`` makes keys for those of their papers whose own is taken.

    Raises:
        LibraryError: it cannot be opened; see :meth:`Library.open`.
    """
    library = Library.open(home)
    try:
        sync_lists(library, make_key=make_key)
    except BaseException:
        library.close()
        raise
    return library


def shipped_lists() -> Path:
    """The folder of our own lists: inside the package when it was installed, beside it in a checkout."""
    from pathlib import Path

    package = Path(paperpath.__file__).parent
    inside = package / "reading_lists"
    return inside if inside.is_dir() else package.parent / "reading_lists"


def sync_lists(library: Library, shipped: Path | None = None, *, make_key: MakeKey | None = None) -> None:
    """Take in all lists and guides that are new or changed, and let go of those whose files are gone.

    Lists made by hand stay.

    Args:
        library: the library.
        shipped: the folder of our lists, when it is not the usual one.
        make_key: makes keys for papers whose own is taken.
    """
    folders = Files(shipped or shipped_lists(), library.files.reading_lists)
    files = folders.lists()
    known, origins = library.list_fingerprints(), library.list_origins()
    before = list_problems(library)
    reported = {problem.name: problem for problem in before}
    problems = []
    for file in files.values():
        if known.get(file.name) == file.fingerprint:
            continue
        problem = reported.get(file.name)
        if problem is None or problem.fingerprint != file.fingerprint:
            problem = _take_in(library, folders, file, make_key) if origins.get(file.name) != MADE else _taken(file)
        if problem is not None:
            problems.append(problem)
    for name in known.keys() - files.keys():
        if origins.get(name, MADE) != MADE:
            with library.quietly(), suppress(UnknownList):  # another program may have let go of it meanwhile
                library.drop_list(name)
    problems += guide_files.sync(library, folders, before)
    if problems != before:
        _remember(library, problems)


def list_problems(library: Library) -> list[ListProblem]:
    """The lists and guides that could not be taken in when the library was opened, each with what to mend."""
    try:
        rows = json.loads((library.files.cache / _PROBLEMS).read_text(encoding="utf-8"))
        return [ListProblem(**row) for row in rows]
    except (OSError, ValueError, TypeError):  # a cache may be emptied at any time; then the lists are read again
        return []


def _take_in(library: Library, folders: Files, file: ListFile, make_key: MakeKey | None) -> ListProblem | None:
    """Read one list into the library; a problem if that is not possible."""
    from paperpath.formats import citekeys

    try:
        wanted, there = folders.read(file)
        papers = [there[entry.key] for entry in wanted.entries]
        with library.quietly():
            added = library.add(
                papers, make_key or citekeys.make_key, pin=file.origin == OWN, source=f"list {file.name}"
            )
            keys = {paper.key: one.key for paper, one in zip(papers, added, strict=True)}
            library.set_list(_renamed(wanted, keys), origin=file.origin, fingerprint=file.fingerprint)
    except BadFile as error:
        return ListProblem(file.name, str(file.plan), str(error), file.fingerprint)
    return None


def _taken(file: ListFile) -> ListProblem:
    said = f"A list that you made has the name {file.name} too. Rename the file, or remove that list."
    return ListProblem(file.name, str(file.plan), said, file.fingerprint)


def _renamed(wanted: ReadingList, keys: dict[str, str]) -> ReadingList:
    """The list with the library's keys in place of its own."""

    def rename(entry: ListEntry) -> ListEntry:
        return replace(entry, key=keys[entry.key], needs=tuple(keys[needed] for needed in entry.needs))

    stages = tuple(replace(stage, entries=tuple(map(rename, stage.entries))) for stage in wanted.stages)
    return replace(wanted, stages=stages)


def _remember(library: Library, problems: list[ListProblem]) -> None:
    rows = json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=1)
    try:
        library.files.write(library.files.cache / _PROBLEMS, rows)
    except PaperpathError:
        return  # nothing depends on it but the time of the next start
