"""Papers as Markdown: a reference list with links, and the text of a parsed paper to read.

CommonMark with ``$…$`` for mathematics. Escaped is what would otherwise turn a sentence into a heading, a list, a quote
or HTML; the rest is left alone, because the text is read as it stands more often than it is rendered.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote

from paperpath.formats import latex_math
from paperpath.formats.dates import year_and_month
from paperpath.formats.latex_decode import normal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperpath.model import Author, Caption, Paper, ParsedPaper, Section

_BLOCK_START = re.compile(
    r"^( {0,3})(#{1,6}(?=\s|$)|>|[-+*](?=\s|$)|=+\s*$|-{2,}\s*$|`{3,}|~{3,}|\d{1,9}(?=[.)](?:\s|$)))"
)
_TAG_START = re.compile(r"<(?=[A-Za-z/!?])")
_INLINE = re.compile(r"([\\`*_\[\]])")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_MOST_AUTHORS = 10
_SENTENCE_ENDS = (".", "?", "!", "…", "?**", "!**", ".**")


def write(papers: Sequence[Paper]) -> str:
    """A list with one item for each paper, in the order given: authors, year, title, venue, links."""
    return "".join(f"- {_reference(paper)}\n" for paper in papers)


def paper_text(paper: Paper, parsed: ParsedPaper) -> str:
    """What was read out of the PDF, as one document; the metadata of ``paper`` goes before what the PDF says of itself.

    Captions stand as quotes at the end of the section on whose pages they are.
    """
    return "\n\n".join(_blocks(paper, parsed)) + "\n"


# ------------------------------------------------------------------------------------------------- one reference


def _reference(paper: Paper) -> str:
    year = year_and_month(paper)[0]
    people = _people(paper.authors)
    opening = " ".join(part for part in (people, f"({year})" if year else "") if part)
    parts = [opening, f"**{_inline(normal(paper.title))}**", _where(paper), " · ".join(_links(paper))]
    return " ".join(part if part.endswith(_SENTENCE_ENDS) else f"{part}." for part in parts if part)


def _people(authors: Sequence[Author]) -> str:
    """All names up to ten; ``others``, which is nobody's name, as et al."""
    named = [_inline(normal(str(author))) for author in authors if (author.family, author.given) != ("others", "")]
    if len(named) > _MOST_AUTHORS or len(named) < len(authors):
        return f"{', '.join(named[:_MOST_AUTHORS])} et al."
    return ", ".join(named)


def _where(paper: Paper) -> str:
    if not paper.venue:
        return _inline(normal(paper.journal_ref or ""))
    volume = paper.volume or ""
    if paper.number:
        volume += f"({paper.number})"
    where = f"*{_inline(normal(paper.venue))}*" + (f" {_inline(normal(volume))}" if volume else "")
    return f"{where}, {_inline(normal(paper.pages))}" if paper.pages else where


def _links(paper: Paper) -> Iterator[str]:
    if paper.arxiv_id:
        yield f"[arXiv:{paper.arxiv_id}](https://arxiv.org/abs/{_target(paper.arxiv_id)})"
    if paper.doi:
        yield f"[doi:{_inline(paper.doi)}](https://doi.org/{_target(paper.doi)})"
    if paper.url and not re.match(r"https?://(?:arxiv|(?:dx\.)?doi)\.org/", paper.url):
        yield f"<{_target(paper.url)}>"


def _target(address: str) -> str:
    return quote(address, safe="!#$%&'*+,-./:;=?@_~", errors="ignore")


# ------------------------------------------------------------------------------------------------- one paper


def _blocks(paper: Paper, parsed: ParsedPaper) -> Iterator[str]:
    yield f"# {_line(paper.title or parsed.title or 'Untitled')}"
    yield from _byline(paper, parsed)
    if abstract := paper.abstract or parsed.abstract:
        yield "## Abstract"
        yield from _paragraphs(abstract)
    captions = _captions_by_section(parsed)
    yield from captions.get(-1, ())
    for i, section in enumerate(parsed.sections):
        if not parsed.heads_references(section):
            yield _heading(section)
        for part in section.paragraphs():
            if part.kind == "equation":
                rows = _UNSEEN.sub("", unicodedata.normalize("NFC", part.text)).strip().split("\n")
                yield "\n".join(f"    {row}" for row in rows)  # as it is
            elif part.kind == "item":
                yield _item(part.text)
            else:
                yield from _paragraphs(part.text)
        yield from captions.get(i, ())
    if parsed.footnotes:
        yield "## Footnotes"
        yield "\n".join(f"- {_line(note.text)} (p. {note.page})" for note in parsed.footnotes)
    if parsed.references:
        yield "## References"
        yield "\n".join(f"- {_line(reference.text)}" for reference in parsed.references)


def _byline(paper: Paper, parsed: ParsedPaper) -> Iterator[str]:
    people = ", ".join(map(str, paper.authors)) or ", ".join(author.name for author in parsed.authors)
    if people:
        yield _line(people)
    year = year_and_month(paper)[0]
    facts = [_where(paper), str(year or ""), *_links(paper)]
    if known := " · ".join(fact for fact in facts if fact):
        yield known


def _heading(section: Section) -> str:
    words = section.heading
    return f"{'#' * min(max(section.level, 1) + 1, 6)} {_line(words)}"


def _captions_by_section(parsed: ParsedPaper) -> dict[int, list[str]]:
    """Captions as quotes under the index of the last section that begins on or before their page; -1 before all.

    The rows of a table follow its caption as they are.
    """
    placed: dict[int, list[str]] = {}
    for caption in parsed.captions:
        before = [i for i, section in enumerate(parsed.sections) if section.page <= caption.page]
        blocks = placed.setdefault(before[-1] if before else -1, [])
        blocks.append(_quote(caption))
        if caption.content:
            blocks.append(_fenced(caption.content))
    return placed


def _fenced(text: str) -> str:
    """``text`` as a block of code, whatever backticks it holds."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    rows = "\n".join(_UNSEEN.sub("", row).rstrip() for row in text.split("\n"))
    return f"{fence}\n{rows}\n{fence}"


def _quote(caption: Caption) -> str:
    return f"> **{caption.kind.capitalize()} {_line(caption.label)}.** {_line(caption.text)}"


_MARK = re.compile(r"(?:[•●▪◦‣∙■►*·–-]|(?P<number>\d{1,2})[.)])\s+")


def _item(text: str) -> str:
    """An item of a list; marks that Markdown does not know stay as they are printed."""
    mark = _MARK.match(text)
    if not mark:
        return _line(text)
    return f"{mark['number']}. {_line(text[mark.end() :])}" if mark["number"] else f"- {_line(text[mark.end() :])}"


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in re.split(r"\n\s*\n", text):
        lines = [_safe(line) for line in paragraph.splitlines() if line.strip()]
        if lines:
            yield "\n".join(lines)


def _line(text: str) -> str:
    return _safe(" ".join(text.split()))


def plain(text: str) -> str:
    """Any text as one line that Markdown shows as it is written."""
    return _inline(_line(text))


def _safe(text: str) -> str:
    """One line that starts no block and no tag, and holds nothing that a terminal would obey."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text)).strip()
    text = _TAG_START.sub(r"\\<", text)
    return _BLOCK_START.sub(_escaped_start, text)


def _escaped_start(found: re.Match[str]) -> str:
    mark = found[0]
    return f"{mark}\\" if mark.isdigit() else f"\\{mark}"


def _inline(text: str) -> str:
    """Text inside a line, with everything escaped that could be emphasis or a link; formulas as they are."""
    pieces, at = [], 0
    for begin, end in latex_math.spans(text) if "$" in text else ():
        pieces += [_escaped(text[at:begin]), text[begin:end]]
        at = end
    return "".join([*pieces, _escaped(text[at:])])


def _escaped(text: str) -> str:
    return _TAG_START.sub(r"\\<", _INLINE.sub(r"\\\1", text))
