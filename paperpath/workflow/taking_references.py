"""An entry of a bibliography → a paper of the library, for what a person comes upon while reading.

What a PDF prints is less than what a source knows, and reading it can go wrong. So a paper that is on arXiv is fetched
by its id and not made from the entry, and one that was made from it is marked with the tag ``to-check``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperpath.errors import BadInput
from paperpath.model import Paper
from paperpath.names import parse_name

if TYPE_CHECKING:
    from paperpath.library import Library
    from paperpath.library.rows import Added, MakeKey
    from paperpath.model import Reference

_PROCEEDINGS = re.compile(r"\b(?:proc\b|proceedings|conference|workshop|symposium|advances in neural)", re.IGNORECASE)


def as_paper(reference: Reference) -> Paper:
    """The paper that the fields of an entry describe, without a key; for want of a title, the entry itself is one."""
    venue = None if reference.arxiv_id and (reference.venue or "").casefold() == "arxiv" else reference.venue
    entry_type = "misc"
    if venue:
        entry_type = "inproceedings" if _PROCEEDINGS.search(venue) else "article" if reference.volume else "misc"
    authors = (parse_name(" ".join(name.split())) for name in reference.authors)
    return Paper(
        title=" ".join((reference.title or reference.text).split()),
        authors=tuple(author for author in authors if author.family),
        entry_type=entry_type,
        year=reference.year,
        venue=venue,
        volume=reference.volume,
        number=reference.issue,
        pages=reference.pages,
        doi=reference.doi.lower() if reference.doi else None,
        url=reference.url,
        arxiv_id=re.sub(r"v\d+$", "", reference.arxiv_id) if reference.arxiv_id else None,
    )


def add_reference(library: Library, reference: Reference, citing: str, make_key: MakeKey) -> Added:
    """Add the paper that an entry describes, as one change, with the tag ``to-check`` if it is new.

    Args:
        library: the library.
        reference: the entry.
        citing: key of the paper whose bibliography it stands in; its fields are said to be from there.
        make_key: makes the citation key.

    Raises:
        BadInput: no title could be told in it, so that the paper could not be recognised; nothing was changed.
    """
    from paperpath.workflow.attaching import TO_CHECK  # half of the package, which as_paper has no use for

    if not reference.title:
        raise BadInput("No title could be told in this reference. Add the paper by its PDF or its .bib entry.")
    paper = as_paper(reference)
    with library.change(f"add “{paper.title}” from the references of {citing}"):
        added = library.add([paper], make_key, source=f"references of {citing}")[0]
        if added.new:
            library.tag([added.key], add=[TO_CHECK])
    return added
