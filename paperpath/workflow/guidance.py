"""What guides say that planning and passes need: minutes, what to know before, and the sections of each pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from paperpath.library import Library


class Guidance(NamedTuple):
    """What is said of reading one paper."""

    minutes: int | None = None
    know: tuple[str, ...] = ()
    """Names of topics to know before."""
    skim: tuple[str, ...] = ()
    """Sections as the paper numbers or names them, ``Figure 1``, ``Table 2``; so are the next two."""
    understand: tuple[str, ...] = ()
    implement: tuple[str, ...] = ()
    task: str = ""
    """What to practise."""


def guidance(library: Library) -> dict[str, Guidance]:
    """Key → what its guide says, for every paper of the library that has a guide."""
    names = topics(library)
    return {
        key: Guidance(
            guide.minutes,
            tuple(names.get(one, one) for one in guide.know),
            guide.skim,
            guide.understand,
            guide.implement,
            guide.task,
        )
        for key, guide in library.guides().items()
    }


def topics(library: Library) -> dict[str, str]:
    """Id → name of every topic that a guide may ask for."""
    return {id: topic.name for id, topic in library.topics().items()}  # noqa: A001
