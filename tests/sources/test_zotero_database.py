"""Zotero's database: what is read, and that it is read while Zotero holds it, without leaving a trace."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from paperpath.errors import BadFile
from paperpath.sources import zotero_database
from tests.zotero import Zotero, kettles, with_log

if TYPE_CHECKING:
    from pathlib import Path


def test_items_with_all_that_hangs_on_them(tmp_path: Path) -> None:
    boil, lids = zotero_database.items(kettles(tmp_path / "Zotero"))
    assert {name: boil[name] for name in ("itemType", "title", "date", "volume", "DOI")} == {
        "itemType": "journalArticle",
        "title": "Boiling without Observation",
        "date": "2014-12",
        "volume": "9",
        "DOI": "10.1000/Kettle.7",
    }
    assert [(one["creatorType"], one["lastName"], one["fieldMode"]) for one in boil["creators"]] == [
        ("author", "Potter", 0),
        ("author", "Tea Group", 1),
        ("editor", "Wheel", 0),
    ]
    assert boil["tags"] == [{"tag": "steam", "type": 1}, {"tag": "to read", "type": 0}]
    assert boil["collections"] == ["Tea/Copper", "Thesis"]
    assert [note["note"] for note in boil["notes"]] == ["<p>Read <b>this</b>.</p>"]
    pdf, page = boil["attachments"]
    assert pdf["path"] == str(tmp_path / "Zotero" / "storage" / "PDF00001" / "boil; one.pdf")
    assert page["contentType"] == "text/html"
    assert [(mark["annotationType"], mark["annotationText"]) for mark in pdf["annotations"]] == [
        ("highlight", "Small rooms are dark"),
        ("note", None),
    ]
    assert (lids["date"], lids["attachments"][0]["path"]) == ("soon", str(tmp_path / "Zotero" / "lids.pdf"))


@pytest.mark.parametrize("mode", ["WAL", "DELETE"])
def test_while_zotero_holds_it_nothing_is_missed_and_nothing_is_left(tmp_path: Path, mode: str) -> None:
    path = kettles(tmp_path)
    zotero = with_log(path, mode)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=0).execute("SELECT * FROM items")
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()}
    assert {"tag": "late", "type": 0} in zotero_database.items(path)[0]["tags"]
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()} == before
    zotero.close()


def test_what_is_being_written_is_not_half_read(tmp_path: Path) -> None:
    path = kettles(tmp_path)
    zotero = with_log(path, "DELETE")
    zotero.execute("PRAGMA cache_size=1")
    zotero.execute("BEGIN")
    zotero.execute("UPDATE itemDataValues SET value = 'Half of ' || value")
    zotero.executemany("INSERT INTO tags VALUES (?, ?)", [(n, "x" * 500) for n in range(1000, 1500)])  # spills to disk
    assert path.with_name("zotero.sqlite-journal").stat().st_size
    assert zotero_database.items(path)[0]["title"] == "Boiling without Observation"
    zotero.close()


def test_older_schemas_have_no_annotations(tmp_path: Path) -> None:
    zotero = Zotero(tmp_path / "zotero.sqlite", annotations=False)
    item = zotero.item("journalArticle", "X", title="Kettles")
    zotero.attachment(item, "P", "attachments:tea/kettle.pdf", 2)
    zotero.attachment(item, "W", "https://tea.example/a.pdf", 3)
    zotero.attachment(None, "Q", "storage:alone.pdf")
    zotero.note(None, "<p>Alone.</p>")
    zotero.connection.execute("INSERT INTO collections VALUES (7, 'Round', 7)")
    zotero.connection.execute("INSERT INTO collections VALUES (8, 'Orphan', 99)")
    zotero.connection.executemany("INSERT INTO collectionItems VALUES (?, ?)", [(7, item), (8, item)])
    zotero.close()
    found = zotero_database.items(zotero.path)
    assert [one["itemType"] for one in found] == ["journalArticle", "attachment", "note"]
    assert "collections" not in found[0]
    assert [one.get("path") for one in found[0]["attachments"]] == ["tea/kettle.pdf", None]


def test_what_is_no_database_of_zotero(tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    sqlite3.connect(other).execute("CREATE TABLE tea (x)").connection.close()
    text = tmp_path / "text.sqlite"
    text.write_text("no database at all, but long enough to be taken for one" * 20)
    cut = tmp_path / "cut.sqlite"
    cut.write_bytes(kettles(tmp_path / "Zotero").read_bytes()[:9000])
    for path in (other, text, cut, tmp_path / "none.sqlite", tmp_path):
        with pytest.raises(BadFile):
            zotero_database.items(path)
