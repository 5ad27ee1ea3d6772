"""What an assistant may do with the library: functions of plain values, each one call of a verb.

They are offered by :mod:`~paperpath.cli.assistant` over the Model Context Protocol, which makes the description and the
schema of a tool out of the docstring and the types; so these docstrings are written for who calls. Each call opens the
library anew, as a command does: what other programs changed meanwhile is seen, and nothing is locked between calls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from paperpath.cli import details
from paperpath.errors import BadInput
from paperpath.model import Status  # noqa: TC001 - the schema of a tool is made of its types

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperpath.cli.session import Session
    from paperpath.library import Library
    from paperpath.model import ParsedPaper, Section

MOST_CHARACTERS = 20_000
"""Of a text that is read; an assistant asks for the rest with ``start``."""
Limit = Annotated[int, "At most so many, 1 to 100."]


class Tools:
    """The tools; the methods named in :data:`READING` change nothing, those in :data:`WRITING` can be undone."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list_papers(self, query: str = "", limit: Limit = 50) -> dict[str, Any]:
        """List papers of the library by their metadata.

        query: words that must all occur in title, authors, key or venue; also author:hinton, year:2012..2015,
        tag:vision, status:read, has:pdf, list:NAME, -word. Empty for all papers. The keys in the answer name papers in
        all other tools.
        """
        with self._session.library() as library:
            rows = library.rows(query)
        shown = [
            {"key": row.key, "title": row.title, "authors": row.byline, "year": row.year, "status": row.status,
             "tags": list(row.tags), "has_pdf": row.has_pdf}
            for row in rows[: _some(limit)]
        ]  # fmt: skip
        return {"papers": shown, "total": len(rows)}

    def show_paper(self, key: str) -> dict[str, Any]:
        """Show what is known of one paper: metadata with the abstract, status, tags, places on reading lists, outline.

        key: a citation key, an arXiv id or a DOI. The outline names the sections that read_section can read.
        """
        from paperpath.workflow import finding
        from paperpath.workflow.texts import read_parsed

        with self._session.library() as library:
            shown = finding.show(library, key)
            parsed = read_parsed(library, shown.record.key)
        outline = [
            {"section": section.heading, "page": section.page, "characters": len(section.text)}
            for section in (parsed.sections if parsed else ())
        ]
        return details.shown_json(shown) | {"outline": outline}

    def search_texts(self, query: str, limit: Limit = 20) -> dict[str, Any]:
        """Search the full text of papers and notes for words that all occur in one passage.

        query: words; "a phrase" in double quotes, begin* for beginnings, -word for without. To find what answers a
        question, ask_library is better.
        """
        from paperpath.workflow import finding

        with self._session.library() as library:
            hits = finding.search(library, query, limit=_some(limit))
        return {"hits": [details.hit_json(hit) for hit in hits]}

    def ask_library(self, question: str, limit: Limit = 5, papers: list[str] | None = None) -> dict[str, Any]:
        """Find the passages of the papers' texts that answer a question best, with paper, section and page.

        papers: keys of the only papers to look in; without it, all. "answered" is false when no paper seems to answer;
        then the passages are only the nearest ones. Cite a passage by its key and page.
        """
        from paperpath.cli.asking import asked_json
        from paperpath.workflow import asking

        with self._session.library() as library:
            keys = [library.resolve(key) for key in papers or ()]
            asked = asking.ask(library, question, limit=_some(limit), keys=keys, meaning=self._session.meaning)
        return asked_json(question, asked, None)

    def read_section(self, key: str, section: str, start: int = 0) -> dict[str, Any]:
        """Read the text of a section of a paper.

        section: its number or title as show_paper's outline has it, such as "3.2" or "3.2 Attention"; "Abstract" for
        the abstract. start: the character to begin at, which the answer calls "next" when there is more.
        """
        from paperpath.workflow.texts import read_parsed

        with self._session.library() as library:
            key = library.resolve(key)
            abstract = library.get(key).paper.abstract
            parsed = read_parsed(library, key)
        if section.strip().casefold() == "abstract" and (said := abstract or (parsed and parsed.abstract)):
            heading, page, text = "Abstract", 1, said
        else:
            found = _section(key, parsed, section)
            heading, page, text = found.heading, found.page, found.text
        end = max(0, start) + MOST_CHARACTERS
        part = {"key": key, "section": heading, "page": page, "text": text[max(0, start) : end]}
        return part | {"next": end if end < len(text) else None}

    def read_note(self, key: str) -> dict[str, Any]:
        """Read the user's own note on a paper and the passages that they highlighted in it, with their comments."""
        from paperpath.workflow import noting

        with self._session.library() as library:
            record = library.get(library.resolve(key))
            text = noting.note_text(library, record.key)
        marks = [
            {"quote": mark.quote, "comment": mark.comment, "section": mark.section, "page": mark.page}
            for mark in record.highlights
        ]
        return {"key": record.key, "note": text, "highlights": marks}

    def export_bibliography(self, query: str = "", keys: list[str] | None = None, format: str = "bibtex") -> str:  # noqa: A002 - what the option is called
        """Write papers as a bibliography.

        query: which papers, as in list_papers; keys: only these. format: bibtex, biblatex, csl-json, ris, hayagriva …
        """
        from paperpath.workflow import exporting

        style = self._session.settings.style(format)
        with self._session.library() as library:
            only = {library.resolve(key) for key in keys} if keys else None
            return exporting.export(library, query=query, format=format, only=only, style=style)

    # ----------------------------------------------------------------------- writing, each one change for `undo`

    def append_to_note(self, key: str, text: str) -> dict[str, Any]:
        """Add a paragraph of Markdown at the end of the user's note on a paper. The user can undo it."""
        from paperpath.workflow import noting

        if not text.strip():
            raise BadInput("There is no text to add.")
        with self._session.library() as library:
            key = library.resolve(key)
            path = noting.append_note(library, key, text)
        return {"key": key, "file": str(path)}

    def set_status(self, keys: list[str], status: Status) -> dict[str, Any]:
        """Set how far the user has read papers: unread, skimmed, reading or read. The user can undo it."""
        from paperpath.workflow import annotating

        with self._session.library() as library:
            found = _some_keys(library, keys)
            annotating.set_status(library, found, status)
        return {"keys": found, "status": status}

    def change_tags(
        self, keys: list[str], add: list[str] | None = None, remove: list[str] | None = None
    ) -> dict[str, Any]:
        """Give tags to papers and take them away. The user can undo it."""
        from paperpath.workflow import annotating

        if not (add or remove):
            raise BadInput("Say which tags to add or to remove.")
        with self._session.library() as library:
            found = _some_keys(library, keys)
            annotating.tag(library, found, add=add or (), remove=remove or ())
            return {"tags": {key: list(library.get(key).tags) for key in found}}


READING = (
    "list_papers", "show_paper", "search_texts", "ask_library", "read_section", "read_note", "export_bibliography",
)  # fmt: skip
WRITING = ("append_to_note", "set_status", "change_tags")
Kind = Literal["reading", "writing"]


def offered(session: Session, *, writing: bool) -> list[tuple[Callable[..., Any], Kind]]:
    """The tools of a session; those that write only if it is allowed."""
    tools = Tools(session)
    reading: list[tuple[Callable[..., Any], Kind]] = [(getattr(tools, name), "reading") for name in READING]
    return [*reading, *((getattr(tools, name), "writing") for name in WRITING if writing)]


def _some(limit: int) -> int:
    return min(100, max(1, limit))


def _some_keys(library: Library, keys: list[str]) -> list[str]:
    if not keys:
        raise BadInput("Name the papers by their keys; list_papers gives them.")
    return [library.resolve(key) for key in keys]


def _section(key: str, parsed: ParsedPaper | None, wanted: str) -> Section:
    if parsed is None:
        raise BadInput(f"The text of {key} is not here. The user can bring it with: paperpath fetch {key}")
    name = " ".join(wanted.split()).casefold()
    for section in parsed.sections:
        if name in (section.heading.casefold(), section.title.casefold(), (section.number or "").casefold()) and name:
            return section
    raise BadInput(f"{key} has no section {wanted!r}. It has: {'; '.join(one.heading for one in parsed.sections)}.")
