"""Modules of this package that are imported when they are first used.

A command is a new process each time, and most of what a short one takes is imports: to find the papers by one author
among 10,000 takes 11 ms, and imports that it does not need took 50. The front of the library names every module beside
it, and needs few of them at a time.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Part:
    """Stands for a module of this package. `importlib.util.LazyLoader` is not for threads in Python 3.11; this is."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = f"paperpath.library.{name}"

    def __getattr__(self, name: str) -> Any:
        """What the module has under this name."""
        return getattr(import_module(self._name), name)
