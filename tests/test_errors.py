"""The tree of errors is drawn once, and the drawing is true."""

from __future__ import annotations

import re

from paperpath import errors
from paperpath.errors import PaperpathError, Refused


def _drawn() -> dict[str, str]:
    """Each name of the drawing, with the name above it."""
    assert errors.__doc__
    above: list[str] = []
    parents = {}
    for row in errors.__doc__.splitlines():
        if match := re.match(r"    ([│├└─ ]*)([A-Z]\w+)", row):
            depth = len(match[1]) // 4
            above[depth:] = [match[2]]
            parents[match[2]] = above[depth - 1] if depth else "Exception"
    return parents


def test_the_drawing_is_the_tree() -> None:
    defined = {
        name: kind.__base__.__name__
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, PaperpathError)
    }
    assert _drawn() == defined


def test_every_error_says_what_it_means() -> None:
    assert [name for name in _drawn() if not getattr(errors, name).__doc__.splitlines()[0].endswith(".")] == []


def test_a_refusal_knows_until_when() -> None:
    assert Refused("arXiv asks us to stop.", 1e9).until == 1e9
    assert str(Refused("arXiv asks us to stop.")) == "arXiv asks us to stop."
