"""New papers of a made-up arXiv, for tests of what is done with them: kettles, lanterns and engines, in August 2026."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

KETTLE, LANTERN, ENGINE = "whistling kettles and steam", "night lanterns and wicks", "piston engines and rails"
THURSDAY = datetime(2026, 8, 13, 9, tzinfo=UTC)
FRIDAY = datetime(2026, 8, 14, 9, tzinfo=UTC)
SATURDAY = datetime(2026, 8, 15, 9, tzinfo=UTC)
MONDAY = datetime(2026, 8, 17, 9, tzinfo=UTC)
TUESDAY = datetime(2026, 8, 18, 9, tzinfo=UTC)


def line(number: int, subject: str, *, version: int = 1, day: str = "2026-08-12", **more: Any) -> dict[str, Any]:
    """A line of metadata for the stand-in."""
    return {
        "id": f"2608.{number:05}",
        "version": version,
        "title": f"On {subject}, part {number} [/x]",
        "authors": ['Petter T\\"ornberg', "Bo Li, Jr."],
        "abstract": f"We look at {subject}: {subject} in kitchens and harbours, {number} of them.",
        "categories": ["cs.CL", "cs.LG"],
        "primary_category": "cs.CL",
        "published": f"{day}T10:00:00Z",
        "updated": f"{day}T10:00:00Z",
    } | more


METADATA = [
    *(line(number, KETTLE) for number in range(1, 4)),
    *(line(number, LANTERN) for number in range(4, 7)),
    line(7, ENGINE, day="2026-08-14", categories=["math.AG"], primary_category="math.AG"),
    line(8, KETTLE, day="2026-08-16"),
    line(9, KETTLE, version=2, published="2021-01-02T10:00:00Z"),
    line(10, LANTERN, published="2011-01-02T10:00:00Z", categories=["math.AG"], primary_category="math.AG"),
]
