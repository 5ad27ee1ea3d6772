"""Papers → what arXiv's services answer: Atom in both shapes that are about, RSS, OAI-PMH, abstract pages."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from email.utils import format_datetime, formatdate
from html import escape
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.standin.papers import Record

_SEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_SCHEMA = "http://arxiv.org/schemas/atom"


def atom(records: Sequence[Record], *, total: int, start: int, size: int, title: str, shape: str = "2026") -> str:
    """A page of results. ``2019`` writes namespaces at each use and other elements first, as arXiv did then."""
    counts = {"itemsPerPage": size, "totalResults": total, "startIndex": start}
    if shape == "2019":
        order = ("totalResults", "startIndex", "itemsPerPage")
        head = "".join(
            f'  <opensearch:{name} xmlns:opensearch="{_SEARCH}">{counts[name]}</opensearch:{name}>\n' for name in order
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
            f'  <title type="html">ArXiv Query: {escape(title)}</title>\n  <id>http://arxiv.org/api/standin</id>\n'
            f"  <updated>2019-01-04T00:00:00-05:00</updated>\n{head}" + "".join(map(_entry_2019, records)) + "</feed>\n"
        )
    head = "".join(f"  <opensearch:{name}>{count}</opensearch:{name}>\n" for name, count in counts.items())
    return (
        f"<?xml version='1.0' encoding='UTF-8'?>\n<feed xmlns:opensearch=\"{_SEARCH}\""
        f' xmlns:arxiv="{_SCHEMA}" xmlns="http://www.w3.org/2005/Atom">\n'
        f"  <id>https://arxiv.org/api/standin</id>\n  <title>arXiv Query: {escape(title)}</title>\n"
        f"  <updated>{_now()}</updated>\n{head}" + "".join(map(_entry_2026, records)) + "</feed>\n"
    )


def atom_error(message: str) -> str:
    """The entry that comes with status 400."""
    address = f"https://arxiv.org/api/errors#{escape(message.replace(' ', '_'))}"
    return (
        f"<?xml version='1.0' encoding='UTF-8'?>\n<feed xmlns:opensearch=\"{_SEARCH}\""
        f' xmlns:arxiv="{_SCHEMA}" xmlns="http://www.w3.org/2005/Atom">\n  <id>https://arxiv.org/</id>\n'
        f"  <title>arXiv Search Results</title>\n  <updated>{_now()}</updated>\n"
        "  <opensearch:itemsPerPage>1</opensearch:itemsPerPage>\n"
        "  <opensearch:totalResults>1</opensearch:totalResults>\n"
        "  <opensearch:startIndex>0</opensearch:startIndex>\n"
        f"  <entry>\n    <id>{address}</id>\n    <title>Error</title>\n    <updated>{_now()}</updated>\n"
        f'    <link href="{address}" rel="alternate" type="text/html"/>\n    <summary>{escape(message)}</summary>\n'
        "    <author>\n      <name>arXiv api core</name>\n    </author>\n  </entry>\n</feed>\n"
    )


def _entry_2026(record: Record) -> str:
    lines = [
        f"<id>http://arxiv.org/abs/{record.name}</id>",
        f"<title>{escape(record.title)}</title>",
        f"<updated>{record.updated}</updated>",
        f'<link href="https://arxiv.org/abs/{record.name}" rel="alternate" type="text/html"/>',
        f'<link href="https://arxiv.org/pdf/{record.name}" rel="related" type="application/pdf" title="pdf"/>',
        f"<summary>{escape(record.abstract)}</summary>",
        *(f'<category term={quoteattr(c)} scheme="{_SCHEMA}"/>' for c in record.categories),
        f"<published>{record.published}</published>",
        *_optional(record, ""),
        f"<arxiv:primary_category term={quoteattr(record.primary_category)}/>",
        *(f"<author>\n      <name>{escape(name)}</name>\n    </author>" for name in record.authors),
    ]
    return _lines(lines)


def _entry_2019(record: Record) -> str:
    space = f' xmlns:arxiv="{_SCHEMA}"'
    lines = [
        f"<id>http://arxiv.org/abs/{record.name}</id>",
        f"<updated>{record.updated}</updated>",
        f"<published>{record.published}</published>",
        f"<title>{escape(record.title)}</title>",
        f"<summary>  {escape(record.abstract)}\n</summary>",
        *(f"<author>\n      <name>{escape(name)}</name>\n    </author>" for name in record.authors),
        *_optional(record, space),
        f'<link href="http://arxiv.org/abs/{record.name}" rel="alternate" type="text/html"/>',
        f'<link title="pdf" href="http://arxiv.org/pdf/{record.name}" rel="related" type="application/pdf"/>',
        f'<arxiv:primary_category{space} term={quoteattr(record.primary_category)} scheme="{_SCHEMA}"/>',
        *(f'<category term={quoteattr(c)} scheme="{_SCHEMA}"/>' for c in record.categories),
    ]
    return _lines(lines)


def _optional(record: Record, space: str) -> list[str]:
    fields = {"doi": record.doi, "comment": record.comment, "journal_ref": record.journal_ref}
    return [f"<arxiv:{name}{space}>{escape(text)}</arxiv:{name}>" for name, text in fields.items() if text]


def _lines(lines: Iterable[str]) -> str:
    return "  <entry>\n" + "".join(f"    {line}\n" for line in lines) + "  </entry>\n"


def announcements(records: Sequence[Record], *, categories: str, kind: str, day: str = "") -> str:
    """What is new: ``rss`` or ``atom``; ``day`` is the day of the announcements, ISO 8601, by default today."""
    moment = datetime.fromisoformat(f"{day}T00:00:00-05:00") if day else datetime.now(UTC)
    if kind == "atom":
        return atom(records, total=len(records), start=0, size=len(records), title=f"{categories} updates")
    items = "".join(
        f"    <item>\n      <title>{escape(r.title)}</title>\n      <link>https://arxiv.org/abs/{r.id}</link>\n"
        f"      <description>arXiv:{r.name} Announce Type: {_announced(r, categories)} \n"
        f"Abstract: {escape(r.abstract)}</description>\n"
        f'      <guid isPermaLink="false">oai:arXiv.org:{r.name}</guid>\n'
        + "".join(f"      <category>{escape(c)}</category>\n" for c in r.categories)
        + f"      <arxiv:announce_type>{_announced(r, categories)}</arxiv:announce_type>\n"
        f"      <dc:creator>{escape(', '.join(r.authors))}</dc:creator>\n    </item>\n"
        for r in records
    )
    return (
        f"<?xml version='1.0' encoding='UTF-8'?>\n<rss xmlns:arxiv=\"{_SCHEMA}\""
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">\n  <channel>\n'
        f"    <title>{escape(categories)} updates on arXiv.org</title>\n    <link>http://rss.arxiv.org/rss/"
        f"{escape(categories)}</link>\n    <lastBuildDate>{formatdate()}</lastBuildDate>\n"
        f"    <pubDate>{format_datetime(moment)}</pubDate>\n    <skipDays>\n      <day>Sunday</day>\n"
        f"      <day>Saturday</day>\n    </skipDays>\n{items}  </channel>\n</rss>\n"
    )


def _announced(record: Record, categories: str) -> str:
    """New, a cross-list, or a replacement of either."""
    primary = any(f"{record.primary_category}.".startswith(f"{one}.") for one in categories.split("+"))
    if record.version > 1:
        return "replace" if primary else "replace-cross"
    return "new" if primary else "cross"


# ------------------------------------------------------------------------------ OAI-PMH


def oai(request: str, body: str) -> str:
    """The envelope; errors come in it too, with HTTP status 200."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">\n'
        f"  <responseDate>{_now()}</responseDate>\n  <request {request}>http://oaipmh.arxiv.org/oai</request>\n"
        f"{body}</OAI-PMH>\n"
    )


def oai_error(code: str, message: str) -> str:
    return f'  <error code="{code}">{escape(message)}</error>\n'


def oai_record(record: Record, prefix: str) -> str:
    """One record in ``arXiv`` or ``arXivRaw`` form."""
    day = record.updated[:10]
    header = (
        f"    <header>\n      <identifier>oai:arXiv.org:{record.id}</identifier>\n"
        f"      <datestamp>{day}</datestamp>\n"
        + "".join(f"      <setSpec>{escape(_set(one))}</setSpec>\n" for one in record.categories)
        + "    </header>\n"
    )
    fields = {
        "title": record.title,
        "categories": " ".join(record.categories),
        "comments": record.comment,
        "journal-ref": record.journal_ref,
        "doi": record.doi,
        "abstract": "  " + record.abstract,
    }
    rest = "".join(f"        <{name}>{escape(text)}</{name}>\n" for name, text in fields.items() if text)
    if prefix == "arXivRaw":
        dates = [record.published] + [record.updated] * (record.version - 1)
        versions = "".join(
            f'        <version version="v{n}">\n          <date>{escape(date)}</date>\n        </version>\n'
            for n, date in enumerate(dates, 1)
        )
        authors = f"        <authors>{escape(', '.join(record.authors))}</authors>\n"
        inner = f"        <id>{record.id}</id>\n{versions}{authors}{rest}"
    else:
        inner = (
            f"        <id>{record.id}</id>\n        <created>{record.published[:10]}</created>\n"
            f"        <updated>{day}</updated>\n        <authors>\n"
            + "".join(_oai_author(name) for name in record.authors)
            + f"        </authors>\n{rest}"
        )
    return (
        f"  <record>\n{header}    <metadata>\n"
        f'      <{prefix} xmlns="http://arxiv.org/OAI/{prefix}/">\n{inner}      </{prefix}>\n'
        "    </metadata>\n  </record>\n"
    )


def in_set(record: Record, wanted: str) -> bool:
    """Whether a record belongs to a set such as ``cs``, ``cs:cs`` or ``cs:cs:LG``."""
    return any(f"{_set(one)}:".startswith(f"{wanted}:") for one in record.categories)


def _set(category: str) -> str:
    archive = category.partition(".")[0]
    group = archive if archive in ("cs", "econ", "eess", "math", "q-bio", "q-fin", "stat") else "physics"
    return f"{group}:{category.replace('.', ':')}"


def _oai_author(name: str) -> str:
    forenames, _, keyname = name.rpartition(" ")
    given = f"<forenames>{escape(forenames)}</forenames>" if forenames else ""
    return f"          <author><keyname>{escape(keyname)}</keyname>{given}</author>\n"


# ------------------------------------------------------------------------------ pages


def abstract_page(record: Record) -> str:
    authors = "".join(f'<meta name="citation_author" content={quoteattr(name)}/>' for name in record.authors)
    return (
        f"<!DOCTYPE html>\n<html><head><title>[{record.id}] {escape(record.title)}</title>"
        f'<meta name="citation_title" content={quoteattr(record.title)}/>{authors}'
        f'<meta name="citation_arxiv_id" content="{record.id}"/></head>'
        f"<body><blockquote>{escape(record.abstract)}</blockquote></body></html>\n"
    )


def not_found_page(name: str) -> str:
    return (
        "<!DOCTYPE html>\n<html><head><title>PDF unavailable</title></head><body><h1>No PDF for "
        f"{escape(name)}</h1><p>The author has provided no source to generate PDF, and no PDF.</p></body></html>\n"
    )


CAPTCHA = (
    "<!DOCTYPE html>\n<html><head><title>arXiv reCAPTCHA</title></head>"
    "<body><p>Please prove that you are not a robot.</p><div class='g-recaptcha'></div></body></html>\n"
)


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
