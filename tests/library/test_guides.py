"""A guide is found by whatever names its paper, and is nobody's change."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from paperpath.errors import UnknownPaper
from paperpath.library.guides import OWN, Written
from paperpath.model import Author, Guide, Paper, Question, Resource, Topic
from tests.library.samples import ATTENTION, GRAPHS, TSNE, add

if TYPE_CHECKING:
    from paperpath.library import Library

GUIDE = Guide(
    ATTENTION.key,
    look_for="Shapes.",
    know=("softmax",),
    minutes=90,
    skim=("Abstract", "1"),
    questions=(Question("Why?", "3.2", "Because."), Question("How?", "3.3", "So.")),
)
PLAIN = Paper("Of Lamps", (Author("Vega"),), key="vega1999lamps", year=1999)


def keep(library: Library, *guides: tuple[Guide, Paper | None], origin: str = "shipped", file: str = "a") -> None:
    library.set_guides({file: [Written(*one) for one in guides]}, origin=origin, fingerprint="1")


def test_a_guide_comes_back_as_it_went_in(shelf: Library) -> None:
    keep(shelf, (GUIDE, ATTENTION))
    assert shelf.guide(ATTENTION.key) == GUIDE
    assert shelf.guide(GRAPHS.key) is None
    assert shelf.guides() == {ATTENTION.key: GUIDE}
    assert shelf.meta("guides shipped") == "1"
    assert shelf.history() == []
    with pytest.raises(UnknownPaper):
        shelf.guide("nobody2000")


def test_it_is_found_by_the_ids_of_its_paper_under_any_key(library: Library) -> None:
    add(library, dataclasses.replace(ATTENTION, key="mine"))
    keep(library, (GUIDE, ATTENTION))
    assert library.guide("mine") == GUIDE
    assert library.guides() == {"mine": GUIDE}


def test_a_paper_without_ids_is_known_by_key_and_title_together(library: Library) -> None:
    lamps = Guide(PLAIN.key, task="Light one.")
    keep(library, (lamps, PLAIN))
    add(library, dataclasses.replace(PLAIN, title="OF LAMPS"))
    assert library.guide(PLAIN.key) == lamps
    library.rename(PLAIN.key, "lamps")
    assert library.guide("lamps") == lamps
    assert library.guides() == {"lamps": lamps}
    library.update(dataclasses.replace(library.get("lamps").paper, title="Something else"))
    assert library.guide("lamps") is None
    assert library.guides() == {}


def test_the_users_guide_wins_and_needs_the_key_alone(shelf: Library) -> None:
    own = Guide(ATTENTION.key.upper(), task="My own.")
    keep(shelf, (GUIDE, ATTENTION))
    keep(shelf, (own, None), origin=OWN)
    assert shelf.guide(ATTENTION.key) == own
    assert shelf.guides() == {ATTENTION.key: own}
    keep(shelf, origin=OWN)
    assert shelf.guide(ATTENTION.key) == GUIDE


def test_it_outlives_removal_and_follows_a_merge(shelf: Library) -> None:
    keep(shelf, (GUIDE, ATTENTION), (Guide(TSNE.key, task="Draw."), None))
    shelf.remove([ATTENTION.key])
    assert ATTENTION.key not in shelf.guides()
    add(shelf, ATTENTION)
    assert shelf.guide(ATTENTION.key) == GUIDE
    shelf.unite(GRAPHS.key, TSNE.key, dataclasses.replace(GRAPHS, key=GRAPHS.key))
    assert shelf.guide(GRAPHS.key) == Guide(TSNE.key, task="Draw.")
    shelf.undo()
    assert shelf.guide(GRAPHS.key) is None


def test_guides_are_replaced_but_for_those_of_files_that_are_broken_now(shelf: Library) -> None:
    files = {"a": [Written(GUIDE, ATTENTION)], "b": [Written(Guide(TSNE.key, task="Draw."), TSNE)]}
    shelf.set_guides(files, origin="shipped", fingerprint="1")
    shelf.set_guides({}, origin="shipped", fingerprint="2", broken=["a"])
    assert set(shelf.guides()) == {ATTENTION.key}
    shelf.set_guides({}, origin="shipped", fingerprint="3")
    assert shelf.guides() == {}


def test_topics_and_resources_come_in_order_and_the_users_win(library: Library) -> None:
    topics = [Topic("softmax", "Softmax", "Shares.", ("book",)), Topic("bits", "Bits", "Yes or no.")]
    books = [Resource("book", "A Book", "book", "https://example.org", "First", "Pages.", ("Ana Vega",), 2001)]
    library.set_topics(topics, origin="shipped")
    library.set_resources(books, origin="shipped")
    assert list(library.topics().values()) == topics
    assert list(library.resources().values()) == books
    mine = Topic("softmax", "Softmax", "My words.")
    library.set_topics([mine], origin=OWN)
    assert library.topics() == {"softmax": mine, "bits": topics[1]}
    assert library.topics(["softmax", "nothing"]) == {"softmax": mine}
    assert library.topics([]) == {}
    library.set_topics([], origin=OWN)
    assert library.topics()["softmax"] == topics[0]
    assert library.history() == []
