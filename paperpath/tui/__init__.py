"""The terminal interface. ``run`` is all that a front end needs; importing this module imports no Textual."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from paperpath.library.rows import MakeKey
    from paperpath.sources import Access

__all__ = ["run"]


def run(
    home: Path,
    access: Access,
    list_name: str | None = None,
    *,
    make_key: MakeKey | None = None,
    ascii: bool = False,  # noqa: A002
) -> None:
    """Show the library in ``home`` until the person quits.

    Args:
        home: the library's folder.
        access: how papers may be fetched.
        list_name: the reading list to show first.
        make_key: makes citation keys, when it is not the usual way.
        ascii: draw with ASCII signs only.
    """
    from functools import partial

    from paperpath.tui.desk import Desk, glance
    from paperpath.workflow.opening import open_library

    # Looking for garbage among what is being imported takes a tenth of the start, and there is none. The app turns it
    # on again once the library is read.
    gc.disable()
    desk = Desk(home, partial(open_library, make_key=make_key) if make_key else open_library)
    # The library opens in its thread while Textual, 0.35 s of Python, is imported in this one.
    first = desk.start(glance)
    try:
        from paperpath.tui.app import PaperpathApp

        PaperpathApp(desk, access, first, list_name=list_name, ascii=ascii).run()
    finally:
        gc.enable()
        desk.close()
