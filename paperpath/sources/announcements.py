"""Asking arXiv what is new: the day's announcements of a category, those of days that were missed, newest of a search.

One request answers for a category's day: the RSS feed. It holds one day alone, so after days that were missed the
category is asked for by OAI-PMH instead, which lists all since a date. Searches and authors go to the query API. All of
it passes the same gate as every other request, under the same rules.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

from paperpath.errors import BadAnswer, BadInput, NotFound
from paperpath.sources.announced import Announced, NothingThere, Page, read_oai, read_rss
from paperpath.sources.arxiv import ArxivSource
from paperpath.sources.base import Access, Stop, Tell, never, silent, under_arxiv
from paperpath.sources.http import Client, Patience, is_html

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

NEWEST = 200
"""Papers of a search that are asked for, the latest changed first; a narrow search has some a week."""
MOST_PAGES = 4
"""Pages of OAI-PMH, up to 3,500 papers each: more than the largest category has in two weeks."""
OWN_GROUP = frozenset("cs econ eess math q-bio q-fin stat".split())
"""Archives that are a group of their own; all others belong to physics (arXiv/arxiv-base, taxonomy/definitions.py)."""
ARCHIVES = OWN_GROUP | frozenset(
    """astro-ph cond-mat gr-qc hep-ex hep-lat hep-ph hep-th math-ph nlin nucl-ex nucl-th physics quant-ph""".split()
)
"""Archives that take papers (the same source)."""
_CATEGORY = re.compile(r"(?P<archive>[a-z]+(?:-[a-z]+)?)(?:\.[A-Za-z]{2,}(?:-[a-z]+)?)?")


def category_named(text: str) -> str:
    """A category of arXiv as it is written there: ``cs.LG``, ``hep-th``, ``cond-mat.mes-hall``, or a whole archive.

    Raises:
        BadInput: it cannot be one.
    """
    archive, dot, subject = text.strip().partition(".")
    name = archive.lower() + dot + (subject if "-" in subject or not subject.isalpha() else _subject(archive, subject))
    found = _CATEGORY.fullmatch(name)
    if found is None or found["archive"] not in ARCHIVES:
        raise BadInput(
            f"{text!r} is no category of arXiv, which look like cs.LG, hep-th or math.AG. To follow a search, give it a"
            " field: paperpath subscribe 'all:\"graph neural network\"'"
        )
    return name


def _subject(archive: str, subject: str) -> str:
    """``lg`` of cs is ``LG``; physics, cond-mat and nlin mix small and capital names, so theirs stay as typed."""
    return subject if archive.lower() in ("physics", "cond-mat", "nlin") else subject.upper()


class Announcements:
    """arXiv's feeds, or those of whatever speaks like it at ``access.url``; use it as a context manager."""

    def __init__(self, access: Access, *, patience: Patience | None = None) -> None:
        self._client = Client(access, patience=patience)
        self._api = ArxivSource(access, patience=patience)
        base = access.url.rstrip("/")
        arxivs_own = under_arxiv(urlsplit(base).hostname or "")
        self._rss = "https://rss.arxiv.org" if arxivs_own else base
        self._oai = "https://oaipmh.arxiv.org" if arxivs_own else base

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()
        self._api.close()

    def today(self, category: str, *, tell: Tell = silent, stop: Stop = never) -> Page:
        """The latest announcements of a category, without papers on days that have none.

        Raises:
            NotFound: arXiv has no such category.
            Refused, BadAnswer, Unreachable, Cancelled: as for every request.
        """
        return self._ask(f"{self._rss}/rss/{quote(category)}", category, read_rss, tell, stop)

    def since(self, category: str, day: str, *, tell: Tell = silent, stop: Stop = never) -> Page:
        """What was announced or changed in a category since ``day``, ISO 8601; raises as :meth:`today`."""
        archive = category.partition(".")[0]
        group = archive if archive in OWN_GROUP else "physics"
        query = {
            "verb": "ListRecords",
            "metadataPrefix": "arXivRaw",
            "set": f"{group}:{category.replace('.', ':')}",
            "from": day,
        }
        found: dict[str | None, Announced] = {}
        latest = None
        for _ in range(MOST_PAGES):
            try:
                page = self._ask(f"{self._oai}/oai?{urlencode(query)}", category, read_oai, tell, stop)
            except NothingThere as answer:
                if str(answer).startswith("noRecordsMatch"):
                    break
                raise BadAnswer(f"arXiv's list of {category} could not be read: {answer}.") from answer
            found |= {one.paper.arxiv_id: one for one in page.announced}
            latest = max([one.day for one in page.announced] + ([latest] if latest else []), default=None)
            if not page.token:
                break
            query = {"verb": "ListRecords", "resumptionToken": page.token}
        return Page(latest, tuple(found.values()))

    def search(self, query: str, *, tell: Tell = silent, stop: Stop = never) -> Page:
        """The newest papers that a query of the API finds, ``all:"graph neural network"`` or ``au:"Ann Kessel"``.

        Raises:
            BadInput: arXiv does not understand the query.
            Refused, BadAnswer, Unreachable, Cancelled: as for every request.
        """
        papers = self._api.latest(query, NEWEST, tell=tell, stop=stop)
        return Page(
            None,
            tuple(
                Announced(paper, "new" if paper.arxiv_version in (None, 1) else "replaced", paper.updated or "")
                for paper in papers
            ),
        )

    def _ask(self, url: str, category: str, read: Callable[[bytes], Page], tell: Tell, stop: Stop) -> Page:
        what = f"What is new in {category}"
        missing = f"arXiv announces nothing for {category!r}. Check the name: paperpath subscribe --list"

        def attempt() -> Page:
            headers = {"Accept": "application/rss+xml, application/xml, text/xml"}
            with self._client.open(url, headers, tell=tell, stop=stop) as answer:
                body = answer.body(tell)
                if answer.status == 400:
                    raise NotFound(missing)
                if is_html(body):
                    raise answer.refuse()
            if answer.status != 200:
                raise BadAnswer(f"{what} could not be fetched: the server answered {answer.status}.")
            return read(body)

        try:
            return self._client.retrying(what, attempt, tell=tell, stop=stop)
        except NotFound as error:
            raise NotFound(missing) from error
