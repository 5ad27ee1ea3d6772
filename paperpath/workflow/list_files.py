"""The files of reading lists and guides: which there are, what tells that they changed, and what they say.

Ours come with the package, the user's lie in ``reading_lists`` under the library's folder:

``NAME.toml`` and ``NAME.bib``
    a list; the .bib is missing where ``from`` names the list whose papers it takes.
``guides/*.toml``, ``topics.toml``, ``resources.toml``
    guides to single papers, what they ask to know, and what to learn that from.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import paperpath
from paperpath.errors import BadFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from paperpath.formats.reading_list import Base
    from paperpath.model import Paper

SHIPPED, OWN = "shipped", "own"
"""Where a file comes from; kept in the library as its origin and in front of its fingerprint."""
TOPICS, RESOURCES = "topics.toml", "resources.toml"


@dataclass(frozen=True, slots=True)
class ListProblem:
    """A reading list, or a file of guides, that could not be taken in; the library works without it."""

    name: str
    path: str
    """The file to mend."""
    message: str
    fingerprint: str
    what: str = "list"
    """``list``, or ``file`` for guides and what belongs to them."""


@dataclass(frozen=True, slots=True)
class ListFile:
    """A reading list on disk."""

    name: str
    plan: Path
    origin: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class GuideFiles:
    """The guides of one origin, with topics and resources, on disk."""

    origin: str
    folder: Path
    names: tuple[str, ...]
    """Relative to the folder, as in ``guides/attention.toml``; topics and resources first."""
    fingerprint: str


@dataclass
class Files:
    """The files of both folders. Each .bib is read at most once, however many lists and guides speak of its papers."""

    shipped: Path
    own: Path
    _bases: dict[Path, Base] = field(default_factory=dict)

    def lists(self) -> dict[str, ListFile]:
        """All lists by name; the user's win."""
        files: dict[str, ListFile] = {}
        bases: list[bytes] = []
        for folder, origin in ((self.shipped, SHIPPED), (self.own, OWN)):
            data = {plan: _data((plan, plan.with_suffix(".bib"))) for plan in _plans(folder)}
            prints = {plan: _fingerprint(origin, both) for plan, both in data.items()}
            # A list without a .bib takes its papers from another one, so that it changes with whatever has one.
            bases += [prints[plan].encode() for plan, both in data.items() if both[1]]
            for plan, both in data.items():
                mark = prints[plan] if both[1] else _fingerprint(origin, (*both, *bases))
                files[plan.stem] = ListFile(plan.stem, plan, origin, mark)
        return files

    def guides(self) -> tuple[GuideFiles, GuideFiles]:
        """Ours, and the user's, whose fingerprint covers what they may refer to in ours."""
        ours = _guides(self.shipped, SHIPPED, "")
        return ours, _guides(self.own, OWN, ours.fingerprint)

    def base_for(self, asking: ListFile) -> Callable[[str], Base]:
        """What finds the list that ``asking`` is made from, by its name; a list of the user's may be made from ours."""

        def base(name: str) -> Base:
            folders = [self.shipped] if asking.origin == SHIPPED else [self.own, self.shipped]
            there: list[str] = []
            for folder in folders:
                plans = [path for path in _plans(folder) if path != asking.plan and path.with_suffix(".bib").exists()]
                for plan in plans:
                    if plan.stem == name:
                        return self._read(plan)
                there += [plan.stem for plan in plans]
            raise BadFile(f"there is no list {name!r} with a .bib of its own; there are: {', '.join(there) or 'none'}")

        return base

    def papers(self, origin: str) -> dict[str, Paper]:
        """The papers of every .bib that can be read, by key; for the user, theirs and ours."""
        found: dict[str, Paper] = {}
        for folder in [self.shipped] if origin == SHIPPED else [self.shipped, self.own]:
            for plan in _plans(folder):
                if plan.with_suffix(".bib").exists():
                    try:
                        found |= self._read(plan).papers
                    except BadFile:  # told where the list itself is taken in
                        continue
        return found

    def read(self, file: ListFile) -> Base:
        """What a list says, with its papers; raises BadFile."""
        return self._read(file.plan, self.base_for(file))

    def _read(self, plan: Path, base: Callable[[str], Base] | None = None) -> Base:
        from paperpath.formats import reading_list

        if plan not in self._bases:
            bib = plan.with_suffix(".bib")
            texts = text_of(plan), text_of(bib) if bib.exists() else None
            self._bases[plan] = reading_list.whole(plan.stem, *texts, base)
        return self._bases[plan]


def text_of(path: Path) -> str:
    """The text of a file; raises BadFile if it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise BadFile(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"{path} is not UTF-8 text (byte {error.start}). Save it as UTF-8.") from error


def _plans(folder: Path) -> list[Path]:
    """The plans of a folder; ``topics.toml`` is one only where a ``topics.bib`` lies beside it."""
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except OSError:
        return []
    return [path for path in found if path.name not in (TOPICS, RESOURCES) or path.with_suffix(".bib").exists()]


def _guides(folder: Path, origin: str, before: str) -> GuideFiles:
    lists = {path.name for path in _plans(folder)}
    try:
        inside = sorted(path.name for path in (folder / "guides").iterdir() if path.suffix == ".toml")
    except OSError:
        inside = []
    beside = [name for name in (RESOURCES, TOPICS) if name not in lists and (folder / name).exists()]
    names = (*beside, *(f"guides/{name}" for name in inside))
    parts = [before.encode(), *(name.encode() for name in names), *_data(folder / name for name in names)]
    return GuideFiles(origin, folder, names, _fingerprint(origin, parts) if names else "")


def _data(paths: Iterable[Path]) -> tuple[bytes, ...]:
    found = []
    for path in paths:
        try:
            found.append(path.read_bytes())
        except OSError:
            found.append(b"")
    return tuple(found)


def _fingerprint(origin: str, parts: Iterable[bytes]) -> str:
    """Of all parts; with our version, because a later one may read more out of the same text."""
    digest = hashlib.sha256()
    for data in parts:
        digest.update(len(data).to_bytes(8) + data)
    return f"{origin} {paperpath.__version__} {digest.hexdigest()}"
