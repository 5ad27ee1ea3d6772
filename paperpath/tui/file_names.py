"""Names of files as a person types and reads them."""

from __future__ import annotations

from pathlib import Path

from paperpath.errors import BadFile


def short(path: Path) -> str:
    """A path as a person would type it."""
    home = Path.home()
    return str(Path("~") / path.relative_to(home)) if path.is_relative_to(home) else str(path)


def typed(text: str) -> Path:
    """The path that somebody typed; raises BadFile for the home of somebody who is not there."""
    path = Path(text.strip())
    try:
        return path.expanduser()
    except RuntimeError:
        raise BadFile(f"There is no home folder {path.parts[0]} here.") from None
