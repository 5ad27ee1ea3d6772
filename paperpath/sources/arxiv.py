"""arXiv: its query API → papers, its PDFs → files.

The ``arxiv`` package builds the queries and reads the feeds. Its own way of speaking to the network is replaced whole
(:class:`paperpath.sources.feeds.FeedSession`), because it breaks arXiv's rules when several processes run, believes
captcha pages and truncated feeds, and never times out.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, cast

import arxiv

from paperpath.errors import BadAnswer, BadInput, NotFound
from paperpath.ids import arxiv_id
from paperpath.model import Paper, PaperId, StoredPdf
from paperpath.names import parse_name
from paperpath.sources.base import Access, Check, Stop, Tell, never, silent
from paperpath.sources.download import Download
from paperpath.sources.feeds import ApiError, DayCache, Feed, FeedSession, NoCache, only_asked, read_feed
from paperpath.sources.http import Client, Patience

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import requests

BATCH = 100
"""Ids per call. The API takes more, but answers so slowly that calls time out."""
_FOUND = 10  # papers that a search by title brings
_DOI = re.compile(r"10\.\d{4,9}/\S+")


class ArxivSource:
    """arXiv, or whatever speaks like it at ``access.url``."""

    name = "arxiv"

    def __init__(self, access: Access, *, patience: Patience | None = None) -> None:
        self._base = access.url.rstrip("/")
        self._client = Client(access, patience=patience)
        self._cache = DayCache(self._client.folder)

    def recognises(self, paper_id: PaperId) -> bool:
        """Whether ``paper_id`` is an arXiv id."""
        return paper_id.scheme == "arxiv"

    def close(self) -> None:
        """Close the session and the cache."""
        self._client.close()
        self._cache.close()

    # ------------------------------------------------------------------------------ PDFs

    def pdf(
        self,
        paper_id: PaperId,
        target: Path,
        *,
        tell: Tell = silent,
        stop: Stop = never,
        check: Check | None = None,
    ) -> StoredPdf:
        """The PDF of one version; without one, of the latest, whose number arXiv tells. See :class:`Source`."""
        url = f"{self._base}/pdf/{_asked(paper_id)}"
        what = f"The PDF of {paper_id}"
        return Download(self._client, url, target, what=what, tell=tell, stop=stop, check=check).run(paper_id.version)

    # ------------------------------------------------------------------------------ metadata

    def metadata(self, ids: Sequence[PaperId], *, tell: Tell = silent, stop: Stop = never) -> dict[PaperId, Paper]:
        """One call for up to 100 ids; answers are matched by id and version, for arXiv keeps no order."""
        self._cache.forget_old()
        found: dict[PaperId, Paper] = {}
        for batch in _batches(paper_id for paper_id in ids if self.recognises(paper_id)):
            found |= self._batch(batch, tell, stop)
        return {paper_id: found[paper_id] for paper_id in ids if paper_id in found}

    def _batch(self, wanted: list[PaperId], tell: Tell, stop: Stop) -> dict[PaperId, Paper]:
        """Ask until each paper is there or has been missing twice: feeds that lack papers are a known misbehaviour.

        A feed with none at all is the commonest lie of the API, so before that is believed it is asked a third time.
        """
        found: dict[PaperId, Paper] = {}
        missing = wanted
        for asked in range(3):
            if not missing or (asked == 2 and found):
                break
            try:
                answered = self._ask(missing, tell, stop)
            except ApiError as error:
                missing = _without_culprit(missing, str(error))
                continue
            found |= {paper_id: paper for paper_id in missing if (paper := _match(paper_id, answered)) is not None}
            missing = [paper_id for paper_id in missing if paper_id not in found]
        return found

    def _ask(self, ids: list[PaperId], tell: Tell, stop: Stop) -> list[Paper]:
        def judge(body: bytes) -> bool:
            feed = read_feed(body, most=len(ids))
            only_asked(feed, ids)
            return len(feed.ids) == len(ids)

        # Sorted, so that the same papers in another order are the same request to the cache.
        query = arxiv.Search(id_list=sorted(_asked(paper_id) for paper_id in ids), max_results=len(ids))
        what = f"Metadata of {ids[0]}" + (f" and {len(ids) - 1} more" if len(ids) > 1 else "")
        session = FeedSession(self._client, self._cache, judge, what=what, tell=tell, stop=stop)
        return self._papers(query, session)

    # ------------------------------------------------------------------------------ search

    def search(self, title: str, *, tell: Tell = silent, stop: Stop = never) -> list[Paper]:
        """Up to ten papers with about this title: as a phrase, and if there is none, with all of its words."""
        words = re.findall(r"\w+", title)
        if not words:
            raise BadInput(f"{title!r} has no word to search for.")
        papers = self._look_up(f'ti:"{" ".join(words)}"', title, tell, stop)
        if not papers and len(words) > 1:
            papers = self._look_up(" AND ".join(f"ti:{word}" for word in words), title, tell, stop)
        same = " ".join(words).casefold()
        return sorted(papers, key=lambda paper: " ".join(re.findall(r"\w+", paper.title)).casefold() != same)

    def _look_up(self, query: str, title: str, tell: Tell, stop: Stop) -> list[Paper]:
        def judge(body: bytes) -> bool:
            feed: Feed = read_feed(body, most=_FOUND)
            return bool(feed.ids)

        session = FeedSession(self._client, self._cache, judge, what=f"The search for {title!r}", tell=tell, stop=stop)
        try:
            return self._papers(arxiv.Search(query=query, max_results=_FOUND), session)
        except ApiError as error:
            raise BadInput(f"arXiv cannot search for {title!r}: {error}. Try fewer and simpler words.") from error

    def latest(self, query: str, most: int, *, tell: Tell = silent, stop: Stop = never) -> list[Paper]:
        """Up to ``most`` papers that a query in the API's own language finds, the latest changed first.

        Yesterday's answer is no answer here, so none is remembered.

        Raises:
            BadInput: arXiv does not understand the query.
        """

        def judge(body: bytes) -> bool:
            read_feed(body, most=most)
            return False

        session = FeedSession(self._client, NoCache(self._client.folder), judge, what=query, tell=tell, stop=stop)
        order = arxiv.SortCriterion.LastUpdatedDate
        try:
            return self._papers(arxiv.Search(query=query, max_results=most, sort_by=order), session)
        except ApiError as error:
            raise BadInput(f"arXiv does not understand {query!r}: {error}.") from error

    def _papers(self, query: arxiv.Search, session: FeedSession) -> list[Paper]:
        try:
            return [_paper(result) for result in _Client(self._base, session, query).results(query)]
        except (arxiv.ArxivError, ValueError) as error:  # ValueError: dates that are none
            raise BadAnswer(f"arXiv's answer cannot be read: {error}. Run it again later.") from error


class _Client(arxiv.Client):
    """The package's client with our session: one page, no retries and no waiting of its own."""

    def __init__(self, base: str, session: FeedSession, query: arxiv.Search) -> None:
        super().__init__(page_size=query.max_results or BATCH, delay_seconds=0, num_retries=0)
        self.query_url_format = base + "/api/query?{}"
        self._session = cast("requests.Session", session)


def _asked(paper_id: PaperId) -> str:
    """The id as arXiv's URLs write it: ``1706.03762v7``, ``hep-th/9901001``."""
    return paper_id.value + (f"v{paper_id.version}" if paper_id.version else "")


def _batches(ids: Iterable[PaperId]) -> Iterator[list[PaperId]]:
    """Groups of up to 100 in which no paper occurs in two versions, so that every answer has one owner."""
    left = list(dict.fromkeys(ids))
    while left:
        batch: dict[str, PaperId] = {}
        later = []
        for paper_id in left:
            if len(batch) < BATCH and paper_id.value not in batch:
                batch[paper_id.value] = paper_id
            else:
                later.append(paper_id)
        yield list(batch.values())
        left = later


def _match(wanted: PaperId, papers: Iterable[Paper]) -> Paper | None:
    """The paper that ``wanted`` names; another version than the one asked for is not it."""
    for paper in papers:
        if paper.arxiv_id == wanted.value and wanted.version in (None, paper.arxiv_version):
            return paper
    return None


def _without_culprit(ids: list[PaperId], message: str) -> list[PaperId]:
    """The ids that arXiv did not complain about, so that one of them does not cost the others their answer.

    Raises:
        NotFound: there was only this one.
        BadInput: the complaint is about something else.
    """
    rest = [paper_id for paper_id in ids if _asked(paper_id) not in message]
    if len(rest) == len(ids):
        raise BadInput(f"arXiv does not accept the request: {message}.")
    if not rest:
        raise NotFound(f"arXiv does not know {ids[0]}: {message}. Check the id for typos.")
    return rest


def _paper(result: arxiv.Result) -> Paper:
    paper_id = arxiv_id(result.entry_id.split("/abs/", 1)[-1])
    doi = _DOI.match((result.doi or "").strip().removeprefix("https://doi.org/"))
    return Paper(
        title=_plain(result.title) or "",
        authors=tuple(parse_name(name) for author in result.authors if (name := _plain(author.name))),
        entry_type="misc",
        year=result.published.year,
        month=result.published.month,
        doi=doi[0].lower() if doi and not doi[0].lower().startswith("10.48550/arxiv.") else None,
        url=f"https://arxiv.org/abs/{paper_id.value}",
        arxiv_id=paper_id.value,
        arxiv_version=paper_id.version,
        primary_category=result.primary_category or None,
        categories=tuple(result.categories),
        abstract=_plain(result.summary),
        comment=_plain(result.comment),
        journal_ref=_plain(result.journal_ref),
        published=result.published.date().isoformat(),
        updated=result.updated.date().isoformat(),
    )


def _plain(text: str | None) -> str | None:
    """NFC on one line; None for nothing."""
    return unicodedata.normalize("NFC", " ".join((text or "").split())) or None
