"""What the library keeps of a parse: the text to read, the structure, and passages to search.

It is written in an order that a crash can cut anywhere: the files first, the index last, and the index says which
parser made them, so that what is missing or older is made again.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from paperpath.errors import BadInput
from paperpath.library import Passage
from paperpath.model import Highlight, ParsedPaper

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from paperpath.library import Library
    from paperpath.model import Paper, Record, Reference

_BARE = re.compile(r"[\W_]+")
_LEVEL = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_PIECES = re.compile(r"\n\s*\n")
_LONGEST_PASSAGE = 1500
"""Characters; a search shows a passage, and a page of text is none."""
CONTEXT = 40
"""Characters kept on either side of a quote, to tell equal quotes apart."""


def parser_version() -> str:
    """The version of the parser, as the library keeps it beside each text that it made."""
    from paperpath.pdf import PARSER_VERSION

    return PARSER_VERSION


def read_parsed(library: Library, key: str) -> ParsedPaper | None:
    """The structure that the library keeps of a paper; None where there is none that can be read."""
    path = library.files.parsed(library.get(key).paper)
    try:
        return ParsedPaper.from_dict(json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None  # damaged by another program: doctor tells, and it can be made again


def read_references(library: Library, paper: Paper) -> tuple[Reference, ...] | None:
    """The bibliography alone of what the library keeps of a paper; None where there is none that can be read.

    To make the nouns of all sections takes five times as long.
    """
    try:
        data = json.loads(library.files.parsed(paper).read_bytes())
        return ParsedPaper.from_dict({"references": data["references"]}).references
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None  # as above


def keep_parsed(library: Library, key: str, parsed: ParsedPaper) -> None:
    """Write ``text.md`` and ``parsed.json`` and index the text.

    Raises:
        DiskFull: no room; the older files are whole.
    """
    from paperpath.formats.markdown import paper_text

    paper = library.get(key).paper
    version = parser_version()
    document = json.dumps({"parser": version, **parsed.to_dict()}, ensure_ascii=False, indent=1)
    library.files.write(library.files.text(paper), paper_text(paper, parsed))
    library.files.write(library.files.parsed(paper), document + "\n")
    library.set_parsed(key, version, passages(parsed, with_abstract=not paper.abstract))


def passages(parsed: ParsedPaper, *, with_abstract: bool = False) -> Iterator[Passage]:
    """The text for the full-text index, a paragraph each.

    Args:
        parsed: the paper.
        with_abstract: the abstract too; the index has the one of the metadata where there is one.
    """
    if with_abstract and parsed.abstract:
        yield from (Passage("text", "Abstract", 1, piece) for piece in _pieces(parsed.abstract))
    for section in parsed.sections:
        for paragraph in section.paragraphs():
            page = paragraph.page or section.page  # files of older parsers know that of the heading alone
            yield from (Passage("text", section.heading, page, piece) for piece in _pieces(paragraph.text))
    for caption in parsed.captions:
        for text in (caption.text, caption.content or ""):
            yield from (Passage("caption", caption.name, caption.page, piece) for piece in _pieces(text))
    for note in parsed.footnotes:
        yield from (Passage("footnote", "Footnote", note.page, piece) for piece in _pieces(note.text))


def letters(text: str) -> str:
    """What is compared when words are looked for in another parse or version: small letters and digits alone."""
    return _BARE.sub("", text.translate(_LEVEL)).casefold()


def pieces(quote: str) -> list[str]:
    """The paragraphs of a highlight."""
    return _PIECES.split(quote)


def passage_of(parsed: ParsedPaper | None, quote: str, key: str) -> Highlight:
    """The highlight of ``quote`` as it stands in the paper, with the words around it.

    White space and case may differ from what was typed; everything else must be there.

    Raises:
        BadInput: it does not stand there, or the text is not here.
    """
    if parsed is None:
        raise BadInput(f"The text of {key} is not here yet. Bring it with: paperpath fetch {key}")
    words = [re.escape(word) for word in quote.split()]
    if not words:
        raise BadInput("An empty passage cannot be marked.")
    pattern = re.compile(r"\s+".join(words), re.I)
    for title, page, text in [("Abstract", 1, parsed.abstract or "")] + [
        (section.title, section.page, section.text) for section in parsed.sections
    ]:
        if match := pattern.search(text):
            before, after = text[: match.start()], text[match.end() :]
            return Highlight(match[0], before[-CONTEXT:], after[:CONTEXT], section=title, page=page)
    raise BadInput(f"{quote!r} does not stand in the text of {key}. To see the text: paperpath read {key}")


def lost(record: Record, parsed: ParsedPaper) -> tuple[Highlight, ...]:
    """The highlights of a paper whose words are nowhere in its text any more: it may be that of another version."""
    if not record.highlights:
        return ()
    parts = [record.paper.title, *map(str, record.paper.authors), parsed.abstract or record.paper.abstract or ""]
    for section in parsed.sections:
        parts += [section.number or "", section.title, section.text]
    for caption in parsed.captions:
        parts += [f"{caption.kind} {caption.label} {caption.text}", caption.content or ""]
    parts += [note.text for note in parsed.footnotes]
    parts += [f"{reference.label or ''} {reference.text}" for reference in parsed.references]
    text = letters("".join(parts))
    return tuple(
        mark
        for mark in record.highlights
        if not any(words in text for words in map(letters, pieces(mark.quote)) if words)
    )


def _pieces(paragraph: str) -> Iterable[str]:
    """The paragraph, cut between words where it is too long to be shown as a passage."""
    words = paragraph.split()
    if not words:
        return ()
    if len(paragraph) <= _LONGEST_PASSAGE:
        return (" ".join(words),)
    pieces, length = [[words[0]]], 0
    for word in words[1:]:
        length += len(word) + 1
        at_a_stop = pieces[-1][-1].endswith((".", "?", "!", ";", ":"))
        if length > (_LONGEST_PASSAGE if at_a_stop else 2 * _LONGEST_PASSAGE):
            pieces.append([])
            length = 0
        pieces[-1].append(word)
    return (" ".join(piece) for piece in pieces)
