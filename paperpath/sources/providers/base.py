"""What a provider is: a service that may know where a preprint was published.

A provider is two pure functions: what to ask for a paper, and what an answer says. The network is not its business
(:mod:`~paperpath.sources.providers.asking`), nor is the question whether a candidate is the same paper: services find
by resemblance, so that is judged elsewhere, by one rule for all of them.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from paperpath.model import Paper

_TAG = re.compile(r"</?[A-Za-z][\w:-]{0,20}(?:\s[^<>]{0,200})?/?>")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_RANGE = re.compile(r"(?<=\w)\s*[-–—]{1,3}\s*(?=\w)")
_UNIT = re.compile(r"\d{1,4}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A publication that may be that of a preprint."""

    paper: Paper
    """What the service says: title, authors, and the fields of the publication. Its key is empty."""
    source: str
    """The provider's own name, for people: ``Crossref``."""
    linked: bool = False
    """Whether the service itself says that it is the published version of that very arXiv id."""


class NoAnswer(Exception):
    """A body that is not what a service documents; the text completes "It cannot be read, because"."""


class Provider(Protocol):
    """A service that may know where a preprint was published."""

    name: str
    """What people type: ``crossref``."""
    shown: str
    """Its own name: ``Crossref``."""
    base: str
    """Where it answers, without a slash at the end."""
    interval: float
    """Seconds between two requests that it asks for, or that are polite."""

    def request(self, paper: Paper, contact: str | None) -> str | None:
        """Path and query that ask for ``paper``; None if it says nothing to ask with."""
        ...

    def candidates(self, answer: Any, paper: Paper) -> list[Candidate]:
        """The publications in an answer, from parsed JSON of any shape; what is no preprint's copy is left out.

        Raises:
            NoAnswer: it is no answer of this service.
        """
        ...


def table(value: Any) -> dict[str, Any]:
    """``value`` if it is an object, else an empty one: services leave out, and write null for, what they lack."""
    return value if isinstance(value, dict) else {}


def rows(value: Any) -> list[Any]:
    """``value`` as a list; a service may write a list of one thing as the thing."""
    return value if isinstance(value, list) else [] if value is None else [value]


def text(value: Any) -> str | None:
    """A text on one line, without markup and entities; None for nothing and for what is no text."""
    if isinstance(value, list):
        value = next((one for one in value if one), None)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return None
    plain = _TAG.sub("", html.unescape(html.unescape(value)))
    return unicodedata.normalize("NFC", " ".join(plain.split())) or None


def number(value: Any) -> int | None:
    """A whole number, also as a text; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    return int(value) if _UNIT.fullmatch(str(value)) else None


def doi(value: Any) -> str | None:
    """A bare DOI in lower case; None for none and for arXiv's own."""
    words = text(value)
    match = _DOI.search(words.lower()) if words else None
    return match[0] if match and not match[0].startswith("10.48550/") else None


def pages(value: Any) -> str | None:
    """Pages as BibTeX writes them: ``5998--6008``."""
    words = text(value)
    return _RANGE.sub("--", words) if words else None
