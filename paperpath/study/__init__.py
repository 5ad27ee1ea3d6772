"""Studying, as far as it can be thought out without a library: lists, statuses, days in, plans and numbers out. Pure.

:mod:`.progress` says how far one is on a list and what comes next, :mod:`.planning` which way leads to one paper,
:mod:`.paces` when to read it, :mod:`.minutes` how long that takes, :mod:`.mentions` what a text speaks of,
:mod:`.passes` what three passes make of a status, :mod:`.diary` what was read in which week.
"""

from paperpath.study.progress import (
    KNOWN,
    Next,
    Progress,
    Step,
    next_paper,
    path,
    progress,
    stage_progress,
)

__all__ = ["KNOWN", "Next", "Progress", "Step", "next_paper", "path", "progress", "stage_progress"]
