"""What ties a paper to others of the library, asked for in small pieces while the cursor rests on it.

To know who cites a paper, the bibliography of every other one has to be read once, at some milliseconds each. One
question to the desk is one bibliography, so that whatever else is asked meanwhile comes in between; and moving the
cursor cancels the rest.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from paperpath.tui.details import Kin

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from paperpath.tui.catalogue import Catalogue
    from paperpath.tui.desk import Desk
    from paperpath.workflow.citations import Citations, Cited


class Ties:
    """The bibliographies of one library that were read so far."""

    def __init__(self) -> None:
        self._citations: Citations | None = None

    async def of(self, desk: Desk, catalogue: Catalogue, key: str) -> AsyncIterator[Kin]:
        """What is known of the ties of a paper: first what it cites, then also who cites it."""
        if self._citations is None:
            from paperpath.workflow.citations import Citations

            self._citations = Citations()
        rows = catalogue.rows
        if not catalogue.complete:  # the rest of the papers is being read, and then this is asked again
            return

        async def cited(one: str) -> Cited | None:
            assert self._citations is not None
            return await desk.read(partial(self._citations.of, rows=rows, key=one))

        own = next((row for row in rows if row.key == key), None)
        its = await cited(key) if own is not None and own.has_pdf else None
        if its is not None:
            yield Kin(its)
        citing = []
        for row in [row for row in rows if row.has_pdf and row.key != key]:
            theirs = await cited(row.key)
            if theirs is not None and key in theirs.keys:
                citing.append(row.key)
        if citing:
            yield Kin(its, tuple(citing))
