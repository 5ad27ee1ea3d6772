"""Whole days for a calendar, as iCalendar (RFC 5545).

Each event keeps its UID for ever, and its SEQUENCE grows with the moment at which it is written: a calendar that reads
the file again moves what it has (RFC 5545, 3.8.4.7 and 3.8.7.4) and adds nothing twice. Lines end with CRLF and are
folded at 75 octets, never inside a character (3.1); texts are escaped (3.3.11).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_OCTETS = 75
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
"""SEQUENCE counts seconds from here: an INTEGER has 31 bits (3.3.8), and these last until 2088."""
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Event:
    """Something on one day or on several."""

    identity: str
    """What stays the same when everything else changes; the UID is made of it."""
    first: date
    last: date
    """Its last day."""
    summary: str
    description: str = ""
    url: str = ""

    @property
    def uid(self) -> str:
        """The same for the same identity, on every machine."""
        return f"{hashlib.sha256(self.identity.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}@paperpath"


def write(events: Iterable[Event], name: str, now: datetime) -> str:
    """A calendar called ``name`` with these events, as of ``now`` (with its time zone)."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//paperpath//reading plan//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for event in events:
        lines += _event(event, now.astimezone(UTC))
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _folded(line))


def _event(event: Event, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{max(0, int((now - _EPOCH).total_seconds()))}"
    yield f"DTSTART;VALUE=DATE:{_day(event.first)}"
    if event.last < date.max:  # the day after the last is the end; without one, an event takes one day
        yield f"DTEND;VALUE=DATE:{_day(event.last + timedelta(1))}"
    yield f"SUMMARY:{_text(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{_text(event.description)}"
    if address := re.sub(r"[\s\x00-\x20\x7f-\x9f]", "", event.url):
        yield f"URL:{address}"
    yield "CATEGORIES:paperpath"
    yield "TRANSP:TRANSPARENT"  # a day with a paper in it is not a busy one
    yield "END:VEVENT"


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"  # strftime writes years before 1000 with three digits


def _text(text: str) -> str:
    """A value of type TEXT."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).translate(_ESCAPED)


def _folded(line: str) -> Iterator[str]:
    """The pieces of a content line; those after the first begin with the blank that tells them apart."""
    piece, room = "", _OCTETS
    for character in line:
        octets = len(character.encode())
        if octets > room:
            yield piece
            piece, room = " ", _OCTETS - 1
        piece += character
        room -= octets
    yield piece
