"""Items of Zotero, from wherever they were read → papers and what belongs beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from paperpath.formats import zotero_beside, zotero_json
from paperpath.formats.plain_read import result
from paperpath.formats.result import Beside, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperpath.formats.result import ReadResult
    from paperpath.model import Paper

_ALONE = {
    "note": "Notes that belong to no item were left out, because there is no paper to put them beside",
    "attachment": "Files that belong to no item were left out; `paperpath add FILE.pdf` adds one",
    "annotation": "Annotations that belong to no item were left out",
}


def read(items: Iterable[tuple[int, dict[str, Any]]], problems: list[Problem] | None = None) -> ReadResult:
    """The papers of items as Zotero exports them, with their collections as paths; never raises.

    Args:
        items: each with its line, or 0 where there are no lines.
        problems: those that are known already.
    """
    problems = [] if problems is None else problems
    papers: list[tuple[int, Paper]] = []
    beside: dict[int, Beside] = {}
    alone: dict[str, list[int]] = {}
    for line, item in items:
        if (kind := item.get("itemType")) in tuple(_ALONE):
            alone.setdefault(str(kind), []).append(line)
            continue
        paper, _ = zotero_json.paper_of(item)
        collections = tuple(path for path in item.get("collections", ()) if isinstance(path, str))
        if (one := zotero_beside.beside(item, collections)) is not None:
            beside[len(papers)] = one
        papers.append((line, paper))
    problems += [Problem(lines[0], f"{_ALONE[kind]} ({len(lines)}).") for kind, lines in alone.items()]
    return result(papers, problems)._replace(beside=beside)
