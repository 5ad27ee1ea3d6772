"""How one paper, one search hit and one passage look: as JSON for programs and as text for people."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from paperpath.cli import safe, show

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from paperpath.model import Caption, Highlight, Hit, ParsedPaper, Record
    from paperpath.workflow.finding import Shown

MATCH_BEGINS, MATCH_ENDS = "\ue000", "\ue001"
"""Around each match in ``Hit.passage``."""


def record_json(record: Record) -> dict[str, Any]:
    """A paper as ``list --json`` and ``show --json`` print it."""
    paper = record.paper
    return {
        "key": paper.key,
        "type": paper.entry_type,
        "title": paper.title,
        "authors": [str(author) for author in paper.authors],
        "year": paper.year,
        "month": paper.month,
        "venue": paper.venue,
        "volume": paper.volume,
        "number": paper.number,
        "pages": paper.pages,
        "publisher": paper.publisher,
        "doi": paper.doi,
        "arxiv_id": paper.arxiv_id,
        "arxiv_version": paper.arxiv_version,
        "categories": list(paper.categories),
        "url": paper.url,
        "abstract": paper.abstract,
        "status": record.status,
        "progress": 1.0 if record.status == "read" else record.position.fraction if record.position else 0.0,
        "tags": list(record.tags),
        "lists": list(record.lists),
        "added": record.added,
        "pdf": record.pdf
        and {
            "sha256": record.pdf.sha256,
            "bytes": record.pdf.bytes,
            "pages": record.pdf.pages,
            "fetched": record.pdf.fetched,
            "version": record.pdf.version,
            "source": record.pdf.source,
        },
        "parsed": record.parsed is not None,
        "problem": record.problem,
        "highlights": len(record.highlights),
    }


def shown_json(shown: Shown) -> dict[str, Any]:
    """A paper with its files and its places on reading lists, as ``show --json`` prints it."""
    files = {"pdf": shown.pdf, "text": shown.text, "note": shown.note}
    return record_json(shown.record) | {
        "files": {name: str(path) if path else None for name, path in files.items()},
        "places": [
            {
                "list": standing.list_name,
                "stage": standing.stage,
                "why": standing.entry.why,
                "introduces": list(standing.entry.introduces),
                "needs": list(standing.entry.needs),
                "unlocks": list(standing.unlocks),
            }
            for standing in shown.standings
        ],
        "provenance": {
            "type" if name == "entry_type" else name: {"source": origin.source, "at": origin.at}
            for name, origin in shown.origins.items()
        },
    }


def highlight_json(highlight: Highlight, *, lost: bool) -> dict[str, Any]:
    """A highlight as ``highlights --json`` prints it; ``lost`` says that its words are not in the text any more."""
    return {
        "id": highlight.id,
        "quote": highlight.quote,
        "comment": highlight.comment,
        "tags": list(highlight.tags),
        "colour": highlight.colour,
        "section": highlight.section,
        "page": highlight.page,
        "prefix": highlight.prefix,
        "suffix": highlight.suffix,
        "created": highlight.created,
        "lost": lost,
    }


def figure_json(caption: Caption, file: Path | None = None, *, problem: str | None = None) -> dict[str, Any]:
    """A figure or table as ``figures --json`` prints it; ``file`` is its picture, where one was written."""
    return {
        "kind": caption.kind,
        "label": caption.label,
        "page": caption.page,
        "caption": caption.text,
        "file": str(file) if file else None,
        "problem": problem,
    }


def hit_json(hit: Hit) -> dict[str, Any]:
    """A search hit as ``search --json`` prints it; ``matches`` are offsets into ``passage``."""
    passage, matches = unmark(hit.passage)
    return {
        "key": hit.key,
        "title": hit.title,
        "kind": hit.kind,
        "section": hit.section,
        "page": hit.page,
        "passage": passage,
        "matches": matches,
        "score": hit.score,
    }


def unmark(passage: str) -> tuple[str, list[list[int]]]:
    """The passage without its marks, and ``[start, end]`` of each match in it."""
    text, matches, begun = "", [], 0
    for character in passage:
        if character == MATCH_BEGINS:
            begun = len(text)
        elif character == MATCH_ENDS:
            matches.append([begun, len(text)])
        else:
            text += character
    return text, matches


def shown_text(shown: Shown, width: int) -> str:
    """A paper for a person: what it is, where it stands in the library, why it matters, and its abstract."""
    record = shown.record
    paper = record.paper

    def wrapped(text: str) -> list[str]:
        return textwrap.wrap(safe.line(text), width)

    lines = [show.style(line, bold=True) for line in wrapped(paper.title)]
    lines += [*wrapped(", ".join(str(author) for author in paper.authors).replace(", others", " and others")), ""]
    lines += [
        show.style(f"{name:<11}", dim=True) + safe.line(value) for name, value in _facts(shown) if value is not None
    ]
    for standing in shown.standings:
        lines += ["", show.style(safe.line(f"{standing.list_name} · {standing.stage}"), dim=True)]
        lines += wrapped(standing.entry.why)
        for name, words in (("introduces", standing.entry.introduces), ("needs", standing.entry.needs)):
            lines += wrapped(f"{name}: {', '.join(words)}") if words else []
    if paper.abstract:
        lines += ["", *wrapped(paper.abstract)]
    return "\n".join(lines)


def provenance_text(shown: Shown, width: int) -> str:
    """Where the fields of a paper came from, for a person: a paragraph for each source and day, the oldest first."""
    groups: dict[tuple[str, str], list[str]] = {}
    for name, origin in sorted(shown.origins.items(), key=lambda item: item[1].at or ""):
        words = "type" if name == "entry_type" else name.replace("_", " ")
        groups.setdefault((origin.source or "not known", (origin.at or "")[:10]), []).append(words)
    lines: list[str] = []
    for head, names in groups.items():
        lines.append(show.style(safe.line(", ".join(filter(None, head))), dim=True))
        lines += textwrap.wrap(safe.line(", ".join(names)), width, initial_indent="  ", subsequent_indent="  ")
    return "\n".join(lines)


def _facts(shown: Shown) -> list[tuple[str, str | None]]:
    record, paper, pdf = shown.record, shown.record.paper, shown.record.pdf
    number = f"{paper.volume or ''}({paper.number})" if paper.number else paper.volume
    pages = f"pp. {paper.pages}" if paper.pages else None
    year = str(paper.year) if paper.year else None
    published = ", ".join(part for part in (paper.venue, number, pages, paper.publisher, year) if part)
    highlights = show.plural(len(record.highlights), "highlight") if record.highlights else None
    return [
        ("key", paper.key),
        ("published", published or None),
        ("arXiv", paper.arxiv_id),
        ("DOI", paper.doi),
        ("page", paper.web_page),
        ("status", record.status + (f", {record.position.fraction:.0%} in" if record.position else "")),
        ("tags", ", ".join(record.tags) or None),
        ("PDF", f"{show.plural(pdf.pages, 'page')}, {pdf.bytes / 1e6:.1f} MB" if pdf else "not here"),
        ("problem", record.problem),
        ("note", str(shown.note) if shown.note else None),
        ("marked", highlights),
        ("guide", f"paperpath guide {paper.key}" if shown.guided else None),
        ("added", record.added[:10]),
    ]


def highlight_lines(highlight: Highlight, width: int, *, lost: bool) -> list[str]:
    """A highlight for a person: the quote, then where it is, then the comment."""
    place = ", ".join(part for part in (highlight.section, f"p. {highlight.page}" if highlight.page else "") if part)
    gone = "not in this text any more" if lost else ""
    mark = " · ".join(part for part in (f"[{highlight.id}] {highlight.colour}", place, gone) if part)
    quote = textwrap.wrap(safe.line(highlight.quote), max(width - 2, 20), initial_indent="> ", subsequent_indent="> ")
    comment = textwrap.wrap(safe.line(highlight.comment), max(width - 2, 20))
    return [show.style(safe.line(mark), dim=True), *quote, *comment]


def hits_text(hits: Sequence[Hit], width: int) -> str:
    """Search hits for a person: under each paper its passages, matches in bold, best paper first."""
    lines: list[str] = []
    for key in dict.fromkeys(hit.key for hit in hits):
        mine = [hit for hit in hits if hit.key == key]
        head = safe.clip(f"{safe.line(key)}  {safe.line(mine[0].title)}", width)
        lines += ["", show.style(head, bold=True)]
        for hit in mine:
            place = ", ".join(p for p in (hit.section or hit.kind, f"p. {hit.page}" if hit.page else "") if p)
            lines.append("  " + show.style(safe.clip(safe.line(place), width - 2), dim=True))
            lines += _highlighted(hit.passage, width)
    return "\n".join(lines[1:])


def _highlighted(passage: str, width: int) -> list[str]:
    """A marked passage, wrapped, with its matches styled; a match that is broken over two lines is closed on each."""
    indent = "    "
    lines, within = [], False
    for line in textwrap.wrap(safe.line(passage), max(width, 30), initial_indent=indent, subsequent_indent=indent):
        text = ""
        for i, part in enumerate(line.replace(MATCH_BEGINS, MATCH_ENDS).split(MATCH_ENDS)):
            within = within if i == 0 else not within
            text += show.style(part, fg="yellow", bold=True) if within and part.strip() else part
        lines.append(text)
    return lines


def parsed_text(name: str, parsed: ParsedPaper, width: int = 100) -> str:
    """What a parser found in a PDF, at a glance: the head, counts, the outline, and what is uncertain."""
    lines = [show.style(safe.line(parsed.title or f"{name} (no title found)"), bold=True)]
    lines += textwrap.wrap(safe.line(", ".join(author.name for author in parsed.authors)), width)
    lines += [
        safe.line(f"{kind} {value}") for kind, value in (("arXiv", parsed.arxiv_id), ("DOI", parsed.doi)) if value
    ]
    counts = (
        (len(parsed.sections), "section"),
        (len(parsed.references), "reference"),
        (len(parsed.captions), "caption"),
        (len(parsed.footnotes), "footnote"),
    )
    lines += [", ".join(show.plural(number, noun) for number, noun in ((parsed.pages, "page"), *counts) if number)]
    for section in parsed.sections:
        title = safe.line(f"{section.number or ''} {section.title}")
        lines.append(f"  {'  ' * (section.level - 1)}{title}, p. {section.page}")
    return "\n".join([*lines, *(f"! {safe.line(warning)}" for warning in parsed.warnings)])
