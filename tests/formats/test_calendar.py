"""Calendars: what another reader of RFC 5545 makes of them, and what the standard says about each line."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from paperpath.formats.calendar import Event, write

NOW = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
READ = Event(
    "read arxiv:1706.03762",
    date(2026, 11, 23),
    date(2026, 11, 25),
    "Read: Attention, and; all\\that",
    "It changed everything.\n\nUnlocks: BERT; GPT, and more than fits into one line of seventy-five octets — ünïcödé.",
    "https://arxiv.org/abs/1706.03762",
)

GOLDEN = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//paperpath//reading plan//EN
CALSCALE:GREGORIAN
X-WR-CALNAME:A plan
BEGIN:VEVENT
UID:15127a7d9a1af9cd94d06b8a70af17b7@paperpath
DTSTAMP:20261123T153000Z
SEQUENCE:217611000
DTSTART;VALUE=DATE:20261123
DTEND;VALUE=DATE:20261126
SUMMARY:Read: Attention\\, and\\; all\\\\that
DESCRIPTION:It changed everything.\\n\\nUnlocks: BERT\\; GPT\\, and more than f
 its into one line of seventy-five octets — ünïcödé.
URL:https://arxiv.org/abs/1706.03762
CATEGORIES:paperpath
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR
"""


def parsed(text: str) -> list[Any]:
    return list(icalendar.Calendar.from_ical(text.encode()).walk("VEVENT"))


def test_a_calendar_line_by_line() -> None:
    text = write([READ], "A plan", NOW)
    assert text.endswith("\r\n")
    assert text.replace("\r\n", "\n") == GOLDEN


def test_read_again_an_event_moves_and_is_not_there_twice() -> None:
    [before] = parsed(write([READ], "A plan", NOW))
    moved = Event(READ.identity, READ.first + timedelta(7), READ.last + timedelta(9), "Another title")
    [after] = parsed(write([moved], "A plan", NOW + timedelta(seconds=1)))
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert Event("read arxiv:1", READ.first, READ.last, "").uid != READ.uid


def test_the_last_day_of_all_is_a_day() -> None:
    [event] = parsed(write([Event("x", date.max, date.max, "Late")], "", NOW))
    assert (event["DTSTART"].dt, "DTEND" in event) == (date.max, False)


DAYS = st.dates(date(1, 1, 1), date(9999, 12, 30))
EVENTS = st.builds(
    lambda identity, first, days, summary, about: Event(
        identity,
        first,
        min(date(9999, 12, 30), first + timedelta(min(days, (date(9999, 12, 30) - first).days))),
        summary,
        about,
    ),
    st.text(),
    DAYS,
    st.integers(0, 400),
    st.text(),
    st.text(),
)


@given(st.lists(EVENTS, max_size=4), st.text())
def test_another_reader_gets_back_what_was_written(events: list[Event], name: str) -> None:
    text = write(events, name, NOW)
    for line in text.split("\r\n"):
        assert len(line.encode()) <= 75
        assert "\n" not in line
        assert "\r" not in line
    found = parsed(text)
    assert len(found) == len(events)
    for event, one in zip(found, events, strict=True):
        assert event["UID"] == one.uid
        assert (event["DTSTART"].dt, event["DTEND"].dt) == (one.first, one.last + timedelta(1))
        for field, said in (("SUMMARY", one.summary), ("DESCRIPTION", one.description)):
            assert _kept(str(event.get(field, ""))) == _kept(said)


def _kept(text: str) -> str:
    """A text as calendars can hold it: no control characters, and no blanks that a reader may trim."""
    joined = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        sign
        for sign in joined
        if sign == "\n" or ((sign.isprintable() or ord(sign) >= 0xA0) and sign not in "\u2028\u2029")
    ).strip()
