"""Figures: the pictures of a paper, cut out of its PDF when somebody wants to see them.

Nothing is kept: a picture takes some tens of milliseconds, and a PDF may be replaced by another version.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperpath.durable import atomic_write
from paperpath.errors import BadInput, ParseFailed
from paperpath.library.files import safe_name
from paperpath.workflow.texts import read_parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from paperpath.library import Library
    from paperpath.model import Caption
    from paperpath.pdf.pictures import Region
    from paperpath.pdf.workers import Parsers

_ASKED = re.compile(r"(?:(?P<kind>fig|tab|alg)[a-z]*\.?[\s-]*)?(?P<label>\S+)", re.I)


@dataclass(frozen=True, slots=True)
class Cut:
    """What became of one figure that was to be cut out."""

    caption: Caption
    file: Path | None
    """Where the picture is now."""
    error: ParseFailed | None = None
    """Why there is none."""


def cache_of(library: Library, key: str) -> Path:
    """The folder for pictures of a paper that are only looked at; raises UnknownPaper."""
    return library.files.cache / "figures" / library.files.folder(library.get(key).paper).name


def captions(library: Library, key: str, label: str = "") -> list[Caption]:
    """The figures, tables and algorithms of a paper, in its order; with ``label`` the one of that name.

    Args:
        library: the library.
        key: the paper's citation key.
        label: ``2``, ``figure 2``, ``Tab. IV``; a label alone is a figure's, if there is one.

    Raises:
        BadInput: the text of the paper is not here, or nothing in it has that label.
    """
    parsed = read_parsed(library, key)
    if parsed is None:
        raise BadInput(f"The text of {key} is not here yet. Bring it with: paperpath fetch {key}")
    return chosen(parsed.captions, label, key) if label else list(parsed.captions)


def chosen(captions: Sequence[Caption], label: str, key: str) -> list[Caption]:
    """Those of the captions that ``label`` names; see :func:`captions`."""
    asked = _ASKED.fullmatch(label.strip())
    found = [one for one in captions if asked and one.label.casefold() == asked["label"].casefold()]
    if asked and asked["kind"]:
        found = [one for one in found if one.kind.startswith(asked["kind"].lower())]
    found = [one for one in found if one.kind == "figure"] or found
    if not found:
        names = ", ".join(f"{one.kind} {one.label}" for one in captions)
        raise BadInput(f"{key} has no {label}. It has {names or 'neither figures nor tables that could be told'}.")
    return found


def cut(library: Library, key: str, folder: Path, *, label: str = "", dpi: int) -> Iterator[Cut]:
    """Cut the figures of a paper out of its PDF and write each as ``figure-3.png`` into ``folder``.

    Raises:
        BadInput: the PDF is not here, or nothing in it has that label.
        ParseFailed: the PDF cannot be read at all.
        LibraryError: the folder cannot be written.
    """
    from paperpath.pdf.workers import Parsers

    pdf = pdf_of(library, key)
    with Parsers() as parsers:
        regions = likely(parsers.regions(pdf))
        names = file_names([region.caption for region in regions])
        wanted = chosen([region.caption for region in regions], label, key) if label else None
        for region, name in zip(regions, names, strict=True):
            if wanted is None or region.caption in wanted:
                yield cut_region(parsers, key, pdf, region, folder / name, dpi)


def pdf_of(library: Library, key: str) -> Path:
    """The PDF of a paper; raises BadInput when it is not here."""
    pdf = library.files.pdf(library.get(key).paper)
    if not pdf.is_file():
        raise BadInput(f"The PDF of {key} is not here yet. Bring it with: paperpath fetch {key}")
    return pdf


def likely(regions: Sequence[Region]) -> list[Region]:
    """Without captions that have no picture while one of the same name has: those are mentions in the text."""
    shown = {(one.caption.kind, one.caption.label) for one in regions if one.box}
    return [one for one in regions if one.box or (one.caption.kind, one.caption.label) not in shown]


def cut_region(parsers: Parsers, key: str, pdf: Path, region: Region, file: Path, dpi: int) -> Cut:
    """Write what is in a region to ``file``, or tell why not; raises LibraryError when it cannot be written."""
    caption = region.caption
    if region.box is None:
        message = (
            f"nothing beside its caption on page {caption.page} could be told from the text."
            f" To see the page: paperpath open {key}"
        )
        return Cut(caption, None, ParseFailed(message))
    try:
        atomic_write(file, parsers.picture(pdf, caption.page, region.box, dpi))
    except ParseFailed as error:
        return Cut(caption, None, error)
    return Cut(caption, file)


def file_names(captions: Sequence[Caption]) -> list[str]:
    """File names, each once: an appendix may count its figures from 1 again."""
    seen: Counter[str] = Counter()
    names = []
    for caption in captions:
        name = safe_name(f"{caption.kind}-{caption.label.lower()}")
        seen[name] += 1
        names.append(f"{name}.png" if seen[name] == 1 else f"{name}-{seen[name]}.png")
    return names
