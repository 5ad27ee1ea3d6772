"""What one may say one knows of a step on the way to a paper: the paper, or one of its topics."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from paperpath.tui.cells import clip, safe
from paperpath.tui.screens.menu import Choice

if TYPE_CHECKING:
    from paperpath.tui.widgets.plan import Step
    from paperpath.workflow.planning import MyPlan

MOST_TOPICS = 9
"""As many as there are digits to press."""


class Known(NamedTuple):
    """What the reader may say they know."""

    words: str
    topics: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


def choices_of(step: Step, made: MyPlan) -> list[Choice]:
    """What may be known: the paper, what it introduced, what it takes for granted; of a gap, what comes up."""
    title = f"“{clip(safe(made.names[step.key]), 44)}”"
    paper = Choice("p", "The paper", "so it need not be read", Known(title, keys=(step.key,)))
    if step.kind == "missed":
        topic = made.missed[step.number].topic
        topics = [(topic, "what comes up")] if topic else []
    else:
        planned = made.papers[step.number - 1]
        topics = [(one, "introduced here") for one in planned.step.introduces]
        topics += [(one, "taken for granted here") for one in planned.know if one not in planned.step.introduces]
    return [
        paper,
        *(
            Choice(str(number), clip(safe(topic), 28), words, Known(topic, topics=(topic,)))
            for number, (topic, words) in enumerate(topics[:MOST_TOPICS], 1)
        ),
    ]
