"""New papers as lines: those that wait, those that were put off, later versions of papers that are here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from paperpath.tui.cells import Run, fit, safe
from paperpath.tui.widgets.lines import LineList
from paperpath.tui.widgets.text import BLANK, Para, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.library import News
    from paperpath.tui.glyphs import Glyphs

CATEGORY, DAY = 11, 6
HEADINGS = {"new": "New", "later": "Put off", "update": "New versions of papers you have"}
_AUTHORS = 8


@dataclass(frozen=True, slots=True)
class Item:
    """One paper to judge."""

    kind: Literal["new", "later", "update"]
    news: News
    why: str = ""
    score: float = 0.0
    key: str = ""
    """Of a later version, the citation key of the paper that is here."""
    have: int | None = None

    @property
    def id(self) -> str:
        """Its arXiv id, without version."""
        return self.news.paper.arxiv_id or ""


class NewsList(LineList):
    """The papers, a line each, under headings where there is more than one kind."""

    papers: Sequence[Item] = ()
    """All of them; an item of the list is an index here, a heading is below zero."""

    @property
    def paper(self) -> Item | None:
        """The paper under the cursor."""
        return None if self.item is None else self.papers[self.item]

    @property
    def place(self) -> int:
        """How many papers stand above the cursor."""
        return sum(row >= 0 for row in self.items[: self.at])

    def fill(self, shown: Sequence[int], *, keep: int | None, at: int = 0) -> None:
        """Show those papers, given by index, with the cursor on ``keep`` or, without it, below ``at`` others."""
        rows: list[int] = []
        kinds = [kind for kind in HEADINGS if any(self.papers[item].kind == kind for item in shown)]
        for kind in kinds:
            if kinds != ["new"]:
                rows.append(-1 - list(HEADINGS).index(kind))
            rows += [item for item in shown if self.papers[item].kind == kind]
        here = [row for row in rows if row >= 0]
        if keep not in here and here:
            keep = here[min(at, len(here) - 1)]
        self.show(rows, keep=keep)

    def draw(self, item: int, width: int) -> list[Run]:
        """A sign, the title, the category and the day; or a heading."""
        if item < 0:
            title = f" {list(HEADINGS.values())[-1 - item]} "
            return [(title, "title"), (self.glyphs.rule * max(0, width - len(title)), "dim")]
        one = self.papers[item]
        paper = one.news.paper
        glyphs = self.glyphs
        sign = {"new": glyphs.unread, "later": glyphs.wait, "update": glyphs.arrow}[one.kind]
        liked = one.kind == "new" and one.score > 0
        room = max(8, width - 3 - (CATEGORY if width >= 60 else 0) - DAY)
        runs: list[Run] = [(f" {sign} ", "accent" if liked or one.kind == "update" else "dim")]
        runs += [(fit(safe(paper.title), room, glyphs.ellipsis), "")]
        if width >= 60:
            runs += [(f" {fit(safe(paper.primary_category or ''), CATEGORY - 1, glyphs.ellipsis)}", "dim")]
        return [*runs, (f" {safe(one.news.day[5:10]):5}", "dim")]


def about(one: Item, glyphs: Glyphs) -> list[Para]:
    """Everything about one paper: what it is, why it stands where it does, its abstract."""
    paper = one.news.paper
    names = [str(author) for author in paper.authors]
    if len(names) > _AUTHORS:
        names = [*names[: _AUTHORS - 1], f"and {len(names) - _AUTHORS + 1} more"]
    version = f"v{paper.arxiv_version}" if paper.arxiv_version else ""
    facts = (f"arXiv:{paper.arxiv_id}{version}", " ".join(paper.categories[:4]), one.news.day)
    said = [line(safe(paper.title), "title")]
    said += [line(safe(", ".join(names)))] if names else []
    said += [line(safe(f" {glyphs.dot} ".join(fact for fact in facts if fact)), "dim")]
    if one.kind == "update":
        have = f"Version {one.have} is here" if one.have else "An earlier version is here"
        said += [BLANK, line(safe(f"{have}, as {one.key}."), "accent")]
    if one.why:
        said += [BLANK, line("WHY", "dim strong"), line(safe(f"{one.why[:1].upper()}{one.why[1:]}."), "quote")]
    said += [BLANK, line("ABSTRACT", "dim strong")]
    said += [line(safe(" ".join((paper.abstract or "The feed has none.").split())))]
    if one.news.feeds:
        said += [BLANK, line(safe(f"From {', '.join(one.news.feeds)}"), "dim")]
    return said
