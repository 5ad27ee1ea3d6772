"""Cards out of what is there already: the questions of a guide, and highlights.

Not every highlight is a question. One whose comment ends with a question mark is asked as it stands: the passage is the
answer. One with the tag ``#card`` is asked for what the rest of its comment names, ``attention heads #card`` as "What
do Vaswani et al. (2017) say about attention heads?". All others make no card: "What did you mark here?" teaches nobody,
and a hundred of them a day drive people away.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperpath.model import Card

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperpath.model import Guide, Highlight, Paper

TAG = "card"
_ASKS = ("?", "？", "؟")
_HASH = re.compile(r"(?<![\w#&/])#[\w/-]+")


def of_guide(guide: Guide, key: str) -> list[Card]:
    """A card for each question of a guide.

    ``key`` is what the library calls the paper now. The id has the key that the guide has, which stays, and the
    question's place among the paper's questions, from 1.
    """
    return [
        Card(f"guide:{guide.key}:{number}", key, "guide", one.ask, one.answer, one.section)
        for number, one in enumerate(guide.questions, 1)
    ]


def of_highlight(key: str, mark: Highlight, paper: Callable[[str], Paper]) -> Card | None:
    """The card of a highlight, if it makes one; ``paper`` is asked for the paper only where the question names it."""
    words = " ".join(_HASH.sub(" ", mark.comment).split())
    if words.endswith(_ASKS):
        question = words
    elif TAG in mark.tags:
        about = words.rstrip(".") or mark.section
        question = f"{says(paper(key))} about {about}?" if about else f"{says(paper(key))} here?"
    else:
        return None
    return Card(
        f"highlight:{mark.id}", key, "highlight", question, "", mark.section, mark.page, " ".join(mark.quote.split())
    )


def says(paper: Paper) -> str:
    """How a question about a paper begins: ``What do Vaswani et al. (2017) say``, ``What does LeCun (1998) say``."""
    names = [author.surname for author in paper.authors if author.surname != "others"]
    if not names:
        return f"What does “{paper.title}” say"
    year = f" ({paper.year})" if paper.year else ""
    if len(paper.authors) == 1:
        return f"What does {names[0]}{year} say"
    them = " and ".join(names) if len(names) == len(paper.authors) == 2 else f"{names[0]} et al."
    return f"What do {them}{year} say"
