"""What hangs on an item of Zotero → what belongs beside the paper: attachments, tags, collections, notes, annotations.

The shape is that of Zotero's own JSON, which Better BibTeX exports; the readers of its RDF and of its database bring
what they find into the same shape.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from paperpath.formats.file_links import is_pdf, local_path
from paperpath.formats.html_notes import harmless, markdown
from paperpath.formats.result import Beside
from paperpath.formats.tidy import tidy
from paperpath.model import Highlight

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_COLOURS = {
    "#ffd400": "yellow", "#ff6666": "red", "#5fb236": "green", "#2ea8e5": "blue", "#a28ae5": "purple",
    "#e56eee": "magenta", "#f19837": "orange", "#aaaaaa": "grey",
}  # fmt: skip
"""Zotero's eight, by their names there."""
_PASSAGES = ("highlight", "underline")
_AUTOMATIC = 1
"""Type of a tag that came with the item from a publisher's page."""
_DEEPEST = 50


def beside(item: dict[str, Any], collections: tuple[str, ...] = ()) -> Beside | None:
    """What belongs beside the paper of ``item``; None for nothing. Never raises.

    Args:
        item: as Zotero exports it.
        collections: the paths of the collections that it is in.
    """
    attachments = [one for one in _listed(item.get("attachments")) if isinstance(one, dict)]
    tags = [one if isinstance(one, dict) else {"tag": one} for one in _listed(item.get("tags"))]
    marks = [mark for one in attachments for mark in _listed(one.get("annotations")) if isinstance(mark, dict)]
    notes = [one.get("note") if isinstance(one, dict) else one for one in _listed(item.get("notes"))]
    notes += [one.get("note") for one in attachments]
    found = Beside(
        files=tuple(dict.fromkeys(path for one in attachments if (path := _pdf(one)))),
        tags=tuple(dict.fromkeys((*(_names(tags, automatic=False)), *collections))),
        keywords=tuple(dict.fromkeys(_names(tags, automatic=True))),
        notes=tuple(filter(None, (*(markdown(note) for note in notes if isinstance(note, str)), _remarks(marks)))),
        highlights=tuple(_highlights(marks)),
    )
    return found if found != Beside() else None


def collection_paths(collections: object) -> dict[object, tuple[str, ...]]:
    """Better BibTeX's ``collections`` → the paths of the collections of each item, by its ``itemID``."""
    if not isinstance(collections, dict):
        return {}
    known = {key: one for key, one in collections.items() if isinstance(one, dict)}
    found: dict[object, list[str]] = {}
    for key, one in known.items():
        for number in _listed(one.get("items")):
            if isinstance(number, int | str):
                found.setdefault(number, []).append(_path_of(key, known))
    return {number: tuple(filter(None, paths)) for number, paths in found.items()}


def _path_of(key: object, known: Mapping[object, dict[str, Any]]) -> str:
    names: list[str] = []
    while key in known and len(names) < _DEEPEST:
        names.append(_text(known[key].get("name")))
        parent = known[key].get("parent")
        key = parent if isinstance(parent, str) else None
    return "/".join(filter(None, reversed(names)))


def _pdf(attachment: dict[str, Any]) -> str:
    path = next((path for name in ("path", "localPath") if (path := _raw(attachment.get(name)))), "")
    kind = _text(attachment.get("contentType")) or _text(attachment.get("mimeType"))
    path = local_path(path)
    return path if path and is_pdf(path, kind) else ""


def _names(tags: list[dict[str, Any]], *, automatic: bool) -> Iterator[str]:
    for tag in tags:
        if (tag.get("type") == _AUTOMATIC) is automatic and (name := _text(tag.get("tag"))):
            yield name


def _highlights(marks: list[dict[str, Any]]) -> Iterator[Highlight]:
    for mark in marks:
        quote = _text(mark.get("annotationText"))
        if quote and _text(mark.get("annotationType") or "highlight") in _PASSAGES:
            colour = _text(mark.get("annotationColor")).lower()
            yield Highlight(
                quote,
                page=_page(mark),
                colour=_COLOURS.get(colour, "yellow"),
                comment=markdown(_raw(mark.get("annotationComment"))),
                created=_created(_text(mark.get("dateAdded"))),
            )


def _remarks(marks: list[dict[str, Any]]) -> str:
    """What was written onto pages without marking words: sticky notes, text boxes, comments on pictures."""
    lines = []
    for mark in marks:
        if _text(mark.get("annotationType")) in _PASSAGES and _text(mark.get("annotationText")):
            continue
        text = " ".join(markdown(_raw(mark.get("annotationComment"))).split()) or harmless(
            _text(mark.get("annotationText"))
        )
        page = _text(mark.get("annotationPageLabel")) or str(_page(mark) or "")
        if text:
            lines.append(f"- p. {page}: {text}" if page else f"- {text}")
    return "\n".join(lines)


def _page(mark: dict[str, Any]) -> int | None:
    """The page of the file, from 1; the label is what is printed on it, and may be ``xii`` or ``S3``."""
    position = mark.get("annotationPosition")
    if isinstance(position, str):
        try:
            position = json.loads(position)
        except (ValueError, RecursionError):
            position = None
    index = position.get("pageIndex") if isinstance(position, dict) else None
    if isinstance(index, int) and 0 <= index < 1_000_000:
        return index + 1
    label = _text(mark.get("annotationPageLabel"))
    return int(label) if label.isascii() and label.isdigit() and len(label) < 6 else None


def _created(date: str) -> str:
    """``2024-05-06 07:08:09`` or ISO 8601 → ISO 8601, UTC; empty for anything else."""
    date = date.replace(" ", "T").removesuffix("Z") + "Z"
    return date if len(date) == len("2024-05-06T07:08:09Z") and date[:4].isdigit() else ""


def _text(value: object) -> str:
    if isinstance(value, str):
        return tidy(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _raw(value: object) -> str:
    return value if isinstance(value, str) else ""


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
