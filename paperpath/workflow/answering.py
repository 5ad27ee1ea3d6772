"""Answering: the passages that a question found → an answer in words, by the language model that the user has set.

Only the question and these passages leave the machine, and only to the address that was set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.asking import written

if TYPE_CHECKING:
    from paperpath.asking.written import Written
    from paperpath.sources import Stop
    from paperpath.sources.chat import Endpoint
    from paperpath.workflow.asking import Asked


def answer(question: str, asked: Asked, endpoint: Endpoint, *, stop: Stop | None = None) -> Written:
    """What the model makes of the passages of ``asked``, which are numbered from 1 in their order.

    Raises:
        BadSetting, Unreachable, BadAnswer: see :func:`paperpath.sources.chat.answer`.
        Cancelled: ``stop`` said so.
    """
    from paperpath.sources import chat, never

    given = [written.Source(f"{one.title}, {one.section}", passage.text) for one, passage in asked.numbered()]
    text = chat.answer(endpoint, written.ROLE, written.request(question, given), stop=stop or never)
    return written.looked_at(text, len(given))
