"""Which key does what: every binding has an id, and ``[keys]`` of the settings may give it other keys.

Textual's own keymap is not used. It forgets a second binding of a key that is rebound (``o`` is the outline, and the
other end of a choice while one chooses), a key that a subclass binds loses what the base class did with it, and all of
it is worked out anew for each key that is pressed. Here a node gets its keys once, when it is registered: what belongs
to a mode comes first on a key, and stands back by ``check_action`` while the mode is off.
"""

from __future__ import annotations

import string
import unicodedata
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from textual.binding import Binding, BindingsMap
from textual.keys import Keys, _character_to_key, key_to_character

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual.app import App
    from textual.dom import DOMNode

    _Node = DOMNode
else:
    # Textual looks for a widget's stylesheet along its first base: that must not be a node of ours.
    _Node = object

SIGNS = {
    "pagedown": "PgDn", "pageup": "PgUp", "escape": "esc", "delete": "del", "comma": "comma",
}  # fmt: skip
"""How a key is written where its name would be too long, and where its sign would separate keys."""
_ALIASES = {
    "esc": "escape", "return": "enter", "pgdn": "pagedown", "pgup": "pageup", "del": "delete",
    "ins": "insert",
}  # fmt: skip
_MODIFIERS = ("ctrl", "alt", "shift", "super", "meta", "hyper")
_CHARACTERS = {_character_to_key(sign): sign for sign in string.punctuation}
"""Textual's names of signs, some of which it does not take back: ``slash`` is Unicode's SOLIDUS."""
KEY_NAMES = frozenset({key.value for key in Keys if not key.value.startswith("<")} | _CHARACTERS.keys())

DECLARED: dict[str, Binding] = {}
"""Every binding of the classes that are imported, by id."""


def mode_of(id: str) -> str:  # noqa: A002 - Textual's word
    """When a binding counts: ``select`` while one chooses a passage, ``typing``, ``failed``; empty for always."""
    if id.startswith("select."):
        return "select"
    if id == "prompt.accept" or ".typing_" in id:
        return "typing"
    return "failed" if id == "app.retry" else ""


def own_bindings(kind: type) -> Iterator[Binding]:
    """The bindings that a class and its bases declare in this project, what is most its own first; each id once."""
    seen = set()
    for base in kind.__mro__:
        if base.__module__.startswith("paperpath."):
            for binding in cast("list[Binding]", base.__dict__.get("BINDINGS", ())):
                if binding.id not in seen:
                    seen.add(binding.id)
                    yield binding


class Keyed(_Node):
    """Before the Textual class among the bases: its keys are those of the app's keymap."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        for binding in own_bindings(cls):
            assert binding.id, f"{cls.__name__}: {binding.action} has no id"
            DECLARED.setdefault(binding.id, binding)

    def _post_register(self, app: App[object]) -> None:
        super()._post_register(app)
        self._bindings = cast("Keymap", app.keymap).bind(self)  # type: ignore[attr-defined]


class Keymap:
    """The keys of this run."""

    def __init__(self, chosen: Mapping[str, tuple[str, ...]] | None = None) -> None:
        """``chosen`` has Textual's names of keys by the id of a binding; the others keep theirs."""
        self.chosen = dict(chosen or {})

    def keys(self, binding: Binding) -> tuple[str, ...]:
        """The keys of a binding, as Textual calls them."""
        return self.chosen.get(binding.id or "") or default_keys(binding)

    def label(self, ids: str) -> str:
        """The first key of a binding as it is written: ``page.next_section/page.section_before`` is ``]/[``."""
        return "/".join(key_name(self.keys(_declared(id))[0]) for id in ids.split("/"))  # noqa: A001

    def bind(self, node: DOMNode) -> BindingsMap:
        """The bindings of a node, by key."""
        found: dict[str, list[Binding]] = {}
        for binding in sorted(own_bindings(type(node)), key=lambda one: not mode_of(one.id or "")):
            for key in self.keys(binding):
                found.setdefault(key, []).append(binding.with_key(key))
        for key, binding in node._bindings:  # noqa: SLF001 - what Textual, or a menu, binds without an id of ours
            if binding.id not in DECLARED:
                found.setdefault(key, []).append(binding)
        return BindingsMap.from_keys(found)


def _declared(id: str) -> Binding:  # noqa: A002 - Textual's word
    """A binding, also of a screen that nobody has opened yet; then every screen is imported."""
    if id not in DECLARED:
        import_module("paperpath.tui.key_check")
    return DECLARED[id]


def default_keys(binding: Binding) -> tuple[str, ...]:
    """The keys of a binding that nobody has changed."""
    return tuple(map(_canonical, binding.key.split(",")))


def key_name(key: str) -> str:
    """How a key is written on the keyboard; :func:`parse_key` reads it."""
    *modifiers, base = key.split("+")
    sign = SIGNS.get(base)
    if sign is None:
        character = _CHARACTERS.get(base) or key_to_character(base)
        sign = character if character and character.isprintable() and not character.isspace() else base
    return "+".join([*modifiers, sign])


def parse_key(text: str) -> str | None:
    """Textual's name of a key that somebody wrote: ``/``, ``esc``, ``ctrl+h``, ``shift+tab``; None for no such key."""
    text = text.strip()
    if len(text) == 1:
        return _canonical(text) if text.isprintable() and not text.isspace() else None
    *modifiers, base = text.split("+")
    modifiers = [modifier.strip().lower() for modifier in modifiers]
    base = base.strip()
    if len(base) > 1 and base not in KEY_NAMES:
        base = _ALIASES.get(base.lower(), base.lower())
    if not base or any(modifier not in _MODIFIERS for modifier in modifiers) or not (len(base) == 1 or _known(base)):
        return None
    if len(base) == 1 and base.isalpha() and modifiers:
        if modifiers == ["shift"]:  # a terminal sends the capital letter
            return base.upper()
        base = base.lower()
    return "+".join([*sorted(modifiers), _canonical(base)])


def _known(base: str) -> bool:
    if base in KEY_NAMES:
        return True
    try:
        return bool(key_to_character(base))
    except (KeyError, ValueError):
        return False


def _canonical(key: str) -> str:
    key = key.strip()
    if len(key) != 1:
        return key
    return _character_to_key(unicodedata.normalize("NFC", key))
