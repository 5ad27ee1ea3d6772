"""Names, titles, notes and comments full of markup, of what a terminal obeys, and of wide letters: on every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events

from paperpath.tui.catalogue import Scope
from tests.tui.awkward import NASTY, SHOWN
from tests.tui.conftest import burst, screen_text, settle

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import Start

pytestmark = pytest.mark.usefixtures("every_frame")
PASTE = f"a\t{NASTY}\nsecond"
FLOWS = (
    # Papers.
    (":why ket", f"Why kettles sing {SHOWN}", "Kessel [/x] [all]"),
    ("\x1bFwhy ket", f"Why kettles sing {SHOWN}"),
    ("\x1b\x1b/shalom\r", "שלום עולם של"),
    ("/\x15escape2004red\r", "Red ␛[31malert␇"),
    ("p", "Red ␛[31malert␇", "Skim: to do"),
    ("\x1bP", "The way to “Red ␛[31malert␇", "It is on no reading list"),
    ("qs", "Status of “Red ␛[31malert␇"),
    ("\x1be", "escape2004red"),
    ("\x1b\r", "Red ␛[31malert␇"),
    ("q\x1b:why ket\r", f"Why kettles sing {SHOWN}", "Words [/x]", "#[/tag]"),
    # Saved searches, and lists of one's own.
    ("q", "To cite [/x]", "later [/x]", "#[/tag]"),
    (":later", f"later {SHOWN}", "Kessel [/x] [all]"),
    ("\r", f"later {SHOWN}", "year:2018 or care"),
    ("R", f"Rename to later {SHOWN}"),
    ("\x15x\r", "” is “x” now  (u takes it back)"),
    ("u", f"Taken back: rename the search “later {SHOWN}"),
    (":later\rD", f"Removed the search “later {SHOWN}"),
    ("u", f"Taken back: remove the search “later {SHOWN}"),
    (":To cite\r", f"paperpath  To cite {SHOWN}"),
    ("D", f"Removed the list “To cite {SHOWN}"),
    ("u", "Taken back: remove the list"),
    (":all papers\r*a", f"To cite {SHOWN}"),
    ("\x1b\x1bst", "Tags "),
    ("\x1b\x1bTG", f"25 min  Why kettles sing {SHOWN}"),
    ("q", "paperpath"),
    # Annotations.
    ("A", "Why [/x] [all]", f"Words {SHOWN}", f"Why kettles sing {SHOWN}"),
    ("t", "Tags "),
    ("\x15w", "Tags "),
    ("\x1b/[/x] kettles\r", "weaves patterns [/x] [all]", f"Why {SHOWN}"),
    ("s", f"Status of “Why kettles sing {SHOWN}"),
    # Cards.
    ("\x1b\x1bqv", "Why [/x] [all]", "space shows the answer"),
    (" ", "weaves patterns [/x] [all]", "(Lovelace +2, 2001)"),
    ("4", "Easy: again in 8 days"),
    ("u", f"Taken back: review in lovelace2001engines: easy for “Why {SHOWN}"),
    # Papers that are here twice, published versions.
    ("qM", "kessel2018kettles", f"Why kettles sing {SHOWN}"),
    ("\tjjj", f"Tunes {SHOWN[:9]}"),
    ("m", "Merged"),
    ("u", "Taken back: merge"),
    ("qV", f"Lanterns of the north {SHOWN}", "J. Lanterns"),
    ("m", "is published"),
    ("q'", f"Lanterns of the north {SHOWN[:6]}"),
    # The reader, its references, figures and marks.
    ("\x1b:analytical engines\r", "Fig 1  The mill [/x]", "2 The mill [/x]", "Why [/x] [all]"),
    ("r", f"Passages {SHOWN}", f"[3] {SHOWN}"),
    ("passages\r", f"Passages {SHOWN}", "not in the library"),
    ("a\x1b", f"Added “Passages {SHOWN}"),
    ("u", f"Taken back: add “Passages {SHOWN}"),
    ("r999\r", SHOWN),
    ("a\x1b", "No title could be told"),
    ("\x1b]]Ba", "Marked as a"),
    ("`", f"2 The mill {SHOWN[:8]}"),
    ("\x1bGP", "The PDF of lovelace2001engines is not here yet"),
    ("\x1b/kettles [/x", "kettles [/x"),
    # What is pasted.
    ("\x15", PASTE, f"Find a {SHOWN}"),
    ("\x1b\x1b:analytical engines\rm", PASTE, f"a   {SHOWN}", "second"),
)
"""What is typed and pasted, and what must be read then, whatever there is on the way."""


async def test_awkward_words_stand_as_themselves_on_every_screen(start: Start, quiet_home: Path) -> None:
    async with start(home=quiet_home) as (app, pilot):
        app.shelf.show_scope(Scope())
        for keys, *expected in FLOWS:
            burst(app, keys)
            if PASTE in expected:
                await settle(app, pilot)
                expected.remove(PASTE)
                app.post_message(events.Paste(PASTE))
            await settle(app, pilot)
            text = screen_text(app)
            for words in expected:
                assert words in text, keys
            assert not any(sign in text for sign in "\x1b\x9b\x07\u202e"), keys
