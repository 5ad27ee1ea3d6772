"""The deck for Anki: what is in the file, what stays the same in the next one, and that Anki itself takes both."""

from __future__ import annotations

import io
import json
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from paperpath.formats.anki import AnkiCard, guid_of, package

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
NASTY = 'a < b & "c" <script>x</script> $\\sqrt{d_k} < 1$\nnext {{c1::x}}'
CARDS = (
    AnkiCard("guide:vega:1", "Why?", "So.", "", "Looms (Vega, 2020), p. 3", "vega2020looms", NOW, ("vega2020looms",)),
    AnkiCard("7f:highlight:7", NASTY, "", "Threads.", "Looms", "x:y z", NOW + timedelta(days=1), ("x:y z",)),
)


def notes(content: bytes, tmp_path: Path) -> dict[str, tuple[int, list[str], list[str]]]:
    """Guid → time, fields, tags."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert json.loads(file.read("media")) == {}
        (tmp_path / "deck.db").write_bytes(file.read("collection.anki2"))
    with closing(sqlite3.connect(tmp_path / "deck.db")) as database:
        found = database.execute("SELECT guid, mod, flds, tags FROM notes").fetchall()
        assert database.execute("SELECT count(*) FROM cards").fetchone() == (len(found),)
    return {guid: (mod, fields.split("\x1f"), tags.split()) for guid, mod, fields, tags in found}


def test_a_note_has_the_words_escaped_and_formulas_for_mathjax(tmp_path: Path) -> None:
    found = notes(package(CARDS), tmp_path)
    assert found[guid_of("guide:vega:1")] == (
        int(NOW.timestamp()),
        ["Why?", "So.", "", "Looms (Vega, 2020), p. 3", "vega2020looms"],
        ["paperpath", "vega2020looms"],
    )
    at, fields, tags = found[guid_of("7f:highlight:7")]
    assert at == int((NOW + timedelta(days=1)).timestamp())
    assert fields[0] == ('a &lt; b &amp; "c" &lt;script&gt;x&lt;/script&gt; \\(\\sqrt{d_k} &lt; 1\\)<br>next {{c1::x}}')
    assert tags == ["paperpath", "x_y_z"]


def test_a_guid_is_of_the_id_alone(tmp_path: Path) -> None:
    other = [card._replace(question="Other?", answer="Other.", key="new") for card in CARDS]
    assert notes(package(CARDS), tmp_path).keys() == notes(package(other), tmp_path).keys()


def test_no_file_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    package(CARDS)
    assert list(tmp_path.iterdir()) == []


# --------------------------------------------------------------------------- Anki itself


def test_anki_takes_the_deck_updates_it_and_keeps_what_was_changed_there(tmp_path: Path) -> None:
    """Only where Anki's own library is installed, which is no dependency of ours: it is under the AGPL."""
    pytest.importorskip("anki", reason="Anki's library is not installed: pip install anki")
    from anki.collection import Collection
    from anki.import_export_pb2 import ImportAnkiPackageOptions, ImportAnkiPackageRequest

    def taken(cards: list[AnkiCard]) -> tuple[int, int]:
        """How many notes were new, and how many were updated."""
        file = tmp_path / "deck.apkg"
        file.write_bytes(package(cards))
        log = collection.import_anki_package(
            ImportAnkiPackageRequest(package_path=str(file), options=ImportAnkiPackageOptions())
        ).log
        return len(log.new), len(log.updated)

    now = datetime.now(UTC) - timedelta(days=7)
    cards = [card._replace(changed=now) for card in CARDS]
    collection = Collection(str(tmp_path / "collection.anki2"))
    try:
        assert taken(cards) == (2, 0)
        assert collection.decks.id_for_name("paperpath")
        first = collection.get_note(collection.find_notes("Question:Why?")[0])
        assert [name for name, _ in first.items()] == ["Question", "Answer", "Passage", "Source", "Key"]
        shown = first.cards()[0]
        assert "Why?" in shown.question()
        assert "So." in shown.answer()
        assert "<blockquote>" not in shown.answer()
        assert "<script>" not in collection.get_note(collection.find_notes("Passage:Threads.")[0]).cards()[0].answer()
        assert taken(cards) == (0, 0), "the same again is nothing new"
        changed = [cards[0]._replace(answer="Otherwise.", changed=now + timedelta(days=1)), cards[1]]
        assert taken(changed) == (0, 1)
        assert collection.card_count() == 2
        first = collection.get_note(first.id)
        assert first["Answer"] == "Otherwise."
        first["Answer"] = "In my own words."
        collection.update_note(first)
        assert taken(changed) == (0, 0)
        assert collection.get_note(first.id)["Answer"] == "In my own words."
    finally:
        collection.close()
