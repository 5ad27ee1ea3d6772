r"""Which keys a document cites: LaTeX and what it leaves behind, Markdown of pandoc's kind, Typst.

``.aux`` and ``.bcf`` are the surest, because LaTeX wrote them after every macro was expanded; a ``.tex`` is read as it
stands, so keys that a macro of its own puts together are not seen. Files that belong to a document are named, not
opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.formats import cited_latex, cited_markup
from paperpath.formats.cited_found import Cited
from paperpath.formats.result import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["SUFFIXES", "Cited", "read"]

_READERS: dict[str, Callable[[str], Cited]] = {
    ".aux": cited_latex.aux,
    ".bcf": cited_latex.bcf,
    ".tex": cited_latex.tex,
    ".ltx": cited_latex.tex,
    ".md": cited_markup.markdown,
    ".markdown": cited_markup.markdown,
    ".qmd": cited_markup.markdown,
    ".rmd": cited_markup.markdown,
    ".typ": cited_markup.typst,
}
SUFFIXES = tuple(_READERS)
"""Of the documents that can be read, in lower case."""


def read(text: str, suffix: str) -> Cited:
    """What ``text`` cites; never raises.

    Args:
        text: the document.
        suffix: of its file, in any case: ``.tex``. Any other than :data:`SUFFIXES` gives a problem and no key.
    """
    reader = _READERS.get(suffix.lower())
    if reader is None:
        kinds = ", ".join(SUFFIXES)
        return Cited({}, problems=(Problem(1, f"Files ending in {suffix!r} cannot be read; those that can: {kinds}."),))
    return reader(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
