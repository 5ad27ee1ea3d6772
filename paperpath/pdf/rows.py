"""Pieces of a printed line that PDFium gave one by one → whole lines, with scripts and fractions written as such.

PDFium cuts at roots, fractions, superscripts and wide gaps. Where a piece stands, and how large it is, tells what it is
to the one before.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from paperpath.pdf import scripts
from paperpath.pdf.glyphs import GONE
from paperpath.pdf.lines import WIDE, Cell, Line
from paperpath.pdf.scripts import SMALL
from paperpath.pdf.text import HYPHEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FRACTION, _ROOTED = 0.69, 0.8
"""How far apart numerator and denominator are at least, in parts of the font size, and those below a root.

Scripts of one letter are .59 to .66 apart, and .69 to .79 where the upper one is high (1412.6980); the terms of
fractions .73 (quant-ph/9508027).
"""
_DISPLAYED = 1.28
"""The same for displayed fractions, whose terms are 1.36 apart (1406.2661); the rows of a matrix are 1.2 apart."""
_TERM, _ROW = 0.5, 0.8
"""How far pieces of one row are apart at most: the terms of a displayed fraction stand .68 above and .69 below."""
_ARROWS = {"−→": "\u20d7", "←−": "\u20d6"}
_SIGNS = frozenset("+−–-")
_ONE = re.compile(r"\d[\d.]*|[∂∇]?[^\W\d_](?:_\w+)?")
_RAISED_ALONE = re.compile(rf"(?<=\s)(?:{scripts.RAISED_DIGITS}+|\^(?:[^\W_]+|\{{[^{{}}]*\}}))$")
_LARGE_AT_END = re.compile(
    rf"(?P<sign>[{scripts.LARGE}]|\b(?:max|min|sup|inf|lim)) ?(?P<limit>[_^{scripts.RAISED}]\S*)?$"
)
_CLOSING = frozenset(",.;:)]}")
_SCRIPT_AT_END = re.compile(r"(?P<kind>[_^])(?P<text>[^\W_]|\{[^{}]*\})$")
_SCRIPT_AT_START = re.compile(r"(?P<prime>′?)(?P<kind>[_^])(?P<text>[^\W_]|\{[^{}]*\})")
_BEFORE_SCRIPT = re.compile(rf"[^\W_]$|[)\]}}|∗*′’∑∏∫∇∂⋃⋂∥‖⟩{scripts.SIGNS}]$")
_WITH_SCRIPT = re.compile(rf"(?:{scripts.RAISED_DIGITS}+|\^(?:[^\W_]+|[{scripts.SIGNS}]|\{{[^{{}}]*\}}))$")
_SCRIPT = re.compile(r"(?![_^])(?:\S{1,24}|\S{1,10} \S{1,10}(?: \S{1,10})?)")


def joined(lines: Iterable[Line]) -> Iterator[Line]:
    """``lines`` in their order, those that are pieces of one row put together."""
    return _in_rows(_with_fractions(_in_rows(_with_signs(lines), _TERM)), _ROW)


def _with_signs(lines: Iterable[Line]) -> Iterator[Line]:
    """``lines`` in their order, roots and arrows put to what stands under them, which may be part of a fraction."""
    sign = None
    for line in lines:
        if sign is not None and sign.text == "√" and _stands_under_root(sign, line):
            line = _append(sign, sign, line)
        elif sign is not None and sign.text in _ARROWS and _stands_under_arrow(sign, line):
            rest = re.sub(r"^ (?=[_^])", "", line.text[1:])
            line = replace(line, text=f"{line.text[0]}{_ARROWS[sign.text]}{rest}", y1=sign.y1)
        elif sign is not None:
            yield sign
        sign = line if line.text == "√" or line.text in _ARROWS else None
        if sign is None:
            yield line
    if sign is not None:
        yield sign


def _stands_under_root(root: Line, line: Line) -> bool:
    return abs(line.base - root.base) < 1.5 and abs(line.x0 - root.x1) < 0.2 * root.size


def _stands_under_arrow(arrow: Line, line: Line) -> bool:
    higher = 0.3 * line.size < arrow.base - line.base < 1.2 * line.size
    return higher and arrow.x0 - 0.2 * line.size < line.x0 < arrow.x1 and line.text[:1].isalpha()


def _in_rows(lines: Iterable[Line], apart: float) -> Iterator[Line]:
    """``lines`` in their order, those put together whose baselines are less than ``apart`` of their size apart."""
    row = last = None
    for line in lines:
        if row is not None and last is not None and _same_row(row, last, line, apart):
            row = _append(row, last, line)
        else:
            if row is not None:
                yield row
            row = line
        last = line
    if row is not None:
        yield row


def _same_row(row: Line, last: Line, line: Line, apart: float) -> bool:
    size = max(line.size, row.size)
    level = abs(row.base - line.base)
    if level > _ROW * size and line.size >= SMALL * row.size:  # the next row, and no limit of a sum: most are
        return False
    if row.column != line.column:  # one piece of a line across the page may lie in one column
        return level < 1 and -0.5 * size < line.x0 - row.x1 < 0.6 * size
    if row.text.endswith(HYPHEN) and level > 1.5:
        return False
    if _is_limit(row, last, line):
        return True
    if level > _ROW * size:
        return False
    gap = line.x0 - row.x1
    if level > apart * size and min(row.size, line.size) > SMALL * size:
        return False
    if level < 1.5:
        return -0.5 * size < gap < 2.2 * size or (gap <= 0 and line.x0 > row.x0 + 1)
    return line.x0 > row.x0 + 3 and gap < 1.0 * size and min(line.width, row.width) < 14 * size


def _append(row: Line, last: Line, line: Line) -> Line:
    """``row``, of which ``last`` is the last piece, with ``line`` behind it."""
    gap = line.x0 - row.x1
    raised = line.size < 0.85 * row.size
    closes = line.text[:1] in _CLOSING and gap < 0.3 * row.size
    glue = "" if closes or gap < (0.25 if raised or line.base - row.base > 2 else 0.12) * row.size else " "
    if abs(line.base - row.base) > _TERM * row.size and not raised:
        glue = " "  # two rows of a matrix
    before = row.text.rstrip(HYPHEN)
    text = (
        _with_limit(before, row, last, line)
        or _with_script(before, row, last, line)
        or _scripts_in_one(before, line.text)
        or scripts.lower_first(before + glue + line.text)
    )
    lead = row.lead or (len(row.text) if _stands_out(row) > _stands_out(line) else 0)
    if row.lead == 0 and row.bold and line.lead:
        lead = len(row.text) + len(glue) + line.lead
    long = line if len(line.text) > len(row.text) else row
    return replace(
        row,
        text=text,
        x1=max(row.x1, line.x1),
        y0=min(row.y0, line.y0),
        y1=max(row.y1, line.y1),
        base=row.base if row.size >= line.size - 0.5 else line.base,
        size=max(row.size, line.size),
        font=long.font,
        bold=(row.bold and line.bold) or (row.bold and len(line.text) < 4) or (line.bold and len(row.text) < 8),
        italic=long.italic,
        lead=lead,
        cells=_cells(row, line, glue) if row.cells or line.cells or gap > WIDE * row.size else (),
    )


def _is_limit(row: Line, last: Line, line: Line) -> bool:
    """Whether ``line`` is small and centred above or below the large sign, or the max, with which ``row`` ends."""
    if line.size >= SMALL * row.size or not line.text:
        return False
    sign = _LARGE_AT_END.search(row.text)
    if sign is None:
        return False
    middle = (line.x0 + line.x1) / 2
    if sign["limit"] and sign["limit"].startswith("_") != (line.base > row.base):
        return False
    if sign["limit"] and last.size < SMALL * row.size:  # it stands above or below the other one
        return abs(middle - (last.x0 + last.x1) / 2) < 0.35 * row.size
    width = (0.55 * len(sign["sign"]) if sign["sign"].isalpha() else 1.45) * row.size
    beside = sign["sign"] in "∫∮"
    apart = beside or line.y0 >= last.y1 - 0.15 * row.size or line.y1 <= last.y0 + 0.15 * row.size
    return apart and abs(line.base - row.base) < 2.2 * row.size and -width < middle - last.x1 < 0


def _with_limit(before: str, row: Line, last: Line, line: Line) -> str | None:
    """``before`` with ``line`` as the limit of the large sign at its end, the lower one first; None if it is none."""
    if not _is_limit(row, last, line):
        return None
    return scripts.lower_first(before + (scripts.raised if line.base > row.base else scripts.lowered)(line.text))


def _scripts_in_one(before: str, text: str) -> str | None:
    """``before`` with the script at its end gone on by the one with which ``text`` begins: ``y_t`` and ``′_{−1}``.

    PDFium cuts a script at the prime that stands high in it.
    """
    first, second = _SCRIPT_AT_END.search(before), _SCRIPT_AT_START.match(text)
    if first is None or second is None or first["kind"] != second["kind"]:
        return None
    whole = first["text"].strip("{}") + second["prime"] + second["text"].strip("{}")
    return f"{before[: first.start()]}{first['kind']}{{{whole}}}{text[second.end() :]}"


def _with_fractions(rows: Iterable[Line]) -> Iterator[Line]:
    """``rows`` in their order, those that are the terms of a displayed fraction put into the one that they stand in."""
    held: list[Line] = []
    goes_on = False
    for row in rows:
        held.append(row)
        if goes_on and _same_row(held[-2], held[-2], row, _TERM):
            held[-2:] = [_append(held[-2], held[-2], row)]
            continue
        goes_on = True
        if len(held) > 2 and _is_fraction(held[-2], row, held[-3]) and _ends_before(held[-3], held[-2], row):
            held[-3:] = [_append(held[-3], held[-3], _fraction_of(held[-2], row, held[-3]))]
        elif len(held) > 2 and _is_fraction(held[-3], held[-2], row) and _begins_behind(row, held[-3], held[-2]):
            before = _fraction_of(held[-3], held[-2], row)
            held[-3:] = [_append(before, before, row)]
        else:
            goes_on = False
            if len(held) > 2:
                yield held.pop(0)
    yield from held


def _is_fraction(above: Line, below: Line, row: Line) -> bool:
    """Whether ``above`` is centred over ``below``, and both are as far from ``row`` as TeX puts terms of a fraction."""
    size = row.size
    if not _DISPLAYED * size < above.base - below.base < 2 * size:
        return False
    if not (row.page == above.page == below.page and row.column == above.column == below.column):
        return False
    middle = (above.x0 + above.x1 - below.x0 - below.x1) / 2
    return (
        abs(middle) < 0.12 * size
        and 0.55 * size < above.base - row.base < 0.95 * size
        and max(above.width, below.width) < 20 * size
        and not {above.text, below.text, row.text} & {"", GONE}
        and not (above.cells or below.cells)
    )


def _ends_before(row: Line, above: Line, below: Line) -> bool:
    in_table = row.cells and row.text[-1].isalnum()
    return not in_table and -0.3 * row.size < min(above.x0, below.x0) - row.x1 < 1.2 * row.size


def _begins_behind(row: Line, above: Line, below: Line) -> bool:
    in_table = row.cells and row.text[0].isalnum()
    return not in_table and -0.3 * row.size < row.x0 - max(above.x1, below.x1) < 1.2 * row.size


def _fraction_of(above: Line, below: Line, row: Line) -> Line:
    """Both terms as one piece on the line of ``row``."""
    return replace(
        row,
        text=f"{_term(above.text)}/{_term(below.text)}",
        x0=min(above.x0, below.x0),
        x1=max(above.x1, below.x1),
        y0=below.y0,
        y1=above.y1,
        lead=0,
    )


def _with_script(before: str, row: Line, last: Line, line: Line) -> str | None:
    """``before``, the text of ``row``, with ``line`` as its script or denominator; None if it is neither."""
    rise = line.base - row.base
    small = line.size < SMALL * row.size and (rise > 0.13 * row.size or rise < -0.06 * row.size)
    if not small or not _SCRIPT.fullmatch(line.text):
        return None
    near = abs(line.x0 - last.x0) < 0.6 * row.size or (last.x0 < line.x1 and line.x0 < last.x1)
    stacked = last.size < SMALL * row.size and near
    fraction = _fraction(before, row, last, line) if stacked else _late_fraction(before, row, line)
    if fraction:
        return fraction
    if not _BEFORE_SCRIPT.search(before) or (len(before) > 1 and before[-2:].isalpha() and line.text[:2].islower()):
        return None  # a word in which the size changes
    under = rise < 0 and _WITH_SCRIPT.search(before) and line.x0 > row.x1 - 1.2 * row.size  # of one that came before
    if not (stacked or under or -0.3 * row.size < line.x0 - row.x1 < 0.25 * row.size):
        return None
    return scripts.lower_first(before + (scripts.raised if rise > 0 else scripts.lowered)(line.text))


def _fraction(before: str, row: Line, last: Line, line: Line) -> str | None:
    """``before``, which ends with the numerator ``last``, with ``line`` as the denominator; None if it is none.

    A numerator is centred over its denominator, and further away from it than scripts are from each other.
    """
    above = next((text for text in (scripts.raised(last.text), last.text) if text and before.endswith(text)), None)
    apart = last.base - line.base
    signs = last.text[:1] in _SIGNS and line.text[:1] in _SIGNS  # 4.2 with an error of +3.2 or −2.0
    if above is None or apart < _FRACTION * row.size or signs:
        return None
    rest = before[: -len(above)]
    over = (last.x0 + last.x1 - line.x0 - line.x1) / 2
    if rest.endswith("√") and apart > _ROOTED * row.size and -0.6 * row.size < over < 0:  # the root begins further left
        return f"{rest[:-1]}{_term(last.text)}/√{_term(line.text)}"
    alike = abs(last.width - line.width) < 0.12 * row.size
    if abs(over) > 0.06 * row.size or (alike and rest[-1:].isalpha()) or rest[-1:] in scripts.LARGE:
        return None
    return f"{rest}{_term(last.text)}/{_term(line.text)}"


def _late_fraction(before: str, row: Line, line: Line) -> str | None:
    """The same where the numerator came as the end of a longer piece: "log ¹" and then δ."""
    above = _RAISED_ALONE.search(before)
    if above is None or line.base > row.base or not -1.6 * row.size < line.x0 - row.x1 < 0:
        return None
    return f"{before[: above.start()]}{_term(scripts.flat(above[0]).strip('^{}'))}/{_term(line.text)}"


def _term(text: str) -> str:
    """A numerator or denominator, in brackets where it is more than one number or letter."""
    return text if _ONE.fullmatch(text) else f"({text})"


def _cells(row: Line, line: Line, glue: str) -> tuple[Cell, ...]:
    """The cells of two lines that become one; the second line of a head may stand below the first."""
    before = row.cells or (Cell(row.x0, row.x1, row.text.rstrip(HYPHEN), row.base),)
    after = line.cells or (Cell(line.x0, line.x1, line.text.rstrip(HYPHEN), line.base),)
    left, right = before[-1], after[0]
    if not -row.size < right.x0 - left.x1 < WIDE * row.size:
        return before + after
    joined = Cell(left.x0, max(left.x1, right.x1), left.text + glue + right.text, left.base)
    return (*before[:-1], joined, *after[1:])


def _stands_out(line: Line) -> bool:
    return line.bold or line.italic or "csc" in line.font.lower()
