"""Journals in full and abbreviated: ``IEEE Transactions on Computers`` and ``IEEE Trans. Comput.``.

Names are looked up and never made: an abbreviation that nobody has listed would be a guess, and to expand one even
more so. A list is what JabRef and others share, lines of ``full name,abbreviation`` with commas, semicolons or an
equals sign between; a small one of our own is in :mod:`~paperpath.formats.journal_names`. A paper's own
``shortjournal``, which Zotero and Crossref know, goes before all lists.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from paperpath.model import Paper

JournalForm = Literal["full", "abbreviated"]
FORMS: tuple[JournalForm, ...] = ("full", "abbreviated")

_JOURNAL_TYPES = frozenset({"article", "periodical"})


class Journals:
    """Names of journals by one another."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """``pairs`` of full name and abbreviation; of several for one journal the first counts."""
        self._short: dict[str, str] = {}
        self._long: dict[str, str] = {}
        for full, short in pairs:
            self._short.setdefault(_folded(full), short)
            key = _folded(short)
            if _folded(self._long.setdefault(key, full)) != _folded(full):
                self._long[key] = ""  # which of the two is meant, nobody knows

    def abbreviated(self, name: str) -> str | None:
        """The abbreviation of ``name``, which may be one already; None if it is not listed."""
        key = _folded(name)
        if short := self._short.get(key):
            return short
        full = self._long.get(key)
        return self._short[_folded(full)] if full else None

    def full(self, name: str) -> str | None:
        """The full name of what ``name`` abbreviates; None if it is not listed, or stands for two journals."""
        return self._long.get(_folded(name)) or None


def _folded(name: str) -> str:
    """A name without what people write differently: capitals, braces, dots, ``&`` for ``and``, a leading ``the``."""
    words = name.replace("\\&", "&").replace("&", " and ").translate(_DROPPED).casefold().split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


_DROPPED = {ord("{"): None, ord("}"): None, ord("."): " ", ord(","): " ", ord("~"): " ", ord("\\"): None}


def read_pairs(text: str) -> Iterator[tuple[str, str]]:
    """Full name and abbreviation from each line of a list; a line that has not both is passed over.

    ``"Full Name","Abbr. N.",""``, ``Full Name;Abbr. N.`` and ``Full Name = Abbr. N.`` are understood, ``#`` begins a
    comment.
    """
    for line in text.removeprefix("\ufeff").splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        full, short = _cells(line)
        if full and short:
            yield full, short


def _cells(line: str) -> tuple[str, str]:
    if not line.startswith('"') and " = " in line:
        full, _, short = line.partition(" = ")
        return full.strip(), short.strip()
    mark = ";" if ";" in line and not line.startswith('"') else ","
    if line.startswith('"') and '";"' in line:
        mark = ";"
    row = next(csv.reader([line], delimiter=mark), [])
    return (row[0].strip(), row[1].strip()) if len(row) > 1 else ("", "")


@cache
def journals(*lists: str) -> Journals:
    """The journals of these texts, those of an earlier one first, and ours behind them."""
    from paperpath.formats.journal_names import NAMES

    return Journals(pair for text in (*lists, NAMES) for pair in read_pairs(text))


def renamed(papers: Sequence[Paper], form: JournalForm, known: Journals) -> list[Paper]:
    """The papers with the journals of articles in ``form`` where it is known, and as they are where it is not."""
    return [_renamed(paper, form, known) for paper in papers]


def _renamed(paper: Paper, form: JournalForm, known: Journals) -> Paper:
    if not paper.venue or paper.entry_type not in _JOURNAL_TYPES:
        return paper
    if form == "full":
        name = known.full(paper.venue)
    else:
        name = dict(paper.extra).get("shortjournal") or known.abbreviated(paper.venue)
    return replace(paper, venue=name) if name and name != paper.venue else paper
