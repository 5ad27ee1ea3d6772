"""Looking at the figures and pages of one PDF, one after the other.

To find the figures of 1706.03762 all its pages are read, 0.9 s of processor time; to start the process that reads takes
0.4 s. So the first is done once, and the process stays for a while when nobody looks: who reads on comes back.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from paperpath.errors import ParseFailed
from paperpath.workflow.figures import Cut, cut_region, file_names, likely

if TYPE_CHECKING:
    from pathlib import Path

    from paperpath.pdf.pictures import Region
    from paperpath.pdf.views import Frame, View
    from paperpath.pdf.workers import Parsers


LINGERS = 60.0
"""Seconds that the process stays after the last look."""


class Viewer:
    """One PDF. Its methods wait for another process, so call them in a thread; any number of threads may."""

    def __init__(self, key: str, pdf: Path) -> None:
        self.key = key
        self.pdf = pdf
        self._parsers: Parsers | None = None
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._regions: tuple[tuple[int, int], list[Region]] | None = None
        """Which file was read, and what was found in it."""

    def figure(self, name: tuple[str, str], which: int, frame: Frame) -> View:
        """What a figure shows.

        Args:
            name: its kind and its label, ``("figure", "2")``.
            which: the how manieth of that name, from 0: an appendix may count its figures from 1 again.
            frame: what it is to be shown in.

        Raises:
            ParseFailed: the PDF cannot be read, or there is nothing beside the caption that can be told from the text.
            Cancelled: :meth:`rest` was called meanwhile.
        """
        parsers = self._working()
        region = self._region(parsers, name, which)
        if region.box is None:
            raise ParseFailed("Nothing beside its caption could be told from the text.")
        return parsers.view(self.pdf, region.caption.page, region.box, frame)

    def page(self, number: int, frame: Frame) -> View:
        """What a page (from 1) shows.

        Raises:
            ParseFailed: the PDF cannot be read, or has no such page.
            Cancelled: :meth:`rest` was called meanwhile.
        """
        return self._working().view(self.pdf, number, None, frame)

    def write(self, name: tuple[str, str], which: int, folder: Path, *, dpi: int) -> Cut:
        """Cut a figure out into ``folder``; see :meth:`figure` for the names and the errors."""
        parsers = self._working()
        region, regions = self._region(parsers, name, which), self._found(parsers)
        file = folder / file_names([one.caption for one in regions])[regions.index(region)]
        return cut_region(parsers, self.key, self.pdf, region, file, dpi)

    def rest(self) -> None:
        """End the process that reads, and what it was asked; another question starts a new one."""
        with self._lock:
            self._stop_timer()
            parsers, self._parsers = self._parsers, None
        if parsers is not None:
            parsers.close()

    def rest_later(self, seconds: float = LINGERS) -> None:
        """:meth:`rest`, unless something is asked before."""
        with self._lock:
            self._stop_timer()
            self._timer = threading.Timer(seconds, self.rest)
            self._timer.daemon = True
            self._timer.start()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _working(self) -> Parsers:
        from paperpath.pdf.workers import Parsers

        with self._lock:
            self._stop_timer()
            if self._parsers is None:
                self._parsers = Parsers()
            return self._parsers

    def _found(self, parsers: Parsers) -> list[Region]:
        """The regions of the PDF as it is now: another version of it may have been fetched."""
        try:
            status = self.pdf.stat()
        except OSError as error:
            raise ParseFailed(f"The PDF of {self.key} is no longer here. Fetch it again.") from error
        stamp = (status.st_mtime_ns, status.st_size)
        if self._regions is None or self._regions[0] != stamp:
            self._regions = stamp, likely(parsers.regions(self.pdf))
        return self._regions[1]

    def _region(self, parsers: Parsers, name: tuple[str, str], which: int) -> Region:
        kind, label = (part.casefold() for part in name)
        regions = self._found(parsers)
        same = [one for one in regions if (one.caption.kind, one.caption.label.casefold()) == (kind, label)]
        if not same:
            raise ParseFailed("Its caption is not in the PDF that is here now.")
        return same[min(which, len(same) - 1)]
