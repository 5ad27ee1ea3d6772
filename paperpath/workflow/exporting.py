"""Exporting: papers of the library → a bibliography, in any format of :data:`paperpath.formats.WRITERS`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from paperpath.durable import atomic_write
from paperpath.errors import BadFile, BadInput
from paperpath.formats import WRITERS

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from paperpath.formats.bibtex_update import Updated
    from paperpath.library import Library
    from paperpath.model import Paper


@dataclass(frozen=True, slots=True)
class Style:
    """How a bibliography is to be, beyond its format."""

    fields: str = ""
    """Which fields it has besides the usual ones, or lacks: see :mod:`paperpath.formats.field_choice`."""
    journals: str = ""
    """``full`` or ``abbreviated``; empty for names of journals as they are."""
    journal_lists: tuple[str, ...] = ()
    """Files with more names of journals; those of an earlier one go before."""


USUAL = Style()


def export(
    library: Library,
    *,
    query: str = "",
    list_name: str | None = None,
    format: str = "bibtex",  # noqa: A002 - what the option is called
    only: Container[str] | None = None,
    style: Style = USUAL,
) -> str:
    """The bibliography of the whole library, of what ``query`` finds, or of a reading list in reading order.

    Args:
        library: where the papers are.
        query: see :mod:`paperpath.library.query`.
        list_name: of a reading list.
        format: a name from :data:`paperpath.formats.WRITERS`.
        only: keys of the papers that may be in it, as :func:`~paperpath.workflow.cited_papers.cited` gives; None: all.
        style: fields and names of journals.

    Raises:
        BadFile: a list of journals cannot be read.
        BadInput: there is no such format or style, or nothing is left to be written.
        BadQuery: the query cannot be read.
        UnknownList: there is no such list.
    """
    papers = selected(library, query=query, list_name=list_name, only=only)
    return written(with_former_keys(library, papers, format), format, style)


def selected(
    library: Library, *, query: str = "", list_name: str | None = None, only: Container[str] | None = None
) -> list[Paper]:
    """The papers of :func:`export`, in its order.

    Raises:
        BadInput: nothing that ``only`` names is left.
        BadQuery, UnknownList: as for ``export``.
    """
    return limited(library.papers(query, list_name=list_name), only)


def limited(papers: Sequence[Paper], only: Container[str] | None) -> list[Paper]:
    """Those of the papers whose keys are in ``only``; None is all. Raises BadInput if none is left."""
    found = [paper for paper in papers if only is None or paper.key in only]
    if not found and only is not None:
        raise BadInput("No paper that is cited is in the library, so nothing was written.")
    return found


def strange_fields(library: Library, style: Style, papers: Iterable[Paper]) -> str:
    """What is wrong with the names of the fields that ``style`` chooses, as a sentence; empty if nothing is.

    Fields that people made up are known by the papers that have them: those that are written or, before a name is
    called unknown, any of the library.

    Raises:
        BadInput: it is no choice of fields.
    """
    from paperpath.formats.field_choice import parse_choice, unknown

    choice = parse_choice(style.fields)
    return unknown(choice, papers) and unknown(choice, library.papers())


def with_former_keys(library: Library, papers: Sequence[Paper], format: str) -> Sequence[Paper]:  # noqa: A002 - as above
    """The papers, each with the keys that it had before where the format has a field for them, which is biblatex's.

    A document that cites a paper by a key from before a merge, or from before the key was changed, then still compiles.
    Nothing that is a key of another of the papers is an alias, for biber would take one for the other.
    """
    if format != "biblatex":
        return papers
    aliases: dict[str, list[str]] = {}
    for old, now in library.former_keys().items():
        aliases.setdefault(now, []).append(old)
    taken = {paper.key.casefold() for paper in papers}
    return [_aliased(paper, aliases.get(paper.key, ()), taken) for paper in papers]


def _aliased(paper: Paper, former: Iterable[str], taken: set[str]) -> Paper:
    ours = next((value for name, value in paper.extra if name == "ids"), "")
    if not (ours or former):
        return paper
    wanted = [key for part in (*ours.split(","), *former) if (key := part.strip()) and key.casefold() not in taken]
    taken.update(key.casefold() for key in wanted)
    extra = tuple(item for item in paper.extra if item[0] != "ids")
    return replace(paper, extra=(*extra, ("ids", ",".join(dict.fromkeys(wanted)))) if wanted else extra)


def written(
    papers: Sequence[Paper],
    format: str = "bibtex",  # noqa: A002 - what the option is called
    style: Style = USUAL,
) -> str:
    """The bibliography of these papers.

    Raises:
        BadFile: a list of journals cannot be read.
        BadInput: there is no such format or style.
    """
    if format not in WRITERS:
        raise BadInput(f"There is no format {format!r}. The formats are {', '.join(WRITERS)}.")
    if style.journals:
        papers = _with_journals(papers, style)
    if not style.fields:
        return WRITERS[format].write(papers)
    from paperpath.formats.field_choice import parse_choice

    choice = parse_choice(style.fields)
    papers = [choice.of(paper) for paper in papers]
    if format in ("bibtex", "biblatex"):
        from paperpath.formats import bibtex

        return bibtex.write(papers, "biblatex" if format == "biblatex" else "bibtex", choice)
    return WRITERS[format].write(papers)


def _with_journals(papers: Sequence[Paper], style: Style) -> Sequence[Paper]:
    from paperpath.formats.journals import FORMS, journals, renamed

    form = next((form for form in FORMS if form == style.journals), None)
    if form is None:
        raise BadInput(f"Journals are written {' or '.join(FORMS)}, not {style.journals!r}.")
    return renamed(papers, form, journals(*map(_list_of_journals, style.journal_lists)))


def _list_of_journals(path: str) -> str:
    try:
        return Path(path).read_text("utf-8", errors="replace")
    except OSError as error:
        raise BadFile(f"The list of journals {path} cannot be read: {error.strerror}.") from error


def export_into(
    path: Path,
    papers: Sequence[Paper],
    format: str = "bibtex",  # noqa: A002 - what the option is called
    style: Style = USUAL,
    *,
    add: bool = True,
) -> Updated:
    """Bring a .bib file that is somebody's own up to date; what is not about these papers stays, to the byte.

    Args:
        path: the file; it must be there.
        papers: those whose entries are brought up to date.
        format: ``bibtex`` or ``biblatex``, for what is written.
        style: names of journals; fields cannot be chosen here.
        add: whether papers that the file has not are added to it.

    Raises:
        BadInput: the format or the style is none for this.
        BadFile: the file, or a list of journals, cannot be read.
        DiskFull, LibraryError: it cannot be written; what was there is whole.
    """
    if format not in ("bibtex", "biblatex"):
        raise BadInput(f"Only .bib files can be brought up to date, not {format}.")
    if style.fields:
        raise BadInput("The fields of a file of your own are yours to choose; --fields goes with -o FILE.")
    from paperpath.formats.bibtex_file import BibFile
    from paperpath.formats.bibtex_update import update

    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadFile(f"{path} cannot be read: {error.strerror}.") from error
    file = BibFile.read(data)
    wanted = papers if add else [paper for paper in papers if paper.key in file]
    renamed = _with_journals(wanted, style) if style.journals else wanted
    updated = update(file, renamed, "biblatex" if format == "biblatex" else "bibtex")
    if (new := file.to_bytes()) != data:
        atomic_write(path, new)
    return updated


def pin_exported(library: Library, keys: Iterable[str]) -> None:
    """Remember that these keys stand in a file now, so that no formula makes them anew."""
    pins = library.pins()  # a second export of the same papers then waits for nobody's writing
    if new := [key for key in keys if "exported" not in pins.get(key, ())]:
        library.pin(new, "exported")


def write_export(path: Path, text: str) -> None:
    """Put the text into a file in one step: a LaTeX run beside it sees the old file or the new one.

    A file that says this already is left alone, so that build tools see no change.

    Raises:
        DiskFull, LibraryError: it cannot be written; what was there is whole.
    """
    data = text.encode()
    try:
        if path.read_bytes() == data:
            return
    except OSError:
        pass
    atomic_write(path, data)
