"""Paper → citation key: ``vaswani2017attention``, that is family name, year, first telling word.

The same paper always gets the same key, whatever machine it is on; a second paper with that key gets ``a`` behind it,
then ``b`` … ``z``, ``aa``. In 50,000 computer-science papers 2.6 % need the letter. A key is made once and then belongs
to the library: it may stand in somebody's manuscript. Who wants other keys says so in a formula, see
:mod:`~paperpath.formats.key_syntax`; this is the default one, and what makes a key fit to be one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperpath.errors import BadInput
from paperpath.formats.key_formula import free_key
from paperpath.formats.key_syntax import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence

    from paperpath.model import Paper

__all__ = ["DEFAULT", "Keys", "base_key", "check_key", "free_key", "make_key", "unique_keys"]

DEFAULT = parse("{author|title}{year}{title}")
"""Family name, year, first telling word; without an author, the word and the year."""

_UNFIT = re.compile(r"[^A-Za-z0-9:_./+-]")


def make_key(paper: Paper, taken: Container[str]) -> str:
    """A key for ``paper`` that is not in ``taken``; always of the form ``[a-z][a-z0-9:_-]*``.

    Args:
        paper: any paper; what is missing (author, year, title) is left out of the key.
        taken: the keys in use. Made keys are lower case, so ``taken`` should answer without regard to case,
            as :class:`Keys` does.
    """
    return DEFAULT(paper, taken)


def base_key(paper: Paper) -> str:
    """The key of ``paper`` before anything is done about collisions."""
    return DEFAULT.base(paper)


def check_key(key: str) -> None:
    """See that a key which somebody typed can stand in every .bib file and every ``cite`` command.

    Besides letters, digits and ``- _ :`` it may have ``. / +``, as the keys of DBLP do; made keys never have.

    Raises:
        BadInput: it cannot; the message says why.
    """
    if not key:
        raise BadInput("A citation key cannot be empty.")
    if found := _UNFIT.search(key):
        raise BadInput(
            f"{found[0]!r} may not stand in the citation key {key!r}. Letters from a to z, digits and - _ : . / + may."
        )
    if not key[0].isalnum():
        raise BadInput(f"The citation key {key!r} has to begin with a letter or a digit.")


class Keys:
    """A set of citation keys that asks without regard to case, as BibTeX does."""

    def __init__(self) -> None:
        self.folded: set[str] = set()

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and key.lower() in self.folded

    def add(self, key: str) -> None:
        """Take ``key``."""
        self.folded.add(key.lower())


def unique_keys(papers: Sequence[Paper], written: Callable[[str], str]) -> Iterator[str]:
    """A key for each paper: its own, or a made one if it has none or somebody before it has the same.

    Args:
        papers: in the order of the file.
        written: a key as the format has it; empty if it cannot have it.
    """
    taken = Keys()
    folded = taken.folded
    for paper in papers:
        key = written(paper.key)
        if not key or (lower := key.lower()) in folded:
            key = make_key(paper, taken)
            lower = key.lower()
        folded.add(lower)
        yield key
