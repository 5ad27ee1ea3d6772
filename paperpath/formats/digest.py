"""New papers as a digest: Markdown to read, or an Atom feed for a feed reader. Pure: entries in, text out.

A digest says in its first lines that paperpath wrote it, so that a later one may take its place and no other file can.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape  # xml.sax.saxutils would import an HTTP client
from typing import TYPE_CHECKING

from paperpath import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from paperpath.model import Paper

MARK = "paperpath new"
"""In the head of every digest."""
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|])")
_FORMULA = re.compile(r"(\$[^$`]+\$)")
_AUTHORS = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper of a digest."""

    paper: Paper
    day: str
    """When it was announced, ISO 8601."""
    why: str = ""
    """Why it is where it is."""
    update_of: str = ""
    """Citation key of the paper that it is a later version of."""


def markdown(entries: Sequence[Entry], at: str) -> str:
    """A digest to read; ``at`` is the time it is of, ISO 8601, UTC."""
    new = [entry for entry in entries if not entry.update_of]
    updates = [entry for entry in entries if entry.update_of]
    lines = [f"<!-- {MARK}: a digest; the next one takes its place -->", f"# New papers, {at[:10]}", ""]
    for number, entry in enumerate(new, 1):
        paper = entry.paper
        lines += [f"## {number}. [{_plain(paper.title)}](https://arxiv.org/abs/{paper.arxiv_id})", ""]
        facts = [_authors(paper), f"arXiv:{paper.arxiv_id}", paper.primary_category or "", entry.day]
        lines += [" · ".join(_plain(fact) for fact in facts if fact), ""]
        lines += [f"*{_plain(entry.why[:1].upper() + entry.why[1:])}.*", ""] if entry.why else []
        lines += [_plain(paper.abstract), ""] if paper.abstract else []
    if updates:
        lines += ["## New versions of papers you have", ""]
        for entry in updates:
            paper = entry.paper
            link = f"https://arxiv.org/abs/{paper.arxiv_id}v{paper.arxiv_version}"
            lines.append(f"- [{_plain(paper.title)}]({link}), version {paper.arxiv_version}: {_plain(entry.update_of)}")
        lines.append("")
    return "\n".join(lines)


def atom(entries: Sequence[Entry], at: str) -> str:
    """An Atom feed (RFC 4287); the id of an entry is that of the paper's version, so readers show each once."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        "  <title>New papers</title>",
        "  <id>urn:paperpath:new</id>",
        f"  <updated>{at}</updated>",
        f'  <generator version="{_xml(__version__)}">{MARK}</generator>',
    ]
    for entry in entries:
        paper = entry.paper
        version = f"v{paper.arxiv_version}" if paper.arxiv_version else ""
        link = f"https://arxiv.org/abs/{paper.arxiv_id}{version}"
        title = f"New version of {entry.update_of}: {paper.title}" if entry.update_of else paper.title
        about = "\n\n".join(part for part in (entry.why, paper.abstract or "") if part)
        lines += [
            "  <entry>",
            f"    <title>{_xml(title)}</title>",
            f"    <id>{_xml(link)}</id>",
            f'    <link href="{_xml(link)}"/>',
            f"    <updated>{entry.day}T00:00:00Z</updated>",
            *(f"    <author><name>{_xml(str(author))}</name></author>" for author in paper.authors),
            *([] if paper.authors else ["    <author><name>unknown</name></author>"]),
            *(f'    <category term="{_xml(category)}"/>' for category in paper.categories),
            f"    <summary>{_xml(about)}</summary>",
            "  </entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


DIGESTS: dict[str, Callable[[Sequence[Entry], str], str]] = {"md": markdown, "atom": atom}
"""Format → what writes it."""


def is_digest(beginning: str) -> bool:
    """Whether the first lines of a file are those of a digest."""
    return MARK in beginning[:600]


def _authors(paper: Paper) -> str:
    names = [str(author) for author in paper.authors]
    more = f" and {len(names) - _AUTHORS} more" if len(names) > _AUTHORS else ""
    return ", ".join(names[:_AUTHORS]) + more


def _plain(text: str) -> str:
    """One line of Markdown that shows ``text`` as it is, and formulas between dollars as formulas."""
    line = " ".join(_xml_safe(text).split())
    parts = _FORMULA.split(line)
    return "".join(_formula(part) if at % 2 else _MARKDOWN.sub(r"\\\1", part) for at, part in enumerate(parts))


def _formula(text: str) -> str:
    """A formula in which nothing can be taken for HTML."""
    return text.replace("<", "\\lt ").replace(">", "\\gt ")


def _xml(text: str) -> str:
    """Text for an element, or for an attribute in quotes."""
    return escape(_xml_safe(text))


def _xml_safe(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
