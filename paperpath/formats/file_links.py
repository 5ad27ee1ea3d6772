r"""The ``file`` field of JabRef, Mendeley, Zotero and RIS → paths of PDFs.

``description:path:type`` with ``;`` between files and ``\:``, ``\;``, ``\\`` for these characters themselves; or paths
alone. Found in the wild and read too: JabRef's two colons without the middle, Windows paths whose colon nobody escaped,
and Mendeley's ``C$\backslash$:/Users``. What is no PDF (a snapshot of a web page) and what is on the web is left out.
Nothing is looked up here: whether such a file exists is the workflow's business.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = re.compile(r"(?:[^\\:;]|\\.)+|[:;]|\\$", re.S)
_ESCAPED = re.compile(r"\\([^A-Za-z0-9.])", re.S)
_ON_THE_WEB = re.compile(r"(?!file:)[a-z][a-z0-9+.-]+:/", re.I)
_BEFORE_A_COLON = re.compile(r"\s*(?:[A-Za-z]|https?|ftp|file|file:/{1,3}[A-Za-z])", re.I)
_FILE_URL = re.compile(r"file:(?://(?:localhost)?(?=/))?", re.I)


def pdf_paths(field: str) -> tuple[str, ...]:
    """The paths of PDFs in a ``file`` field, in its order, each once; never raises."""
    found = [path for parts in _records(field.replace("$\\backslash$", "\\")) if (path := _path(parts))]
    return tuple(dict.fromkeys(found))


def local_path(text: str) -> str:
    """The path that a text names as it stands or as ``file:`` URL; empty for what is on the web."""
    text = text.strip()
    if url := _FILE_URL.match(text):
        path = unquote(text[url.end() :])
        return path[1:] if re.match(r"/[A-Za-z]:[/\\]", path) else path
    return "" if _ON_THE_WEB.match(text) else text


def is_pdf(path: str, kind: str = "") -> bool:
    """Whether a link is one to a PDF, by what its program calls it, else by its name."""
    return kind.strip().lower() in ("pdf", "application/pdf") or path.lower().endswith(".pdf")


def escaped(path: str) -> str:
    """``path`` as it stands in a ``file`` field that has paths alone."""
    return re.sub(r"([\\:;])", r"\\\1", path)


def _records(field: str) -> Iterator[list[str]]:
    """The parts of each file, still escaped."""
    parts = [""]
    for piece in _PIECE.findall(field):
        if piece == ";":
            yield parts
            parts = [""]
        elif piece == ":":
            parts.append("")
        else:
            parts[-1] += piece
    yield parts


def _path(parts: list[str]) -> str:
    parts = [_ESCAPED.sub(r"\1", part).strip() for part in _rejoined(parts)]
    description, path, kind = (*parts, "", "")[:3]
    if len(parts) < 2 or not path:  # JabRef: whatever there is must be the path
        path, kind = description or kind, ""
    path = local_path(path)
    return path if path and is_pdf(path, kind) else ""


def _rejoined(parts: list[str]) -> list[str]:
    """The parts, with a colon that belongs to ``C:\\``, ``http://`` or ``file:///C:/`` put back."""
    joined: list[str] = []
    for part in parts:
        if joined and part.startswith(("\\", "/")) and _BEFORE_A_COLON.fullmatch(joined[-1]):
            joined[-1] += f":{part}"
        else:
            joined.append(part)
    return joined
