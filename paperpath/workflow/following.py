"""Following arXiv: what a person subscribes to, and asking its feeds, each once for a day's announcements.

What cites papers is followed too; that is asked of another service, in :mod:`.following_citations`.

The feed of a category holds one day alone and is empty on days without announcements. After days that were missed the
category is asked for all of them at once.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from paperpath.errors import BadInput, LibraryError, Refused, SourceError, Unreachable
from paperpath.library.rows import News
from paperpath.model import PaperId
from paperpath.names import parse_name
from paperpath.sources import never, silent
from paperpath.workflow.days_of_feeds import FRESH, Asked, day_of, is_due

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperpath.library import Library, Subscription
    from paperpath.library.rows import FeedKind
    from paperpath.model import Paper
    from paperpath.sources import Access, Stop, Tell
    from paperpath.sources.announced import Announced, Page
    from paperpath.sources.announcements import Announcements
    from paperpath.sources.providers.asking import Services

MOST_MISSED = timedelta(days=14)
"""Further back a feed is not asked for what was missed."""
_SEARCH = re.compile(r"\b(?:all|ti|au|abs|co|jr|cat|rn):\S", re.I)


# --------------------------------------------------------------------------- subscriptions


def subscribe(library: Library, text: str, *, author: bool = False) -> tuple[Subscription, bool]:
    """Follow a category, a search of arXiv's API, or an author; the subscription, and whether it is new.

    Raises:
        BadInput: it is none of these.
    """
    from paperpath.library import Subscription

    kind, words = understood(text, author=author)
    return Subscription(kind, words), library.subscribe(kind, words)


def unsubscribe(library: Library, text: str) -> Subscription:
    """Follow it no longer; raises BadInput if it is not followed."""
    from paperpath.workflow.following_citations import same

    wanted = {one.casefold() for one in (" ".join(text.split()), same(library, text)) if one}
    found = next((one for one in library.subscriptions() if one.words.casefold() in wanted), None)
    if found is None:
        there = "; ".join(one.words for one in library.subscriptions()) or "nothing yet"
        raise BadInput(f"{text!r} is not followed, so nothing was changed. Followed: {there}.")
    library.unsubscribe(found.kind, found.words)
    return found


def understood(text: str, *, author: bool = False) -> tuple[FeedKind, str]:
    """What a person means to follow: ``cs.LG``, ``all:"graph neural network"``, or the name of an author.

    Raises:
        BadInput: it says nothing, or is no category and no search.
    """
    from paperpath.sources.announcements import category_named

    words = " ".join(text.split())
    if not any(letter.isalnum() for letter in words):
        raise BadInput("Say what to follow: paperpath subscribe cs.LG")
    if len(words) > 300:
        raise BadInput(f"A search of {len(words)} characters is too long to follow. Use fewer words.")
    if author:
        if '"' in words or ":" in words:
            raise BadInput(f'{words!r} is no name. Write it as papers do: paperpath subscribe --author "Ann Kessel"')
        return "author", words
    if _SEARCH.search(words):
        if words.count('"') % 2:
            raise BadInput(f"A quote is missing in {words!r}.")
        return "search", words
    return "category", category_named(words)


# --------------------------------------------------------------------------- asking


def ask(
    library: Library,
    access: Access,
    services: Services | None = None,
    *,
    now: datetime | None = None,
    tell: Tell = silent,
    stop: Stop = never,
) -> Iterator[Asked]:
    """Ask every feed that was not asked today, and keep what it announces.

    After a refusal, or without a connection, the rest are not tried: they end with the same error. Without
    ``services`` nobody is asked what cites a paper.

    Raises:
        Cancelled: ``stop`` said so; what came is kept.
    """
    subscriptions = library.subscriptions()
    moment = now or datetime.now(UTC)
    off = [one for one in subscriptions if one.kind == "citing" and services is None]
    yield from (Asked(one, "off") for one in off)
    due = [one for one in subscriptions if one not in off and is_due(one, moment)]
    yield from (Asked(one, "known") for one in subscriptions if one not in due and one not in off)
    if not due:
        return
    from filelock import FileLock, Timeout

    from paperpath.sources.announcements import Announcements

    locks = library.files.locks
    try:
        locks.mkdir(parents=True, exist_ok=True)
        lock = FileLock(locks / "feeds.lock", thread_local=False)
        lock.acquire(timeout=0)
    except Timeout:
        yield from (Asked(one, "busy") for one in due)
        return
    except OSError as error:
        raise LibraryError(f"{locks} cannot be written ({error.strerror}). Nothing was asked.") from error
    try:
        with Announcements(access) as feeds:
            yield from _ask_all(library, feeds, [one for one in due if one.kind != "citing"], moment, tell, stop)
        citing = [one for one in due if one.kind == "citing"]
        if citing and services is not None:
            from paperpath.workflow import following_citations

            yield from following_citations.ask(library, access, services, citing, now=moment, tell=tell, stop=stop)
    finally:
        lock.release()


def missed(subscription: Subscription, now: datetime) -> date | None:
    """The day from which announcements of a category did not come: a working day lies between it and today."""
    if subscription.asked is None:
        return None
    last = (
        date.fromisoformat(subscription.through)
        if subscription.through
        else day_of(datetime.fromisoformat(subscription.asked))
    )
    today = day_of(now)
    between = (last + timedelta(days) for days in range(1, (today - last).days))
    return max(last, today - MOST_MISSED) if any(day.weekday() < 5 for day in between) else None


def _ask_all(
    library: Library, feeds: Announcements, due: list[Subscription], now: datetime, tell: Tell, stop: Stop
) -> Iterator[Asked]:
    over: SourceError | None = None
    asked_at = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    fresh = {(one.kind, one.words): one for one in library.subscriptions()}
    for one in due:
        current = fresh.get((one.kind, one.words), one)  # another program may have asked before the lock was ours
        if not is_due(current, now):
            yield Asked(current, "known")
            continue
        if over is not None:
            yield Asked(current, "failed", error=over)
            continue
        yield Asked(current, "asking")
        try:
            page = _page(feeds, current, now, tell, stop)
        except (SourceError, BadInput) as error:
            library.feed_failed(current.kind, current.words, str(error))
            over = error if isinstance(error, Refused | Unreachable) else None
            yield Asked(current, "failed", error=error)
            continue
        found = [news for item in page.announced if (news := _news(library, item, now)) is not None]
        new = library.keep_news(current.kind, current.words, found, asked=asked_at, through=page.day)
        yield Asked(current._replace(asked=asked_at, problem=None), "asked", tuple(new), len(found))


def _page(feeds: Announcements, one: Subscription, now: datetime, tell: Tell, stop: Stop) -> Page:
    """What the feed says, and through which day that goes."""
    if one.kind == "author":
        return feeds.search(f'au:"{one.words}"', tell=tell, stop=stop)
    if one.kind == "search":
        return feeds.search(one.words, tell=tell, stop=stop)
    since = missed(one, now)
    if since is not None:
        page = feeds.since(one.words, since.isoformat(), tell=tell, stop=stop)
        return page._replace(day=day_of(now).isoformat())
    page = feeds.today(one.words, tell=tell, stop=stop)
    return page if page.announced else page._replace(day=None)


def _news(library: Library, item: Announced, now: datetime) -> News | None:
    """What is kept of an announcement: new papers, and later versions of those that are in the library."""
    paper = item.paper
    if item.creators:
        from paperpath.formats.latex_decode import decode

        paper = replace(paper, authors=tuple(parse_name(decode(name)) for name in item.creators))
    later = item.kind == "replaced"
    if later and not _is_first_seen(paper, now) and library.find(PaperId("arxiv", paper.arxiv_id or "")) is None:
        return None
    if not later and paper.published and not _is_first_seen(paper, now):
        return None  # an old paper that a search found, or one whose record was mended
    return News(paper, later and not _is_first_seen(paper, now), item.day or day_of(now).isoformat())


def _is_first_seen(paper: Paper, now: datetime) -> bool:
    """Whether the first version is so young that a later one is news too."""
    return paper.published is not None and date.fromisoformat(paper.published) >= (now.astimezone(UTC) - FRESH).date()
