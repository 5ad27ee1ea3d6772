"""The library's front: one method for each thing that can be asked or told, each of them whole or not at all.

The SQL is in the modules beside this one, each about one thing; here it is decided what is one transaction, what goes
into the history and in which words, and what is nobody's change but a fact.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Self

from paperpath.durable import write_error
from paperpath.errors import LibraryError
from paperpath.library import finding, lists
from paperpath.library.database import Database
from paperpath.library.files import Files
from paperpath.library.part import Part
from paperpath.library.rows import YOU
from paperpath.library.schema import migrate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from types import TracebackType

    from paperpath.library import (
        backup,
        bookmarks,
        cards,
        care,
        catalogue,
        citing,
        evidence,
        facts,
        guides,
        history,
        keys,
        made_lists,
        marks,
        moving,
        news,
        numbers,
        passages,
        records,
        searches,
        studies,
        telling_apart,
        times,
        uniting,
    )
    from paperpath.library.evidence import Found, Whole
    from paperpath.library.guides import Written
    from paperpath.library.plans import Plan
    from paperpath.library.provenance import Origin, Sources
    from paperpath.library.rows import (
        Added,
        CitationsAsked,
        FeedKind,
        MakeKey,
        News,
        Passage,
        PinReason,
        Row,
        SavedSearch,
        StoredNote,
        Subscription,
        Undone,
        Verdict,
    )
    from paperpath.model import (
        Card,
        Change,
        Grade,
        Guide,
        Highlight,
        Hit,
        Paper,
        PaperId,
        Position,
        ReadingList,
        Record,
        Resource,
        Review,
        Status,
        StoredPdf,
        Topic,
    )
else:
    # Whoever lists papers waits for what is imported, and needs none of these; see `Part`.
    backup, care, catalogue, facts = Part("backup"), Part("care"), Part("catalogue"), Part("facts")
    history, keys, marks, moving = Part("history"), Part("keys"), Part("marks"), Part("moving")
    numbers, passages, records, uniting = Part("numbers"), Part("passages"), Part("records"), Part("uniting")
    made_lists, bookmarks, evidence = Part("made_lists"), Part("bookmarks"), Part("evidence")
    searches, telling_apart, news = Part("searches"), Part("telling_apart"), Part("news")
    studies, times = Part("studies"), Part("times")
    guides = Part("guides")
    cards, citing = Part("cards"), Part("citing")


class _Rehearsed(Exception):
    """A rehearsal is over; it never leaves this module."""


class Library:
    """All papers, and what the reader did with them; may be used from several threads, which then take turns.

    A thread that writes for long (an import beside a running interface) better opens a library of its own: then
    nothing waits, because readers of the file never wait for its writer.
    """

    def __init__(self, database: Database, files: Files) -> None:
        """Use :meth:`open` or :meth:`in_memory`."""
        self._database = database
        self._seen = 0
        self.files = files
        """Where everything outside the database lies."""
        migrate(database)
        self._settle()

    @classmethod
    def open(cls, home: Path) -> Self:
        """The library in the folder ``home``, made or brought up to date when needed.

        Raises:
            LibraryTooNew: it was written by a later paperpath.
            LibraryDamaged: the file is no library or fails SQLite's checks.
            LibraryBusy: another program holds it for too long.
            DiskFull: there is no room to make it.
            LibraryError: the folder cannot be made or written.
        """
        files = Files(home)
        try:
            home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise write_error(error, home) from error
        return cls._made(Database(files.database), files)

    @classmethod
    def in_memory(cls, home: Path | None = None) -> Self:
        """A library that is gone when it is closed; its files, if any, lie in ``home``."""
        return cls._made(Database(None), Files(home or Path("paperpath-in-memory")))

    @classmethod
    def _made(cls, database: Database, files: Files) -> Self:
        try:
            return cls(database, files)
        except BaseException:
            database.close()
            raise

    def _settle(self) -> None:
        """Put the files of a change back that never came to its end."""
        if self.files.journals():
            with self._database.writing() as connection:
                moving.settle(connection, self.files)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def version(self) -> int:
        """A number that differs as soon as this or any other program has committed a change.

        It costs some microseconds and never waits: while another thread is writing it says what it said before.
        """
        if self._database.lock.acquire(blocking=False):
            try:
                self._seen = self._database.version()
            finally:
                self._database.lock.release()
        return self._seen

    # ----------------------------------------------------------------------- changes

    @contextlib.contextmanager
    def change(self, what: str) -> Iterator[None]:
        """Make everything inside one change: one line of the history, all or nothing, undone at once.

        Inside another change it joins that one; if it fails and the outer goes on, its part alone is taken back.
        """
        with history.change(self._database, what):
            yield

    @contextlib.contextmanager
    def quietly(self) -> Iterator[None]:
        """Make everything inside one transaction that is no change of the user's: seeding, syncing, first drafts."""
        with history.quietly(self._database):
            yield

    @contextlib.contextmanager
    def rehearsing(self) -> Iterator[None]:
        """Make everything inside, let it be looked at, and take it back: what would happen?"""
        with contextlib.suppress(_Rehearsed), history.quietly(self._database):
            yield
            raise _Rehearsed

    @contextlib.contextmanager
    def moving(self) -> Iterator[Callable[..., None]]:
        """Around a change that moves files: they and the database come to the new state together, or stay in the old.

        Yields:
            what carries out a :class:`~paperpath.library.plans.Plan`, to be called once, inside the change; with
            ``remember``, undo and redo hand out what takes it back and makes it again.
        """
        journal: Path | None = None

        def carry_out(plan: Plan, *, remember: bool = False) -> None:
            nonlocal journal
            with self._database.writing() as connection:
                if remember:
                    history.keep_files(connection, plan)
                journal = moving.carry_out(connection, self.files, plan)

        try:
            yield carry_out
        except BaseException:
            with contextlib.suppress(LibraryError):  # the first trouble is the one to tell; the next to open goes on
                self._settle()
            raise
        if journal is not None:
            journal.unlink(missing_ok=True)

    def undo(self, settle: history.Settle | None = None) -> Undone:
        """Take back the last change that stands; ``settle`` is called before that is committed.

        Raises:
            NothingToUndo: there is none, or it no longer applies; nothing is touched.
        """
        return history.undo(self._database, settle)

    def redo(self, settle: history.Settle | None = None) -> Undone:
        """Make the last change that was taken back again; see :meth:`undo`.

        Raises:
            NothingToUndo: there is none, or it no longer applies; nothing is touched.
        """
        return history.redo(self._database, settle)

    def history(self, limit: int = 50) -> list[Change]:
        """The last changes, newest first."""
        return history.history(self._database, limit)

    # ----------------------------------------------------------------------- papers

    def add(
        self,
        papers: Iterable[Paper],
        make_key: MakeKey,
        *,
        pin: bool = False,
        what: str | None = None,
        source: str | None = None,
    ) -> list[Added]:
        """Add papers as one change, in the order given; those that are known get the fields that were missing.

        A paper is known by its arXiv id or DOI, never by its title alone. ``paper.key`` is kept when it is free;
        otherwise ``make_key`` makes one from the paper and the keys in use, which are told apart without regard to
        case. With ``pin``, keys that were kept are pinned as imported. ``source`` is where the papers are from
        (``arXiv``, ``import refs.bib``); None if that is not known.
        """
        wanted = list(papers)
        words = what or f"add {_counted([paper.key or paper.title for paper in wanted])}"
        with history.change(self._database, words) as connection:
            return catalogue.add(connection, wanted, make_key, pin=pin, source=source)

    def update(self, paper: Paper, *, what: str | None = None, source: Sources = YOU) -> None:
        """Replace the metadata of the paper with this key; ``source`` says where the fields that differ are from.

        Raises:
            UnknownPaper: no paper has the key.
            BadInput: one of its ids belongs to another paper.
        """
        with history.change(self._database, what or f"change the metadata of {paper.key}") as connection:
            catalogue.update(connection, paper, source)

    def origins(self, key: str) -> dict[str, Origin]:
        """Where each field of a paper that has a value came from, and when; raises UnknownPaper."""
        with self._database.reading() as connection:
            return catalogue.origins(connection, key)

    def rename(self, old: str, new: str, *, what: str | None = None) -> None:
        """Give a paper another key; the old one goes on finding it. Its files are not touched.

        Raises:
            UnknownPaper: no paper has the key ``old``.
            BadInput: another paper has ``new``, or had it, in any case.
        """
        with history.change(self._database, what or f"key of {old}: {new}") as connection:
            keys.rename(connection, old, new)

    def unite(self, kept: str, gone: str, paper: Paper, *, what: str | None = None) -> None:
        """Make one paper of two; notes are not joined and files not touched, see :func:`.uniting.unite`.

        Raises:
            UnknownPaper: there is no such paper.
            BadInput: they are the same one, or the key or an id of ``paper`` belongs to a third.
        """
        with history.change(self._database, what or f"merge {gone} into {kept}") as connection:
            uniting.unite(connection, kept, gone, paper)

    def tell_apart(self, one: str, other: str, *, what: str | None = None) -> None:
        """Say that two papers that look like one are two.

        Raises:
            UnknownPaper: there is no such paper.
            BadInput: they are the same one.
        """
        with history.change(self._database, what or f"{one} and {other} are different papers") as connection:
            telling_apart.tell_apart(connection, one, other)

    def forget_apart(self, one: str, other: str, *, what: str | None = None) -> None:
        """Take back that two papers are different.

        Raises:
            UnknownPaper: there is no such paper.
            BadInput: they are the same one, or nobody said so.
        """
        with history.change(self._database, what or f"{one} and {other} may be one paper") as connection:
            telling_apart.forget(connection, one, other)

    def told_apart(self) -> list[tuple[str, str]]:
        """Keys of pairs that a person called two papers, each in the order in which they were added."""
        with self._database.reading() as connection:
            return telling_apart.pairs(connection)

    def former_keys(self) -> dict[str, str]:
        """Every key that a paper had before → the one that it has now."""
        with self._database.reading() as connection:
            return keys.former(connection)

    def pin(self, names: Sequence[str], reason: PinReason) -> None:
        """Say that these keys must stay; a change of the user's only as part of one."""
        with self._database.writing() as connection:
            keys.pin(connection, names, reason)

    def pins(self) -> dict[str, tuple[PinReason, ...]]:
        """Every pinned key, and why it is."""
        with self._database.reading() as connection:
            return keys.pins(connection)

    def remove(self, keys: Sequence[str], *, what: str | None = None) -> None:
        """Remove papers with everything that hangs on them in the database; undo brings all of it back."""
        with history.change(self._database, what or f"remove {_counted(keys)}") as connection:
            catalogue.remove(connection, keys)

    def get(self, key: str) -> Record:
        """Everything about one paper; raises UnknownPaper, which names close keys."""
        with self._database.reading() as connection:
            return records.record(connection, key)

    def find(self, paper_id: PaperId) -> str | None:
        """The key of the paper with this identifier."""
        with self._database.reading() as connection:
            number = catalogue.by_id(connection, paper_id)
            return None if number is None else catalogue.by_number(connection, number).key

    def resolve(self, text: str) -> str:
        """The key of the paper meant by a key in any case, an id or a URL; raises UnknownPaper."""
        with self._database.reading() as connection:
            return catalogue.resolve(connection, text)

    def keys(self) -> set[str]:
        """All citation keys."""
        with self._database.reading() as connection:
            return {row[0] for row in connection.execute("SELECT key FROM paper")}

    def rows(self, query: str = "", *, list_name: str | None = None) -> list[Row]:
        """Light rows of the papers that match, in the order of the list or of adding; see :mod:`.query`.

        Raises:
            BadQuery: the query cannot be read.
            UnknownList: there is no such list.
        """
        with self._database.reading() as connection:
            return finding.rows(connection, query, list_name)

    def papers(self, query: str = "", *, list_name: str | None = None) -> list[Paper]:
        """The papers that match; see :meth:`rows`."""
        with self._database.reading() as connection:
            return records.papers(connection, query, list_name)

    def fingerprint(self, query: str = "", *, list_name: str | None = None) -> str:
        """A text that differs when :meth:`papers` would give other papers, or in another order."""
        with self._database.reading() as connection:
            return records.fingerprint(connection, query, list_name)

    def records(self, query: str = "", *, list_name: str | None = None) -> list[Record]:
        """The records of the papers that match; see :meth:`rows`."""
        with self._database.reading() as connection:
            return records.records(connection, query, list_name)

    def search(self, text: str, *, limit: int = 50, per_paper: int = 3) -> list[Hit]:
        """Passages of papers and notes that match, the best first; see :mod:`.search`.

        Raises:
            BadQuery: the text says only what is not wanted, or is a page long.
        """
        with self._database.reading() as connection:
            return passages.search(connection, text, limit, per_paper)

    def index_words(self, beginning: str) -> dict[str, int]:
        """Words of the full-text index that begin so, with the number of passages that have each."""
        with self._database.reading() as connection:
            return evidence.words(connection, beginning)

    def index_counts(self, words: Iterable[str]) -> dict[str, int]:
        """In how many passages each of these words is, for those that are in any."""
        with self._database.reading() as connection:
            return evidence.word_counts(connection, words)

    def phrase_counts(self, phrases: Sequence[str]) -> list[int]:
        """In how many passages each of these phrases is."""
        with self._database.reading() as connection:
            return evidence.phrase_counts(connection, phrases)

    def passage_count(self) -> int:
        """How many passages the full-text index has."""
        with self._database.reading() as connection:
            return evidence.passage_count(connection)

    def whole_passages(self, keys: Sequence[str] = ()) -> list[Whole]:
        """Every passage of the papers' texts, or of these papers alone; raises UnknownPaper."""
        with self._database.reading() as connection:
            return evidence.whole_passages(connection, keys)

    def sections_with(
        self, phrases: Sequence[str], *, limit: int, keys: Sequence[str] = (), also: Sequence[int] = ()
    ) -> list[Found]:
        """The sections of the best passages that have any of these phrases, and of those with the numbers ``also``; see
        :mod:`.evidence`.

        Raises:
            UnknownPaper: there is none with one of ``keys``.
        """
        with self._database.reading() as connection:
            return evidence.sections_with(connection, phrases, limit, keys, also)

    def resembling(self, words: Sequence[str], *, limit: int) -> list[str]:
        """Keys of the papers that have most of these words in title and abstract, the best first."""
        with self._database.reading() as connection:
            return passages.resembling(connection, list(words), limit)

    # ----------------------------------------------------------------------- saved searches

    def searches(self) -> list[SavedSearch]:
        """All saved searches, by name."""
        with self._database.reading() as connection:
            return searches.searches(connection)

    def search_keys(self, query: str) -> list[str]:
        """Keys of the papers that a query finds, in the order of adding; raises BadQuery."""
        with self._database.reading() as connection:
            return finding.keys(connection, query)

    def save_search(self, name: str, query: str) -> SavedSearch:
        """Keep a query under a name, in place of one that has it.

        Raises:
            BadQuery: the query cannot be read, or asks for itself.
            BadInput: it says nothing, or what is given can be no name.
        """
        with history.change(self._database, f"save the search “{name}”") as connection:
            return searches.keep(connection, name, query)

    def rename_search(self, old: str, new: str) -> SavedSearch:
        """Give a saved search another name; raises BadInput if there is none, or another one is called that."""
        with history.change(self._database, f"rename the search “{old}” to “{new}”") as connection:
            return searches.rename(connection, old, new)

    def remove_search(self, name: str) -> None:
        """Forget a saved search; raises BadInput if there is none."""
        with history.change(self._database, f"remove the search “{name}”") as connection:
            searches.remove(connection, name)

    # ----------------------------------------------------------------------- what is new on arXiv

    def subscriptions(self) -> list[Subscription]:
        """What a person follows: categories, searches, authors."""
        with self._database.reading() as connection:
            return news.subscriptions(connection)

    def subscribe(self, kind: FeedKind, words: str) -> bool:
        """Follow something; whether it was not followed before."""
        with history.change(self._database, f"follow {words}") as connection:
            return news.subscribe(connection, kind, words)

    def unsubscribe(self, kind: FeedKind, words: str) -> None:
        """Follow something no longer; raises BadInput if nobody does."""
        with history.change(self._database, f"follow {words} no longer") as connection:
            news.unsubscribe(connection, kind, words)

    def keep_news(
        self, kind: FeedKind, words: str, found: Iterable[News], *, asked: str, through: str | None
    ) -> list[str]:
        """Keep what a feed announced at the time ``asked``; ids of what is new here. Not undoable."""
        with history.quietly(self._database) as connection:
            return news.keep(connection, kind, words, found, asked, through)

    def feed_failed(self, kind: FeedKind, words: str, problem: str) -> None:
        """Keep why a feed did not answer, until it does."""
        with history.quietly(self._database) as connection:
            news.failed(connection, kind, words, problem)

    def news(self, *, since: str) -> list[News]:
        """Papers announced since that day, and those judged ``later``, the newest first."""
        with self._database.reading() as connection:
            return news.news(connection, since)

    def judged(self, verdict: Verdict, *, limit: int) -> list[News]:
        """The papers that got a verdict last, as they were announced."""
        with self._database.reading() as connection:
            return news.judged(connection, verdict, limit)

    def verdicts(self) -> dict[str, tuple[Verdict, int]]:
        """arXiv id → the verdict on a paper that was announced, and the version that it is about."""
        with self._database.reading() as connection:
            return news.verdicts(connection)

    def announced(self, arxiv_id: str) -> News:
        """One paper that was announced; raises BadInput if none was under this id."""
        with self._database.reading() as connection:
            return news.announced(connection, arxiv_id)

    def judge(self, ids: Sequence[str], verdict: Verdict | None, *, what: str | None = None) -> None:
        """Say what is to become of announced papers; None takes it back. Raises BadInput for one that was not."""
        words = what or f"{verdict or 'no verdict on'} {_counted(ids)} of arXiv"
        with history.change(self._database, words) as connection:
            news.judge(connection, ids, verdict)

    def citations_asked(self) -> dict[str, CitationsAsked]:
        """Cited paper, as arXiv id or DOI → when a service was last asked what cites it."""
        with self._database.reading() as connection:
            return citing.asked(connection)

    def keep_citations(self, cited: str, by: Iterable[str], told: CitationsAsked) -> None:
        """Keep which arXiv ids cite a paper, as a service said. Not undoable."""
        with history.quietly(self._database) as connection:
            citing.keep(connection, cited, by, told)

    def untold(self, cited: Iterable[str]) -> list[str]:
        """arXiv ids that cite one of these papers and were never announced, the newest first."""
        with self._database.reading() as connection:
            return citing.untold(connection, cited)

    def cites(self) -> dict[str, tuple[str, ...]]:
        """Announced paper → arXiv ids and DOIs of what it cites, as far as citations were asked for."""
        with self._database.reading() as connection:
            return citing.cites(connection)

    # ----------------------------------------------------------------------- the reader's marks

    def set_status(self, keys: Sequence[str], status: Status, *, what: str | None = None) -> None:
        """Say how far papers have been read."""
        with self._database.reading() as connection:
            before = marks.status_of(connection, numbers.number_for(connection, keys[0])) if len(keys) == 1 else ""
        words = f"status of {_counted(keys)}: {f'{before} → ' if before else ''}{status}"
        with history.change(self._database, what or words) as connection:
            marks.set_status(connection, keys, status)

    def statuses(self) -> dict[str, Status]:
        """The status of every paper, by key."""
        with self._database.reading() as connection:
            return marks.statuses(connection)

    def status_dates(self, key: str) -> dict[Status, str]:
        """When each status of a paper was first reached, ISO 8601, UTC."""
        with self._database.reading() as connection:
            return marks.status_dates(connection, key)

    def tag(
        self, keys: Sequence[str], *, add: Sequence[str] = (), remove: Sequence[str] = (), what: str | None = None
    ) -> None:
        """Add and remove tags."""
        signs = [f"+{name}" for name in add] + [f"−{name}" for name in remove]
        with history.change(self._database, what or f"tags of {_counted(keys)}: {' '.join(signs)}") as connection:
            marks.tag(connection, keys, add, remove)

    def tags(self) -> dict[str, int]:
        """Every tag with the number of its papers, in alphabetical order."""
        with self._database.reading() as connection:
            return marks.tags(connection)

    def set_position(self, key: str, position: Position) -> None:
        """Remember where reading stopped; no part of the history."""
        with history.quietly(self._database) as connection:
            marks.set_position(connection, key, position)

    def bookmarks(self, key: str) -> dict[str, Position]:
        """The places of a paper that have a letter from a to z, by their letters."""
        with self._database.reading() as connection:
            return bookmarks.bookmarks(connection, key)

    def set_bookmark(self, key: str, letter: str, position: Position) -> None:
        """Give a place in a paper a letter, a to z; no part of the history. Raises BadInput for anything else."""
        with history.quietly(self._database) as connection:
            bookmarks.set_bookmark(connection, key, letter, position)

    def add_highlight(self, key: str, highlight: Highlight) -> Highlight:
        """Keep a highlight; the answer has its number and its time."""
        with history.change(self._database, f"highlight in {key}") as connection:
            return marks.add_highlight(connection, key, highlight)

    def update_highlight(self, key: str, highlight: Highlight) -> None:
        """Replace the highlight with this number."""
        with history.change(self._database, f"change a highlight in {key}") as connection:
            marks.update_highlight(connection, key, highlight)

    def remove_highlight(self, key: str, id: int) -> None:  # noqa: A002 - what a highlight calls it
        """Delete the highlight with this number."""
        with history.change(self._database, f"remove a highlight from {key}") as connection:
            marks.remove_highlight(connection, key, id)

    def note(self, key: str) -> StoredNote | None:
        """The note as it was last kept; the file ``notes/<key>.md`` may be newer."""
        with self._database.reading() as connection:
            return marks.note(connection, key)

    def set_note(self, key: str, text: str | None, *, what: str | None = None, mtime_ns: int | None = None) -> None:
        """Keep the text of the note's file for search and undo; None says that the file is gone.

        ``mtime_ns`` is the file's time of change from before it was read: then an edit that came in between is
        noticed the next time. Without it, it is read now, which is right after writing the file. An equal text is no
        change.
        """
        path = self.files.note(key)
        if mtime_ns is None:
            mtime_ns = path.stat().st_mtime_ns if path.exists() else 0
        with history.change(self._database, what or f"note on {key}") as connection:
            marks.set_note(connection, key, text, mtime_ns)

    # ----------------------------------------------------------------------- question cards

    def cards(self) -> list[Card]:
        """Every card that the reader has reviewed, changed or made; see :mod:`.cards`."""
        with self._database.reading() as connection:
            return cards.cards(connection)

    def keep_card(self, card: Card, *, what: str) -> Card:
        """Keep a card in place of the one with its id; the answer has its time. Raises UnknownPaper."""
        with history.change(self._database, what) as connection:
            return cards.keep(connection, card)

    def review_card(self, card: Card, grade: Grade, at: str, *, what: str) -> Card:
        """Keep a card with its new schedule and write the answer of the moment ``at`` into the log, as one change."""
        with history.change(self._database, what) as connection:
            kept = cards.keep(connection, card)
            cards.log(connection, kept.id, grade, at)
            return kept

    def remove_card(self, card_id: str, *, what: str) -> None:
        """Delete a card with its reviews; raises BadInput if there is none of that id."""
        with history.change(self._database, what) as connection:
            cards.remove(connection, card_id)

    def reviews(self, since: str = "") -> list[Review]:
        """The answers since a moment, ISO 8601, UTC."""
        with self._database.reading() as connection:
            return cards.reviews(connection, since)

    def cards_begun(self, since: str) -> int:
        """How many cards were reviewed for the first time since a moment."""
        with self._database.reading() as connection:
            return cards.begun(connection, since)

    def cards_due(self, before: str) -> int:
        """How many cards that were reviewed fall due before a moment, ISO 8601, UTC."""
        with self._database.reading() as connection:
            return cards.due(connection, before)

    def commented_highlights(self) -> list[tuple[str, Highlight]]:
        """Every highlight that has a comment, with the key of its paper."""
        with self._database.reading() as connection:
            return cards.commented(connection)

    def exported_cards(self) -> dict[str, tuple[str, str]]:
        """Card id → (digest of the words that were exported last, when these words were first exported)."""
        with self._database.reading() as connection:
            return cards.exported(connection)

    def note_exported_cards(self, found: Mapping[str, tuple[str, str]]) -> None:
        """Remember what :meth:`exported_cards` tells; no part of the history."""
        with history.quietly(self._database) as connection:
            cards.note_exported(connection, found)

    # ----------------------------------------------------------------------- what is known, and the time it took

    def known_topics(self) -> dict[str, str]:
        """Topics that the reader said they know → since when."""
        with self._database.reading() as connection:
            return studies.known_topics(connection)

    def known_papers(self) -> dict[str, str]:
        """Keys of papers that the reader said they know → since when."""
        with self._database.reading() as connection:
            return studies.known_papers(connection)

    def know(self, topics: Sequence[str], keys: Sequence[str]) -> None:
        """Keep that the reader knows topics and papers; raises UnknownPaper."""
        with history.change(self._database, f"know {_listed([*topics, *keys])}") as connection:
            studies.know(connection, topics, keys)

    def unknow(self, topics: Sequence[str], keys: Sequence[str]) -> None:
        """Take back that the reader knows them; raises UnknownPaper."""
        with history.change(self._database, f"no longer know {_listed([*topics, *keys])}") as connection:
            studies.unknow(connection, topics, keys)

    def passes(self, key: str) -> tuple[studies.DonePass, ...]:
        """The passes over a paper that are done; raises UnknownPaper."""
        with self._database.reading() as connection:
            return studies.passes(connection, key)

    def all_passes(self) -> list[tuple[str, str, str]]:
        """Every pass that is done: key, name of the pass, when, ISO 8601, UTC."""
        with self._database.reading() as connection:
            return studies.all_passes(connection)

    def set_pass(self, key: str, done: studies.DonePass) -> None:
        """Keep that a pass over a paper is done."""
        with history.change(self._database, f"{done.name} {key}: done") as connection:
            studies.set_pass(connection, key, done)

    def drop_pass(self, key: str, name: str) -> None:
        """Keep that a pass over a paper is to be done again."""
        with history.change(self._database, f"{name} {key}: to do") as connection:
            studies.drop_pass(connection, key, name)

    def add_minutes(self, key: str, day: str, minutes: int) -> None:
        """Add minutes of reading to a paper's day (an ISO date); no part of the history."""
        with history.quietly(self._database) as connection:
            times.add_minutes(connection, key, day, minutes)

    def minutes(self) -> list[times.Minutes]:
        """Minutes of reading, by day."""
        with self._database.reading() as connection:
            return times.minutes(connection)

    def reached(self) -> list[times.Reached]:
        """When every paper that is not unread first reached each status."""
        with self._database.reading() as connection:
            return times.reached(connection)

    def marked(self) -> list[str]:
        """When the highlights were made, ISO 8601, UTC."""
        with self._database.reading() as connection:
            return times.marked(connection)

    # ----------------------------------------------------------------------- facts

    def set_pdf(self, key: str, pdf: StoredPdf | None) -> None:
        """Keep what is known of the paper's PDF (None: there is none any more) and forget a problem before it.

        With another PDF than before, ``parsed`` is None until that one has been read.
        """
        with history.quietly(self._database) as connection:
            facts.set_pdf(connection, key, pdf)

    def set_parsed(self, key: str, parser: str, passages: Iterable[Passage]) -> None:
        """Replace the paper's text in the full-text index and forget a problem before it."""
        with history.quietly(self._database) as connection:
            facts.set_parsed(connection, key, parser, passages)

    def set_problem(self, key: str, problem: str | None) -> None:
        """Keep why the last fetch or parse failed; None when it is over."""
        with history.quietly(self._database) as connection:
            facts.set_problem(connection, key, problem)

    def meta(self, name: str) -> str | None:
        """A fact about the library itself, such as what it was seeded with."""
        with self._database.reading() as connection:
            return facts.meta(connection, name)

    def set_meta(self, name: str, value: str | None) -> None:
        """Keep a fact about the library itself; None forgets it. Not undoable."""
        with history.quietly(self._database) as connection:
            facts.set_meta(connection, name, value)

    # ----------------------------------------------------------------------- reading lists

    def set_list(self, reading_list: ReadingList, *, origin: str, fingerprint: str) -> None:
        """Keep a list in place of the one with its name; its keys are the library's already. Not undoable."""
        with history.quietly(self._database) as connection:
            lists.set_list(connection, reading_list, origin, fingerprint)

    def drop_list(self, name: str) -> None:
        """Forget a list; its papers stay. Raises UnknownList."""
        with history.quietly(self._database) as connection:
            lists.drop_list(connection, name)

    def collect(self, keys: Sequence[str], title: str) -> int:
        """Put papers on a list of the person's own, which is made when there is none of that name or title.

        Returns:
            how many of them were not on it.

        Raises:
            UnknownPaper: there is no such paper.
            BadInput: it can be no name, or that list comes from a file.
        """
        with history.change(self._database, f"add {_counted(keys)} to the list “{title}”") as connection:
            return made_lists.collect(connection, title, keys)

    def release(self, keys: Sequence[str], list_name: str) -> int:
        """Take papers from a list of the person's own; how many were on it. Raises as :meth:`collect`, UnknownList."""
        with history.change(self._database, f"take {_counted(keys)} from the list “{list_name}”") as connection:
            return made_lists.release(connection, list_name, keys)

    def retitle_list(self, name: str, title: str) -> None:
        """Give a list of the person's own another title; raises UnknownList, or BadInput if that cannot be."""
        with history.change(self._database, f"rename the list “{name}” to “{title}”") as connection:
            made_lists.retitle(connection, name, title)

    def remove_list(self, name: str) -> None:
        """Forget a list of the person's own, undoably; raises UnknownList, or BadInput if it comes from a file."""
        with history.change(self._database, f"remove the list “{name}”") as connection:
            made_lists.remove(connection, name)

    def lists(self) -> list[ReadingList]:
        """All reading lists, the main list first, then by name."""
        with self._database.reading() as connection:
            return lists.reading_lists(connection, lists.fingerprints(connection))

    def reading_list(self, name: str) -> ReadingList:
        """The list with this name; raises UnknownList, which names close ones."""
        with self._database.reading() as connection:
            lists.require(connection, name)
            return lists.reading_lists(connection, [name])[0]

    def list_fingerprints(self) -> dict[str, str]:
        """Name → fingerprint of every list, to see which files changed."""
        with self._database.reading() as connection:
            return lists.fingerprints(connection)

    def list_origins(self) -> dict[str, str]:
        """Name → where every list came from."""
        with self._database.reading() as connection:
            return lists.origins(connection)

    # ----------------------------------------------------------------------- guides

    def set_guides(
        self, files: Mapping[str, Sequence[Written]], *, origin: str, fingerprint: str, broken: Iterable[str] = ()
    ) -> None:
        """Keep the guides of these files in place of all of that origin, but for those of ``broken`` files.

        The fingerprint is then :meth:`meta` ``guides ORIGIN``.
        """
        with history.quietly(self._database) as connection:
            guides.set_guides(connection, origin, files, broken)
            facts.set_meta(connection, f"guides {origin}", fingerprint)

    def set_topics(self, topics: Sequence[Topic], *, origin: str) -> None:
        """Keep these topics in place of all of that origin."""
        with history.quietly(self._database) as connection:
            guides.set_topics(connection, origin, topics)

    def set_resources(self, resources: Sequence[Resource], *, origin: str) -> None:
        """Keep these resources in place of all of that origin."""
        with history.quietly(self._database) as connection:
            guides.set_resources(connection, origin, resources)

    def guide(self, key: str) -> Guide | None:
        """How to read a paper, if anybody wrote that down; raises UnknownPaper."""
        with self._database.reading() as connection:
            return guides.guide(connection, key)

    def guides(self) -> dict[str, Guide]:
        """The guides to all papers that have one, by the papers' keys."""
        with self._database.reading() as connection:
            return guides.guides(connection)

    def topics(self, ids: Sequence[str] | None = None) -> dict[str, Topic]:
        """What is to be known that is no paper, by id: all of it, or those of these ids that there are."""
        with self._database.reading() as connection:
            return guides.topics(connection, ids)

    def resources(self) -> dict[str, Resource]:
        """Books, courses and other things to learn from, by id."""
        with self._database.reading() as connection:
            return guides.resources(connection)

    # ----------------------------------------------------------------------- care

    def check(self) -> list[str]:
        """What is wrong with the database, a sentence each; empty when all is well."""
        return care.check(self._database)

    def reindex(self) -> None:
        """Make the full-text index again."""
        care.reindex(self._database)

    def backup(self, path: Path, *, papers: bool = True) -> None:
        """Write a consistent copy of the library, and of the PDFs unless told otherwise, into one file.

        Others may write meanwhile. Raises DiskFull, leaving nothing behind, and what was at ``path`` untouched.
        """
        backup.backup(self._database, self.files, path, papers=papers)

    @classmethod
    def restore(cls, home: Path, path: Path) -> Path | None:
        """Bring a backup back; what was there before is kept in the folder that is returned.

        Raises:
            BadFile: the file is no backup, or is damaged; nothing was changed.
            LibraryTooNew: it was made by a later paperpath.
            LibraryBusy: another program is writing.
        """
        return backup.restore(Files(home), path)


def _counted(keys: Sequence[str]) -> str:
    return keys[0] if len(keys) == 1 else f"{len(keys)} papers"


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:3])
    return f"{shown} and {len(names) - 3} more" if len(names) > 4 else ", ".join(names)
