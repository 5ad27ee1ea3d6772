"""Parsing: PDFs → structure, with or without the library.

Parsers run in worker processes (:mod:`paperpath.pdf.workers`), so that a PDF made to crash or to hang costs one
:class:`~paperpath.errors.ParseFailed` and nothing else.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from paperpath.errors import ParseFailed
from paperpath.workflow import noting
from paperpath.workflow.linking import Linker
from paperpath.workflow.texts import keep_parsed, lost, parser_version, passages, read_parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from paperpath.library import Library
    from paperpath.model import ParsedPaper
    from paperpath.pdf.workers import Parsers

__all__ = [
    "Reparsed",
    "keep_parsed",
    "lost",
    "outdated",
    "parse_files",
    "parser_version",
    "passages",
    "read_parsed",
    "reparse",
]

_AHEAD = 4
"""Files given to each worker before the first answer is asked for: enough to keep it busy, few enough to stop soon."""


class Reparsed(NamedTuple):
    """What became of one paper of :func:`reparse`."""

    key: str
    parsed: ParsedPaper | None
    error: ParseFailed | None
    problems: tuple[str, ...] = ()
    """What in its note had to be left as it was."""


def parse_files(paths: Sequence[Path], workers: int = 1) -> Iterator[tuple[Path, ParsedPaper | ParseFailed]]:
    """Parse PDFs without a library, in the order given; a bad one is a result like the others."""
    from paperpath.pdf.workers import Parsers

    with Parsers(workers) as parsers:
        for path, result in _in_order(parsers, paths, workers):
            if isinstance(result, ParseFailed) and path.is_dir():
                yield path, ParseFailed(f"{path.name} is a folder. Name the PDFs in it.")
            else:
                yield path, result


def reparse(library: Library, keys: Sequence[str], workers: int = 1) -> Iterator[Reparsed]:
    """Parse the stored PDFs of these papers again: for a better parser, or after a damage."""
    from paperpath.pdf.workers import Parsers

    pdfs = {path: key for key in keys if (path := library.files.pdf(library.get(key).paper)).is_file()}
    if not pdfs:
        return
    linker = Linker(library)
    with Parsers(workers) as parsers:
        for path, result in _in_order(parsers, [*pdfs], workers):
            key = pdfs[path]
            if isinstance(result, ParseFailed):
                library.set_problem(key, str(result))
                yield Reparsed(key, None, result)
                continue
            keep_parsed(library, key, result)
            problems: tuple[str, ...] = ()
            if noting.note_path(library, key).exists() or noting.wants_draft(library, key):
                problems = noting.update_note(library, key, parsed=result, linker=linker).problems
            yield Reparsed(key, result, None, problems)


def outdated(library: Library) -> list[str]:
    """Keys of the papers whose stored PDF was read by an older parser, or by none."""
    version = parser_version()
    stored = (record for record in library.records("has:pdf") if record.parsed != version)
    return [record.key for record in stored if library.files.pdf(record.paper).is_file()]


def _in_order(
    parsers: Parsers, paths: Sequence[Path], workers: int
) -> Iterator[tuple[Path, ParsedPaper | ParseFailed]]:
    waiting: deque[tuple[Path, Future[ParsedPaper]]] = deque()
    todo = deque(paths)
    while todo or waiting:
        while todo and len(waiting) < workers * _AHEAD:
            path = todo.popleft()
            waiting.append((path, parsers.submit(path)))
        path, future = waiting.popleft()
        try:
            yield path, future.result()
        except ParseFailed as error:
            yield path, error
