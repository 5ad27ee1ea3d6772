"""The tables, as a list of named steps that is only ever appended to.

``PRAGMA user_version`` is the number of steps a file has seen; a step and its number commit together.

What the user says is kept in *user tables*, whose every change is recorded by triggers (see
:mod:`~paperpath.library.history`). What can be had again from files and the network is kept in *fact tables*: a
change there is no history, but what a removal takes away with a paper is recorded, so that undo brings it back whole.
Authors and the full-text index are *derived* by triggers, so that whatever writes a paper, undo included, cannot
forget them.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from paperpath.errors import LibraryTooNew

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperpath.library.database import Database

USER_TABLES = ("paper", "reading", "tag", "highlight", "note")
KEY_TABLES = ("former_key", "pin")
"""User tables too, which came later."""
PAIR_TABLES = ("different",)
"""And what is said of two papers."""
SEARCH_TABLES = ("saved_search",)
"""And what is said of no paper."""
LIST_TABLES = ("list", "stage")
"""And the heads of reading lists."""
FACT_TABLES = ("file", "position", "passage", "entry")
PLACE_TABLES = ("bookmark",)
"""Fact tables too, which came later."""
CARD_TABLES = ("card", "review")
"""User tables: question cards of which the reader has said something, and each answer."""
STUDY_TABLES = ("known_topic", "known_paper", "reading_pass")
"""User tables: what the reader knows, and which passes over a paper are done."""
TIME_TABLES = ("reading_time",)
"""A fact table: minutes of reading."""
NEWS_TABLES = ("subscription", "verdict")
"""User tables: what a person wants to hear of, and said of papers that are not in the library."""

_BODY_OF_NOTE = """CASE WHEN substr(text, 1, 3) = '---' AND instr(text, char(10) || '---' || char(10))
    THEN substr(text, instr(text, char(10) || '---' || char(10)) + 5) ELSE text END"""
"""A note without the metadata at its head, which is the paper's own and would make each note a hit for its authors."""

_UNRECORDED_COLUMNS = {("note", "mtime_ns")}
"""Facts inside a user table: when a file was seen says nothing about what the user wrote."""


def m001_papers(connection: sqlite3.Connection) -> None:
    """Papers, their authors one a row, identifiers that are unique, and files."""
    # Short columns come first: a long abstract then lies on pages that a listing never reads.
    _script(
        connection,
        """
        CREATE TABLE paper (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            key TEXT NOT NULL,
            folded_key TEXT NOT NULL UNIQUE,
            title TEXT NOT NULL,
            byline TEXT NOT NULL,
            year INTEGER,
            added TEXT NOT NULL,
            haystack TEXT NOT NULL,
            arxiv_id TEXT UNIQUE,
            doi TEXT UNIQUE,
            arxiv_version INTEGER,
            entry_type TEXT NOT NULL,
            month INTEGER,
            venue TEXT, volume TEXT, number TEXT, pages TEXT, publisher TEXT, url TEXT,
            primary_category TEXT,
            categories TEXT NOT NULL,
            comment TEXT, journal_ref TEXT, published TEXT, updated TEXT,
            extra TEXT NOT NULL,
            names TEXT NOT NULL,
            authors TEXT NOT NULL,
            abstract TEXT
        );
        CREATE TABLE author (
            paper_id INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
            position INTEGER NOT NULL,
            family TEXT NOT NULL, given TEXT NOT NULL, particle TEXT NOT NULL, suffix TEXT NOT NULL,
            literal INTEGER NOT NULL,
            folded TEXT NOT NULL,
            PRIMARY KEY (paper_id, position)
        ) WITHOUT ROWID;
        CREATE TABLE file (
            paper_id INTEGER PRIMARY KEY REFERENCES paper ON DELETE CASCADE,
            sha256 TEXT, bytes INTEGER, pages INTEGER, fetched TEXT, version INTEGER, source TEXT,
            parser TEXT,
            problem TEXT
        );
        CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

        CREATE TRIGGER paper_authors_insert AFTER INSERT ON paper BEGIN
            INSERT INTO author SELECT new.id, key, json_extract(value, '$[0]'), json_extract(value, '$[1]'),
                json_extract(value, '$[2]'), json_extract(value, '$[3]'), json_extract(value, '$[4]'),
                json_extract(value, '$[5]') FROM json_each(new.authors);
        END;
        CREATE TRIGGER paper_authors_update AFTER UPDATE OF authors ON paper WHEN old.authors <> new.authors BEGIN
            DELETE FROM author WHERE paper_id = old.id;
            INSERT INTO author SELECT new.id, key, json_extract(value, '$[0]'), json_extract(value, '$[1]'),
                json_extract(value, '$[2]'), json_extract(value, '$[3]'), json_extract(value, '$[4]'),
                json_extract(value, '$[5]') FROM json_each(new.authors);
        END;
        """,
    )


def m002_reading(connection: sqlite3.Connection) -> None:
    """What a reader does with papers: status and its dates, place, tags, highlights, notes, reading lists."""
    _script(
        connection,
        """
        CREATE TABLE reading (
            paper_id INTEGER PRIMARY KEY REFERENCES paper ON DELETE CASCADE,
            status TEXT NOT NULL CHECK (status IN ('unread', 'skimmed', 'reading', 'read')),
            changed_at TEXT NOT NULL,
            skimmed_at TEXT, reading_at TEXT, read_at TEXT
        );
        CREATE TABLE position (
            paper_id INTEGER PRIMARY KEY REFERENCES paper ON DELETE CASCADE,
            section INTEGER NOT NULL, offset INTEGER NOT NULL, fraction REAL NOT NULL,
            at TEXT NOT NULL
        );
        CREATE TABLE tag (
            paper_id INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
            folded TEXT NOT NULL,
            name TEXT NOT NULL,
            PRIMARY KEY (paper_id, folded)
        ) WITHOUT ROWID;
        CREATE INDEX tag_by_name ON tag (folded, name);
        CREATE TABLE highlight (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            paper_id INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
            quote TEXT NOT NULL, prefix TEXT NOT NULL, suffix TEXT NOT NULL, section TEXT NOT NULL,
            page INTEGER,
            colour TEXT NOT NULL, comment TEXT NOT NULL, created TEXT NOT NULL
        );
        CREATE INDEX highlight_of_paper ON highlight (paper_id);
        CREATE TABLE note (
            paper_id INTEGER PRIMARY KEY REFERENCES paper ON DELETE CASCADE,
            text TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            mtime_ns INTEGER NOT NULL DEFAULT 0
        );
        CREATE TABLE list (
            name TEXT PRIMARY KEY,
            title TEXT NOT NULL, about TEXT NOT NULL,
            origin TEXT NOT NULL, fingerprint TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE stage (
            list TEXT NOT NULL REFERENCES list ON DELETE CASCADE,
            position INTEGER NOT NULL,
            title TEXT NOT NULL, about TEXT NOT NULL,
            PRIMARY KEY (list, position)
        ) WITHOUT ROWID;
        CREATE TABLE entry (
            list TEXT NOT NULL,
            position INTEGER NOT NULL,
            stage INTEGER NOT NULL,
            paper_id INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
            why TEXT NOT NULL, introduces TEXT NOT NULL, needs TEXT NOT NULL,
            PRIMARY KEY (list, position),
            FOREIGN KEY (list, stage) REFERENCES stage (list, position) ON DELETE CASCADE
        ) WITHOUT ROWID;
        CREATE INDEX entry_of_paper ON entry (paper_id);
        """,
    )


def m003_full_text(connection: sqlite3.Connection) -> None:
    """A full-text index over papers, their text and the notes on them.

    One index holds them all, so that their scores compare; a paper's title, authors and abstract are one document in
    it, so that ``vaswani attention`` finds a paper of which each word stands in another field. The index keeps no
    texts of its own: they are read through the view.
    """
    _script(
        connection,
        """
        CREATE TABLE passage (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            paper_id INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
            kind TEXT NOT NULL,
            section TEXT NOT NULL DEFAULT '',
            page INTEGER,
            body TEXT
        );
        CREATE INDEX passage_of_paper ON passage (paper_id, kind);
        CREATE VIEW searchable AS
            SELECT s.id,
                CASE s.kind WHEN 'paper' THEN p.title END AS title,
                CASE s.kind WHEN 'paper' THEN p.names END AS authors,
                CASE s.kind WHEN 'paper' THEN p.abstract END AS abstract,
                CASE s.kind WHEN 'note' THEN s.body END AS note,
                CASE WHEN s.kind NOT IN ('paper', 'note') THEN s.body END AS text
            FROM passage AS s JOIN paper AS p ON p.id = s.paper_id;
        CREATE VIRTUAL TABLE full_text USING fts5(
            title, authors, abstract, note, text,
            content = 'searchable', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2', prefix = '2'
        );

        CREATE TRIGGER paper_text_insert AFTER INSERT ON paper BEGIN
            INSERT INTO passage (paper_id, kind) VALUES (new.id, 'paper');
            INSERT INTO full_text (rowid, title, authors, abstract)
                VALUES (last_insert_rowid(), new.title, new.names, new.abstract);
        END;
        CREATE TRIGGER paper_text_update AFTER UPDATE OF title, names, abstract ON paper
        WHEN (old.title, old.names) <> (new.title, new.names) OR old.abstract IS NOT new.abstract BEGIN
            INSERT INTO full_text (full_text, rowid, title, authors, abstract)
                SELECT 'delete', id, old.title, old.names, old.abstract FROM passage
                WHERE paper_id = old.id AND kind = 'paper';
            INSERT INTO full_text (rowid, title, authors, abstract)
                SELECT id, new.title, new.names, new.abstract FROM passage WHERE paper_id = new.id AND kind = 'paper';
        END;
        CREATE TRIGGER paper_text_delete BEFORE DELETE ON paper BEGIN
            INSERT INTO full_text (full_text, rowid, title, authors, abstract)
                SELECT 'delete', id, old.title, old.names, old.abstract FROM passage
                WHERE paper_id = old.id AND kind = 'paper';
        END;

        CREATE TRIGGER passage_insert AFTER INSERT ON passage WHEN new.kind <> 'paper' BEGIN
            INSERT INTO full_text (rowid, note, text) VALUES (new.id, iif(new.kind = 'note', new.body, NULL),
                iif(new.kind = 'note', NULL, new.body));
        END;
        CREATE TRIGGER passage_update AFTER UPDATE OF body ON passage WHEN new.kind <> 'paper' BEGIN
            INSERT INTO full_text (full_text, rowid, note, text) VALUES ('delete', old.id,
                iif(old.kind = 'note', old.body, NULL), iif(old.kind = 'note', NULL, old.body));
            INSERT INTO full_text (rowid, note, text) VALUES (new.id, iif(new.kind = 'note', new.body, NULL),
                iif(new.kind = 'note', NULL, new.body));
        END;
        CREATE TRIGGER passage_delete AFTER DELETE ON passage WHEN old.kind <> 'paper' BEGIN
            INSERT INTO full_text (full_text, rowid, note, text) VALUES ('delete', old.id,
                iif(old.kind = 'note', old.body, NULL), iif(old.kind = 'note', NULL, old.body));
        END;

        INSERT INTO passage (paper_id, kind) SELECT id, 'paper' FROM paper;
        INSERT INTO passage (paper_id, kind, body) SELECT paper_id, 'note', {body_of_note} FROM note;
        INSERT INTO full_text (full_text) VALUES ('rebuild');

        CREATE TRIGGER note_text_insert AFTER INSERT ON note BEGIN
            INSERT INTO passage (paper_id, kind, body) SELECT new.paper_id, 'note', {body_of_note} FROM note
                WHERE paper_id = new.paper_id;
        END;
        CREATE TRIGGER note_text_update AFTER UPDATE OF text ON note BEGIN
            UPDATE passage SET body = (SELECT {body_of_note} FROM note WHERE paper_id = new.paper_id)
                WHERE paper_id = new.paper_id AND kind = 'note';
        END;
        CREATE TRIGGER note_text_delete AFTER DELETE ON note BEGIN
            DELETE FROM passage WHERE paper_id = old.paper_id AND kind = 'note';
        END;
        """.replace("{body_of_note}", _BODY_OF_NOTE),
    )


def m004_history(connection: sqlite3.Connection) -> None:
    """Every change of the user, row by row, as images of the rows before it."""
    _script(
        connection,
        """
        CREATE TABLE change (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            what TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped'))
        );
        CREATE TABLE change_row (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            change_id INTEGER NOT NULL REFERENCES change ON DELETE CASCADE,
            relation TEXT NOT NULL,
            event TEXT NOT NULL,
            image TEXT NOT NULL
        );
        CREATE INDEX change_row_of_change ON change_row (change_id, seq);
        CREATE TABLE recording (id INTEGER PRIMARY KEY CHECK (id = 1), change_id INTEGER);
        INSERT INTO recording VALUES (1, NULL);
        """,
    )
    for table in USER_TABLES:
        record(connection, table, ("insert", "update", "delete"))
    for table in FACT_TABLES:
        derived = " AND old.kind NOT IN ('paper', 'note')" if table == "passage" else ""
        record(connection, table, ("delete",), condition=derived)


def m005_keys(connection: sqlite3.Connection) -> None:
    """What keys papers had before, and why a key is not to be made anew: it stands where we cannot change it."""
    _script(
        connection,
        """
        CREATE TABLE former_key (
            folded_key TEXT PRIMARY KEY,
            key TEXT NOT NULL,
            paper_id INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE
        ) WITHOUT ROWID;
        CREATE INDEX former_key_of_paper ON former_key (paper_id);
        CREATE TABLE pin (
            paper_id INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
            reason TEXT NOT NULL CHECK (reason IN ('exported', 'imported', 'by hand')),
            PRIMARY KEY (paper_id, reason)
        ) WITHOUT ROWID;
        """,
    )
    for table in KEY_TABLES:
        record(connection, table, ("insert", "update", "delete"))


def m006_provenance(connection: sqlite3.Connection) -> None:
    """Where each field came from, beside the values; see :mod:`~paperpath.library.provenance`."""
    connection.execute("ALTER TABLE paper ADD COLUMN provenance TEXT")
    record(connection, "paper", ("insert", "update", "delete"))


def m007_different(connection: sqlite3.Connection) -> None:
    """Pairs that a person called two papers, so that nobody asks again; the one with the smaller number comes first."""
    _script(
        connection,
        """
        CREATE TABLE different (
            one INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
            other INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
            PRIMARY KEY (one, other),
            CHECK (one < other)
        ) WITHOUT ROWID;
        CREATE INDEX different_other ON different (other);
        """,
    )
    for table in PAIR_TABLES:
        record(connection, table, ("insert", "update", "delete"))


def m008_saved_searches(connection: sqlite3.Connection) -> None:
    """Queries that a person keeps under a name; see :mod:`~paperpath.library.searches`."""
    _script(
        connection,
        """
        CREATE TABLE saved_search (
            folded TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            query TEXT NOT NULL
        ) WITHOUT ROWID;
        """,
    )
    for table in SEARCH_TABLES:
        record(connection, table, ("insert", "update", "delete"))


def m009_made_lists(connection: sqlite3.Connection) -> None:
    """Lists that a person makes out of papers are changes; those from files are taken in quietly, as before."""
    for table in LIST_TABLES:
        record(connection, table, ("insert", "update", "delete"))
    record(connection, "entry", ("insert",))  # what is deleted was recorded before


def m010_bookmarks(connection: sqlite3.Connection) -> None:
    """Places in papers that have a letter; kept with a paper that is removed, like its position."""
    _script(
        connection,
        """
        CREATE TABLE bookmark (
            paper_id INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
            letter TEXT NOT NULL,
            section INTEGER NOT NULL, offset INTEGER NOT NULL, fraction REAL NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (paper_id, letter)
        ) WITHOUT ROWID;
        """,
    )
    for table in PLACE_TABLES:
        record(connection, table, ("delete",))


def m011_guides(connection: sqlite3.Connection) -> None:
    """What is said about reading single papers, and what there is to learn from; see :mod:`~paperpath.library.guides`.

    Facts out of files that hang on no row of a paper, so neither removing one nor undoing that has to know of them.
    """
    _script(
        connection,
        """
        CREATE TABLE guide (
            folded_key TEXT NOT NULL,
            origin TEXT NOT NULL,
            file TEXT NOT NULL,
            arxiv_id TEXT, doi TEXT, folded_title TEXT,
            body TEXT NOT NULL,
            PRIMARY KEY (folded_key, origin)
        ) WITHOUT ROWID;
        CREATE INDEX guide_by_arxiv_id ON guide (arxiv_id) WHERE arxiv_id IS NOT NULL;
        CREATE INDEX guide_by_doi ON guide (doi) WHERE doi IS NOT NULL;
        CREATE TABLE topic (
            id TEXT NOT NULL, origin TEXT NOT NULL, position INTEGER NOT NULL, body TEXT NOT NULL,
            PRIMARY KEY (id, origin)
        ) WITHOUT ROWID;
        CREATE TABLE resource (
            id TEXT NOT NULL, origin TEXT NOT NULL, position INTEGER NOT NULL, body TEXT NOT NULL,
            PRIMARY KEY (id, origin)
        ) WITHOUT ROWID;
        """,
    )


def m012_cards(connection: sqlite3.Connection) -> None:
    """Question cards, their reviews, and as what each was exported; see :mod:`~paperpath.library.cards`.

    ``memory`` is JSON text and no row of numbers, because the history's images write a REAL with 15 digits: undo would
    not bring back the very same stability.
    """
    _script(
        connection,
        """
        CREATE TABLE card (
            id TEXT PRIMARY KEY,
            paper_id INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
            origin TEXT NOT NULL CHECK (origin IN ('guide', 'highlight', 'own')),
            question TEXT NOT NULL, answer TEXT NOT NULL,
            section TEXT NOT NULL, page INTEGER, quote TEXT NOT NULL,
            created TEXT NOT NULL,
            edited INTEGER NOT NULL, removed INTEGER NOT NULL,
            memory TEXT
        ) WITHOUT ROWID;
        CREATE INDEX card_of_paper ON card (paper_id);
        CREATE TABLE review (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            card_id TEXT NOT NULL REFERENCES card ON DELETE CASCADE,
            at TEXT NOT NULL,
            grade INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 4)
        );
        CREATE INDEX review_of_card ON review (card_id, at);
        CREATE INDEX review_by_time ON review (at);
        CREATE TABLE exported_card (
            id TEXT PRIMARY KEY,
            words TEXT NOT NULL,
            at TEXT NOT NULL
        ) WITHOUT ROWID;
        """,
    )
    for table in CARD_TABLES:
        record(connection, table, ("insert", "update", "delete"))


def m013_studying(connection: sqlite3.Connection) -> None:
    """What the reader knows already, passes over papers, and minutes of reading; see :mod:`.studies` and `.times`."""
    _script(
        connection,
        """
        CREATE TABLE known_topic (
            folded TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            at TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE known_paper (
            paper_id INTEGER PRIMARY KEY REFERENCES paper ON DELETE CASCADE,
            at TEXT NOT NULL
        );
        CREATE TABLE reading_pass (
            paper_id INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
            pass TEXT NOT NULL CHECK (pass IN ('skim', 'understand', 'implement')),
            done_at TEXT NOT NULL,
            before TEXT,
            after TEXT,
            PRIMARY KEY (paper_id, pass)
        ) WITHOUT ROWID;
        CREATE TABLE reading_time (
            paper_id INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
            day TEXT NOT NULL,
            minutes INTEGER NOT NULL,
            PRIMARY KEY (paper_id, day)
        ) WITHOUT ROWID;
        """,
    )
    # Minutes are added quietly, so nothing of them is recorded but what a merge of two papers does.
    for table in (*STUDY_TABLES, *TIME_TABLES):
        record(connection, table, ("insert", "update", "delete"))


def m014_news(connection: sqlite3.Connection) -> None:
    """What a person follows on arXiv, what was announced there, and the verdicts on it.

    Feeds and what they announced are facts that hang on no paper, so no history is needed for them.
    """
    _script(
        connection,
        """
        CREATE TABLE subscription (
            kind TEXT NOT NULL CHECK (kind IN ('category', 'search', 'author')),
            words TEXT NOT NULL,
            PRIMARY KEY (kind, words)
        ) WITHOUT ROWID;
        CREATE TABLE verdict (
            arxiv_id TEXT PRIMARY KEY,
            verdict TEXT NOT NULL CHECK (verdict IN ('kept', 'dismissed', 'later')),
            version INTEGER NOT NULL,
            at TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE feed (
            kind TEXT NOT NULL,
            words TEXT NOT NULL,
            asked TEXT,
            through TEXT,
            problem TEXT,
            PRIMARY KEY (kind, words)
        ) WITHOUT ROWID;
        CREATE TABLE announced (
            arxiv_id TEXT PRIMARY KEY,
            version INTEGER NOT NULL,
            later INTEGER NOT NULL,
            day TEXT NOT NULL,
            seen TEXT NOT NULL,
            feeds TEXT NOT NULL,
            paper TEXT NOT NULL
        );
        CREATE INDEX announced_day ON announced (day);
        """,
    )
    for table in NEWS_TABLES:
        record(connection, table, ("insert", "update", "delete"))


def m015_citing(connection: sqlite3.Connection) -> None:
    """What cites a paper can be followed too; which paper cites which, and whose citations were asked for when.

    SQLite cannot widen a CHECK, so the table of what is followed is made anew. The rest are facts, as feeds are.
    """
    _script(
        connection,
        """
        CREATE TABLE followed (
            kind TEXT NOT NULL CHECK (kind IN ('category', 'search', 'author', 'citing')),
            words TEXT NOT NULL,
            PRIMARY KEY (kind, words)
        ) WITHOUT ROWID;
        INSERT INTO followed SELECT kind, words FROM subscription;
        DROP TABLE subscription;
        ALTER TABLE followed RENAME TO subscription;
        CREATE TABLE cites (
            citing TEXT NOT NULL,
            cited TEXT NOT NULL,
            seen TEXT NOT NULL,
            PRIMARY KEY (citing, cited)
        ) WITHOUT ROWID;
        CREATE TABLE citations_asked (
            cited TEXT PRIMARY KEY,
            asked TEXT NOT NULL,
            requests INTEGER NOT NULL,
            elsewhere INTEGER NOT NULL
        ) WITHOUT ROWID;
        """,
    )
    record(connection, "subscription", ("insert", "update", "delete"))


MIGRATIONS: list[Callable[[sqlite3.Connection], None]] = [
    m001_papers,
    m002_reading,
    m003_full_text,
    m004_history,
    m005_keys,
    m006_provenance,
    m007_different,
    m008_saved_searches,
    m009_made_lists,
    m010_bookmarks,
    m011_guides,
    m012_cards,
    m013_studying,
    m014_news,
    m015_citing,
]
"""The steps so far; a new one goes to the end, and a step that adds a column to a recorded table calls ``record``."""


def migrate(database: Database) -> None:
    """Bring the file to the last step.

    Raises:
        LibraryTooNew: the file has seen steps that this program does not know.
    """
    if _version(database.connection) == len(MIGRATIONS):
        return
    while True:
        with database.writing() as connection:
            version = _version(connection)  # again, inside: another program may have migrated meanwhile
            if version > len(MIGRATIONS):
                raise LibraryTooNew(
                    f"{database.path} was written by a later paperpath (its version is {version}, this program knows"
                    f" {len(MIGRATIONS)}). Update paperpath; nothing was changed."
                )
            if version == len(MIGRATIONS):
                return
            MIGRATIONS[version](connection)
            connection.execute(f"PRAGMA user_version = {version + 1}")


def record(connection: sqlite3.Connection, table: str, events: tuple[str, ...], *, condition: str = "") -> None:
    """Make (again) the triggers that write images of ``table``'s rows while a change is being recorded.

    An insert keeps the row's primary key alone: that is all its undoing needs, and undoing it makes the image that
    redo needs. So a bulk import of 10,000 papers writes 0.5 MB of history and not 25.
    """
    info = connection.execute(f"PRAGMA table_info({table})").fetchall()
    columns = [row[1] for row in info if (table, row[1]) not in _UNRECORDED_COLUMNS]
    keys = [row[1] for row in info if row[5]]
    for event in events:
        side, kept = ("new", keys) if event == "insert" else ("old", columns)
        image = ", ".join(f"'{column}', {side}.{column}" for column in kept)
        changed = " OR ".join(f"old.{column} IS NOT new.{column}" for column in columns)
        when = f" AND ({changed})" if event == "update" else condition
        connection.execute(f"DROP TRIGGER IF EXISTS record_{table}_{event}")
        connection.execute(
            f"""CREATE TRIGGER record_{table}_{event} AFTER {event} ON {table}
            WHEN (SELECT change_id FROM recording) IS NOT NULL{when} BEGIN
                INSERT INTO change_row (change_id, relation, event, image)
                    VALUES ((SELECT change_id FROM recording), '{table}', '{event}', json_object({image}));
            END"""
        )


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _script(connection: sqlite3.Connection, script: str) -> None:
    """Run several statements inside the open transaction; ``executescript`` would commit it first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
