"""The questions of guides, as cards are made of them: the one place where cards meet guides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from paperpath.cards.making import GuideQuestion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from paperpath.library import Library


class Question(Protocol):
    """A question as a guide has it."""

    @property
    def ask(self) -> str:
        """The question."""

    @property
    def answer(self) -> str:
        """The answer."""

    @property
    def section(self) -> str:
        """Where the paper answers it."""


class Guide(Protocol):
    """What is said about reading one paper."""

    @property
    def key(self) -> str:
        """The paper's key as the guide has it."""

    @property
    def questions(self) -> Sequence[Question]:
        """In the order of the guide."""


def guides(library: Library) -> Mapping[str, Guide]:
    """The guides of the library's papers, by the keys that the library has for them."""
    return library.guides()


def questions(library: Library) -> Iterator[tuple[str, GuideQuestion]]:
    """Every question of a guide, with the key that the library has for the paper."""
    for key, guide in guides(library).items():
        for number, one in enumerate(guide.questions, 1):
            yield key, GuideQuestion(guide.key, number, one.ask, one.answer, one.section)
