"""The terminal interface. ``run`` is all that a front end needs; importing this module imports no Textual."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from paperpath.embedding import Meaning
    from paperpath.library.rows import MakeKey
    from paperpath.sources import Access
    from paperpath.sources.providers.asking import Services
    from paperpath.tui.keymap import Keymap

__all__ = ["chosen_keymap", "run"]


def run(
    home: Path,
    access: Access,
    list_name: str | None = None,
    *,
    make_key: MakeKey | None = None,
    ascii: bool = False,  # noqa: A002
    keys: Mapping[str, str] | None = None,
    theme: str | None = None,
    origins: Mapping[str, str] | None = None,
    services: Services | None = None,
    meaning: Meaning | None = None,
) -> None:
    """Show the library in ``home`` until the person quits.

    Args:
        home: the library's folder.
        access: how papers may be fetched.
        list_name: the reading list to show first.
        make_key: makes citation keys, when it is not the usual way.
        ascii: draw with ASCII signs only.
        keys: keys with commas between them, by the id of what they do.
        theme: the theme to begin with; by default the one that was chosen last.
        origins: where these came from, by ``keys.ID`` and ``theme``, for a complaint about one of them.
        services: how to ask what cites a paper; None for not at all.
        meaning: a model of sentences that questions are answered with too.

    Raises:
        BadSetting: an id, a key or a theme that there is not, or two actions on one key.
    """
    from functools import partial

    from paperpath.tui.desk import Desk, glance
    from paperpath.workflow.opening import open_library

    # Looking for garbage among what is being imported takes a tenth of the start, and there is none. The app turns it
    # on again once the library is read.
    gc.disable()
    desk = Desk(home, partial(open_library, make_key=make_key) if make_key else open_library)
    desk.meaning = meaning
    # The library opens in its thread while Textual, 0.35 s of Python, is imported in this one.
    first = desk.start(glance)
    try:
        from paperpath.tui.app import PaperpathApp

        places = origins or {}
        keymap = chosen_keymap(keys or {}, places)
        fixed = None
        if theme is not None:
            from paperpath.tui.themes import find

            origin = places.get("theme", "theme")
            fixed = find(theme, origin), origin
        app = PaperpathApp(
            desk, access, first, list_name=list_name, make_key=make_key, ascii=ascii, keymap=keymap, theme=fixed
        )
        app.services = services
        app.run()
    finally:
        gc.enable()
        desk.close()


def chosen_keymap(keys: Mapping[str, str], origins: Mapping[str, str]) -> Keymap | None:
    """The keymap of the settings, checked; None, without looking at any screen, when no key was chosen.

    Raises:
        BadSetting: an id or a key that there is not, or two actions on one key.
    """
    if not keys:
        return None
    from paperpath.tui import key_check

    return key_check.keymap(keys, origins)
