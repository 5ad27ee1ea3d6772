"""Citation styles: what a person types for one → the .csl file that pandoc is to follow.

A handful comes with paperpath (``paperpath/csl``, with a licence of its own). Of others the name is enough where Zotero
or pandoc keep them, and whatever else there is can be named as a file.
"""

from __future__ import annotations

import os
import re
from difflib import get_close_matches
from pathlib import Path

from paperpath.errors import BadFile, BadInput

OURS = Path(__file__).parent.parent / "csl"
OTHER_NAMES = {
    "chicago": "chicago-author-date",
    "harvard": "harvard-cite-them-right",
    "mla": "modern-language-association",
}
"""What people call a style → its name."""
ZOTERO = "https://www.zotero.org/styles"
_TITLE = re.compile(r"<title>([^<]*)</title>")
_PARENT = re.compile(r"<link\b(?=[^>]*\brel=[\"']independent-parent[\"'])[^>]*\bhref=[\"'][^\"']*/([^\"'/]+)/?[\"']")
_HEAD = 8192
"""Characters of a style in which its title and its parent stand: the longest head of the 7 that we have takes 2,063."""


def names() -> dict[str, str]:
    """The styles that come with paperpath, by name, each with its title; further names of them follow."""
    titles = {path.stem: _title(path) for path in sorted(OURS.glob("*.csl"))}
    return titles | {short: titles[name] for short, name in OTHER_NAMES.items()}


def is_path(style: str) -> bool:
    """Whether a file is meant, and no name."""
    return style.lower().endswith(".csl") or "/" in style or os.sep in style


def find(style: str) -> Path:
    """The file of a style, by its path or by its name.

    A style that only says which other one it is like, as most styles of journals do, is that other one: pandoc would
    ask the network for it.

    Raises:
        BadFile: there is no such file, or it is no style.
        BadInput: no style has this name; those close to it are named.
    """
    path = Path(style).expanduser() if is_path(style) else _named(style)
    if path is None:
        raise BadInput(_unknown(style))
    parent = _PARENT.search(_head(path))
    if parent is None:
        return path
    found = next(filter(Path.is_file, (path.parent / f"{parent[1]}.csl",)), None) or _named(parent[1])
    if found is None:
        raise BadFile(
            f"{path} only says that it is like {parent[1]}. Download {ZOTERO}/{parent[1]} and name that file."
        )
    return found


def _named(name: str) -> Path | None:
    wanted = name.strip().lower()
    file = f"{OTHER_NAMES.get(wanted, wanted)}.csl"
    return next((folder / file for folder in (OURS, *_folders()) if (folder / file).is_file()), None)


def _folders() -> list[Path]:
    """Where Zotero and pandoc keep the styles that their user installed."""
    try:
        home = Path.home()
    except RuntimeError:  # a user without a home
        return []
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return [home / "Zotero" / "styles", data / "pandoc" / "csl", home / ".pandoc" / "csl"]


def _unknown(style: str) -> str:
    there = names()
    close = get_close_matches(style.lower(), [*there, *(path.stem for folder in _folders() for path in _in(folder))], 3)
    meant = f" Did you mean {' or '.join(close)}?" if close else f" There are: {', '.join(there)}."
    return f"There is no style {style!r}.{meant} Others are at {ZOTERO}: download one and name its file, x.csl."


def _in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.csl"))


def _title(path: Path) -> str:
    found = _TITLE.search(_head(path))
    return found[1] if found else ""


def _head(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise BadFile(f"There is no style {path}, or it cannot be read: {error.strerror}.") from error
    if "<style" not in head:
        raise BadFile(f"{path} is no citation style: a .csl file begins with <style>.")
    return head
