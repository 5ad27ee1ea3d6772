"""The checklist of a note: reading a paper in three passes.

The method is S. Keshav's, "How to Read a Paper", ACM SIGCOMM Computer Communication Review 37(3), 2007, pages 83–84
(doi:10.1145/1273445.1273458); the wording is ours. The text is the same for every paper, because ticks are carried
from one draft to the next by the words behind the box.
"""

from __future__ import annotations

PASSES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "First pass: what is it?",
        "Five to ten minutes: title, abstract, introduction, headings, conclusions, a glance at the references.",
        (
            "Category: what kind of paper is it (a new method, a measurement, an analysis, a survey)?",
            "Context: which earlier papers does it build on, and which theory does it use?",
            "Correctness: do its assumptions look valid?",
            "Contributions: what does it add?",
            "Clarity: is it well written?",
            "Decision: is it worth a second pass?",
        ),
    ),
    (
        "Second pass: what does it say?",
        "Up to an hour, without the proofs and the finest details.",
        (
            "Figures and tables: are the axes labelled, are there error bars, does the result follow from them?",
            "Main thrust: what would you tell a colleague, and with which evidence?",
            "References: which unread ones matter enough to queue?",
            "Open points: what was not understood, and what is missing to understand it?",
        ),
    ),
    (
        "Third pass: could you have written it?",
        "An hour or more: make the same assumptions and build the work again, on paper or in code.",
        (
            "Re-creation: where does your version differ from theirs, and which is better?",
            "Assumptions: which are made without being said, and does each one hold?",
            "Weak points: which experiment, citation or step of a proof is missing?",
            "Strong points: which technique or way of presenting is worth borrowing?",
            "Ideas: what would you try next?",
        ),
    ),
)


def checklist() -> str:
    """The checklist as Markdown."""
    parts = ["## Three passes"]
    for title, how, questions in PASSES:
        parts += [f"### {title}", how, "\n".join(f"- [ ] {question}" for question in questions)]
    parts.append("*After S. Keshav, “How to Read a Paper”, ACM SIGCOMM CCR 37(3), 2007.*")
    return "\n\n".join(parts)
