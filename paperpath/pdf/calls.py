"""PDFium's functions for letters and objects of a page, called as cheaply as ctypes can.

pypdfium2 declares the types of all arguments, and ctypes then converts each of them on every call and gives up the
interpreter's lock: 2.0 µs for the box of a letter. The same function without declared types, and with the lock kept (a
call takes less time than handing over the lock; no thread but this one may use PDFium anyway), costs 0.5 µs.

Nothing checks the arguments of these calls. Handles must be wrapped by :func:`handle` and numbers must be small
``int``, or the process dies; so only ``letters.py``, ``pages.py``, ``anchors.py`` and
``drawings.py`` use them.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as untyped_raw

pdfium: Any = untyped_raw


def handle(pointer: Any) -> ctypes.c_void_p:
    """A pointer of pypdfium2's as an argument for the functions of this module."""
    return ctypes.c_void_p(ctypes.cast(pointer, ctypes.c_void_p).value)


def _bare(name: str, result: Any, *arguments: Any) -> Any:
    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


char_box = _bare("FPDFText_GetCharBox", ctypes.c_int)
char_origin = _bare("FPDFText_GetCharOrigin", ctypes.c_int)
char_matrix = _bare("FPDFText_GetMatrix", ctypes.c_int)
font_size = _bare("FPDFText_GetFontSize", ctypes.c_double)
char_index = _bare("FPDFText_GetCharIndexFromTextIndex", ctypes.c_int)
text_object = _bare("FPDFText_GetTextObject", ctypes.c_void_p)
object_font = _bare("FPDFTextObj_GetFont", ctypes.c_void_p, ctypes.c_void_p)
"""Takes the ``int`` that :func:`text_object` gives; with the type declared that costs 0.25 µs less than wrapping it."""
font_name = _bare("FPDFFont_GetBaseFontName", ctypes.c_size_t)
font_weight = _bare("FPDFFont_GetWeight", ctypes.c_int)
glyph_width = _bare("FPDFFont_GetGlyphWidth", ctypes.c_int)
get_text = _bare("FPDFText_GetText", ctypes.c_int)
next_link = _bare("FPDFLink_Enumerate", ctypes.c_int)
link_target = _bare("FPDFLink_GetDest", ctypes.c_void_p)
object_at = _bare("FPDFPage_GetObject", ctypes.c_void_p)
object_type = _bare("FPDFPageObj_GetType", ctypes.c_int, ctypes.c_void_p)
object_bounds = _bare("FPDFPageObj_GetBounds", ctypes.c_int, *5 * [ctypes.c_void_p])
