"""A second chance for PDFs whose fonts do not say which letters they hold.

dvips and Acrobat Distiller wrote bitmap fonts whose glyphs are named by TeX's own codes (``/.``, ``/1``, the control
character 12 for "fi") and a /ToUnicode table that maps digits, ligatures and signs to control characters. LeCun 1998
(Gradient-based learning) loses every digit and hyphen that way. The names are enough to write the table anew; then
the PDF is read again.
"""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 20_000_000
"""Rewriting a larger file could cost the time in which it can at least be read as it is."""

_TEX: dict[str, str] = {
    "\x0b": "ff", "\x0c": "fi", "\x0d": "fl", "\x0e": "ffi", "\x0f": "ffl", "\x10": "ı", "\x11": "ȷ", "\x12": "`",
    "\x13": "´", "\x14": "ˇ", "\x15": "˘", "\x16": "¯", "\x17": "˚", "\x18": "¸", "\x19": "ß", "\x1a": "æ", "\x1b": "œ",
    "\x1c": "ø", "\x1d": "Æ", "\x1e": "Œ", "\x1f": "Ø", "\x7f": "¨", "{": "–", "|": "—", "\\": "“", '"': "”", "`": "‘",
    "'": "’", "^": "ˆ", "~": "˜", "_": "˙", "}": "˝", "<": "¡", ">": "¿",
}  # fmt: skip
"""Where TeX's text encoding (OT1) differs from ASCII."""


def repaired(path: Path) -> bytes | None:
    """The PDF at ``path`` with readable fonts; None when there is nothing of this kind to mend."""
    import pypdf

    if path.stat().st_size > MOST_BYTES:
        return None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        writer = pypdf.PdfWriter(clone_from=path)
        mended = sum(_mend(writer, font) for font in _fonts(writer))
        if not mended:
            return None
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()
    except Exception:  # noqa: BLE001  a damaged file lets anything escape, RecursionError included; the text as it is will have to do
        return None


def _fonts(writer: Any) -> list[Any]:
    """Every font that a page uses, once."""
    found = {}
    for page in writer.pages:
        for reference in page.get("/Resources", {}).get_object().get("/Font", {}).get_object().values():
            found[getattr(reference, "idnum", id(reference))] = reference.get_object()
    return list(found.values())


def _mend(writer: Any, font: Any) -> bool:
    """Give a text font in TeX's encoding a right table of letters."""
    from pypdf.generic import NameObject, StreamObject

    encoding = font.get("/Encoding")
    encoding = encoding.get_object() if encoding is not None else None
    differences = encoding.get("/Differences") if isinstance(encoding, dict) else None
    names = _names(differences or [])
    letters = sum(len(name) == 1 and name.isalpha() for name in names.values())
    signs = sum(len(name) == 1 and not name.isalnum() for name in names.values())
    if letters < 8 or not signs:  # a font of mathematics, or one with proper names such as /period
        return False
    stream = StreamObject()
    stream.set_data(_table({code: _TEX.get(name, name) for code, name in names.items() if len(name) == 1}))
    font[NameObject("/ToUnicode")] = writer._add_object(stream)  # noqa: SLF001  pypdf has no public way
    return True


def _names(differences: list[Any]) -> dict[int, str]:
    """Code → glyph name, without its slash."""
    names, code = {}, 0
    for item in differences:
        if isinstance(item, int):
            code = int(item)
        else:
            names[code] = str(item)[1:]
            code += 1
    return names


def _table(letters: dict[int, str]) -> bytes:
    """A /ToUnicode table for one-byte codes."""
    rows = [f"<{code:02X}> <{text.encode('utf-16-be').hex()}>" for code, text in letters.items() if code < 256]
    blocks = [rows[i : i + 100] for i in range(0, len(rows), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return re.sub(
        r"\n\s+",
        "\n",
        f"""/CIDInit /ProcSet findresource begin
        12 dict begin
        begincmap
        /CMapName /TeX def
        /CMapType 2 def
        1 begincodespacerange
        <00> <FF>
        endcodespacerange
        {body}
        endcmap
        CMapName currentdict /CMap defineresource pop
        end
        end
        """,
    ).encode("ascii")
