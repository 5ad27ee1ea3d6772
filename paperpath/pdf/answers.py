"""What PDFium answers about the letters of a page, kept; asked when it is wanted for the first time, or many at once.

A question costs 0.2 to 0.4 µs, and a function of Python that asks it and reads the answer three times as much. So what
is sure to be wanted is asked by ``map`` ahead of time, with room for a few hundred answers.
"""

from __future__ import annotations

import ctypes
from collections import deque
from itertools import repeat
from struct import Struct
from typing import TYPE_CHECKING

from paperpath.pdf import calls

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperpath.pdf.spacing import Bounds

_AT_ONCE = 256
"""Answers that there is room for."""
_DOUBLES, _FLOATS = (ctypes.c_double * (4 * _AT_ONCE))(), (ctypes.c_float * (6 * _AT_ONCE))()
_CORNERS = [[ctypes.byref(_DOUBLES, 8 * i) for i in range(corner, 4 * _AT_ONCE, 4)] for corner in range(4)]
_MATRICES = [ctypes.byref(_FLOATS, 24 * i) for i in range(_AT_ONCE)]
_BOX, _MATRIX = Struct("4d"), Struct("16s8x")
_UPRIGHT = Struct("4f").pack(1.0, 0.0, 0.0, 1.0)


class Boxes(dict[int, "Bounds"]):
    """The place of each letter by its text index.

    A dictionary that fills itself: of 520 questions a page 190 were asked before, and cost no call of a function here.
    """

    __slots__ = ("_question",)

    def __init__(self, page: ctypes.c_void_p, index: Sequence[int]) -> None:
        numbers = (ctypes.c_double * 4)()
        places = (ctypes.byref(numbers, 8 * i) for i in range(4))
        self._question = (calls.char_box, page, index, _BOX.unpack, numbers, *places)

    def __missing__(self, i: int) -> Bounds:
        ask, page, index, read, numbers, left, right, bottom, top = self._question
        ask(page, index[i], left, right, bottom, top)
        box: Bounds = read(numbers)
        self[i] = box
        return box

    def ask(self, letters: Sequence[int]) -> None:
        """Ask for the letters at these text indices, whether they are known or not."""
        _, page, index, *_ = self._question
        for some in _in_batches(letters):
            deque(map(calls.char_box, repeat(page), map(index.__getitem__, some), *_CORNERS), maxlen=0)
            self.update(zip(some, _BOX.iter_unpack(_DOUBLES), strict=False))


def matrices(page: ctypes.c_void_p, index: Sequence[int]) -> list[bytes]:
    """The matrix of each of these letters, without its last two numbers, which say where it stands."""
    found: list[bytes] = []
    for some in _in_batches(index):
        there = list(map(calls.char_matrix, repeat(page), some, _MATRICES))
        found += [
            matrix if is_there else _UPRIGHT
            for is_there, (matrix,) in zip(there, _MATRIX.iter_unpack(_FLOATS), strict=False)
        ]
    return found


def _in_batches(letters: Sequence[int]) -> Iterator[Sequence[int]]:
    return (letters[i : i + _AT_ONCE] for i in range(0, len(letters), _AT_ONCE))
