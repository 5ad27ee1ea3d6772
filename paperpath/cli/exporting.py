"""The command that writes bibliographies, once or from now on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperpath.cli import safe, show
from paperpath.cli.complete import complete_list
from paperpath.cli.session import Session, command
from paperpath.cli.words import QUERY_HELP, QueryCommand
from paperpath.collecting import uncollected
from paperpath.durable import require_folder
from paperpath.errors import BadInput
from paperpath.formats import WRITERS, format_names

if TYPE_CHECKING:
    from paperpath.formats.bibtex_update import Updated
    from paperpath.workflow.importing import FileProblem


@command("export", cls=QueryCommand, epilog=QUERY_HELP)
@click.argument("query", nargs=-1)
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write to FILE.", metavar="FILE")
@click.option(
    "--into",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Bring a .bib of your own up to date: only fields that differ are written.",
    metavar="FILE",
)
@click.option("--format", "-f", "format_name", type=click.Choice(format_names()), help="Default: bibtex.")
@click.option("--list", "-l", "list_name", metavar="LIST", shell_complete=complete_list, help="Only papers of LIST.")
@click.option("--fields", metavar="FIELDS", help="Fields to add or to leave out in .bib: +abstract,-url.")
@click.option(
    "--journals", type=click.Choice(["full", "abbreviated"]), help="Names of journals in full or abbreviated."
)
@click.option("--keep/--no-keep", default=None, help="Rewrite FILE whenever these papers change; no longer do so.")
@click.option("--replace", is_flag=True, help="With --keep: replace a FILE that was not written by paperpath.")
@click.option("--kept", is_flag=True, help="List the files that are kept, and bring them up to date.")
@click.option(
    "--cited",
    "documents",
    multiple=True,
    metavar="DOCUMENT",
    type=click.Path(path_type=Path),
    help="Only what DOCUMENT cites: .aux, .bcf, .tex, .md, .qmd, .Rmd or .typ. May be given several times.",
)
def export(
    session: Session,
    query: tuple[str, ...],
    output: Path | None,
    into: Path | None,
    format_name: str | None,
    list_name: str | None,
    documents: tuple[Path, ...],
    fields: str | None,
    journals: str | None,
    keep: bool | None,
    replace: bool,
    kept: bool,
) -> int:
    """Write a bibliography for LaTeX, Typst, pandoc or Markdown.

    The whole library, what a query finds, a reading list, or what a document cites. FILE is replaced in one step, so
    that a LaTeX run beside it never sees half of it. Without FILE the text goes to standard output. Without --format
    the name of FILE decides (.json is csl-json, .ris is ris, .yml is hayagriva, .md is markdown), and bibtex is meant
    otherwise.

    A DOCUMENT is read with the files that it includes. Keys that are not in the library are named with their line, the
    others are written, and the exit code is 1.

    FIELDS are BibTeX's names, or those of fields of your own, with + or - before each. Abstract, keywords and file are
    in a .bib file only when they are added; what is left out is left out of every format. Names of journals are looked
    up in a list, and stay as they are where it has them not; --journal-lists names further lists, in the format of
    JabRef's. All of these can be set in config.toml.

    With --into FILE a file that you wrote stays yours: comments, macros, order, layout and entries that are the same
    are not touched, and nothing is taken out. Without a query, a list or a document only what the file has already is
    brought up to date; what these select is added to it.

    With --keep the file stays up to date: every later command, and the interface, writes it anew when what it holds
    changes, and never after somebody else has edited it.

    Notes and highlights are written by another command: paperpath notes.

    \b
    Examples:
      paperpath export -o refs.bib
      paperpath export tag:thesis -o ~/thesis/refs.bib --keep
      paperpath export --cited thesis.aux -o refs.bib
      paperpath export --list zero-to-hero --format biblatex -o hero.bib
      paperpath export tag:thesis -o thesis.bib
      paperpath export -o refs.bib --journals abbreviated --fields +abstract,-url
      paperpath export tag:thesis --into ~/thesis/mine.bib
      paperpath export -o refs.json
      paperpath export author:hinton --format markdown
    """
    from paperpath.workflow import exporting

    if kept:
        return _kept(session)
    if keep is not None or replace:
        if output is None:
            raise BadInput("Which file? Name it with -o FILE.")
        if keep is None:
            raise BadInput("--replace goes with --keep; without it a file is replaced anyway.")
    if keep is False:
        return _forget(session, output)
    if into is not None and (output is not None or keep is not None):
        raise BadInput("Is FILE brought up to date, or written anew? Name it with --into or with -o, not both.")
    name = format_name or _format_of(output)
    wanted = " ".join(query)
    if output is not None:
        require_folder(output)
    style = session.settings.style(name, fields if into is None else fields or "", journals)
    problems: tuple[FileProblem, ...] = ()
    with session.library() as library, uncollected():
        found = library.papers(wanted, list_name=list_name)
        if (query or list_name) and not found:
            # A typo must not empty the file that a paper is written with.
            raise BadInput("No paper matches, so nothing was written. To try the query: paperpath list " + wanted)
        _check_fields(session, exporting.strange_fields(library, style, found), said=fields is not None)
        only = None
        if documents:
            from paperpath.workflow import cited_papers

            only, problems = cited_papers.cited(library, documents)
            for problem in problems:
                show.fail(problem.message, about=f"{problem.path}, line {problem.line}")
        if into is not None:
            found = exporting.limited(found, only)
            add = bool(query or list_name or documents)
            updated = exporting.export_into(into, found, name, style, add=add)
            exporting.pin_exported(library, (*updated.added, *updated.changed))
            return max(_say_updated(into, updated), show.SOME_FAILED if problems else show.DONE)
        if keep and output is not None:
            from paperpath.workflow import keeping

            keeping.keep(
                library,
                output,
                query=wanted,
                list_name=list_name,
                format=name,
                documents=documents,
                style=style,
                replacing=replace,
            )
            show.say(f"Wrote {output} as {name}, and will keep it up to date. No longer: --no-keep.")
            return show.SOME_FAILED if problems else show.DONE
        found = exporting.limited(found, only)
        text = exporting.written(exporting.with_former_keys(library, found, name), name, style)
        if output is not None:
            exporting.write_export(output, text)
        exporting.pin_exported(library, (paper.key for paper in found))
    if output is None:
        show.out(text.rstrip("\n"))
    else:
        show.say(f"Wrote {show.plural(len(found), 'paper')} to {output} as {name}.")
    return show.SOME_FAILED if problems else show.DONE


def _check_fields(session: Session, told: str, *, said: bool) -> None:
    """A name that nothing has is a typing error on the command line, and worth a word in the settings.

    There it is no error, for the field may be one that only papers of another library have.
    """
    if told and said:
        raise BadInput(told)
    if told:
        show.say(f"{session.settings.origins.get('fields', 'fields')}: {told}")


def _say_updated(path: Path, updated: Updated) -> int:
    for key in updated.refused:
        show.fail(f"{key} was left as it is: the entry cannot be changed safely, or {path.name} lacks a character.")
    show.say(f"{path}: {len(updated.added)} added, {len(updated.changed)} changed.")
    return show.SOME_FAILED if updated.refused else show.DONE


def _kept(session: Session) -> int:
    from paperpath.workflow import keeping

    with session.library() as library:
        outcomes = keeping.bring_up_to_date(library)
    words = {"same": "up to date", "written": "written anew", "edited": "edited by somebody else", "failed": "failed"}
    for outcome in outcomes:
        one = outcome.kept
        parts = (one.list_name and f"list {one.list_name}", one.query, *(f"cited in {path}" for path in one.documents))
        row = (one.path, one.format, " ".join(filter(None, parts)) or "all papers", words[outcome.state])
        show.out("\t".join(map(safe.line, row)))
    if not outcomes:
        show.say("No file is kept. To keep one: paperpath export -o refs.bib --keep")
    for outcome in outcomes:
        if outcome.message:
            show.fail(outcome.message)
    return show.SOME_FAILED if any(outcome.message for outcome in outcomes) else show.DONE


def _forget(session: Session, output: Path | None) -> int:
    from paperpath.workflow import keeping

    with session.library() as library:
        if output is None or not keeping.forget(library, output):
            raise BadInput(f"{output} is not kept. The files that are: paperpath export --kept")
    show.say(f"{output} stays as it is and is kept no longer.")
    return show.DONE


def _format_of(output: Path | None) -> str:
    suffix = output.suffix.lower() if output else ""
    return next((writer.name for writer in WRITERS.values() if writer.suffix == suffix), format_names()[0])


COMMANDS: dict[str, click.Command] = {"export": export}
