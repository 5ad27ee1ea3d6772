"""The short way of reading a usual entry against the grammar, which is the way of all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import example, given
from hypothesis import strategies as st

from paperpath.formats import bibtex_split
from paperpath.formats.bibtex_grammar import HEAD, NO_FIELD, USUAL_FIELD, Unreadable
from paperpath.formats.bibtex_split import Scanned

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

_PIECES = st.sampled_from(
    [
        *(', | |\n|title|year|=|{|}|"|#|%|2019|jan|(|)|\\|\n}|@|@b{'.split("|")),
        *('a = {B}|, b={C {D} e}|,\n c = "D {"} e"|, month = jan # "~1"|,|{{{{{A}}}}}|year = 2020'.split("|")),
    ]
)


Read = tuple[Scanned, int]


def way(read: Callable[[str, re.Match[str], int], Read], text: str, head: re.Match[str]) -> Read | None:
    try:
        return read(text, head, 1)
    except Unreadable:
        return None


@given(
    st.sampled_from(["@a{k,", "@a{k ,\n", "@a{k=", "@a{", "@a(k,", "@a{k"]),
    st.lists(_PIECES, max_size=12).map("".join),
    st.sampled_from(["\n}", "}", "\n}\n@b{c,\n}", ")", ""]),
)
@example("@a{k,", 'x = "y}', "\n}")
@example("@a{k,", "x = {y}, }", "\n}")
@example("@a{k,", "x = {a@b.org},", "\n}")
def test_the_short_way_of_reading_an_entry_is_only_shorter(head: str, fields: str, end: str) -> None:
    text = head + fields + end
    for found in HEAD.finditer(text):
        assert way(bibtex_split._entry, text, found) == way(bibtex_split._any_entry, text, found)


def test_a_usual_entry_goes_the_short_way() -> None:
    fields = USUAL_FIELD.findall('x = {Y {Z}},\n  y = "{Z}",\n year=2020, month = jan\n')
    assert fields == [("x", "{", "Y {Z}"), ("y", '"', "{Z}"), ("year", "", "2020"), ("month", "", "jan")]
    assert USUAL_FIELD.findall("x = {Y} z = {A},") == [NO_FIELD]
