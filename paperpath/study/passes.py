"""Three passes over a paper, and the status that follows from them.

The method is S. Keshav's (see :mod:`paperpath.notes.three_passes`): what is it, what does it say, could I have
written it. A pass that is done raises the status, and never lowers it; what the reader set by hand after a pass was
done stays, because it says more than a rule can.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from paperpath.model import STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperpath.model import Status

Pass = Literal["skim", "understand", "implement"]
PASSES: tuple[Pass, ...] = get_args(Pass)
IMPLIES: dict[Pass, Status] = {"skim": "skimmed", "understand": "read", "implement": "read"}
"""What a paper is when a pass over it is done."""


def following(status: Status, done: Pass, before: Iterable[Pass]) -> Status | None:
    """The status that a pass raises a paper to; None if it stays.

    Args:
        status: the present one.
        done: the pass that is done now.
        before: the passes that were done before. If the paper is less than these made it, somebody set it back by
            hand, and then it stays as they want it.
    """
    if any(_rank(status) < _rank(IMPLIES[one]) for one in before):
        return None
    wanted = IMPLIES[done]
    return wanted if _rank(wanted) > _rank(status) else None


def returning(status: Status, raised: Status | None, before: Status | None, left: Iterable[Pass]) -> Status | None:
    """The status that a paper goes back to when a pass is to be done again; None if it stays.

    Args:
        status: the present one.
        raised: what the pass had made of it, and ``before`` what it was until then; None if it had left it alone.
        before: see there.
        left: the passes that are still done.
    """
    if raised is None or before is None or status != raised:
        return None
    lowest = max((IMPLIES[one] for one in left), key=_rank, default=before)
    wanted = max(lowest, before, key=_rank)
    return wanted if wanted != status else None


def _rank(status: Status) -> int:
    return STATUSES.index(status)
