"""All annotations in memory, and which of them fit what is being typed. Nothing here draws or asks the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from paperpath.library.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from paperpath.library import Library

COLOURS = ("yellow", "green", "blue", "red", "purple")


class Annotation(NamedTuple):
    """A highlight or a note of a paper, as a line of a list shows it."""

    key: str
    title: str
    colour: str
    """Empty for a note."""
    quote: str
    """The highlighted words; of a note, nothing."""
    comment: str
    """What the reader wrote about the words, or the note."""
    section: str
    page: int | None
    created: str
    """ISO 8601, UTC; empty for a note."""
    tags: tuple[str, ...]
    """Its own, which are the ``#words`` of the comment, and those of its paper."""
    haystack: str
    """All of it, folded."""


def gather(library: Library, keys: Collection[str]) -> list[Annotation]:
    """The annotations of these papers, or of all when there is none; papers in the order of adding."""
    from paperpath.tui.reading import own_words
    from paperpath.workflow import noting

    found = []
    for record in library.records("has:highlight or has:note"):
        if keys and record.key not in keys:
            continue
        paper = record.paper
        about = f"{record.key} {paper.title} {paper.byline} {paper.year or ''} {' '.join(record.tags)}"
        for mark in record.highlights:
            said = fold(f"{mark.quote} {mark.comment} {mark.section} {about}")
            quote, comment = " ".join(mark.quote.split()), " ".join(mark.comment.split())
            found.append(
                Annotation(
                    record.key, paper.title, mark.colour, quote, comment, mark.section, mark.page, mark.created,
                    tuple(dict.fromkeys((*mark.tags, *record.tags))), said,
                )
            )  # fmt: skip
        try:
            text = noting.note_path(library, record.key).read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        words = " ".join(" ".join(one for one in own_words(text).splitlines() if not one.startswith("#")).split())
        if words:
            found.append(
                Annotation(record.key, paper.title, "", "", words, "", None, "", record.tags, fold(f"{words} {about}"))
            )
    return found


def matching(annotations: Sequence[Annotation], text: str) -> list[int]:
    """Which of them fit: words in any of it, ``green`` or ``colour:green``, ``#tag`` or ``tag:method``, ``is:note``.

    A bare colour means the colour where any annotation has it, and the word too.
    """
    found = list(range(len(annotations)))
    for word in fold(text).split():
        found = [at for at in found if _fits(annotations[at], word)]
    return found


def _fits(one: Annotation, word: str) -> bool:
    field, colon, value = word.partition(":")
    if colon and field in ("colour", "color"):
        return one.colour.startswith(value)
    if colon and field == "is":
        return "highlight".startswith(value) if one.colour else "note".startswith(value)
    if (colon and field == "tag") or word.startswith("#"):
        wanted = value if colon else word[1:]
        return any(fold(tag).startswith(wanted) for tag in one.tags)
    if colon and field in ("paper", "key"):
        return value in fold(f"{one.key} {one.title}")
    return word in one.haystack or (word in COLOURS and one.colour == word)
