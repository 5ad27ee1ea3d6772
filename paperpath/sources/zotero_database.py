"""Zotero's own database, ``zotero.sqlite`` → its items, in the shape of its JSON export.

Zotero holds the file locked for as long as it runs, and what was saved last is in a log beside it: Zotero 10 writes
ahead (``-wal``), older versions roll back (``-journal``). Opening it as immutable passes the lock but misses that log,
so that the day's work is silently not there. So a file with a log is copied together with it, and SQLite brings the
copy up to date; a file without one is read where it lies, as immutable. Nothing is ever written beside it.

Tables and columns are those of ``resource/schema/userdata.sql`` in github.com/zotero/zotero, read at schema 129; what
older schemas have not (annotations, before Zotero 6) is left out. Texts stay as they are: making papers of items is the
business of ``formats``.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperpath.durable import disk_is_full
from paperpath.errors import BadFile, DiskFull

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOGS = ("-wal", "-journal")
_TRIES = 3
_OWN_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d) ", re.ASCII)
"""Zotero keeps a date as ``2014-12-00 December 2014``: what it understood, then what was typed."""
_ANNOTATIONS = {1: "highlight", 2: "note", 3: "image", 4: "ink", 5: "underline", 6: "text"}
_LINKED_URL = 3
_ITEMS = """
    SELECT itemID, key, typeName, dateAdded FROM items JOIN itemTypesCombined USING (itemTypeID)
    WHERE itemID NOT IN (SELECT itemID FROM deletedItems)
        AND libraryID IN (SELECT libraryID FROM libraries WHERE type <> 'feed')
    ORDER BY itemID"""
"""What is neither in the bin nor in a feed."""

Item = dict[str, Any]


def items(path: Path) -> list[Item]:
    """All items of the user's library and groups, as Better BibTeX exports them, with ``collections`` as paths.

    What belongs to no item, notes and files standing alone, comes as items of type ``note`` and ``attachment``.

    Raises:
        BadFile: it is missing, cannot be read, is no database of Zotero's, or is damaged.
        DiskFull: no room for a copy while Zotero is running.
    """
    if not path.is_file():
        raise BadFile(f"There is no file {path}.")
    try:
        for _ in range(_TRIES):
            before = _stamp(path)
            with _opened(path) as connection:
                found = _read(connection, path.absolute().parent)
            if _stamp(path) == before:
                return found
    except sqlite3.Error as error:
        raise BadFile(f"{path} is no database of Zotero's that can be read: {error}.") from error
    except OSError as error:
        if disk_is_full(error):
            raise DiskFull(f"There is no room for a copy of {path}, which Zotero is using. Close Zotero.") from error
        raise BadFile(f"{path} cannot be read: {error.strerror or error}.") from error
    raise BadFile(f"{path} changes all the time: Zotero is busy. Wait until it has synchronised, or close it.")


def _stamp(path: Path) -> list[tuple[int, int] | None]:
    """What tells that the database or one of its logs was written."""
    stats = [one.stat() if one.exists() else None for one in (path, *_logs(path))]
    return [(stat.st_mtime_ns, stat.st_size) if stat else None for stat in stats]


def _logs(path: Path) -> list[Path]:
    return [path.with_name(path.name + suffix) for suffix in _LOGS]


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    logs = [log for log in _logs(path) if log.exists() and log.stat().st_size]
    if not logs:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)) as connection:
            yield connection
        return
    with tempfile.TemporaryDirectory(prefix="paperpath-zotero-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / path.name
        for file in (path, *logs):
            shutil.copyfile(file, copy.with_name(file.name))
        with closing(sqlite3.connect(copy)) as connection:
            yield connection


def _read(connection: sqlite3.Connection, folder: Path) -> list[Item]:
    found: dict[int, Item] = {
        number: {"itemID": number, "key": key, "itemType": kind, "dateAdded": added}
        for number, key, kind, added in connection.execute(_ITEMS)
    }
    _add_fields(connection, found)
    _add_creators(connection, found)
    _add_tags(connection, found)
    _add_collections(connection, found)
    _add_annotations(connection, found)
    _add_attachments(connection, found, folder)
    _add_notes(connection, found)
    return [item for item in found.values() if not item.pop("has parent", False) and item["itemType"] != "annotation"]


def _add_fields(connection: sqlite3.Connection, found: dict[int, Item]) -> None:
    rows = connection.execute(
        "SELECT itemID, fieldName, value FROM itemData JOIN fieldsCombined USING (fieldID)"
        " JOIN itemDataValues USING (valueID)"
    )
    for number, name, value in rows:
        if number in found:
            found[number][name] = _date(str(value)) if name.lower().endswith("date") else str(value)


def _date(text: str) -> str:
    """``2014-12-00 December 2014`` → ``2014-12``; a date of one part as it is."""
    if not (own := _OWN_DATE.match(text)):
        return text
    if own[1] == "0000":
        return text[own.end() :]
    return "-".join([own[1], *(part for part in own.groups()[1:] if part != "00")])


def _add_creators(connection: sqlite3.Connection, found: dict[int, Item]) -> None:
    rows = connection.execute(
        "SELECT itemID, creatorType, firstName, lastName, fieldMode FROM itemCreators JOIN creators USING (creatorID)"
        " JOIN creatorTypes USING (creatorTypeID) ORDER BY itemID, orderIndex"
    )
    for number, kind, first, last, mode in rows:
        if number in found:
            person = {"creatorType": kind, "firstName": first or "", "lastName": last or "", "fieldMode": mode}
            found[number].setdefault("creators", []).append(person)


def _add_tags(connection: sqlite3.Connection, found: dict[int, Item]) -> None:
    rows = connection.execute("SELECT itemID, name, type FROM itemTags JOIN tags USING (tagID) ORDER BY itemID, tagID")
    for number, name, kind in rows:
        if number in found:
            found[number].setdefault("tags", []).append({"tag": name, "type": kind})


def _add_collections(connection: sqlite3.Connection, found: dict[int, Item]) -> None:
    """The paths of each item's collections; one whose parent was thrown away goes with it."""
    columns = _columns(connection, "deletedCollections")
    gone = {row[0] for row in connection.execute("SELECT collectionID FROM deletedCollections")} if columns else set()
    known = {
        number: (name, parent)
        for number, name, parent in connection.execute(
            "SELECT collectionID, collectionName, parentCollectionID FROM collections"
        )
        if number not in gone
    }

    def path_of(number: int | None) -> str | None:
        names: list[str] = []
        while number is not None:
            if number not in known or len(names) == len(known):
                return None
            name, number = known[number]
            names.append(name)
        return "/".join(reversed(names))

    paths = {number: path_of(number) for number in known}
    for collection, number in connection.execute("SELECT collectionID, itemID FROM collectionItems ORDER BY itemID"):
        if number in found and (path := paths.get(collection)):
            found[number].setdefault("collections", []).append(path)


def _add_annotations(connection: sqlite3.Connection, found: dict[int, Item]) -> None:
    """To their attachments, in the order of the page."""
    if not _columns(connection, "itemAnnotations"):
        return
    rows = connection.execute(
        "SELECT itemID, parentItemID, type, text, comment, color, pageLabel, position FROM itemAnnotations"
        " ORDER BY parentItemID, sortIndex"
    )
    for number, parent, kind, text, comment, colour, label, position in rows:
        if number in found and parent in found:
            found[parent].setdefault("annotations", []).append(
                {
                    "annotationType": _ANNOTATIONS.get(kind, ""),
                    "annotationText": text,
                    "annotationComment": comment,
                    "annotationColor": colour,
                    "annotationPageLabel": label,
                    "annotationPosition": position,
                    "dateAdded": found[number]["dateAdded"],
                }
            )


def _add_attachments(connection: sqlite3.Connection, found: dict[int, Item], folder: Path) -> None:
    rows = connection.execute(
        "SELECT itemID, parentItemID, linkMode, contentType, path FROM itemAttachments ORDER BY itemID"
    )
    for number, parent, mode, kind, path in rows:
        if number not in found:
            continue
        attachment = found[number]
        attachment["contentType"] = kind or ""
        if path and mode != _LINKED_URL:
            attachment["path"] = _place(path, attachment["key"], folder)
        _adopt(found, "attachments", number, parent)


def _place(path: str, key: str, folder: Path) -> str:
    """Where a file is: ``storage:name`` in a folder of its own, else where its link says."""
    if path.startswith("storage:"):
        return str(folder / "storage" / key / path.removeprefix("storage:"))
    return path.removeprefix("attachments:")  # below a folder that only the profile knows; else told as missing


def _add_notes(connection: sqlite3.Connection, found: dict[int, Item]) -> None:
    alone = {number for number, item in found.items() if item["itemType"] == "note"}
    rows = connection.execute("SELECT itemID, parentItemID, note FROM itemNotes ORDER BY itemID")
    for number, parent, text in rows:
        if number in found:
            found[number]["note"] = text or ""  # files have notes too
        if number in alone:
            _adopt(found, "notes", number, parent)


def _adopt(found: dict[int, Item], name: str, number: int, parent: int | None) -> None:
    """Put a child into the list of its parent; one whose parent is in the bin is there too."""
    if parent is None:
        return
    found[number]["has parent"] = True
    if parent in found:
        found[parent].setdefault(name, []).append(found[number])


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """The columns of a table; none where this schema has no such table."""
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
