"""The fields of an entry that belong to its owner → what belongs beside the paper.

``keywords`` are kept apart: in files of publishers, of Mendeley and of JabRef's own fetchers they are the publisher's.
All of these fields stay in ``Paper.extra`` too, so that a file that is not here today is not forgotten.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperpath.formats.file_links import is_pdf, local_path, pdf_paths
from paperpath.formats.result import Beside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperpath.formats.jabref import JabRef
    from paperpath.model import Paper, Status

_FIELDS = frozenset(
    "file pdf local-url groups mendeley-groups mendeley-tags keywords annote review readstatus ranking priority"
    " relevance".split()
)
_STATUSES: dict[str, Status] = {"read": "read", "skimmed": "skimmed"}
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*|\\par\b\s*")


def beside(paper: Paper, jabref: JabRef, annotation: str = "") -> Beside | None:
    """What the entry of ``paper`` says besides its metadata; None for nothing.

    Args:
        paper: as it was read.
        jabref: the metadata of its file.
        annotation: the field ``annote`` as it was typed, where it has paragraphs, which a decoded field has not.
    """
    fields = {name: text for name, text in paper.extra if name in _FIELDS or name.startswith("comment-")}
    if not fields and paper.key not in jabref.members:
        return None
    keywords = _listed(fields.get("keywords", ""))
    tags = (*_tags(fields, jabref, keywords), *jabref.members.get(paper.key, ()))
    found = Beside(
        files=tuple(dict.fromkeys(_files(fields))),
        tags=tuple(dict.fromkeys(tags)),
        keywords=keywords,
        notes=tuple(_notes(fields, annotation)),
        status=_STATUSES.get(fields.get("readstatus", "").lower()),
    )
    return found if found != Beside() else None


def _files(fields: dict[str, str]) -> Iterator[str]:
    yield from pdf_paths(fields.get("file", ""))
    for name in ("pdf", "local-url"):  # pubs and old scripts; BibDesk and Papers
        path = local_path(fields.get(name, ""))
        if path and is_pdf(path):
            yield path


def _tags(fields: dict[str, str], jabref: JabRef, keywords: tuple[str, ...]) -> Iterator[str]:
    for name in _listed(fields.get("groups", "")):
        yield jabref.groups.get(name, name)
    for field in ("mendeley-groups", "mendeley-tags"):  # groups in groups are a/b already
        yield from _listed(fields.get(field, ""))
    yield from (jabref.words[word.lower()] for word in keywords if word.lower() in jabref.words)
    yield from (mark for name in ("ranking", "priority", "relevance") if (mark := fields.get(name)))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(name for part in re.split("[,;]", text) if (name := part.strip()))


def _notes(fields: dict[str, str], annotation: str) -> Iterator[str]:
    if text := _paragraphs(annotation) or fields.get("annote", ""):
        yield text
    yield from (text for name, text in fields.items() if name == "review" or name.startswith("comment-"))


def _paragraphs(annotation: str) -> str:
    from paperpath.formats.latex_decode import decode

    return "\n\n".join(filter(None, map(decode, _PARAGRAPH.split(annotation))))
