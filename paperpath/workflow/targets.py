"""What a person asks to fetch → papers: list names, citation keys, arXiv ids and addresses, each paper once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperpath import ids
from paperpath.errors import BadInput, NotAnId, PaperpathError, UnknownPaper
from paperpath.model import Paper, PaperId

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperpath.library import Library


@dataclass
class Wanted:
    """One paper that was asked for."""

    text: str
    """What was typed, or the paper's id."""
    paper_id: PaperId | None = None
    """Its arXiv id, with the version that was asked for; None for a paper that is not on arXiv."""
    key: str | None = None
    """None until the library has it."""
    error: PaperpathError | None = None
    """Why it cannot be fetched."""
    by_name: bool = True
    """Whether it was asked for by itself, and not as one of a reading list."""


def resolve(library: Library, texts: Iterable[str]) -> list[Wanted]:
    """The papers meant by ``texts``, in their order and each once; a text that means none carries its error."""
    names = {reading_list.name: reading_list for reading_list in library.lists()}
    found: dict[object, Wanted] = {}
    for text in texts:
        name = text.strip()
        if name in names:
            wanted = [_of_paper(library.get(entry.key).paper) for entry in names[name].entries]
        else:
            wanted = [_one(library, name)]
        for one in wanted:
            one.by_name = name not in names
            first = found.setdefault(one.key or (one.paper_id and one.paper_id.value) or one.text, one)
            first.by_name = first.by_name or one.by_name
    return list(found.values())


def _one(library: Library, text: str) -> Wanted:
    try:
        paper_id = ids.parse_id(text)
    except NotAnId:
        paper_id = None
    try:
        key = library.resolve(text)
    except UnknownPaper as error:
        if paper_id is not None and paper_id.scheme == "arxiv":
            return Wanted(paper_id.value, paper_id)
        if paper_id is None:
            return Wanted(text, error=_unknown(library, text, error))
        message = (
            f"{text} is not in the library, and PDFs can only be fetched from arXiv."
            " Import its .bib entry, or add its PDF: paperpath add FILE.pdf"
        )
        return Wanted(text, error=BadInput(message))
    return _of_paper(library.get(key).paper, paper_id)


def _unknown(library: Library, text: str, error: UnknownPaper) -> PaperpathError:
    """The library's own words, which name close keys, and the lists, of which one may have been meant."""
    names = ", ".join(sorted(library.list_fingerprints()))
    lists = f" Reading lists: {names}." if names and " " not in text else ""
    return UnknownPaper(f"{error}{lists}")


def _of_paper(paper: Paper, asked: PaperId | None = None) -> Wanted:
    if asked is not None and asked.scheme == "arxiv":
        return Wanted(asked.value, asked, paper.key)
    if paper.arxiv_id:
        return Wanted(paper.arxiv_id, PaperId("arxiv", paper.arxiv_id), paper.key)
    return Wanted(paper.doi or paper.url or paper.key, None, paper.key)
