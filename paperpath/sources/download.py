"""One PDF from a URL to a file: resumed, checked, published in one step.

The order of events is what makes it safe: bytes reach the disk, then the journal vouches for them (``part.py``); the
end of the body is noted, then the file is checked, then it is renamed onto the target. A crash between any two of
these leaves either a part that the next run goes on with, or the whole paper.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import requests
from filelock import FileLock, Timeout

from paperpath.durable import disk_is_full
from paperpath.errors import BadAnswer, Cancelled, DiskFull, LibraryError, NotFound, ParseFailed
from paperpath.model import StoredPdf
from paperpath.sources.base import Check, Receiving, Stop, Tell, Waiting
from paperpath.sources.http import Again, Answer, Client, is_html
from paperpath.sources.part import Journal, Part
from paperpath.sources.pdf_check import Flaw, flaw

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MOST = 1 << 30  # bytes; arXiv takes no submissions of a tenth of that
_HEAD = 64  # bytes that tell a web page from a PDF
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")
_NAMED_VERSION = re.compile(r'filename="?[^";]*?v(\d+)\.pdf')


class Download:
    """The way of one PDF. ``what`` names it as the subject of "… could not be fetched"."""

    def __init__(
        self, client: Client, url: str, target: Path, *, what: str, tell: Tell, stop: Stop, check: Check | None
    ) -> None:
        self._client = client
        self._url = url
        self._target = target
        self._part = Part(target)
        self._what = what
        self._tell = tell
        self._stop = stop
        self._check = check
        self._doubted: str | None = None
        """sha256 of a complete download that looked damaged; the same again means that the paper is like this."""

    def run(self, version: int | None) -> StoredPdf:
        """The PDF at its target, fetched unless it is there already.

        Args:
            version: the version that was asked for, if one was.
        """
        with self._only_me(), self._disk():
            self._target.parent.mkdir(parents=True, exist_ok=True)
            present = self._present(version)
            if present is not None:
                self._part.discard()
                return present
            journal, sha256, pages = self._client.retrying(self._what, self._attempt, tell=self._tell, stop=self._stop)
            return StoredPdf(
                sha256=sha256,
                bytes=journal.length,
                pages=pages,
                fetched=_iso(datetime.now(UTC)),
                version=version or journal.version,
                source=self._url,
            )

    # ------------------------------------------------------------------------------ one try

    def _attempt(self) -> tuple[Journal, str, int]:
        journal = self._part.load(self._url)
        if journal is not None and journal.complete:  # killed between the last byte and the rename
            sha256 = self._part.sha256()
        else:
            journal, sha256 = self._receive(journal)
        pages = self._judge(journal, sha256)
        self._part.publish(self._target)
        return journal, sha256, pages

    def _receive(self, journal: Journal | None) -> tuple[Journal, str]:
        headers = {"Accept-Encoding": "identity", "Accept": "application/pdf"}
        if journal is not None:
            headers |= {"Range": f"bytes={journal.length}-", "If-Range": journal.etag or ""}
        try:
            with self._client.open(self._url, headers, tell=self._tell, stop=self._stop) as answer:
                return self._store(answer, self._begin(answer, journal))
        except NotFound as error:
            self._part.discard()
            raise NotFound(
                f"{self._what} does not exist: the paper was withdrawn or the id is wrong. Look at its page on arXiv;"
                " an earlier version may still be there."
            ) from error

    def _begin(self, answer: Answer, journal: Journal | None) -> Journal:
        """The journal to go on with: behind what is there for a fitting 206, from the start for a 200."""
        if answer.status == 400:
            raise NotFound("The server does not accept the id.")
        if answer.status == 416:
            self._part.discard()
            raise Again("the file on the server has become another one", kind=BadAnswer)
        etag = answer.headers.get("ETag")
        strong = None if etag is None or etag.startswith("W/") else etag
        if answer.status == 206:
            return self._going_on(answer, journal, strong)
        named = _NAMED_VERSION.search(answer.headers.get("Content-Disposition", ""))
        length = answer.headers.get("Content-Length", "")
        encoded = answer.headers.get("Content-Encoding", "identity") != "identity"
        return Journal(
            url=self._url,
            etag=None if encoded else strong,  # positions in an encoded body mean nothing
            total=int(length) if length.isdecimal() and not encoded else None,
            version=int(named[1]) if named else None,
        )

    def _going_on(self, answer: Answer, journal: Journal | None, etag: str | None) -> Journal:
        match = _RANGE.fullmatch(answer.headers.get("Content-Range", ""))
        total = int(match[3]) if match and match[3] != "*" else None
        fits = (
            journal is not None
            and match is not None
            and int(match[1]) == journal.length
            and etag in (None, journal.etag)
            and (total is None or (int(match[2]) == total - 1 and journal.total in (None, total)))
        )
        if journal is None or not fits:
            self._part.discard()
            raise Again("the server sent another part than was asked for", kind=BadAnswer)
        return Journal(self._url, journal.etag, journal.length, total or journal.total, journal.version)

    def _store(self, answer: Answer, journal: Journal) -> tuple[Journal, str]:
        chunks = answer.chunks()
        head = b""
        while len(head) < _HEAD and (chunk := next(chunks, b"")):
            head += chunk
        if not journal.length and is_html(head):  # a captcha that calls itself a PDF
            raise answer.refuse()
        with self._part.write(journal) as writing:
            for chunk in itertools.chain([head], chunks):
                writing.write(chunk)
                self._tell(Receiving(writing.length, journal.total))
                if self._stop():
                    raise Cancelled("Stopped. Run it again to go on from here.")
                if writing.length > _MOST:
                    break
            sha256 = writing.finish()
        if writing.length > _MOST:
            self._part.discard()
            raise BadAnswer(f"{self._what} does not end: more than {_MOST >> 20} MB came. Look at it in a browser.")
        return writing.journal, sha256

    # ------------------------------------------------------------------------------ is it sound

    def _judge(self, journal: Journal, sha256: str) -> int:
        """The number of pages of a sound PDF (0 without a check); a damaged one is removed and fetched anew."""
        found = flaw(self._part.path, journal.total)
        pages = 0
        again = sha256 == self._doubted
        if self._check is not None and (found is None or (again and not found.certain)):
            try:
                pages = self._check(self._part.path)
                found = None
            except ParseFailed as error:
                found = Flaw(str(error).rstrip("."), certain=False)
        elif again and found is not None and not found.certain:
            found = None
        if found is None:
            return pages
        self._part.discard()
        if again and not found.certain:
            raise BadAnswer(
                f"{self._what} is damaged on the server itself, the same bytes came twice: {found.what}."
                " Another version of the paper may be whole."
            )
        self._doubted = sha256
        raise Again(f"the PDF arrived damaged: {found.what}", kind=BadAnswer)

    def _present(self, version: int | None) -> StoredPdf | None:
        """The PDF that is at the target already, if it is whole: another process, or a run that was killed, put it."""
        if not self._target.is_file() or flaw(self._target) is not None:
            return None
        try:
            pages = self._check(self._target) if self._check else 0
        except ParseFailed:
            return None
        with self._target.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        stat = self._target.stat()
        fetched = _iso(datetime.fromtimestamp(stat.st_mtime, UTC))
        return StoredPdf(sha256, stat.st_size, pages, fetched, version, self._url)

    # ------------------------------------------------------------------------------ the disk

    @contextmanager
    def _only_me(self) -> Iterator[None]:
        """One process per target at a time. The locks are 64 for all targets, so that they do not pile up."""
        bucket = hashlib.sha256(str(self._target.resolve()).encode()).digest()[0] % 64
        lock = FileLock(self._client.folder / f"target-{bucket:02}.lock", thread_local=False)
        told = False
        while True:
            try:
                lock.acquire(timeout=0)
                break
            except Timeout:
                if not told:
                    self._tell(Waiting(self._client.gate.interval, "another paperpath is fetching this paper"))
                told = True
                self._client.gate.wait(0.05, "another paperpath is fetching this paper", tell=_quiet, stop=self._stop)
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def _disk(self) -> Iterator[None]:
        """Translate what the disk says. On a full one the part is given up: others need the room more."""
        try:
            yield
        except requests.RequestException:  # an OSError too, by birth; none should reach this place
            raise
        except OSError as error:
            if disk_is_full(error):
                self._part.discard()
                raise DiskFull(
                    f"{self._what} could not be kept: there is no room left in {self._target.parent}."
                    " Make room and run it again."
                ) from error
            raise LibraryError(
                f"{self._what} could not be written to {self._target.parent}: {error.strerror or error}."
                " Check the folder's permissions and run it again."
            ) from error


def _quiet(_progress: object) -> None:
    """The wait for another process is told once, not with every look."""


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
