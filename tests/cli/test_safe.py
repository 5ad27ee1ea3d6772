"""Nothing that steers a terminal gets through, and nothing else is lost."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.cli import safe

HOSTILE = {
    "\x1b]0;pwned\x07Title": "Title",
    "\x1b]52;c;cm0gLXJm\x1b\\Title": "Title",
    "\x9d0;pwned\x9cTitle": "Title",
    "\x1b[2J\x1b[HTitle": "Title",
    "\x9b31mred\x9b0m": "red",
    "\x1b[38;2;1;2;3mred\x1b[0m": "red",
    '\x1bP$q"p\x1b\\Title': "Title",
    "\x1b(0Title\x1bcx": "Titlex",
    "\x1b]0;never ends": "]0;never ends",
    "\x1b": "",
    "a\x00b\x07c\x08d\x7fe": "abcde",
    "a\u202egpj.exe\u202cb": "agpj.exeb",
    "a\u2066b\u2069c": "abc",
    "a\U000e0041\U000e0042b": "ab",
    "a\ud800b": "a\ufffdb",
}


@pytest.mark.parametrize(("text", "shown"), HOSTILE.items())
def test_what_steers_a_terminal_goes(text: str, shown: str) -> None:
    assert safe.line(text) == shown
    assert safe.block(text) == shown


@given(st.text(alphabet=st.characters(codec=None) | st.sampled_from("\x1b[]m;0\x07\x9b\x9c\u202e\n\r\t")))
def test_no_character_that_steers_is_left(text: str) -> None:
    for shown in (safe.block(text), safe.line(text)):
        assert {c for c in shown if unicodedata.category(c) in ("Cc", "Cs")} <= {"\n", "\t"}
        assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
        shown.encode("utf-8")
    assert safe.line(text).splitlines() in ([], [safe.line(text)])
    assert safe.line(safe.line(text)) == safe.line(text)


@given(st.text(alphabet=st.characters(categories=["L", "M", "N", "P", "S"])))
def test_ordinary_text_stays(text: str) -> None:
    assert safe.block(text) == text
    assert safe.line(text) == text


def test_a_line_is_one_line_and_a_block_keeps_its_lines() -> None:
    assert safe.line("  a\n\tb\x0c c\u2028d  ") == "a b c d"
    assert safe.block("a\r\nb\rc\n\td") == "a\nb\nc\n\td"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda s: st.lists(s) | st.dictionaries(st.text(), s)
    )
)
def test_json_is_safe_and_loses_nothing(value: object) -> None:
    text = safe.json_text(value)
    assert json.loads(text) == value
    assert not [c for c in text if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("é", 1), ("e\u0301", 1), ("日本", 4), ("a\u200bb", 2), ("한국어", 6), ("", 0)]
)
def test_width(text: str, columns: int) -> None:
    assert safe.width(text) == columns


@given(st.text(alphabet="ab é日e\u0301", max_size=20), st.integers(0, 25))
def test_clipped_text_fits_and_padded_text_fills(text: str, columns: int) -> None:
    clipped = safe.clip(text, columns)
    assert safe.width(clipped) <= columns
    assert clipped == text or clipped.endswith("…") or not columns
    assert safe.width(safe.pad(clipped, columns)) == columns
    assert safe.pad(clipped, columns, right=True).endswith(clipped)


def test_text_that_fits_is_not_clipped() -> None:
    assert safe.clip("日本", 4) == "日本"
    assert safe.clip("日本", 3) == "日…"
    assert safe.clip("attention", 5) == "atte…"
