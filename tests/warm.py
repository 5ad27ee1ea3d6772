"""Parser processes that outlive a test: starting one takes longer than reading a paper of two pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from paperpath.pdf.workers import Parsers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from paperpath.model import ParsedPaper
    from paperpath.pdf.annotated import Annotation
    from paperpath.pdf.lines import Box
    from paperpath.pdf.marking import Mark, Written
    from paperpath.pdf.pictures import Region
    from paperpath.pdf.views import Frame, View


class WarmParsers(Parsers):
    """Reads with one real worker for all tests of this process; closing it cancels only what was asked here."""

    shared: ClassVar[Parsers]

    def __init__(self, workers: int = 1) -> None:
        del workers
        self._asked: list[Future[ParsedPaper]] = []

    def submit(self, path: Path) -> Future[ParsedPaper]:
        self._asked.append(self.shared.submit(path))
        return self._asked[-1]

    def pages(self, path: Path) -> int:
        return self.shared.pages(path)

    def regions(self, path: Path) -> tuple[Region, ...]:
        return self.shared.regions(path)

    def picture(self, path: Path, page: int, box: Box, dpi: int) -> bytes:
        return self.shared.picture(path, page, box, dpi)

    def view(self, path: Path, page: int, box: Box | None, frame: Frame) -> View:
        return self.shared.view(path, page, box, frame)

    def annotations(self, path: Path) -> list[Annotation]:
        return self.shared.annotations(path)

    def mark(self, path: Path, marks: Sequence[Mark], original: Path | None = None) -> Written:
        return self.shared.mark(path, marks, original)

    def close(self) -> None:
        for future in self._asked:
            future.cancel()
