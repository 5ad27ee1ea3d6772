"""What a check of metadata finds, and the few ways in which one is made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from paperpath.model import Author, Paper

Severity = Literal["error", "warning", "hint"]
"""A reference that is wrong or incomplete; one that is probably not what was meant; something worth knowing."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the metadata of a paper that is not as it should be."""

    key: str
    """Of the paper."""
    field: str
    """By the name that :class:`~paperpath.model.Paper` has for it, or of its ``extra``: ``title``, ``isbn``."""
    code: str
    """What kind of thing, for programs: ``title-full-stop``."""
    severity: Severity
    message: str
    """A sentence: what is wrong, and what to do about it."""
    mended: str | None = None
    """What the field should say, where that is beyond doubt; None where a person must decide."""
    paper: Paper | None = None
    """The paper with that, and nothing else, mended."""


def finding(paper: Paper, field: str, code: str, severity: Severity, message: str) -> Finding:
    """A finding that a person must decide about."""
    return Finding(paper.key, field, code, severity, message)


def mended(paper: Paper, field: str, code: str, severity: Severity, message: str, value: str | None) -> Finding:
    """A finding where ``field`` should say ``value``; ``""`` is nothing, None that it is not known."""
    if value is None:
        return finding(paper, field, code, severity, message)
    return Finding(paper.key, field, code, severity, message, value, _with(paper, field, value))


def renamed(paper: Paper, number: int, code: str, severity: Severity, message: str, author: Author | None) -> Finding:
    """A finding about the author with this number, from 0, who should be ``author``; None if that is not known."""
    if author is None:
        return finding(paper, "authors", code, severity, message)
    people = (*paper.authors[:number], author, *paper.authors[number + 1 :])
    return Finding(paper.key, "authors", code, severity, message, str(author), replace(paper, authors=people))


def texts(paper: Paper) -> list[tuple[str, str]]:
    """The texts that a reference prints, by field."""
    plain = [("title", paper.title), ("venue", paper.venue), ("publisher", paper.publisher)]
    known = [(name, text) for name, text in paper.extra if name in _PRINTED]
    return [(name, text) for name, text in [*plain, *known] if text]


def extra(paper: Paper, name: str) -> str:
    """A further field, or an empty text."""
    return next((text for known, text in paper.extra if known == name), "")


_PRINTED = frozenset(
    "series school institution organization address booktitle journal edition howpublished chapter".split()
)


def _with(paper: Paper, field: str, value: str) -> Paper:
    if field in ("title", "venue", "publisher", "pages", "doi", "arxiv_id", "url"):
        return replace(paper, **{field: value if value or field == "title" else None})  # type: ignore[arg-type]
    pairs = [(name, value if name == field else text) for name, text in paper.extra]
    return replace(paper, extra=tuple((name, text) for name, text in pairs if text))
