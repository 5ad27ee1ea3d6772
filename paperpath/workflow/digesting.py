"""A digest of what is new, as a file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from paperpath.durable import atomic_write
from paperpath.errors import BadFile, BadInput
from paperpath.formats.digest import DIGESTS, Entry, is_digest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from paperpath.workflow.new_papers import NewPaper, Update


def digest(papers: Sequence[NewPaper], updates: Sequence[Update], format: str, *, now: datetime | None = None) -> str:  # noqa: A002 - what the option is called
    """The text of a digest; raises BadInput if there is no such format."""
    if format not in DIGESTS:
        raise BadInput(f"{format!r} is no format of a digest. There are {', '.join(DIGESTS)}.")
    at = (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    entries = [Entry(one.news.paper, one.news.day, one.why) for one in papers]
    entries += [Entry(one.news.paper, one.news.day, update_of=one.key) for one in updates]
    return DIGESTS[format](entries, at)


def write(path: Path, text: str) -> None:
    """Put a digest where none is, or in the place of an earlier one, whole or not at all.

    Raises:
        BadFile: another file is there; it is untouched.
        DiskFull, LibraryError: it cannot be written; what was there is untouched.
    """
    if path.is_dir():
        raise BadFile(f"{path} is a folder. Name a file, such as {path / 'new.md'}.")
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            beginning = file.read(600)
    except FileNotFoundError:
        beginning = ""
    except OSError as error:
        raise BadFile(f"{path} cannot be looked at ({error.strerror}), so nothing was written.") from error
    if beginning and not is_digest(beginning):
        raise BadFile(f"{path} is another file, no digest, so it was left alone. Name another one.")
    atomic_write(path, text)
