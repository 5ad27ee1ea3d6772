"""References that become papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperpath.errors import BadInput
from paperpath.formats.citekeys import make_key
from paperpath.model import Reference
from paperpath.workflow.taking_references import add_reference, as_paper

if TYPE_CHECKING:
    from paperpath.library import Library

WHOLE = Reference(
    "1",
    "[1] S. Hochreiter and J. Schmidhuber. Long short-term memory. Neural Computation, 9(8):1735–1780, 1997.",
    9,
    ("S. Hochreiter", "J. Schmidhuber"),
    "Long short-term\nmemory",
    "Neural Computation",
    1997,
    "9",
    "8",
    "1735–1780",
    doi="10.1162/NECO.1997.9.8.1735",
)


def test_all_that_is_printed_is_taken() -> None:
    paper = as_paper(WHOLE)
    assert (paper.title, paper.byline, paper.year) == ("Long short-term memory", "Hochreiter & Schmidhuber", 1997)
    assert (paper.entry_type, paper.venue, paper.volume, paper.number) == ("article", "Neural Computation", "9", "8")
    assert (paper.pages, paper.doi) == ("1735–1780", "10.1162/neco.1997.9.8.1735")


@pytest.mark.parametrize(
    ("venue", "arxiv_id", "entry_type"),
    [("Proceedings of AISTATS", None, "inproceedings"), ("arXiv", "1409.0473v2", "misc"), (None, None, "misc")],
)
def test_what_it_was_published_in_says_what_it_is(venue: str | None, arxiv_id: str | None, entry_type: str) -> None:
    paper = as_paper(Reference(None, "A. Person. A title.", 1, ("A. Person",), "A title", venue, arxiv_id=arxiv_id))
    assert paper.entry_type == entry_type
    assert paper.arxiv_id == (arxiv_id and "1409.0473")
    assert paper.venue == (None if arxiv_id else venue)


def test_it_is_added_once_to_be_checked_and_taken_back_in_one_step(library: Library) -> None:
    added = add_reference(library, WHOLE, "vaswani2017attention", make_key)
    assert library.get(added.key).tags == ("to-check",)
    assert library.origins(added.key)["title"].source == "references of vaswani2017attention"
    assert add_reference(library, WHOLE, "vaswani2017attention", make_key) == (added.key, False)
    library.undo()
    assert library.keys() == set()


def test_without_a_title_nothing_is_added(library: Library) -> None:
    with pytest.raises(BadInput, match="No title"):
        add_reference(library, Reference(None, "ibid., p. 3", 1), "a2000b", make_key)
    assert library.keys() == set()
