from __future__ import annotations

import pytest

from paperpath.pdf import legibility
from paperpath.pdf.lines import Line, Page

PROSE = (
    "In principle, recurrent networks can use their feedback connections to store representations of recent input "
    "events in the form of activations. This is potentially significant for many applications, including speech. "
) * 4
GERMAN = (
    "Die Anwendung dieses Satzes auf die Theorie der Funktionen setzt voraus, dass die Koeffizienten der Gleichung "
    "ganze Zahlen sind und dass ihre Wurzeln nicht verschwinden, was im Folgenden bewiesen werden soll. "
) * 4


def page(*texts: str) -> Page:
    lines = [
        Line(page=1, x0=72, y0=0, x1=540, y1=9, base=700 - 12 * i, size=10, font="Roman", text=text)
        for i, text in enumerate(texts)
    ]
    return Page(1, 612, 792, lines)


@pytest.mark.parametrize("text", [PROSE, GERMAN, "", "x = y + z " * 20, "データの構造 " * 90])
def test_what_can_be_read_has_no_warning(text: str) -> None:
    assert legibility.warnings([page("Title", text)]) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("".join(chr(ord(c) - 1) if c.isalpha() and c not in "aA" else c for c in PROSE), "fonts hide them"),
        (" ".join(PROSE), "fonts hide them"),
        ("\x01\x02\x03" * 20 + PROSE[:200], "could not be decoded"),
        ("تعتبر البرمجة من الأدوات القوية " * 20, "right to left"),
    ],
)
def test_what_is_wrong_is_told(text: str, told: str) -> None:
    (warning,) = legibility.warnings([page("Title", text)])
    assert told in warning


def test_a_scan_is_told_by_its_empty_pages() -> None:
    (warning,) = legibility.warnings([page(PROSE), page(), page(), page()])
    assert warning.startswith("3 of 4 pages hold no text")
