"""Following what cites a paper, or what cites the papers that one read.

A service says which papers of arXiv cite which, arXiv says what those papers are, and they wait with all other new
ones. A paper that was followed by itself is asked about every day, the papers that were read in turn, the one that
waited longest first: :data:`MOST_REQUESTS` a day, however large the library.
"""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from paperpath.errors import BadInput, NotAnId, NotFound, PaperpathError, Refused, SourceError, Unreachable
from paperpath.ids import parse_id
from paperpath.library.rows import CitationsAsked, News
from paperpath.model import PaperId
from paperpath.workflow.days_of_feeds import FRESH, Asked, day_of, is_due

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperpath.library import Library, Subscription
    from paperpath.model import Paper
    from paperpath.sources import Access, Stop, Tell
    from paperpath.sources.arxiv import ArxivSource
    from paperpath.sources.citations import CitationIndex
    from paperpath.sources.providers.asking import Services

WHAT_I_READ = "citing what I read"
"""The words of the subscription to everything that cites a paper that was read, is being read, or was kept."""
CITING = "citing "
"""What the words of a subscription begin with; then comes an arXiv id or a DOI, which outlives any citation key."""
READ = ("read", "reading")
MOST_REQUESTS = 50
"""Requests to the service a day, at two seconds each: less than two minutes."""
MOST_LOOKED_UP = 300
"""Citing papers that arXiv is asked about in one run: three requests. The rest come with the next."""
MOST_BACK = timedelta(days=60)
"""Further back nothing is asked for: after so long an announcement is forgotten, and would come again as a new one."""
SWITCHED_OFF = (
    'Put citing_from = "semantic-scholar" into config.toml, or into PAPERPATH_CITING_FROM: Semantic Scholar is asked'
    " what cites your papers only if you want it, for it hears which ones you follow or read."
)


# --------------------------------------------------------------------------- subscriptions


def subscribe(library: Library, text: str, services: Services | None) -> tuple[Subscription, bool]:
    """Follow what cites one paper of the library, given by key, id or URL; the subscription, and whether it is new.

    Raises:
        BadInput: the service is not switched on, or the paper has neither an arXiv id nor a DOI.
        UnknownPaper: it is not in the library.
    """
    return _subscribe(library, words_for(library, text), services)


def subscribe_read(library: Library, services: Services | None) -> tuple[Subscription, bool]:
    """Follow what cites the papers that are read, now or later; raises BadInput if the service is not switched on."""
    return _subscribe(library, WHAT_I_READ, services)


def _subscribe(library: Library, words: str, services: Services | None) -> tuple[Subscription, bool]:
    from paperpath.library import Subscription

    if services is None:
        raise BadInput(f"{SWITCHED_OFF} Nothing was changed.")
    return Subscription("citing", words), library.subscribe("citing", words)


def words_for(library: Library, text: str) -> str:
    """The words of a subscription to what cites a paper; raises as :func:`subscribe`."""
    paper = library.get(library.resolve(text.strip())).paper
    name = _name(paper)
    if name is None:
        raise BadInput(
            f"{paper.key} has neither an arXiv id nor a DOI, and without one nobody can be asked what cites it."
            " Nothing was changed."
        )
    return CITING + name


def same(library: Library, text: str) -> str | None:
    """The words of the subscription that a person means by a key, an id or ``read``; None if none can be meant."""
    words = " ".join(text.split())
    bare = words[len(CITING) :] if words.casefold().startswith(CITING) else words
    if bare.casefold() in ("read", "what i read"):
        return WHAT_I_READ
    try:
        return words_for(library, bare)
    except PaperpathError:
        pass
    try:
        return CITING + parse_id(bare).value  # the paper is not in the library any more
    except NotAnId:
        return None


def shown(library: Library, one: Subscription) -> str:
    """The subscription in words, with the citation key in place of the id."""
    name = one.words.removeprefix(CITING)
    if one.kind != "citing" or one.words == WHAT_I_READ:
        return one.words
    key = library.find(named(name))
    return f"{CITING}{key}" if key else one.words


# --------------------------------------------------------------------------- asking


def ask(
    library: Library,
    access: Access,
    services: Services,
    due: Sequence[Subscription],
    *,
    now: datetime,
    tell: Tell,
    stop: Stop,
) -> Iterator[Asked]:
    """Ask what cites the papers of these subscriptions; the lock of the feeds is held by the caller.

    Raises:
        Cancelled: ``stop`` said so; what came is kept.
    """
    from paperpath.sources.arxiv import ArxivSource
    from paperpath.sources.citations import CitationIndex

    over: SourceError | None = None
    before = library.citations_asked()

    def turn(one: Subscription) -> tuple[bool, str, str]:
        told = before.get(one.words.removeprefix(CITING))
        return one.words == WHAT_I_READ, told.asked if told else "", one.words

    fresh = {(one.kind, one.words): one for one in library.subscriptions()}
    with CitationIndex(services) as index, closing(ArxivSource(access)) as arxiv:
        for given in sorted(due, key=turn):
            one = fresh.get((given.kind, given.words), given)  # another program may have asked meanwhile
            if not is_due(one, now):
                yield Asked(one, "known")
                continue
            if over is not None:
                yield Asked(one, "failed", error=over)
                continue
            yield Asked(one, "asking")
            try:
                yield _asked(library, index, arxiv, one, now, tell, stop)
            except SourceError as error:
                library.feed_failed(one.kind, one.words, str(error))
                over = error if isinstance(error, Refused | Unreachable) else None
                yield Asked(one, "failed", error=error)


def _asked(
    library: Library,
    index: CitationIndex,
    arxiv: ArxivSource,
    one: Subscription,
    now: datetime,
    tell: Tell,
    stop: Stop,
) -> Asked:
    cited = _read(library) if one.words == WHAT_I_READ else [one.words.removeprefix(CITING)]
    _ask_index(library, index, cited, now, tell, stop)
    papers = _looked_up(library, arxiv, cited, now, tell, stop)
    found = [News(paper, False, day_of(now).isoformat()) for paper in papers]
    asked_at = _stamp(now)
    new = library.keep_news(one.kind, one.words, found, asked=asked_at, through=None)
    known = library.citations_asked()
    elsewhere = sum(known[name].elsewhere for name in cited if name in known)
    return Asked(one._replace(asked=asked_at, problem=None), "asked", tuple(new), len(found), elsewhere=elsewhere)


def _ask_index(
    library: Library, index: CitationIndex, cited: Sequence[str], now: datetime, tell: Tell, stop: Stop
) -> None:
    """Keep what cites these papers, as far as the day's requests go; the one that waited longest comes first."""
    before = library.citations_asked()
    today = day_of(now)
    done = {name for name, one in before.items() if day_of(datetime.fromisoformat(one.asked)) >= today}
    left = MOST_REQUESTS - sum(before[name].requests for name in done)
    unknown = known = 0
    for name in sorted(cited, key=lambda name: (before[name].asked if name in before else "", name)):
        if name in done:
            known += 1
            continue
        if left <= 0:
            break
        last = before[name].asked if name in before else None
        answer = index.of(named(name), _since(last, today).isoformat(), tell=tell, stop=stop)
        told = CitationsAsked(_stamp(now), answer.requests, answer.elsewhere)
        library.keep_citations(name, answer.by, told)
        left -= answer.requests
        unknown, known = unknown + (not answer.known), known + answer.known
    if unknown and not known:
        which = str(named(cited[0])) if len(cited) == 1 else "any of these papers"
        raise NotFound(f"{index.shown} does not know {which}, so it cannot say what cites it. Look again tomorrow.")


def _looked_up(
    library: Library, arxiv: ArxivSource, cited: Sequence[str], now: datetime, tell: Tell, stop: Stop
) -> list[Paper]:
    """What arXiv says of the citing papers that no feed has told of, without those that are here or are old."""
    wanted = [one for name in library.untold(cited) if library.find(one := PaperId("arxiv", name)) is None]
    found = arxiv.metadata(wanted[:MOST_LOOKED_UP], tell=tell, stop=stop)
    oldest = (day_of(now) - MOST_BACK).isoformat()
    return [paper for paper in found.values() if paper.published is None or paper.published >= oldest]


def _since(last: str | None, today: date) -> date:
    """From which day on citing papers are asked for: the service learns of a paper days or weeks after it came out."""
    before = day_of(datetime.fromisoformat(last)) if last else today
    return max(before - FRESH, today - MOST_BACK)


def _read(library: Library) -> list[str]:
    """What names the papers that were read, are being read, or were kept when they were new."""
    papers = [paper for status in READ for paper in library.papers(f"status:{status}")]
    kept = [one.paper.arxiv_id or "" for one in library.judged("kept", limit=1000)]
    names = [name for paper in papers if (name := _name(paper)) is not None]
    names += [name for name in kept if library.find(PaperId("arxiv", name)) is not None]
    return [*dict.fromkeys(names)]


def named(name: str) -> PaperId:
    """What an arXiv id or a DOI names; the library has looked at both, and no arXiv id looks like a DOI."""
    return PaperId("doi" if name.startswith("10.") and "/" in name else "arxiv", name)


def _name(paper: Paper) -> str | None:
    return paper.arxiv_id or paper.doi


def _stamp(now: datetime) -> str:
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
