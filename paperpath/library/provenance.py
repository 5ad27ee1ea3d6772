"""Where each field of a paper came from, and when.

It lies in a column of the paper's own row, so that nothing can write or take back a value without what is known of it:
the history keeps whole rows. The column holds a short list. Its first part is the source of all fields that no later
part names, so ten thousand papers of one import have the same forty bytes and cost nothing; each later part names the
fields that it changed. None stands for a source that is not known, as in libraries from before this was kept.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any, NamedTuple

from paperpath.library.folding import clean
from paperpath.model import Paper

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Sources = str | Mapping[str, str] | None
    """One source for all fields of a change, or one for each; None where it is not known."""

_NAMES = tuple(field.name for field in fields(Paper) if field.name not in ("key", "extra"))


class Origin(NamedTuple):
    """Where a value came from."""

    source: str | None
    """``arXiv``, ``import refs.bib``, ``Crossref``, ``PDF``, ``you`` …; None if it is not known."""
    at: str | None
    """ISO 8601, UTC; None if it is not known."""


def begun(source: str | None, moment: str) -> str | None:
    """The column of a paper that is new, all of it from one source."""
    return json.dumps([[clean(source), moment]], ensure_ascii=False) if source else None


def continued(column: str | None, before: Paper, after: Paper, sources: Sources, moment: str) -> str | None:
    """The column after a change of the paper; what did not change keeps its origin."""
    changed = tuple(differing(before, after))
    present = set(_present(after))
    first, later = _parts(column)
    parts = [(source, at, [name for name in names if name not in changed]) for source, at, names in later]
    by_source: dict[str | None, list[str]] = {}
    for name in changed:
        if name in present:  # a field that was emptied has no origin any more
            source = sources if sources is None or isinstance(sources, str) else sources.get(name)
            by_source.setdefault(clean(source) if source else None, []).append(name)
    parts += [(source, moment if source else None, names) for source, names in by_source.items()]
    kept = [list(part) for part in parts if part[2]]
    return json.dumps([first, *kept], ensure_ascii=False) if first or kept else None


def origins(column: str | None, paper: Paper) -> dict[str, Origin]:
    """The origin of every field that has a value, further fields under their own names."""
    first, later = _parts(column)
    unnamed = Origin(*first) if first else Origin(None, None)
    named: dict[str, Origin] = {name: Origin(source, at) for source, at, names in later for name in names}
    return {name: named.get(name, unnamed) for name in _present(paper)}


def differing(before: Paper, after: Paper) -> Iterable[str]:
    """The names of the fields that differ, further fields under their own."""
    had, has = _further(before), _further(after)
    yield from (name for name in _NAMES if getattr(before, name) != getattr(after, name))
    yield from (name for name in had | has if had.get(name) != has.get(name))


def _present(paper: Paper) -> Iterable[str]:
    empty: tuple[Any, ...] = (None, "", ())
    yield from (name for name in _NAMES if getattr(paper, name) not in empty)
    yield from _further(paper)


def _further(paper: Paper) -> dict[str, str]:
    """The further fields; CSL has a ``venue`` too, the place of an event, which is not the paper's."""
    return {f"extra.{name}" if name in _NAMES else name: text for name, text in paper.extra}


def _parts(column: str | None) -> tuple[Any, list[Any]]:
    """The source of all fields that are not named, and the parts that name theirs."""
    parts: list[Any] = json.loads(column) if column else [None]
    return parts[0], parts[1:]
