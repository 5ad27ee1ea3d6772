"""A small ``zotero.sqlite``, made by us: the tables that paperpath reads, with their columns as Zotero documents them.

Names of tables and columns are those of ``resource/schema/userdata.sql`` in github.com/zotero/zotero (schema 129); the
kettles are ours.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TABLES = """
CREATE TABLE libraries (libraryID INTEGER PRIMARY KEY, type TEXT);
CREATE TABLE itemTypesCombined (itemTypeID INTEGER PRIMARY KEY, typeName TEXT);
CREATE TABLE fieldsCombined (fieldID INTEGER PRIMARY KEY, fieldName TEXT);
CREATE TABLE creatorTypes (creatorTypeID INTEGER PRIMARY KEY, creatorType TEXT);
CREATE TABLE items (itemID INTEGER PRIMARY KEY, itemTypeID INT, dateAdded TIMESTAMP, libraryID INT, key TEXT);
CREATE TABLE itemDataValues (valueID INTEGER PRIMARY KEY, value UNIQUE);
CREATE TABLE itemData (itemID INT, fieldID INT, valueID);
CREATE TABLE creators (creatorID INTEGER PRIMARY KEY, firstName TEXT, lastName TEXT, fieldMode INT);
CREATE TABLE itemCreators (itemID INT, creatorID INT, creatorTypeID INT, orderIndex INT);
CREATE TABLE tags (tagID INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE itemTags (itemID INT, tagID INT, type INT);
CREATE TABLE itemNotes (itemID INTEGER PRIMARY KEY, parentItemID INT, note TEXT);
CREATE TABLE itemAttachments
    (itemID INTEGER PRIMARY KEY, parentItemID INT, linkMode INT, contentType TEXT, path TEXT);
CREATE TABLE collections (collectionID INTEGER PRIMARY KEY, collectionName TEXT, parentCollectionID INT);
CREATE TABLE collectionItems (collectionID INT, itemID INT);
CREATE TABLE deletedItems (itemID INTEGER PRIMARY KEY);
CREATE TABLE deletedCollections (collectionID INTEGER PRIMARY KEY);
"""
ANNOTATIONS = """
CREATE TABLE itemAnnotations (itemID INTEGER PRIMARY KEY, parentItemID INT, type INTEGER, text TEXT, comment TEXT,
    color TEXT, pageLabel TEXT, sortIndex TEXT, position TEXT);
"""
_KINDS = ("journalArticle", "conferencePaper", "attachment", "note", "annotation", "thesis")
_PEOPLE = ("author", "editor")


class Zotero:
    """A database that is being filled."""

    def __init__(self, path: Path, *, annotations: bool = True) -> None:
        self.path = path
        self.connection = sqlite3.connect(path)
        self.connection.executescript(TABLES + (ANNOTATIONS if annotations else ""))
        self._put("libraries", 1, "user")
        self._put("libraries", 2, "feed")
        for number, kind in enumerate(_KINDS, 1):
            self._put("itemTypesCombined", number, kind)
        for number, kind in enumerate(_PEOPLE, 1):
            self._put("creatorTypes", number, kind)

    def _put(self, table: str, *values: object) -> int:
        row = self.connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)
        return row.lastrowid or 0

    def item(self, kind: str, key: str, library: int = 1, **fields: str) -> int:
        number = self._put("items", None, _KINDS.index(kind) + 1, "2024-05-06 07:08:09", library, key)
        for name, value in fields.items():
            self._put("itemData", number, self._known("fieldsCombined", "fieldName", name), self._value(value))
        return number

    def _value(self, value: str) -> int:
        return self._known("itemDataValues", "value", value)

    def _known(self, table: str, column: str, value: str) -> int:
        row = self.connection.execute(f"SELECT rowid FROM {table} WHERE {column} = ?", (value,)).fetchone()
        return row[0] if row else self._put(table, None, value)

    def creator(self, item: int, last: str, first: str, kind: str = "author") -> None:
        order = self.connection.execute("SELECT count(*) FROM itemCreators WHERE itemID = ?", (item,)).fetchone()[0]
        person = self._put("creators", None, first, last, 0 if first else 1)
        self._put("itemCreators", item, person, _PEOPLE.index(kind) + 1, order)

    def tag(self, item: int, name: str, *, automatic: bool = False) -> None:
        self._put("itemTags", item, self._known("tags", "name", name), int(automatic))

    def note(self, parent: int | None, html: str) -> None:
        self._put("itemNotes", self.item("note", "N"), parent, html)

    def attachment(self, parent: int | None, key: str, path: str, mode: int = 0, kind: str = "application/pdf") -> int:
        number = self.item("attachment", key)
        self._put("itemAttachments", number, parent, mode, kind, path)
        return number

    def annotation(self, parent: int, kind: int, text: str | None, comment: str, colour: str, page: int) -> None:
        position = json.dumps({"pageIndex": page - 1, "rects": []})
        number = self.item("annotation", "A")
        self._put("itemAnnotations", number, parent, kind, text, comment, colour, str(page), f"{number:05}", position)

    def collection(self, name: str, parent: int | None = None, *items: int) -> int:
        number = self._put("collections", None, name, parent)
        for item in items:
            self._put("collectionItems", number, item)
        return number

    def bin(self, item: int) -> None:
        self._put("deletedItems", item)

    def close(self) -> None:
        self.connection.commit()
        self.connection.close()


def kettles(folder: Path) -> Path:
    """A data folder of Zotero's with two papers, one of them with everything."""
    folder.mkdir(parents=True, exist_ok=True)
    zotero = Zotero(folder / "zotero.sqlite")
    boil = zotero.item(
        "journalArticle", "BOIL0001", title="Boiling without Observation", publicationTitle="Journal of Tea",
        date="2014-12-00 December 2014", volume="9", pages="1-17", DOI="10.1000/Kettle.7",
    )  # fmt: skip
    zotero.creator(boil, "Potter", "Ada")
    zotero.creator(boil, "Tea Group", "")
    zotero.creator(boil, "Wheel", "Bo", "editor")
    zotero.tag(boil, "steam", automatic=True)
    zotero.tag(boil, "to read")
    zotero.note(boil, "<p>Read <b>this</b>.</p>")
    pdf = zotero.attachment(boil, "PDF00001", "storage:boil; one.pdf")
    zotero.attachment(boil, "WEB00001", "storage:page.html", 1, "text/html")
    zotero.annotation(pdf, 1, "Small rooms are dark", "So?", "#5fb236", 1)
    zotero.annotation(pdf, 2, None, "Ask Bo", "#ffd400", 2)
    lids = zotero.item("thesis", "LIDS0001", title="On Lids", university="Kettle University", date="0000-00-00 soon")
    zotero.creator(lids, "Wheel", "Bo")
    linked = zotero.attachment(lids, "LINK0001", str(folder / "lids.pdf"), 2)
    assert linked
    tea = zotero.collection("Tea")
    zotero.collection("Copper", tea, boil)
    zotero.collection("Thesis", None, boil, lids)
    gone = zotero.item("journalArticle", "GONE0001", title="In the bin")
    zotero.attachment(gone, "GONE0002", "storage:gone.pdf")
    zotero.bin(gone)
    zotero.item("journalArticle", "FEED0001", library=2, title="In a feed")
    zotero.close()
    return zotero.path


def with_log(path: Path, mode: str) -> sqlite3.Connection:
    """The database as Zotero holds it while it runs: locked, and what was saved last in a log alone."""
    with closing(sqlite3.connect(path)) as first:
        first.execute(f"PRAGMA journal_mode={mode}")
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    connection.execute("PRAGMA wal_autocheckpoint=0")
    connection.execute("INSERT INTO tags VALUES (900, 'late')")
    connection.execute("INSERT INTO itemTags VALUES (1, 900, 0)")
    return connection
