"""What may stand under ``[keys]`` in the settings, and the list of all that can stand there.

Imported only when somebody has chosen keys or asks for the list: it needs every screen.
"""

from __future__ import annotations

from itertools import combinations
from string import ascii_lowercase
from typing import TYPE_CHECKING, NamedTuple

from paperpath.errors import BadSetting
from paperpath.tui import app, picker
from paperpath.tui.jumping import LETTERS
from paperpath.tui.keymap import (
    DECLARED,
    KEY_NAMES,
    Keymap,
    default_keys,
    key_name,
    mode_of,
    own_bindings,
    parse_key,
)
from paperpath.tui.screens import (
    actions,
    annotating,
    asking,
    base,
    beside,
    duplicates,
    export,
    followed,
    following,
    help,  # noqa: A004
    jump,
    letters,
    menu,
    naming,
    news,
    palette,
    passes,
    pictures,
    plan,
    published,
    reader,
    reference,
    references,
    review,
    search,
    shelf,
    sides,
    statistics,
    terms,
)
from paperpath.tui.screens.annotations import Annotations
from paperpath.tui.widgets import lines, links, page, text, tray

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

GROUPS: tuple[tuple[str, type], ...] = (
    ("Everywhere", app.PaperpathApp),
    ("On every screen", base.Room),
    ("Papers, wherever they are", actions.PaperRoom),
    ("The library", shelf.Shelf),
    ("The library, what one names", naming.Naming),
    ("Reading", reader.Reader),
    ("Reading, what the text points at", following.Following),
    ("Reading, two papers side by side", beside.Beside),
    ("Reading, with a pen", annotating.Annotating),
    ("Searching the full text", search.Search),
    ("All annotations", Annotations),
    ("Two side by side", sides.Sides),
    ("Statistics", statistics.Statistics),
    ("Three passes over a paper", passes.PassWindow),
    ("The way to a paper", plan.PlanRoom),
    ("Papers that are here twice", duplicates.Duplicates),
    ("Published versions", published.Published),
    ("Reviewing cards", review.Review),
    ("New papers", news.NewsRoom),
    ("New papers, asking for them", asking.Asking),
    ("What you follow", followed.Followed),
    ("Pictures", pictures.Pictures),
    ("A reference", reference.ReferenceWindow),
    ("The references of a paper", references.References),
    ("The terms in view", terms.TermWindow),
    ("Marked places", letters.Letters),
    ("In a list", lines.LineList),
    ("In the text of a paper", page.Page),
    ("The fetch", tray.Tray),
    ("In other text", text.TextPane),
    ("Beside the papers", links.LinkPane),
    ("The palette of commands", palette.Palette),
    ("Menus", menu.Menu),
    ("Exporting", export.Export),
    ("Labels to jump to", jump.Jump),
    ("This help", help.Help),
    ("The prompt of paperpath cite --pick", picker.Picker),
)
"""Every class with keys, under the words for where it is."""


class _Place(NamedTuple):
    """Where the keys of several classes work at the same time."""

    name: str
    kinds: tuple[type, ...]
    without: str = ""
    """An id that does nothing there."""


PLACES = (
    _Place("the library", (app.PaperpathApp, shelf.Shelf, lines.LineList)),
    _Place("the fetch", (app.PaperpathApp, shelf.Shelf, tray.Tray)),
    _Place("the library, beside the papers", (app.PaperpathApp, shelf.Shelf, links.LinkPane)),
    _Place("the reader", (app.PaperpathApp, reader.Reader, page.Page), "reader.remove"),
    _Place("the reader, beside the text", (app.PaperpathApp, reader.Reader, lines.LineList)),
    _Place("the search of the full text", (app.PaperpathApp, search.Search, lines.LineList)),
    _Place("the annotations", (app.PaperpathApp, Annotations, lines.LineList)),
    _Place("the papers that are here twice", (app.PaperpathApp, duplicates.Duplicates, lines.LineList)),
    _Place("the published versions", (app.PaperpathApp, published.Published, lines.LineList)),
    _Place("the review of cards", (app.PaperpathApp, review.Review, text.TextPane), "pane.page_down"),
    _Place("the statistics", (app.PaperpathApp, statistics.Statistics, text.TextPane)),
    _Place("the plan", (app.PaperpathApp, plan.PlanRoom, lines.LineList)),
    _Place("the passes", (passes.PassWindow, lines.LineList)),
    _Place("the new papers", (app.PaperpathApp, news.NewsRoom, lines.LineList)),
    _Place("what is followed", (app.PaperpathApp, followed.Followed, lines.LineList)),
    _Place("the pictures", (app.PaperpathApp, pictures.Pictures)),
    _Place("the window on a reference", (reference.ReferenceWindow,)),
    _Place("the references", (references.References,)),
    _Place("the terms in view", (terms.TermWindow,)),
    _Place("the marked places", (letters.Letters,)),
    _Place("the palette", (palette.Palette,)),
    _Place("menus", (menu.Menu, lines.LineList)),
    _Place("the labels", (jump.Jump,)),
    _Place("the export", (export.Export, lines.LineList)),
    _Place("the help", (help.Help, text.TextPane)),
    _Place("the prompt", (picker.Picker,)),
)
WHILE_SELECTING = frozenset(
    {"reader.select", "reader.highlight", "reader.highlight_in", "reader.note", "reader.card", "room.leave"}
)
"""What does something of its own while one selects; every other key may mean something else then."""


def keymap(chosen: Mapping[str, str], origins: Mapping[str, str]) -> Keymap:
    """The keymap of the settings.

    Args:
        chosen: keys with commas between them, by the id of a binding.
        origins: where the settings came from; ``keys.reader.find`` for one of them, or ``keys`` for all.

    Raises:
        BadSetting: an id or a key that there is not, or two actions on one key of the same screen.
    """
    parsed = {}
    for id, keys in chosen.items():  # noqa: A001
        origin = _origin(id, origins)
        if id not in DECLARED:
            raise BadSetting(f"{origin}: nothing has the id {id!r}.{_near(id, DECLARED)}")
        parsed[id] = tuple(_key(id, written, origin) for written in keys.split(","))
    made = Keymap(parsed)
    for place in PLACES:
        _check_place(place, made, origins)
    return made


def _origin(id: str, origins: Mapping[str, str]) -> str:  # noqa: A002
    return origins.get(f"keys.{id}") or origins.get("keys", "keys")


def _near(text: str, known: Mapping[str, object] | frozenset[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(text, known, 2, 0.5)
    said = f" Did you mean {' or '.join(map(repr, close))}?" if close else ""
    return f"{said} `paperpath tui --show-keys` lists all." if known is DECLARED else said


def _key(id: str, written: str, origin: str) -> str:  # noqa: A002
    key = parse_key(written)
    if key is None:
        if not written.strip():
            raise BadSetting(f"{origin}: {id} needs a key, such as {key_name(default_keys(DECLARED[id])[0])!r}.")
        hint = _near(written.strip().lower(), KEY_NAMES)
        raise BadSetting(
            f"{origin}: there is no key {written.strip()!r}.{hint} Keys are written h, H, ?, ctrl+h, f2, pagedown, "
            "comma, with commas between them."
        )
    if mode_of(id) == "typing" and len(key_name(key)) == 1:
        raise BadSetting(
            f"{origin}: {id} works while one types, so {written.strip()!r} would be text. Try ctrl+n or f2."
        )
    if key in {"jump.close": LETTERS, "letters.close": ascii_lowercase}.get(id, ""):
        raise BadSetting(f"{origin}: {id} must be no letter: letters are what it waits for. Try esc or f2.")
    return key


def _check_place(place: _Place, made: Keymap, origins: Mapping[str, str]) -> None:
    by_key: dict[str, list[str]] = {}
    for kind in place.kinds:
        for binding in own_bindings(kind):
            for key in made.keys(binding) if binding.id != place.without else ():
                by_key.setdefault(key, []).append(binding.id or "")
    for key, ids in by_key.items():
        for one, other in combinations(dict.fromkeys(ids), 2):
            chosen = next((id for id in (other, one) if id in made.chosen), None)  # noqa: A001
            if chosen is None or _apart(one, other) or _share(one, other):
                continue
            kept = one if chosen == other else other
            raise BadSetting(
                f"{_origin(chosen, origins)}: {key_name(key)!r} would do two things in {place.name}: "
                f"{chosen} ({DECLARED[chosen].description}) and {kept} ({DECLARED[kept].description}). "
                f"Give {kept} another key, or take another one here."
            )


def _share(one: str, other: str) -> bool:
    """Whether they have a key in common by default: then one of them knows when to stand back."""
    return bool({*default_keys(DECLARED[one])} & {*default_keys(DECLARED[other])})


def _apart(one: str, other: str) -> bool:
    """Whether they never count at the same time."""
    modes = {mode_of(one): one, mode_of(other): other}
    if len(modes) == 1:
        return False
    always = modes.get("", "")
    if "typing" in modes:
        return always != "room.leave"
    if "failed" in modes:
        return not always.startswith("app.")
    return always not in WHILE_SELECTING and not always.startswith("app.")


def entries() -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Every group with its ``(id, keys, words)``, the keys as they are without any settings."""
    for title, kind in GROUPS:
        own = kind.__dict__.get("BINDINGS", ())
        yield title, [(one.id, ",".join(map(key_name, default_keys(one))), one.description) for one in own]


def listing(made: Keymap) -> str:
    """All ids with the keys they have now, as the table of a configuration file."""
    shown, seen = ["[keys]"], set[str]()
    for title, kind in GROUPS:
        shown.append(f"\n# {title}")
        for one in kind.__dict__.get("BINDINGS", ()):
            if one.id in seen:  # the same on another screen; TOML has a key once
                continue
            seen.add(one.id)
            keys = ",".join(map(key_name, made.keys(one))).replace("\\", "\\\\").replace('"', '\\"')
            row = f'"{one.id}" = "{keys}"'
            shown.append(f"{row:<48} # {one.description}")
    return "\n".join(shown)
