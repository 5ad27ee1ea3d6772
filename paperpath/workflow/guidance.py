"""What guides say that planning and passes need: minutes, what to know before, and the sections of each pass.

Guides lie beside the reading lists, in ``guides/*.toml``, and topics in ``topics.toml``. A guide that cannot be read is
as good as none: everything here has something to fall back on.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from paperpath.workflow import opening

if TYPE_CHECKING:
    from pathlib import Path

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
    folder = opening.shipped_lists()
    said = _read(folder, _stamp(folder))
    keys = library.keys()
    former = library.former_keys() if said.keys() - keys else {}
    return {found: guide for key, guide in said.items() if (found := key if key in keys else former.get(key))}


def topics(library: Library) -> dict[str, str]:  # noqa: ARG001 - topics are the library's as much as guides are
    """Id → name of every topic that a guide may ask for."""
    return _topics()


def _topics() -> dict[str, str]:
    rows = _toml(opening.shipped_lists() / "topics.toml").get("topic")
    return {row["id"]: str(row.get("name", row["id"])) for row in _tables(rows) if isinstance(row.get("id"), str)}


def _stamp(folder: Path) -> tuple[tuple[str, int], ...]:
    return tuple((path.name, path.stat().st_mtime_ns) for path in sorted((folder / "guides").glob("*.toml")))


@lru_cache(maxsize=2)
def _read(folder: Path, stamp: tuple[tuple[str, int], ...]) -> dict[str, Guidance]:
    names = _topics()
    found = {}
    for name, _ in stamp:
        for row in _tables(_toml(folder / "guides" / name).get("paper")):
            minutes = row.get("minutes")
            found[str(row.get("key"))] = Guidance(
                minutes if isinstance(minutes, int) and minutes > 0 else None,
                tuple(names.get(one, one) for one in _texts(row, "know")),
                _texts(row, "skim"),
                _texts(row, "understand"),
                _texts(row, "implement"),
                str(row.get("task", "")),
            )
    return found


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _tables(rows: object) -> list[dict[str, Any]]:
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _texts(row: dict[str, Any], name: str) -> tuple[str, ...]:
    values = row.get(name)
    return tuple(str(value) for value in values) if isinstance(values, list) else ()
