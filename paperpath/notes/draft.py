"""The first draft of a note: front matter and blocks, from what is known of a paper.

``BLOCKS`` is the list of blocks in the order in which they stand; each is a function from the material to Markdown.
A draft can be made from the metadata alone and grows when the PDF has been parsed. All text that comes from a paper
is put on one line and loses control characters and HTML comments, so that no title or caption can end a block early.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperpath.notes import gist
from paperpath.notes.blocks import Block, digest
from paperpath.notes.front_matter import Value, render
from paperpath.notes.three_passes import checklist

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from paperpath.model import Caption, Highlight, Paper, ParsedPaper, Status

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_FORMULA = re.compile(r"(\$[^$]+\$)")
_HTML = re.compile(r"<(?=[!/?a-zA-Z])")
KEYS = (
    "title", "authors", "year", "key", "arxiv", "doi", "url", "venue", "status", "tags", "paperpath",
)  # fmt: skip
"""Of the front matter, in their order."""
MINE = "## My notes"
"""The heading under which a draft leaves room for the reader."""
_KINDS = {"figure": "Figure", "table": "Table", "algorithm": "Algorithm"}
_CAPTION_LIMIT = 300


@dataclass(frozen=True, slots=True)
class OwnedReference:
    """An entry of the bibliography that is in the library too."""

    key: str
    title: str
    byline: str
    year: int | None
    label: str | None
    """As printed in this paper: ``12``."""


@dataclass(frozen=True, slots=True)
class Material:
    """What a draft is made from."""

    paper: Paper
    parsed: ParsedPaper | None = None
    owned: Sequence[OwnedReference] = ()
    highlights: Sequence[Highlight] = ()
    lost: Sequence[Highlight] = ()
    """Those of them whose words are not in the text any more."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A note as it would be written afresh."""

    front: Mapping[str, Value]
    title: str
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """The whole note, with a place for the reader's own words at its end."""
        blocks = "\n".join(block.text for block in self.blocks if block.body)
        front = {key: value for key, value in self.front.items() if value is not None}
        return f"{render(front)}\n# {self.title}\n\n{blocks}\n{MINE}\n"


def draft(
    paper: Paper,
    parsed: ParsedPaper | None = None,
    *,
    status: Status = "unread",
    tags: Sequence[str] = (),
    owned: Sequence[OwnedReference] = (),
    highlights: Sequence[Highlight] = (),
    lost: Sequence[Highlight] = (),
) -> Draft:
    """The draft of the note on ``paper``."""
    material = Material(paper, parsed, owned, highlights, lost)
    blocks = tuple(Block(name, body) for name, make in BLOCKS.items() if (body := make(material)) is not None)
    memory = {block.name: digest(block.body) for block in blocks if block.body}
    front: tuple[Value, ...] = (
        plain(paper.title),
        tuple(plain(str(author)) for author in paper.authors),
        paper.year,
        paper.key,
        paper.arxiv_id,
        paper.doi,
        _url(paper),
        plain(paper.venue) if paper.venue else None,
        status,
        tuple(tags),
        memory,
    )
    return Draft(dict(zip(KEYS, front, strict=True)), drafted_title(paper), blocks)


def drafted_title(paper: Paper) -> str:
    """The heading over the note on ``paper``."""
    return escaped(paper.title) or paper.key


def plain(text: str) -> str:
    """Text on one line, without control characters."""
    return " ".join(_CONTROL.sub(" ", text).split())


def escaped(text: str) -> str:
    """Text of a paper as Markdown: no HTML can begin in it, and formulas between dollars mean what they meant."""
    pieces = _FORMULA.split(plain(text))
    return "".join(_HTML.sub("< " if number % 2 else r"\\<", piece) for number, piece in enumerate(pieces))


def _problem(material: Material) -> str | None:
    abstract = material.paper.abstract or (material.parsed.abstract if material.parsed else None)
    if not abstract:
        return None if material.parsed is None else ""
    return f"## The problem\n\n{escaped(gist.opening(abstract))}\n\n*The first sentences of the abstract.*"


def _contributions(material: Material) -> str | None:
    if material.parsed is None:
        return None
    abstract = material.paper.abstract or material.parsed.abstract
    claims = gist.contributions(abstract, material.parsed)
    if not claims:
        return ""
    lines = [f"- {escaped(c.text)} ({f'p. {c.page}' if c.page else 'abstract'})" for c in claims]
    return "## What the authors say they contribute\n\n" + "\n".join(lines)


def _outline(material: Material) -> str | None:
    if material.parsed is None:
        return None
    if not material.parsed.sections:
        return ""
    top = min(section.level for section in material.parsed.sections)
    lines = []
    for section in material.parsed.sections:
        heading = section.heading
        lines.append(f"{'  ' * (section.level - top)}- {_no_list(escaped(heading))} · p. {section.page}")
    return f"## Sections\n\n{material.parsed.pages} pages.\n\n" + "\n".join(lines)


def _figures(material: Material) -> str | None:
    if material.parsed is None:
        return None
    lines = [_caption(caption) for caption in material.parsed.captions]
    return "## Figures and tables\n\n" + "\n".join(lines) if lines else ""


def _caption(caption: Caption) -> str:
    text = plain(caption.text)
    if len(text) > _CAPTION_LIMIT:
        text = text[:_CAPTION_LIMIT].rsplit(" ", 1)[0].rstrip(" ,;") + " …"
    what = f"**{_KINDS[caption.kind]} {escaped(caption.label)}** (p. {caption.page})"
    return f"- {what}: {escaped(text)}" if text else f"- {what}"


def _references(material: Material) -> str | None:
    if material.parsed is None:
        return None
    lines = []
    for reference in material.owned:
        label = f" [{escaped(reference.label)}]" if reference.label else ""
        who = " ".join(part for part in (plain(reference.byline), str(reference.year or "")) if part)
        title = escaped(reference.title).replace("[", "\\[").replace("]", "\\]")
        lines.append(f"- [{title}]({reference.key}.md)" + (f", {escaped(who)}" if who else "") + label)
    if not lines:
        return ""
    known, all_of_them = len(lines), len(material.parsed.references)
    return f"## References in the library\n\n{known} of {all_of_them}.\n\n" + "\n".join(lines)


def _highlights(material: Material) -> str | None:
    parts = []
    for highlight in material.highlights:
        where = [highlight.section, f"p. {highlight.page}" if highlight.page else "", highlight.colour]
        where += ["not in this text any more"] if highlight in material.lost else []
        parts.append(f"> {escaped(highlight.quote)}\n>\n> — {escaped(' · '.join(part for part in where if part))}")
        comment = [escaped(line) for line in highlight.comment.splitlines()]
        if any(comment):
            parts.append("\n".join(comment).strip("\n"))
    return "## Highlights\n\n" + "\n\n".join(parts) if parts else ""


def _no_list(text: str) -> str:
    """A heading such as ``3. Model`` would begin a list inside its list item."""
    return re.sub(r"^(\d{1,9})([.)])(?=\s|$)", r"\1\\\2", text)


def _url(paper: Paper) -> str | None:
    if paper.url:
        return plain(paper.url)
    if paper.arxiv_id:
        return f"https://arxiv.org/abs/{paper.arxiv_id}"
    return f"https://doi.org/{paper.doi}" if paper.doi else None


BLOCKS: Mapping[str, Callable[[Material], str | None]] = {
    "problem": _problem,
    "contributions": _contributions,
    "outline": _outline,
    "figures": _figures,
    "references": _references,
    "highlights": _highlights,
    "three-passes": lambda _: checklist(),
}
"""Each block and what drafts it: Markdown, empty for "nothing to say", None for "not known yet" (no PDF parsed)."""
