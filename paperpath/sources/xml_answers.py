"""Answers in XML: which to believe as far as their form goes. Pure: bytes in, elements out."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from paperpath.errors import BadAnswer
from paperpath.sources.http import Again

_CONTROLS = bytes(set(range(32)) - {9, 10, 13})


def without_controls(body: bytes) -> bytes:
    """What is never legal in XML left out; some old abstracts hold it."""
    return body.translate(None, _CONTROLS)


def whole(body: bytes, end: bytes, tag: str, kind: str) -> ET.Element:
    """The root of an answer that is whole.

    Args:
        body: the answer, without controls.
        end: how it must end.
        tag: that of its root, with its namespace.
        kind: what it should be, for the message: ``Atom feed``.

    Raises:
        Again: it is cut off, or something else.
    """
    # No DOCTYPE, so no entities: the one thing the standard library's parser would have to be protected from.
    if b"<!DOCTYPE" in body[:1000] or not body.rstrip().endswith(end):
        raise unbelievable(f"it is no whole {kind}")
    try:
        root = ET.fromstring(body)  # noqa: S314
    except ET.ParseError as error:
        raise unbelievable("its XML is broken") from error
    if root.tag != tag:
        raise unbelievable(f"it is no {kind}")
    return root


def unbelievable(why: str) -> Again:
    """An answer that is asked for again."""
    return Again(f"the answer cannot be believed, {why}", kind=BadAnswer)
