"""A paper's page outside the library: for a vault of Markdown notes such as Obsidian's, or as plain Markdown.

A page has what the library knows: metadata in the front matter, the reader's highlights and words, links to the papers
of the library that it cites. The page belongs to its reader as a note does, so it is brought up to date by
:func:`~paperpath.notes.merge.merge`: our blocks and our keys alone. Status, tags and aliases are changed on both sides,
in the vault and in the library, so the page remembers which of them we wrote: what the reader added there stays, what
was taken away there stays away.

The forms are those that Obsidian's plug-ins for Zotero and .bib files have made usual: ``citekey`` in the front matter,
``[[@key]]`` for a paper, the title as an alias, ``[[Name]]`` for an author, quotes as callouts. Each quote has a block
id, so that ``[[@key#^h12]]`` goes on leading to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperpath.notes import front_matter
from paperpath.notes.blocks import Block, digest
from paperpath.notes.draft import Draft, OwnedReference, drafted_title, escaped, plain
from paperpath.notes.front_matter import BOM, Unreadable
from paperpath.notes.merge import MEMORY, Merged, marks, merge

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paperpath.model import Highlight, Paper, Status
    from paperpath.notes.front_matter import Value

NAMES_PAPER = "citekey"
"""The front matter key that says which paper a page is about, whatever its file is called."""
_INVITATION = "<!-- What you write outside the marked parts is yours: every export keeps it. -->"
_STRANGE = (
    f"It was not written by paperpath, so it was left as it is. Rename it, or put the line {MEMORY}: {{}} into its"
    " front matter to have the parts of this page added to it."
)
_SYNTAX = re.compile(r"\[\[|%%|==|(?<!\S)#(?=[^\W\d])|\^(?=[\w-]+$)")
"""What Obsidian would take for a link, a comment, its own highlight, a tag or a block id in the words of a paper."""
_BLOCK_START = re.compile(r"^(#{1,6}(?=\s)|>|[-+*](?=\s)|\d{1,9}(?=[.)]\s))")
_PARAGRAPHS = re.compile(r"\n\s*\n")
_NOTE_LINK = re.compile(r"\[([^\[\]\n]+)\]\(([^()\s]+)\.md\)")
_AS_WRITTEN = re.compile(
    rf"---\r?\n{NAMES_PAPER}: ([A-Za-z][\w.]*)\r?\n(?:(?!---|\.\.\.).*\n)*?{MEMORY}: \{{[\w:, -]*\}}\r?\n"
)
"""The front matter of a page whose first line nobody has edited: it need not be read as YAML, which takes 2 ms."""
_NO_NAME = re.compile(r"[\[\]|#^\\/:]+")


@dataclass(frozen=True, slots=True)
class Material:
    """What a page is made from."""

    paper: Paper
    status: Status = "unread"
    tags: Sequence[str] = ()
    words: str = ""
    """The reader's own, from the note in the library."""
    highlights: Sequence[Highlight] = ()
    """In the order of the paper."""
    lost: Sequence[Highlight] = ()
    """Those of them whose words are not in the text any more."""
    cites: Sequence[OwnedReference] | None = None
    """None where that is not known: no PDF was parsed."""


def names_paper(text: str) -> str | None:
    """The citation key of the paper that a page is about; None for a file that is no page of ours."""
    if f"{NAMES_PAPER}:" not in text or f"{MEMORY}:" not in text:  # most files of a vault, and YAML is slow
        return None
    if usual := _AS_WRITTEN.match(text):
        return usual[1]
    try:
        front = front_matter.read(text)
    except Unreadable:
        return None
    if front is None or not isinstance(front.get(MEMORY), dict):
        return None
    key = front.get(NAMES_PAPER)
    return key if isinstance(key, str) else None


def plain_page(material: Material) -> str:
    """The reader's words and highlights under the title, as CommonMark without front matter, markers or wikilinks."""
    parts = [f"# {drafted_title(material.paper)}", *_about(material.paper, linked=False)]
    parts += _highlights(material, callouts=False)
    if material.words:
        parts += ["## My notes", material.words]
    return "\n\n".join(parts) + "\n"


def page(material: Material, names: Mapping[str, str], existing: str | None = None) -> Merged:
    """The page for a vault: fresh, or ``existing`` brought up to date; doing it twice is doing it once.

    Args:
        material: what the library knows.
        names: citation key → name of that paper's page, without ``.md``, for this paper and those that it is linked to.
        existing: the page as it is; None, or nothing but space, for none.
    """
    fresh = _draft(material, names)
    text = _text(fresh)
    if existing is None or not existing.strip(BOM + " \t\r\n") or existing == text:
        return Merged(text)
    try:
        front = front_matter.read(existing)
    except Unreadable:
        return merge(existing, fresh)  # which says what is wrong
    remembered = front.get(MEMORY) if front else None
    if not isinstance(remembered, dict):
        return Merged(existing, (_STRANGE,))
    metadata = {key: value for key, value in fresh.front.items() if key not in _SHARED}
    merged = merge(existing, Draft(metadata, fresh.title, fresh.blocks))
    try:
        return Merged(_with_shared(merged.text, fresh.front, remembered), merged.problems)
    except Unreadable:
        return Merged(existing, merged.problems or merge(existing, fresh).problems)


# --------------------------------------------------------------------------- front matter

_SHARED = ("status", "tags", "aliases")
"""Keys that both sides change."""


def _draft(material: Material, names: Mapping[str, str]) -> Draft:
    paper = material.paper
    blocks = (
        Block("about", "\n\n".join(_about(paper, linked=True))),
        Block("highlights", "\n\n".join(_highlights(material, callouts=True))),
        Block("notes", _words(material.words, names)),
        *((Block("cites", _cites(material.cites, names)),) if material.cites is not None else ()),
    )
    tags = tuple(dict.fromkeys(tag for tag in map(_tag, material.tags) if tag))
    aliases = (plain(paper.title), *((f"@{paper.key}",) if names[paper.key] != f"@{paper.key}" else ()))
    front: dict[str, Value] = {
        NAMES_PAPER: paper.key,
        "title": plain(paper.title),
        "authors": tuple(plain(str(author)) for author in paper.authors),
        "year": paper.year,
        "venue": plain(paper.venue) if paper.venue else None,
        "doi": paper.doi,
        "arxiv": paper.arxiv_id,
        "url": plain(paper.web_page) if paper.web_page else None,
        "status": material.status,
        "tags": tags,
        "aliases": tuple(alias for alias in aliases if alias),
    }
    memory = {block.name: digest(block.body) for block in blocks if block.body}
    front[MEMORY] = memory | _remembered(material.status, tags, front["aliases"])
    return Draft(front, drafted_title(paper), blocks)


def _text(draft: Draft) -> str:
    front = {key: value for key, value in draft.front.items() if value is not None}
    blocks = "\n".join(block.text for block in draft.blocks if block.body)
    return f"{front_matter.render(front)}\n# {draft.title}\n\n{blocks}\n{_INVITATION}\n"


def _with_shared(text: str, wanted: Mapping[str, Value], before: Mapping[str, str]) -> str:
    """The page with status, tags and aliases brought up to date; a key that its reader deleted stays deleted."""
    front = front_matter.read(text)
    memory = front.get(MEMORY) if front else None
    if front is None or not isinstance(memory, dict):
        return text
    now = marks(text)
    values: dict[str, Value] = {}
    written = now.status is None or digest(now.status) == before.get("status")
    status = wanted["status"] if written else now.status
    if status != now.status:
        values["status"] = status
    aliases = front.get("aliases")
    had = {"tags": now.tags or (), "aliases": aliases if isinstance(aliases, tuple) else (aliases,) if aliases else ()}
    for key, names in had.items():
        new = _both(tuple(map(str, names)), before.get(key, ""), wanted[key])
        if new != names:
            values[key] = new
    ours = _remembered(str(wanted["status"]), wanted["tags"], wanted["aliases"])
    if not written and now.status != wanted["status"]:
        ours["status"] = before.get("status", ours["status"])  # theirs stays theirs until both say the same
    kept = {name: value for name, value in memory.items() if name not in _SHARED}
    return front_matter.edit(text, values | {MEMORY: kept | ours})


def _remembered(status: str, tags: Value, aliases: Value) -> dict[str, str]:
    """What the memory says of the shared keys: a digest of each value that the library had."""
    found = {"status": digest(status)}
    for key, names in (("tags", tags), ("aliases", aliases)):
        if isinstance(names, tuple) and names:
            found[key] = "-".join(digest(name.casefold()) for name in names)
    return found


def _both(now: tuple[str, ...], before: str, wanted: Value) -> tuple[str, ...]:
    """The names of both sides: without those that the library had and has no more, or that the reader took away."""
    ours = {name.casefold(): name for name in wanted} if isinstance(wanted, tuple) else {}
    wrote = set(before.split("-"))
    there = {name.casefold() for name in now}
    kept = [name for name in now if name.casefold() in ours or digest(name.casefold()) not in wrote]
    new = [name for folded, name in ours.items() if folded not in there and digest(folded) not in wrote]
    return (*kept, *new)


def _tag(name: str) -> str:
    """A tag as Obsidian allows one: no spaces, and not digits alone."""
    tag = re.sub(r"[^\w/-]+", "-", name).strip("-/")
    return f"_{tag}" if tag.isdigit() else tag


# --------------------------------------------------------------------------- the parts of a page


def _about(paper: Paper, *, linked: bool) -> list[str]:
    """Who wrote it, and where it is."""
    people = [plain(str(one)) for one in paper.authors if (one.family, one.given) != ("others", "")]
    who = ", ".join(f"[[{_name(name)}]]" if linked else escaped(name) for name in people)
    if len(people) < len(paper.authors):
        who += " et al."
    where = [escaped(paper.venue) if paper.venue else "", str(paper.year or "")]
    if paper.arxiv_id:
        where.append(f"[arXiv:{paper.arxiv_id}](https://arxiv.org/abs/{paper.arxiv_id})")
    if paper.doi:
        where.append(_address(f"https://doi.org/{paper.doi}"))
    if not paper.arxiv_id and not paper.doi and paper.web_page:
        where.append(_address(paper.web_page))
    return [line for line in (who, " · ".join(part for part in where if part)) if line]


def _address(url: str) -> str:
    return f"<{re.sub(r'[^!-;=?-~]', '', url)}>"


def _highlights(material: Material, *, callouts: bool) -> list[str]:
    """A heading for each section that has some, the quotes under it, and what the reader said about each."""
    parts: list[str] = ["## Highlights"] if material.highlights else []
    section = ""
    for mark in material.highlights:
        if mark.section and mark.section != section:
            section = mark.section
            parts.append(f"### {_shielded(section)}")
        gone = "not in this text any more" if mark in material.lost else ""
        where = " · ".join(filter(None, (f"p. {mark.page}" if mark.page else "", mark.colour, gone)))
        quote = [_shielded(piece) for piece in _PARAGRAPHS.split(mark.quote) if piece.strip()]
        if callouts:
            words = "\n>\n> ".join(quote)
            parts.append(f"> [!quote|{_NO_NAME.sub('', plain(mark.colour))}] {escaped(where)}\n> {words}")
            if mark.id is not None:
                parts.append(f"^h{mark.id}")
        else:
            parts.append("> " + "\n>\n> ".join([*quote, f"— {escaped(where)}"] if where else quote))
        comment = "\n".join(escaped(line) for line in mark.comment.splitlines()).strip("\n")
        if comment:
            parts.append(comment)
    return parts


def _words(words: str, names: Mapping[str, str]) -> str:
    """The reader's words, with links to other notes of the library as links to their pages."""

    def link(found: re.Match[str]) -> str:
        return _wikilink(names[found[2]], found[1]) if found[2] in names else found[0]

    return f"## My notes\n\n{_NOTE_LINK.sub(link, words)}" if words else ""


def _cites(cites: Sequence[OwnedReference], names: Mapping[str, str]) -> str:
    lines = []
    for one in cites:
        who = " ".join(part for part in (plain(one.byline), str(one.year or "")) if part)
        label = f" \\[{escaped(one.label)}\\]" if one.label else ""
        lines.append(f"- {_wikilink(names[one.key], one.title)}{f', {escaped(who)}' if who else ''}{label}")
    return "## Cites, of this library\n\n" + "\n".join(lines) if lines else ""


def _wikilink(name: str, shown: str) -> str:
    words = plain(shown).translate(str.maketrans("[]|", "()/"))
    return f"[[{name}|{escaped(words)}]]" if words else f"[[{name}]]"


def _name(text: str) -> str:
    """What a page may be called: a link ends at some characters, and no file system takes all others."""
    return " ".join(_NO_NAME.sub(" ", plain(text)).split())


def _shielded(text: str) -> str:
    """Words of a paper on one line, in which neither Markdown nor Obsidian sees a syntax of theirs."""
    text = _SYNTAX.sub(lambda found: "".join(f"\\{c}" for c in found[0]), escaped(text))
    return _BLOCK_START.sub(lambda found: f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}", text)
