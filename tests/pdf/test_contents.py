"""Tables of contents are known by their page numbers, and lists of references that end in numbers are none."""

from __future__ import annotations

from paperpath.pdf import contents
from paperpath.pdf.anchors import Anchors
from paperpath.pdf.lines import Line, Manuscript, Page, Role


def manuscript(rows: list[str], number: int, pages: int) -> Manuscript:
    """A paper of so many pages that has these rows on page ``number``."""
    lines = [Line(number, 72, 700 - 12 * i, 540, 710 - 12 * i, 700 - 12 * i, 10, "R", t) for i, t in enumerate(rows)]
    sheets = [Page(k, 612, 792, lines if k == number else []) for k in range(1, pages + 1)]
    return Manuscript(sheets, Anchors(), lines=lines)


def claimed(m: Manuscript) -> int:
    contents.claim(m)
    return sum(line.role is Role.FRONT for line in m.lines)


ENTRIES = [f"{i} A section about wheels . . . . . . {i + 4}" for i in range(1, 15)]
REFERENCES = [f"[{i}] A. Author. On wheels and mills. Journal of Mills {i}, pages 12–{i + 20}" for i in range(1, 15)]


def test_a_page_of_entries_is_claimed() -> None:
    assert claimed(manuscript(["Contents", *ENTRIES], 2, 40)) == len(ENTRIES)
    assert claimed(manuscript(ENTRIES, 2, 40)) == len(ENTRIES)


def test_references_at_the_end_are_left_alone() -> None:
    assert claimed(manuscript(REFERENCES, 16, 17)) == 0


def test_pages_keep_their_numbers_where_a_damaged_one_was_left_out() -> None:
    m = Manuscript([Page(2, 612, 792, []), Page(5, 595, 842, [])], Anchors())
    assert (m.front, m.sheet(5).height) == (2, 842)
    assert Manuscript([], Anchors()).front == 0
