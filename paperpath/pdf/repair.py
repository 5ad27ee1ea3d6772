"""A second chance for PDFs whose fonts do not say which letters they hold.

dvips and Acrobat Distiller wrote bitmap fonts whose glyphs are named by TeX's own codes (``/.``, ``/1``, the control
character 12 for "fi") and a /ToUnicode table that maps digits, ligatures and signs to control characters. LeCun 1998
(Gradient-based learning) loses every digit and hyphen that way. The names are enough to write the table anew; then
the PDF is read again.

The new tables are appended to the file, as PDF provides for changes (ISO 32000-1, 7.5.6): to write all of it anew, with
each glyph of its bitmap fonts, takes pypdf 0.4 s for the 46 pages of LeCun 1998, and this a fifth of that.
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

_TABLE = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF\s*$")
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
        data = path.read_bytes()
        reader = pypdf.PdfReader(io.BytesIO(data))
        update = _Update(reader)
        fonts = _fonts(reader)
        mended = {number: font for number, font in fonts.items() if _mend(update, font)}
        if not mended:
            return None
        table = _TABLE.search(data[-1_024:])
        if table is None or min(mended) < 0 or reader.is_encrypted or not data.startswith(b"xref", int(table[1])):
            return _rewritten(data)
        return update.appended(data, mended, int(table[1]))
    except Exception:  # noqa: BLE001  a damaged file lets anything escape, RecursionError included; the text as it is will have to do
        return None


def _rewritten(data: bytes) -> bytes:
    """All of a PDF with readable fonts, where nothing can be appended: its table of objects is a stream or broken."""
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    for font in _fonts(writer).values():
        _mend(writer, font)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


class _Update:
    """What is appended to a PDF: objects that are new, and those that take the place of others."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        highest = [max(places) for places in reader.xref.values() if places]
        self._first = max([reader.trailer.get("/Size", 1), *(number + 1 for number in highest)])
        self._new: list[Any] = []

    def _add_object(self, thing: Any) -> Any:
        """A reference to a new object, as ``pypdf.PdfWriter`` gives it."""
        from pypdf.generic import IndirectObject

        self._new.append(thing)
        return IndirectObject(self._first + len(self._new) - 1, 0, self._reader)

    def appended(self, data: bytes, changed: dict[int, Any], table: int) -> bytes:
        """The PDF ``data``, whose table of objects begins at ``table``, with the new objects and the changed ones."""
        from pypdf.generic import DictionaryObject, NameObject, NumberObject

        out = io.BytesIO()
        out.write(data)
        rows = []
        for number, thing in [*changed.items(), *enumerate(self._new, self._first)]:
            rows.append(b"%d 1\n%010d 00000 n \n" % (number, out.tell() + 1))
            out.write(b"\n%d 0 obj\n" % number)
            thing.write_to_stream(out)
            out.write(b"\nendobj\n")
        start = out.tell()
        out.write(b"xref\n" + b"".join(rows) + b"trailer\n")
        trailer = DictionaryObject({NameObject("/Root"): self._reader.trailer.raw_get("/Root")})
        trailer[NameObject("/Size")] = NumberObject(self._first + len(self._new))
        trailer[NameObject("/Prev")] = NumberObject(table)
        trailer.write_to_stream(out)
        out.write(b"\nstartxref\n%d\n%%%%EOF\n" % start)
        return out.getvalue()


def _fonts(document: Any) -> dict[int, Any]:
    """Every font that a page uses, once, by its number; below 0 are those that have none, or had another one before."""
    found: dict[int, Any] = {}
    for page in document.pages:
        for reference in page.get("/Resources", {}).get_object().get("/Font", {}).get_object().values():
            numbered = getattr(reference, "generation", None) == 0
            found[reference.idnum if numbered else -id(reference)] = reference.get_object()
    return found


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
