"""read --lines: what is said of a paper, and going through it section by section."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from paperpath.cli import spoken
from paperpath.model import Caption, Footnote, Paper, ParsedPaper, Record, Reference, Section
from paperpath.tui import document

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperpath.library import Library
    from tests.cli.conftest import Ended

    Cli = Callable[..., Ended]

ATTENTION = "vaswani2017attention"
PARSED = ParsedPaper(
    title="Looms",
    abstract="We weave.\nIt is new.",
    sections=(
        Section(
            "3.2",
            "Attention",
            2,
            2,
            "An engine maps keys, see Fig. 2 and\n[1]. It\nweaves."
            "\n\n• first thread\n\n2. second. With more.\n\nx = a + b (4)",
            ("text", "item", "item", "equation"),
            (2, 2, 2, 2),
        ),
        Section(None, "A Simple Loom", 1, 3, "Rest \x1b[2J now."),
        Section(None, "References", 1, 4, ""),
    ),
    references=(Reference("7", "[7] L. Menabrea. Sketch.", 4), Reference(None, "Babbage, C. 1864. Passages.", 4)),
    captions=(
        Caption("figure", "2", "The\nmill.", 2),
        Caption("table", "1", "Speeds.", 2, None, "loom    1.5   fast\nhand    0.1"),
    ),
    footnotes=(Footnote(2, "Steam was planned."),),
    pages=4,
)
LINES = """\
Title: Looms
Ana Vega
2020
---
Abstract
We weave.
It is new.
---
Section 3.2: Attention
An engine maps keys, see Fig. 2 and [1].
It weaves.
Figure 2. The mill.
Item: first thread
Item 2: second.
With more.
Formula 4: x = a + b
Table 1. Speeds.
loom; 1.5; fast
hand; 0.1
---
Section: A Simple Loom
Rest ␛[2J now.
---
Footnotes
Footnote: Steam was planned.
---
References
Reference 7: L. Menabrea. Sketch.
Reference 2: Babbage, C. 1864. Passages."""


def test_what_type_and_place_tell_the_eye_is_said() -> None:
    from paperpath.model import Author

    record = Record(Paper("Looms", (Author("Vega", "Ana"),), key="vega2020looms", year=2020))
    shown = document.of_parsed(record, PARSED)
    chapters = spoken.chapters(shown)
    assert "\n---\n".join("\n".join(line.text for line in one.lines) for one in chapters) == LINES
    assert [one.title for one in chapters][2:4] == ["Section 3.2: Attention", "Section: A Simple Loom"]
    for one in chapters:
        for line in one.lines:
            if line.sentence:
                block, start, end = line.sentence
                assert " ".join(shown.blocks[block].text[start:end].split()) in line.text


@pytest.fixture
def looms(fetched: Library) -> Library:
    fetched.files.write(fetched.files.parsed(fetched.get(ATTENTION).paper), json.dumps(PARSED.to_dict()))
    return fetched


@pytest.fixture
def read(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Ended]:
    """Read with these lines typed at a terminal."""
    from paperpath.cli import line_reader

    monkeypatch.setattr(line_reader, "someone_is_there", lambda: True)
    return lambda text: cli("read", ATTENTION, "--lines", stdin=text)


def test_without_a_terminal_everything_is_printed(cli: Cli, looms: Library) -> None:
    done = cli("read", ATTENTION, "--lines")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Title: Attention Is All You Need\nAshish Vaswani, Noam Shazeer\n")
    assert "\n\nSection 3.2: Attention\n" in done.out
    assert done.out.endswith("Reference 2: Babbage, C. 1864. Passages.\n")
    assert not set(done.out) & {"\x1b", "\r", "\t"}
    assert looms.get(ATTENTION).position is None


def test_without_the_text_it_says_how_to_bring_it(cli: Cli, library: Library) -> None:
    done = cli("read", ATTENTION, "--lines")
    assert (done.code, done.out) == (2, "")
    assert f"paperpath fetch {ATTENTION}" in done.err


def test_section_by_section(read: Callable[[str], Ended], looms: Library) -> None:
    done = read("\n\nh\nh ENGINE maps\nh nothing so\nn\nn compare with looms\nb\nc\nwhat\nq\n")
    assert done.code == 0
    assert done.out.count("Abstract\nWe weave.") == 2
    assert "A Simple Loom" not in done.out
    assert "4: Section: A Simple Loom" in done.err
    for words in ("Highlighted: With more.", "No sentence of this section", "as in: n compare", "Note kept."):
        assert words in done.err
    record = looms.get(ATTENTION)
    assert [one.quote for one in record.highlights] == ["With more.", "An engine maps keys, see Fig. 2 and [1]."]
    assert {one.section for one in record.highlights} == {"3.2  Attention"}
    assert record.status == "reading"
    note = looms.files.note(ATTENTION).read_text(encoding="utf-8")
    assert "compare with looms (Section 3.2: Attention)" in note

    again = read("4\n")  # the input ends
    assert "Part 2 of 6, where you left it: Abstract." in again.err
    assert again.out.startswith("Abstract\n")
    assert "Section: A Simple Loom\n" in again.out
    read("6\n\n")
    position = looms.get(ATTENTION).position
    assert position is not None
    assert position.fraction == 1.0
    assert read("q\n").out.startswith("Title:")
