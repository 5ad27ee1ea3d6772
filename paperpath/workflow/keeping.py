"""Bibliographies that are kept: files that are written anew whenever what they hold changes in the library.

A LaTeX project names its ``refs.bib`` once; from then on every command, and the interface, brings it up to date. A file
that somebody else has edited since is never overwritten: we know what we wrote by its digest.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from paperpath import __version__
from paperpath.durable import atomic_write
from paperpath.errors import BadInput, PaperpathError
from paperpath.workflow.exporting import USUAL, Style, pin_exported, selected, with_former_keys, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperpath.library import Library
    from paperpath.model import Paper

_NAME = "kept"
"""Under which the library keeps the list of these files."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is kept, and what it holds."""

    path: str
    """Absolute."""
    format: str
    query: str = ""
    list_name: str | None = None
    documents: tuple[str, ...] = ()
    """Only what these cite; absolute. Empty for all that the query finds."""
    written: tuple[str, ...] = ()
    """SHA-256 of what we wrote last; of two texts while one is being replaced by the other."""
    fields: str = ""
    journals: str = ""
    journal_lists: tuple[str, ...] = ()
    """These three are its :attr:`style`."""
    source: str = ""
    """Digest of all that the text was made of; while it stays the same, nobody has to make the text to know it."""

    @property
    def style(self) -> Style:
        """Fields and names of journals."""
        return Style(self.fields, self.journals, self.journal_lists)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file."""

    kept: Kept
    state: Literal["same", "written", "edited", "failed"]
    message: str = ""
    """What is wrong and what to do; empty when nothing is."""


def kept_files(library: Library) -> list[Kept]:
    """The files that are kept, in the order in which they were registered."""
    rows: list[dict[str, Any]] = json.loads(library.meta(_NAME) or "[]")
    lists = ("documents", "written", "journal_lists")  # files of before journal_lists have none
    return [Kept(**{**row, **{name: tuple(row.get(name, ())) for name in lists}}) for row in rows]


def keep(
    library: Library,
    path: Path,
    *,
    query: str = "",
    list_name: str | None = None,
    format: str = "bibtex",  # noqa: A002 - what the option is called
    documents: Sequence[Path] = (),
    style: Style = USUAL,
    replacing: bool = False,
) -> Outcome:
    """Write ``path`` and keep it up to date from now on.

    Args:
        library: the library.
        path: the file; one that is there already must hold what we would write, unless ``replacing``.
        query, list_name, format: as for :func:`paperpath.workflow.exporting.export`.
        documents: only what these cite; see :func:`paperpath.workflow.cited_papers.cited`.
        style: fields and names of journals; the file keeps to it whatever the settings say later.
        replacing: whether a file with other contents may be replaced.

    Raises:
        BadInput: the file is there and was written by somebody else, or there is no such format or style.
        BadFile: a document or a list of journals cannot be read.
        BadQuery, UnknownList: as for ``export``.
        DiskFull, LibraryError: it cannot be written; what was there is whole, and it is not kept.
    """
    wanted = Kept(
        str(path.resolve()),
        format,
        query,
        list_name,
        tuple(str(one.resolve()) for one in documents),
        fields=style.fields,
        journals=style.journals,
        journal_lists=tuple(str(Path(one).resolve()) for one in style.journal_lists),
    )
    before = next((one for one in kept_files(library) if one.path == wanted.path), None)
    wanted = replace(wanted, written=before.written if before else ())
    only = _cited(library, wanted)
    wanted = replace(wanted, source=_source(library, wanted, only))
    papers = _papers(library, wanted, only)
    text = written(papers, format, wanted.style)
    found = _digest_of(path)
    if found is not None and not replacing and found not in (*wanted.written, _digest(text)):
        raise BadInput(
            f"{path} is there already and says something else. Import what it has (paperpath import {path}), then let"
            " it be replaced: --keep --replace. Nothing was changed."
        )
    return _write(library, wanted, papers, text)


def forget(library: Library, path: Path) -> bool:
    """Keep ``path`` no longer; the file stays as it is. Whether it was kept."""
    with library.quietly():  # another program may register a file at the same moment
        files = kept_files(library)
        left = [one for one in files if one.path != str(path.resolve())]
        _save(library, left)
    return len(left) < len(files)


def bring_up_to_date(library: Library) -> list[Outcome]:
    """Write every kept file whose contents have changed; what cannot be written is told and stays as it is."""
    return list(_outcomes(library)) if library.meta(_NAME) else []


def _outcomes(library: Library) -> Iterator[Outcome]:
    for kept in kept_files(library):
        path = Path(kept.path)
        try:
            found, before = _digest_of(path), kept
            only = _cited(library, kept)
            kept = replace(kept, source=_source(library, kept, only))
            if kept == before and kept.written == (found,):
                yield Outcome(kept, "same")
                continue
            papers = _papers(library, kept, only)
            text = written(papers, kept.format, kept.style)
            if found == _digest(text):
                kept = replace(kept, written=(found,))
                if kept != before:
                    _remember(library, kept)
                yield Outcome(kept, "same")
            elif found is not None and found not in kept.written:
                yield Outcome(
                    kept,
                    "edited",
                    f"{path} was edited by somebody else and was left alone. Import what is new in it (paperpath import"
                    f" {path}) and write it again with: paperpath export -o {path} --keep --replace",
                )
            elif not path.parent.is_dir():
                yield Outcome(
                    kept,
                    "failed",
                    f"{path} could not be kept up to date: its folder is gone. To keep it no longer: paperpath export"
                    f" -o {path} --no-keep",
                )
            else:
                yield _write(library, kept, papers, text)
        except PaperpathError as error:
            yield Outcome(kept, "failed", f"{path} could not be kept up to date: {error}")


def _cited(library: Library, kept: Kept) -> frozenset[str] | None:
    """The keys that may be in the file; None for all."""
    if not kept.documents:
        return None
    from paperpath.workflow.cited_papers import cited

    return cited(library, [Path(one) for one in kept.documents]).keys


def _source(library: Library, kept: Kept, only: frozenset[str] | None) -> str:
    """See :attr:`Kept.source`; to be asked before :func:`_papers`, so that a change in between is seen the next time.

    With 10,000 papers it takes a quarter of the time that the text does, and most changes (where somebody reads, what
    was read, notes, highlights) leave it as it is.
    """
    former = library.former_keys() if kept.format == "biblatex" else {}
    lists = [_digest_of(Path(one)) for one in kept.journal_lists]
    rows = library.fingerprint(kept.query, list_name=kept.list_name)
    return _digest(repr((__version__, rows, only and sorted(only), sorted(former.items()), lists, kept.style)))


def _papers(library: Library, kept: Kept, only: frozenset[str] | None) -> Sequence[Paper]:
    papers = selected(library, query=kept.query, list_name=kept.list_name, only=only)
    return with_former_keys(library, papers, kept.format)


def _write(library: Library, kept: Kept, papers: Sequence[Paper], text: str) -> Outcome:
    """Write the file; whoever looks after a crash in the midst knows the old text and the new one as ours."""
    path, digest = Path(kept.path), _digest(text)
    if _digest_of(path) != digest:
        _remember(library, replace(kept, written=tuple(dict.fromkeys((*kept.written[-1:], digest)))))
        try:
            atomic_write(path, text)
        except PaperpathError:
            if not kept.written:
                forget(library, path)
            raise
    kept = replace(kept, written=(digest,))
    _remember(library, kept)
    pin_exported(library, (paper.key for paper in papers))
    return Outcome(kept, "written")


def _remember(library: Library, kept: Kept) -> None:
    """Put ``kept`` in the place of the one with its path."""
    with library.quietly():
        files = {one.path: one for one in kept_files(library)}
        files[kept.path] = kept
        _save(library, list(files.values()))


def _save(library: Library, files: list[Kept]) -> None:
    text = json.dumps([asdict(one) for one in files], ensure_ascii=False) if files else None
    if text != library.meta(_NAME):
        library.set_meta(_NAME, text)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _digest_of(path: Path) -> str | None:
    """The digest of a file; None when there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
