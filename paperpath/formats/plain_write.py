"""What the writers of CSL-JSON, RIS and Hayagriva share: which key, which identifiers, which type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from paperpath.formats import entry_types
from paperpath.formats.citekeys import unique_keys
from paperpath.formats.latex_decode import normal
from paperpath.formats.plain_read import identified, page_text
from paperpath.formats.tidy import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperpath.formats.entry_types import EntryType
    from paperpath.model import Paper

_RANGE = re.compile(r"(\w+)–(\w+)")
_BODIES = ("institution", "school", "organization")


def keys(papers: Sequence[Paper]) -> Iterator[str]:
    """A key for each paper: its own, or a made one if it has none or somebody before it has the same."""
    return unique_keys(papers, tidy)


class Identifiers(NamedTuple):
    """Each empty where it is not known."""

    arxiv: str
    """Without the version."""
    doi: str
    """arXiv's own where there is no other."""
    url: str
    """The page on arXiv where the paper names no page of its own."""


def identifiers(paper: Paper) -> Identifiers:
    """What names the paper, in the form that other programs expect."""
    found = [known for text in (paper.arxiv_id, paper.doi, paper.url) if text and (known := identified(text))]
    arxiv = next((known.value for known in found if known.scheme == "arxiv"), "")
    doi = next((known.value for known in found if known.scheme == "doi"), "")
    own = identified(paper.url or "")
    url = "" if own and own.scheme != "url" else "".join((paper.url or "").split())
    return Identifiers(
        arxiv,
        doi or (f"10.48550/arXiv.{arxiv}" if arxiv else ""),
        tidy(url) or (f"https://arxiv.org/abs/{arxiv}" if arxiv else ""),
    )


def entry_type(paper: Paper, arxiv: str) -> EntryType:
    """The names of its type; a paper that is on arXiv and nowhere else is a preprint, whatever it calls itself."""
    if arxiv and entry_types.is_preprint(paper.entry_type, paper.venue):
        return entry_types.PREPRINT
    return entry_types.named(paper.entry_type)


def plain(text: str | None) -> str:
    """A title, name or venue without the LaTeX that arXiv's authors leave in it; formulas stay. Not for addresses."""
    return normal(text) if text else ""


def publisher(paper: Paper) -> str:
    """Who published it: for a thesis the school, for a report the institution."""
    extra = dict(paper.extra)
    return plain(paper.publisher or next((extra[name] for name in _BODIES if extra.get(name)), ""))


def day(paper: Paper, year: int, month: int) -> int:
    """The day of the month that the paper appeared on, if a date among its fields says it; else 0."""
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", dict(paper.extra).get("date", ""), re.ASCII)
    return int(found[3]) if found and (int(found[1]), int(found[2])) == (year, month) else 0


def first_and_last(pages: str) -> tuple[str, str]:
    """``2579–2605`` as two pages; any other text is the first alone."""
    pages = page_text(tidy(pages))
    match = _RANGE.fullmatch(pages)
    return (match[1], match[2]) if match else (pages, "")
