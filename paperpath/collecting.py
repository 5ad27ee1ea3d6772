"""A while without Python's search for cycles of objects, where many objects are made and none of them is in one."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def uncollected() -> Iterator[None]:
    """Without garbage collection, which would look through all that is being made again and again.

    It took 5 % of reading a PDF and a tenth of an export of ten thousand papers. What is run here must let go of what
    it made before it returns, or the first collection afterwards looks through all of it.
    """
    active = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if active:
            gc.enable()
