"""BibTeX, both directions and both dialects; the doors of the modules beside this one.

``bibtex_split`` cuts a file into blocks of bibtexparser's model, ``bibtex_read`` makes papers of them; ``bibtex_write``
makes blocks of papers and text of those, with the case of titles from ``titles`` and characters from ``latex_encode``.
They are imported when they are first called, because half of what they need is heavy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.formats.bibtex_dialects import Dialect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.formats.field_choice import FieldChoice
    from paperpath.formats.result import ReadResult
    from paperpath.model import Paper


__all__ = ["Dialect", "read", "write"]


def read(text: str) -> ReadResult:
    """The papers of a .bib file of either dialect; never raises.

    Macros and concatenations are resolved, crossref and xdata inherited, LaTeX decoded, names taken apart, arXiv ids
    found wherever people put them. An entry that cannot be read becomes a problem and costs itself alone. Links to
    files, groups, tags and notes of JabRef, Mendeley and Zotero are put beside the papers.
    """
    from paperpath.formats import bibtex_beside, bibtex_read, jabref

    result = bibtex_read.read(text)
    meta = jabref.metadata(text)
    found = (
        (at, bibtex_beside.beside(paper, meta, result.beside[at].notes[0] if at in result.beside else ""))
        for at, paper in enumerate(result.papers)
    )
    return result._replace(beside={at: one for at, one in found if one is not None}, folders=meta.folders)


def write(papers: Sequence[Paper], dialect: Dialect = "bibtex", fields: FieldChoice | None = None) -> str:
    """A .bib file of ``papers``, in the order given; the same papers always give the same bytes.

    Args:
        papers: keys that BibTeX cannot take, and second uses of a key, are replaced; all others stay as they are.
        dialect: ``bibtex`` is ASCII and of BibTeX's entry types; ``biblatex`` is Unicode and of biblatex's.
        fields: what is written besides the usual fields, and what is not.
    """
    from paperpath.formats import bibtex_write

    return bibtex_write.write(papers, dialect, fields)
