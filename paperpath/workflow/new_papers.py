"""New papers: those that feeds announced, in the order in which the reader may want them, and verdicts on them.

What teaches the order: papers of the library that were opened (any status but unread), those on lists that the reader
made, and those that were kept are wanted; those that were dismissed are not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from paperpath import ids as paper_ids
from paperpath.errors import BadInput
from paperpath.formats import citekeys
from paperpath.library.made_lists import MADE
from paperpath.model import PaperId
from paperpath.recommend import Reason, Text, rank
from paperpath.workflow.days_of_feeds import FRESH, day_of
from paperpath.workflow.following_citations import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.library import Library, News, Subscription, Verdict
    from paperpath.library.rows import MakeKey
    from paperpath.model import Paper

MOST = 3000
"""Papers that are ranked, the newest: 1.7 s of processor time, reading them included."""
TAUGHT_BY = 400
"""Papers of each kind that teach, the latest first."""
OPENED = ("read", "reading", "skimmed")
CITES = 0.5
"""Added to the score of what cites a paper of the reader's; from a paper without interest to one like those read it is
about 2. A choice and no measurement: enough to be seen, too little to put every citation above what fits well."""


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A paper that waits for a verdict."""

    news: News
    score: float
    """About 1 for what is like the papers that were read, about -1 for the rest."""
    why: str
    """The reason in words; empty where there is none to tell."""
    like: str | None = None
    """Citation key or arXiv id of the paper that it is most like."""
    words: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    """Citation keys, arXiv ids or DOIs of followed and read papers that it cites."""

    @property
    def id(self) -> str:
        """Its arXiv id, without version."""
        return self.news.paper.arxiv_id or ""


@dataclass(frozen=True, slots=True)
class Update:
    """A later version of a paper that is in the library."""

    news: News
    key: str
    have: int | None
    """The version that is here, where that is known."""


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that is new."""

    papers: tuple[NewPaper, ...]
    """The best first."""
    later: tuple[NewPaper, ...]
    """Those that were put off."""
    updates: tuple[Update, ...]
    subscriptions: tuple[Subscription, ...]
    taught: int
    """Papers that were wanted before; of none, nothing can be learnt, and the newest come first."""

    @property
    def asked(self) -> str | None:
        """When a feed last answered, ISO 8601, UTC."""
        return max((one.asked for one in self.subscriptions if one.asked), default=None)

    @property
    def problems(self) -> tuple[Subscription, ...]:
        """The subscriptions whose feeds did not answer."""
        return tuple(one for one in self.subscriptions if one.problem)


def overview(library: Library, *, now: datetime | None = None, reasons: int = 100) -> Overview:
    """What waits for a verdict, ranked, and what there is in later versions; ``reasons`` papers are told why."""
    since = (day_of(now or datetime.now(UTC)) - FRESH).isoformat()
    open_, later, updates = [], [], []
    for one in library.news(since=since):
        here = library.find(PaperId("arxiv", one.paper.arxiv_id or ""))
        if here is not None:
            have = library.get(here).paper.arxiv_version
            version = one.paper.arxiv_version or 1
            if have is not None and version > have and version > (one.judged if one.verdict == "dismissed" else 0):
                updates.append(Update(one, here, have))
        elif one.verdict == "later":
            later.append(one)
        elif one.verdict is None and not one.later:
            open_.append(one)
    wanted, told = _wanted(library)
    dismissed = [_text(one.paper, one.day) for one in library.judged("dismissed", limit=TAUGHT_BY)]
    cites = library.cites()
    known = {name: _known(library, name) for name in {name for names in cites.values() for name in names}}
    cited = {citing: [known[name] for name in names] for citing, names in cites.items()}
    ranked = _ranked(wanted, dismissed, open_[:MOST], told, cited, reasons)
    waiting = _ranked(wanted, dismissed, later, told, cited, reasons)
    return Overview(tuple(ranked), tuple(waiting), tuple(updates), tuple(library.subscriptions()), len(wanted))


# --------------------------------------------------------------------------- verdicts


def keep(
    library: Library, ids: Sequence[str], *, list_title: str = "", make_key: MakeKey = citekeys.make_key
) -> list[str]:
    """Take papers into the library, on a list if one is named, or the later version of one that is there.

    One change, which ``undo`` takes back.

    Returns:
        the citation keys, in the order of ``ids``.

    Raises:
        BadInput: a paper was not announced, or it can be no list; nothing was changed.
    """
    found = [library.announced(bare(one)) for one in ids]
    with library.change(f"keep {_named(found)}"):
        keys = [_kept(library, one, make_key) for one in found]
        library.judge([one.paper.arxiv_id or "" for one in found], "kept")
        if list_title:
            library.collect(keys, list_title)
    return keys


def judge(library: Library, ids: Sequence[str], verdict: Verdict | None) -> None:
    """Dismiss papers, put them off, or (None) let them wait again; one change. Raises BadInput as :func:`keep`."""
    found = [library.announced(bare(one)) for one in ids]
    verb = {"dismissed": "dismiss", "later": "put off", "kept": "keep", None: "take back the verdict on"}[verdict]
    library.judge([one.paper.arxiv_id or "" for one in found], verdict, what=f"{verb} {_named(found)}")


def bare(text: str) -> str:
    """The arXiv id, without version, that a person typed; raises NotAnId, or BadInput for another kind of id."""
    paper_id = paper_ids.parse_id(text)
    if paper_id.scheme != "arxiv":
        raise BadInput(f"{text!r} is no arXiv id. `paperpath new` shows the ids of the papers that were announced.")
    return paper_id.value


def _kept(library: Library, one: News, make_key: MakeKey) -> str:
    paper = one.paper
    here = library.find(PaperId("arxiv", paper.arxiv_id or ""))
    if here is None:
        return library.add([paper], make_key, source="arXiv")[0].key
    known = library.get(here).paper
    fields = {
        name: value
        for name in ("title", "authors", "abstract", "categories", "comment", "arxiv_version", "updated")
        if (value := getattr(paper, name))
    }
    library.update(replace(known, **fields), source="arXiv")
    return here


def _named(found: Sequence[News]) -> str:
    if len(found) != 1:
        return f"{len(found)} new papers"
    title = found[0].paper.title
    return f"“{title if len(title) <= 60 else title[:59] + '…'}”"


# --------------------------------------------------------------------------- ranks and reasons


def _wanted(library: Library) -> tuple[list[Text], dict[str, tuple[str, str]]]:
    """What teaches, and for each its title and what the reader did with it."""
    did: dict[str, tuple[Paper, str]] = {}
    for status in OPENED:
        verb = "are reading" if status == "reading" else status
        did |= {paper.key: (paper, verb) for paper in library.papers(f"status:{status}")}
    for name, origin in library.list_origins().items():
        if origin == MADE:
            did = {paper.key: (paper, "put on a list") for paper in library.papers(list_name=name)} | did
    known = {paper.arxiv_id for paper, _ in did.values()}
    for one in library.judged("kept", limit=TAUGHT_BY):
        if one.paper.arxiv_id not in known:
            did[one.paper.arxiv_id or ""] = (one.paper, "kept")
    latest = [*did.items()][-2 * TAUGHT_BY :]
    texts = [replace(_text(paper, ""), name=name) for name, (paper, _) in latest]
    return texts, {name: (paper.title, verb) for name, (paper, verb) in latest}


def _ranked(
    wanted: Sequence[Text],
    dismissed: Sequence[Text],
    news: Sequence[News],
    told: dict[str, tuple[str, str]],
    cited: dict[str, list[_Known]],
    most: int,
) -> list[NewPaper]:
    by_id = {one.paper.arxiv_id: one for one in news}
    found = [
        NewPaper(
            by_id[one.text.name],
            one.score + (CITES if (there := cited.get(one.text.name, [])) else 0.0),
            _why(one.reason, told, there),
            one.reason.like,
            one.reason.words,
            tuple(known.name for known in there),
        )
        for one in rank(wanted, dismissed, [_text(one.paper, one.day) for one in news], reasons=most)
    ]
    return sorted(found, key=lambda one: -one.score)


@dataclass(frozen=True, slots=True)
class _Known:
    """A cited paper: its key here (else its arXiv id or DOI), its title, and what the reader did with it."""

    name: str
    title: str
    did: str


def _known(library: Library, name: str) -> _Known:
    key = library.find(named(name))
    if key is None:
        return _Known(name, name, "")
    record = library.get(key)
    did = {"read": ", which you have read", "reading": ", which you are reading", "skimmed": ", which you skimmed"}
    return _Known(key, record.paper.title or key, did.get(record.status, ", which you have"))


def _cites(cited: Sequence[_Known]) -> str:
    """``cites “Attention Is All You Need”, which you have read, and 2 more of your papers``."""
    first = min(cited, key=lambda one: (not one.did.endswith("read"), not one.did))
    more = f"{',' if first.did else ''} and {len(cited) - 1} more of your papers" if len(cited) > 1 else ""
    return f"cites “{first.title}”{first.did}{more}"


def _why(reason: Reason, told: dict[str, tuple[str, str]], cited: Sequence[_Known] = ()) -> str:
    parts = [_cites(cited)] if cited else []
    if reason.like is not None:
        title, verb = told[reason.like]
        words = f": {', '.join(reason.words)}" if reason.words else ""
        parts.append(f"like “{title}”, which you {verb}{words}")
    if reason.authors:
        more = f" and {len(reason.authors) - 2} more" if len(reason.authors) > 2 else ""
        parts.append(f"by {' and '.join(reason.authors[:2]) if not more else ', '.join(reason.authors[:2])}{more}")
        parts[-1] += ", known to you"
    return "; ".join(parts)


def _text(paper: Paper, day: str) -> Text:
    return Text(
        paper.arxiv_id or paper.key,
        paper.title,
        paper.abstract or "",
        authors=tuple(str(author) for author in paper.authors),
        date=day,
    )
