"""Papers and lists ↔ text. Every format is a pure function; nothing here opens a file.

``READERS`` and ``WRITERS`` are the only places that list the formats: front ends fill their choices from them. Their
functions import the format when they are called, because a program that only lists papers must not pay for parsers.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from paperpath.formats.result import Problem, ReadResult

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from paperpath.model import Paper

__all__ = ["READERS", "WRITERS", "Problem", "ReadResult", "Reader", "Writer", "format_names"]


class Reader(NamedTuple):
    """A format that papers come from."""

    name: str
    """What it is called in a sentence: ``BibTeX``."""
    read: Callable[[str], ReadResult]


class Writer(NamedTuple):
    """A format that papers go to."""

    name: str
    """What a person types: ``bibtex``."""
    description: str
    """One line for a menu."""
    suffix: str
    """Of a file of this format: ``.bib``."""
    write: Callable[[Sequence[Paper]], str]


def _reads(module: str) -> Callable[[str], ReadResult]:
    def read(text: str) -> ReadResult:
        result: ReadResult = import_module(f"paperpath.formats.{module}").read(text)
        return result

    return read


def _writes(module: str, **options: str) -> Callable[[Sequence[Paper]], str]:
    def write(papers: Sequence[Paper]) -> str:
        text: str = import_module(f"paperpath.formats.{module}").write(papers, **options)
        return text

    return write


READERS: dict[str, Reader] = {
    ".bib": Reader("BibTeX", _reads("bibtex")),
    ".json": Reader("CSL-JSON or Better BibTeX JSON", _reads("json_references")),
    ".ris": Reader("RIS", _reads("ris")),
    ".rdf": Reader("Zotero RDF", _reads("zotero_rdf")),
}
"""By the suffix of the file, in lower case."""

WRITERS: dict[str, Writer] = {
    writer.name: writer
    for writer in (
        Writer("bibtex", "BibTeX for bibtex and natbib, plain ASCII", ".bib", _writes("bibtex")),
        Writer(
            "biblatex",
            "BibTeX for biblatex and biber, Unicode",
            ".bib",
            _writes("bibtex", dialect="biblatex"),
        ),
        Writer("csl-json", "CSL-JSON for pandoc, Zotero and citation processors", ".json", _writes("csl_json")),
        Writer("ris", "RIS for EndNote, Mendeley and other reference managers", ".ris", _writes("ris")),
        Writer("hayagriva", "Hayagriva YAML for Typst", ".yml", _writes("hayagriva")),
        Writer("markdown", "a reference list with links, for notes and web pages", ".md", _writes("markdown")),
    )
}
"""By name; the first is the default."""


def format_names() -> tuple[str, ...]:
    """The names of the formats that papers can be written in, the default first."""
    return tuple(WRITERS)
