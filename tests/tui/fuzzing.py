"""Keys that nobody would press in this order: phrases that reach every screen and noise between them, from a seed.

A key is written as Textual calls it, and a letter as itself. The same keys can be sent to an app under test and, by
:func:`typed`, to a terminal in which the program runs.
"""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING, Any

from textual import events
from textual.keys import _character_to_key
from textual.widgets import Input

from paperpath.tui.screens.export import Export
from paperpath.tui.screens.plan import PlanRoom
from tests.tui.conftest import screen_text, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.pilot import Pilot
    from textual.screen import Screen

    from paperpath.tui.app import PaperpathApp

WORDS = (
    *("kettle", "engine", "wheel", "e", "attention", "zzz", "graph net"),
    *("author:erd", "year:2001..2005", "tag:cold", "status:read", "year:x..", "nobody:knows", "-engine", "kettl*"),
    *('"', '"the engine', "(", "[/x]", "[bold", "%s", "\\", "注意力", "שלום", "naïve", "e\u0301", "👩\u200d🔬", "…"),
)
TAGS = ("cold", "warm", "-cold", "#tea", "to-cite", "[/x]", "水", ",", "a" * 90, "two words")
NOTES = (
    "Look again.",
    "[/x] is no markup",
    "注意",
    "<!-- paperpath:end -->",
    "---",
    "# A heading",
    "`",
    "- [ ] a task",
)
COMMANDS = (
    "sort",
    "all papers",
    "highlight",
    "outline",
    "tags",
    "status",
    "paperpath-day",
    "paperpath-night",
    "engines",
    "here twice",
    "published versions",
    "annotations",
    "statistics",
    "three passes",
    "the way to",
    "later",
    "[/x]",
)
NAMES = ("later", "To cite", "[/x]", "[all]", "水", "שלום", "a" * 90, '"', "zero", "x y", "(", "%s")
"""Of saved searches and of lists."""
THEMES = ("paper", "high", "night", "terminal", "nord", "x")
PASTED = ("kettle", "two\nlines\n", "\n", "tab\there", "[/x] \x1b[2J\x9b1m\u202eשלום 注意", "\ud800", "a" * 300)
MOVES = ("j", "k", "g", "G", "d", "b", "space", "down", "up", "pagedown", "pageup", "home", "end", "ctrl+d", "ctrl+u")
EDITS = ("left", "right", "home", "end", "backspace", "delete", "ctrl+u", "ctrl+k", "ctrl+w", "shift+left", "ctrl+a")
NOISE = (
    *"abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ0123456789[]()/?;'.,-+*=<>!@#$%^&_~|`{}",
    *("enter", "escape", "tab", "shift+tab", "backspace", "delete", "left", "right", "f1", "f5", "insert"),
    *("ctrl+r", "ctrl+l", "ctrl+z", "ctrl+v", "ctrl+x", "shift+up", "shift+down"),
)
"""Without ``q``, and without what finds commands by a letter or two, of which one is to quit."""


def phrases(chance: random.Random) -> Iterator[list[str]]:
    """Keys that belong together, for ever."""
    kinds = [*_KINDS]
    weights = [*_KINDS.values()]
    while True:
        yield chance.choices(kinds, weights)[0](chance)


def _moves(chance: random.Random) -> list[str]:
    return chance.choices(MOVES, k=chance.randint(1, 5))


def _noise(chance: random.Random) -> list[str]:
    return chance.choices(NOISE, k=chance.randint(1, 6))


def _ended(chance: random.Random) -> list[str]:
    return [chance.choices(("enter", "escape"), (4, 1))[0]]


def _line(chance: random.Random, words: tuple[str, ...]) -> list[str]:
    """A line as somebody types it who now and then corrects a mistake."""
    keys = [*" ".join(chance.choices(words, k=chance.choice((1, 1, 1, 2))))]
    for _ in range(chance.choice((0, 0, 1, 3))):
        keys.insert(chance.randint(0, len(keys)), chance.choice(EDITS))
    return keys


def _filter(chance: random.Random) -> list[str]:
    return ["/", *_line(chance, WORDS), *_ended(chance), *chance.choices(("n", "N", "j"), k=chance.randint(0, 3))]


def _search(chance: random.Random) -> list[str]:
    return ["F", *_line(chance, WORDS), *chance.choices(("down", "up"), k=chance.randint(0, 2)), *_ended(chance)]


def _palette(chance: random.Random) -> list[str]:
    words = _line(chance, COMMANDS + WORDS[:7])
    return [":", *words, *["down"] * chance.randint(0, 2), *_ended(chance)]


def _status(chance: random.Random) -> list[str]:
    return ["s", chance.choice(("u", "s", "r", "d", "enter", "escape", "j"))]


def _tags(chance: random.Random) -> list[str]:
    return ["t", *_line(chance, TAGS), *_ended(chance)]


def _marks(chance: random.Random) -> list[str]:
    return chance.choices(("x", "a", "j", "x"), k=chance.randint(1, 4))


def _read(chance: random.Random) -> list[str]:
    return [chance.choice(("enter", "enter", "c")), *_moves(chance)]


def _find_readable(chance: random.Random) -> list[str]:
    return [":", *chance.choice(("analytical", "kettles", "of it", "attention is all")), "enter", *_moves(chance)]


def _beside(chance: random.Random) -> list[str]:
    words = chance.choice(("analytical", "kettles", "of it", "", "attention is all"))
    return ["C", *words, *_ended(chance), *_moves(chance)[:2], *chance.choices(("l", "j", "v", "}"), k=3)]


def _select(chance: random.Random) -> list[str]:
    keys = ["v", *chance.choices(("j", "k", "J", "K", "w", "b", "o", "right", "left"), k=chance.randint(0, 6))]
    how: list[list[str]] = [["h"], ["H", chance.choice("ygbr")], ["escape"], ["m", *_text(chance), "escape"], ["v"]]
    return [*keys, *chance.choices(how, (3, 2, 1, 2, 1))[0]]


def _text(chance: random.Random) -> list[str]:
    keys = [*chance.choice(NOTES)]
    for _ in range(chance.randint(0, 3)):
        keys.insert(chance.randint(0, len(keys)), chance.choice(("enter", "tab", "ctrl+z", "up", *EDITS)))
    return keys


def _note(chance: random.Random) -> list[str]:
    return ["m", *_text(chance), "escape"]


def _panes(chance: random.Random) -> list[str]:
    return [chance.choice(("1", "2", "3", "i", "o", "tab", "shift+tab")), *_moves(chance)[:2], *_ended(chance)]


def _unmark(chance: random.Random) -> list[str]:
    return ["3", *_moves(chance)[:2], chance.choice(("x", "delete", "enter"))]


def _sort(chance: random.Random) -> list[str]:
    return ["S", chance.choice((*"atypsr", "enter", "escape"))]


def _export(chance: random.Random) -> list[str]:
    keys = ["e"]
    for _ in range(chance.randint(0, 3)):
        keys += [chance.choice(("tab", "shift+tab")), *chance.choices(("j", "k", "down", "up"), k=chance.randint(0, 2))]
    return [*keys, *_ended(chance), "escape"]


def _name(chance: random.Random) -> list[str]:
    return [*_line(chance, NAMES), *_ended(chance)]


HOME = ["escape"] * 9
"""From wherever one is to the library."""


def _at_home(chance: random.Random) -> list[str]:
    return chance.choices(([], HOME, [*HOME, ":", *"all papers", "enter"]), (2, 2, 1))[0]


def _at_text(chance: random.Random) -> list[str]:
    """The reader, on a paper with every kind of link, often enough."""
    one = [*HOME, ":", *"analytical engines", "enter"]
    any_ = [*HOME, ":", *"all papers", "enter", "/", *"has:pdf", "enter", *_moves(chance), "enter"]
    return chance.choices(([], one, any_), (3, 1, 1))[0]


def _saved_search(chance: random.Random) -> list[str]:
    how = [["/", *_line(chance, WORDS), "tab"], ["/", *_line(chance, WORDS), "enter", "K"], ["K"]]
    return [*_at_home(chance), *chance.choice(how), *_name(chance)]


def _own_list(chance: random.Random) -> list[str]:
    marked = chance.choice(([], [], ["x", "x"], ["*"], ["j"]))
    return [
        *_at_home(chance),
        *marked,
        "a",
        *["down"] * chance.choice((0, 0, 1, 2)),
        *chance.choice((_name(chance), _ended(chance))),
    ]


def _named(chance: random.Random) -> list[str]:
    """In the left pane, where saved searches stand at the top and lists of one's own follow."""
    at = ["1", *chance.choice((["g"], _moves(chance)[:2]))]
    there: list[list[str]] = [["R", "ctrl+u", *_name(chance)], ["R", *_name(chance)], ["D"], ["delete"], ["enter"]]
    return [*_at_home(chance), *at, *["j"] * chance.randint(0, 4), *chance.choice(there)]


def _annotations(chance: random.Random) -> list[str]:
    words = ("green", "#warm", "is:note", "engine", "paper:love", "[/x]", "zzz", "is:")
    there: list[list[str]] = [_moves(chance)[:3], ["/", *_line(chance, words), *_ended(chance)], ["s", "r"]]
    last = chance.choice(([], ["enter"], ["enter", *_moves(chance)], ["escape"], ["backspace"]))
    return [*_at_home(chance), "A", *chance.choice(there), *_moves(chance)[:1], *last]


def _reference(chance: random.Random) -> list[str]:
    """In the window on a reference, or on the page when there is none."""
    keys = chance.choices(("a", "y", "n", "N", "j", "k", "tab", "shift+tab", "o", "g"), k=chance.randint(0, 4))
    return [*keys, *chance.choices(([], ["enter"], ["escape"], ["enter", "backspace"]), (2, 2, 3, 1))[0]]


def _links(chance: random.Random) -> list[str]:
    goes = chance.choices(("tab", "tab", "shift+tab", "j", "]"), k=chance.randint(1, 5))
    return [*_at_text(chance), *goes, "enter", *_reference(chance), *["backspace"] * chance.randint(0, 2)]


def _references(chance: random.Random) -> list[str]:
    words = _line(chance, ("1842", "kettle", "zzz", "a", "[", "erd"))
    moves = chance.choices(("down", "up", "pagedown", "pageup", "tab", "shift+tab"), k=chance.randint(0, 3))
    return [*_at_text(chance), "r", *chance.choice(([], words)), *moves, *_ended(chance), *_reference(chance)]


def _places(chance: random.Random) -> list[str]:
    letter = chance.choice("abqz")
    to: list[list[str]] = [[letter], ["down", "enter"], ["enter"], ["escape"], ["1"], ["tab", letter]]
    return [
        *_at_text(chance),
        *chance.choice(([], ["B", letter, *_moves(chance)], ["B"])),
        chance.choice("`;"),
        *chance.choice(to),
    ]


def _sideways(chance: random.Random) -> list[str]:
    keys = chance.choices(("right", "left", "P", "}", "{", "space", "]"), k=chance.randint(2, 6))
    return [*_at_text(chance), *keys]


def _labels(chance: random.Random) -> list[str]:
    return [
        "'",
        *chance.choices("asdfghjklqwertyuiopzxcvbnm", k=chance.randint(0, 3)),
        *chance.choice(([], ["escape"])),
    ]


def _pairs(chance: random.Random) -> list[str]:
    keys = chance.choices((*"hlHLjkm", "tab", "left", "right", "enter", "s", "d"), k=chance.randint(1, 8))
    return [
        *_at_home(chance),
        chance.choice("MMV"),
        *keys,
        *chance.choice(([], ["u"], ["escape"], ["escape", "escape"], ["u", "U"])),
    ]


def _theme(chance: random.Random) -> list[str]:
    words = chance.choice(("", *THEMES))
    return [":", *"theme", "enter", *words, *chance.choices(("down", "up"), k=chance.randint(0, 3)), *_ended(chance)]


def _back(chance: random.Random) -> list[str]:
    return ["escape"] * chance.randint(1, 3)


def _review(chance: random.Random) -> list[str]:
    """Cards made of passages, and answered."""
    if chance.random() < 0.4:
        return [*_at_text(chance), "v", "Q", *_line(chance, ("why?", *NOTES)), *_ended(chance)]
    keys = [chance.choice((*"1234", "enter", "o", "x", "u", "j")) for _ in range(chance.randint(1, 4))]
    answers = [key for answer in keys for key in ("space", answer)]
    return [*_at_home(chance), "v", *answers, chance.choice(("q", "escape"))]


def _plan(chance: random.Random) -> list[str]:
    """The way to some paper, its pace, and what is known on it."""
    keys = chance.choices(("j", "K", "d", "plus", "minus", "enter", "u", "s", "tab", "p", "1"), k=chance.randint(1, 6))
    return [*_at_home(chance), "P", *keys, chance.choice(("q", "escape", "j", "k"))]


_KINDS: dict[Callable[[random.Random], list[str]], int] = {
    _moves: 8,
    _noise: 6,
    _filter: 3,
    _search: 2,
    _palette: 3,
    _status: 4,
    _tags: 2,
    _marks: 2,
    _read: 4,
    _find_readable: 4,
    _beside: 2,
    _select: 6,
    _note: 3,
    _panes: 3,
    _unmark: 2,
    _sort: 1,
    _export: 1,
    _back: 4,
    _saved_search: 2,
    _own_list: 3,
    _named: 3,
    _annotations: 3,
    _links: 4,
    _references: 3,
    _places: 2,
    _sideways: 2,
    _labels: 2,
    _pairs: 4,
    _review: 4,
    _plan: 3,
    _theme: 1,
    lambda chance: chance.choices(("y", "Y", "f", "X", "w", "n", "M", "o", "p"), k=1): 3,
    lambda chance: chance.choices(("u", "U", "ctrl+r"), (3, 1, 1), k=chance.randint(1, 3)): 4,
    lambda chance: ["?", *_moves(chance), *chance.choice(([], ["escape"]))]: 2,
}
"""Makers of phrases and how often each has its turn."""

_CODES = {
    "enter": "\r",
    "tab": "\t",
    "space": " ",
    "backspace": "\x7f",
    "delete": "\x1b[3~",
    "insert": "\x1b[2~",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "shift+up": "\x1b[1;2A",
    "shift+down": "\x1b[1;2B",
    "shift+left": "\x1b[1;2D",
    "shift+tab": "\x1b[Z",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "f5": "\x1b[15~",
    # As terminals with Kitty's protocol send it. A lone escape is told from the rest of a code by the silence after it,
    # so it can't be sent together with other keys.
    "escape": "\x1b[27u",
}


def typed(key: str) -> str:
    """What a terminal sends for a key."""
    if key.startswith("ctrl+"):
        return chr(ord(key[-1]) & 31)
    return _CODES.get(key, key)


def pressed(key: str) -> events.Key:
    """What Textual makes of it."""
    if len(key) > 1:
        return events.Key(key, " " if key == "space" else None)
    return events.Key(_character_to_key(key), key)


class Monkey:
    """Presses keys, drags the mouse and the corner of the window, and says what it did when that ends badly."""

    SIZES = ((120, 36), (120, 36), (80, 24), (100, 30), (40, 10), (200, 60), (12, 4))

    def __init__(self, app: PaperpathApp, pilot: Pilot[None], seed: int) -> None:
        self.app, self.pilot = app, pilot
        self.keys = 0
        self.seen: Counter[str] = Counter()
        """How often each screen was opened, and what had the keyboard when somebody would have looked."""
        self._chance = random.Random(seed)
        self._phrases = phrases(self._chance)
        self._did: list[str] = [f"seed {seed}:"]
        # A command of the palette, or the title bar, could end the program; it shall go on.
        app.exit = lambda *_args, **_options: None  # type: ignore[method-assign]
        push = app.push_screen

        def noted(screen: Screen[Any], *args: Any, **options: Any) -> Any:
            self.seen[type(screen).__name__] += 1
            return push(screen, *args, **options)

        app.push_screen = noted  # type: ignore[method-assign, assignment]

    async def play(self, keys: int) -> None:
        """Go on until so many keys were pressed; each rest is one at which somebody would look at the screen."""
        try:
            while self.keys < keys:
                await self._something()
                await settle(self.app, self.pilot)
                self._look()
        except BaseException as error:
            error.add_note(" ".join(self._did[:1] + self._did[-120:]))
            if self.app._exception is not None:
                raise self.app._exception from error
            raise

    async def leave(self) -> None:
        """Close everything but the library."""
        self._press(*["escape"] * 40)
        await settle(self.app, self.pilot)
        assert self.app.screen is self.app.shelf, " ".join(self._did[-120:])

    async def _something(self) -> None:
        luck = self._chance.random()
        width, height = self.app.size
        if luck < 0.03:
            size = self._chance.choice(self.SIZES)
            self._did.append(f"<{size[0]}x{size[1]}>")
            await self.pilot.resize_terminal(*size)
        elif luck < 0.09:
            spots = [(self._chance.randrange(width), self._chance.randrange(height)) for _ in range(2)]
            self._did.append(f"<mouse {spots}>")
            await self.pilot.mouse_down(offset=spots[0])
            await self.pilot.hover(offset=spots[1])
            await self.pilot.mouse_up(offset=spots[self._chance.randrange(2)])
            await self.pilot.click(offset=spots[1])
        elif luck < 0.11:
            pasted = self._chance.choice(PASTED)
            self._did.append(f"<paste {pasted!r}>")
            self.app.post_message(events.Paste(pasted))
        else:
            for _ in range(self._chance.choice((1, 1, 2, 4))):
                self._press(*next(self._phrases))

    def _press(self, *keys: str) -> None:
        for key in keys:
            writes = isinstance(self.app.screen, (Export, PlanRoom)) and isinstance(self.app.focused, Input)
            if writes and key in "/\\~":
                continue  # what is written shall stay in the folder of the test
            self.keys += 1
            self._did.append(key)
            self.app.post_message(pressed(key))

    def _look(self) -> None:
        self.seen[type(self.app.focused).__name__] += 1
        shown = screen_text(self.app)
        assert not any(ord(sign) < 32 or sign in "\x7f\x9b\u202e" for sign in shown if sign != "\n"), shown
