"""Which papers are the same one, and what one entry made of two would look like. Pure: papers in, words out.

People collect a paper from arXiv, from a colleague's .bib file and from the publisher, each time under another key.
:func:`find` says which entries are one paper, why, and how sure that is; :func:`merged` proposes the entry that both
would become, field by field, and names what it would leave out. Nothing here changes a library: that is for a person
to decide, see :mod:`paperpath.workflow.merging`.

Two papers are never paired by title alone. There are many "Introductions", and the same authors give the same title
to a talk and to the longer article that follows; the rules are in :mod:`paperpath.duplicates.judging`.
"""

from paperpath.duplicates.finding import find
from paperpath.duplicates.judging import Pair
from paperpath.duplicates.merging import Choice, Proposal, merged, said

__all__ = ["Choice", "Pair", "Proposal", "find", "merged", "said"]
