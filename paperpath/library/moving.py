"""Files that change together with the database: either both have, or neither has, whenever the program is killed.

SQLite takes its own half of a change back by itself. For the files, a journal ``moving-….json`` is written before the
first of them is touched, and its mark goes into the database within the change. Whoever opens the library next
and finds a journal compares: if the database has the mark, the change was committed and the files are as they should
be; if not, they are put back. All this happens under SQLite's write lock, so no journal is of a change that goes on.
"""

from __future__ import annotations

import contextlib
import json
import secrets
from typing import TYPE_CHECKING

from paperpath.durable import sync_folder, write_error
from paperpath.errors import BadInput
from paperpath.library import facts
from paperpath.library.plans import Plan

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from paperpath.library.files import Files
    from paperpath.library.plans import Text

_LAST = "files moved"
"""Under which the database keeps the mark of the last journal whose change was committed."""


def carry_out(connection: sqlite3.Connection, files: Files, plan: Plan) -> Path:
    """Do what the plan says, inside a transaction; the result is the journal, to be deleted when that is committed.

    Raises:
        BadInput: something is in the way; nothing was touched.
        DiskFull, LibraryError: a file cannot be moved or written; the journal says what :func:`settle` puts back.
    """
    settle(connection, files)
    _check(files, plan)
    mark = secrets.token_hex(8)
    journal = files.journal(mark)
    files.write(journal, json.dumps({"mark": mark, "plan": plan.to_json()}))
    facts.set_meta(connection, _LAST, mark)
    path = files.home
    try:
        for source, target in plan.moves:
            path = files.home / target
            path.parent.mkdir(parents=True, exist_ok=True)
            (files.home / source).rename(path)
        for text in plan.texts:
            path = files.home / (text.target or text.source or "")
            _write(files, text)
        for folder in {(files.home / target).parent for _, target in plan.moves}:
            sync_folder(folder)
    except OSError as error:
        raise write_error(error, path) from error
    return journal


def settle(connection: sqlite3.Connection, files: Files) -> None:
    """Put back the files of changes that were never committed; call it inside a transaction."""
    for journal in files.journals():
        data = json.loads(journal.read_text(encoding="utf-8"))
        if data["mark"] != facts.meta(connection, _LAST):
            _put_back(files, Plan.from_json(data["plan"]))
        journal.unlink(missing_ok=True)


def _check(files: Files, plan: Plan) -> None:
    left: set[str | None] = set()
    for source, target in [*plan.moves, *((text.source, text.target) for text in plan.texts)]:
        path = files.home / (target or "")
        free = target is None or target == source or target in left or not path.exists()
        left.add(source)
        if free or (source and path.samefile(files.home / source)):  # other case, on a disk that does not mind
            continue
        raise BadInput(f"{path} is there already. Move it away first; nothing was changed.")
    for text in plan.texts:
        if text.source and text.before is not None and _read(files.home / text.source) != text.before:
            name = files.home / text.source
            raise BadInput(f"{name} is being edited by another program. Close it there and try again.")


def _write(files: Files, text: Text) -> None:
    source, target = (files.home / name if name else None for name in (text.source, text.target))
    if target is None:
        if source is not None:
            source.unlink(missing_ok=True)
        return
    if source is not None and source != target:
        source.rename(target)
    if text.after is not None and (source is None or text.after != text.before):
        files.write(target, text.after.encode())


def _put_back(files: Files, plan: Plan) -> None:
    """Undo as much of the plan as was done; what somebody has written since is left alone."""
    for text in reversed(plan.texts):
        source, target = (files.home / name if name else None for name in (text.source, text.target))
        if target is not None and (found := _read(target)) is not None and found in (text.before, text.after):
            if source is not None and source != target and not source.exists():
                target.rename(source)
            elif source is None:
                target.unlink()
        if source is not None and text.before is not None and _read(source) in (None, text.after):
            files.write(source, text.before.encode())
    for before, after in reversed(plan.moves):
        old, new = files.home / before, files.home / after
        if new.exists() and not old.exists():
            with contextlib.suppress(OSError):
                new.rename(old)


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None
