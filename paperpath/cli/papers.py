"""Commands that bring papers in: fetch, add, parse."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperpath.cli import details, safe, show
from paperpath.cli.adding import AddView, Chooser
from paperpath.cli.complete import complete_target
from paperpath.cli.fetching import FetchView
from paperpath.cli.progress import Progress
from paperpath.cli.session import Session, command, json_option, stoppable
from paperpath.errors import BadInput, ParseFailed
from paperpath.model import Paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.library import Library
    from paperpath.model import ParsedPaper


@command("fetch")
@click.argument("targets", nargs=-1, metavar="[TARGET...]", shell_complete=complete_target)
@json_option(
    'Print one object a line: {"id", "key", "status", "error", "sha256", "pages", "seconds"};'
    " status is fetched, cached, failed or waiting."
)
def fetch(session: Session, targets: tuple[str, ...], as_json: bool) -> int:
    """Download papers, read their PDFs, and draft notes.

    TARGET is the name of a reading list, an arXiv id or URL, a citation key, or - for ids on standard input, one a
    line. Without TARGET, everything in the library that is on arXiv and not here yet. What is here is never fetched
    again; an interrupted download goes on where it stopped. Papers of a list that are not on arXiv are left out.

    arXiv allows one request every 3 seconds, so a list of 60 papers takes some minutes. If it refuses, everything
    stops, nothing is lost, and the exit code is 3.

    \b
    Examples:
      paperpath fetch zero-to-hero
      paperpath fetch 1706.03762 https://arxiv.org/abs/1512.03385
      paperpath fetch vaswani2017attention --json
      cut -d, -f1 ids.csv | paperpath fetch -
    """
    from paperpath.workflow import fetch as fetching

    settings = session.settings
    wanted = _from_stdin(targets)
    with session.library() as library:
        whole = [library.reading_list(name) for name in wanted if name in library.list_fingerprints()]
        from_lists = {entry.key for each in whole for entry in each.entries} - set(wanted)
        if not targets:
            wanted = _not_here(library)
        with Progress("Fetching", ascii_only=settings.ascii) as progress, stoppable() as stop:
            view = FetchView(progress, as_json=as_json, from_lists=from_lists)
            events = fetching.fetch(
                library,
                wanted,
                settings.access(),
                workers=settings.workers,
                make_key=settings.make_key,
                stop=stop,
            )
            for event in events:
                view.take(event)
    if not wanted:
        show.say("Every paper of the library that is on arXiv is here.")
    return view.conclude()


def _from_stdin(targets: Sequence[str]) -> list[str]:
    """The targets, with - replaced by the lines of standard input; empty ones and # comments are passed over."""
    found: list[str] = []
    for target in targets:
        lines = sys.stdin.read().splitlines() if target == "-" else [target]
        found += [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    return found


def _not_here(library: Library) -> list[str]:
    """Keys of papers on arXiv that lack their PDF, or whose PDF was never read because a run was cut short."""
    return [
        record.key
        for record in library.records()
        if record.paper.arxiv_id and (record.pdf is None or (record.parsed is None and record.problem is None))
    ]


@command("add")
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@json_option('Print one object a line: {"target", "status", "keys", "title", "message", "error"}.')
def add(session: Session, targets: tuple[str, ...], as_json: bool) -> int:
    """Add papers to the library by whatever names them.

    TARGET is an arXiv id or URL, a DOI, a PDF, a folder of PDFs, a .bib file, or a title in quotes. A paper that is
    there already is not added again. A PDF is copied into the library and read; one that gives no id is known by its
    title and gets the tag to-check; `paperpath import FOLDER` asks about each such PDF instead. When a title has
    several answers, you choose.

    \b
    Examples:
      paperpath add 1706.03762 https://arxiv.org/abs/1512.03385
      paperpath add "Attention Is All You Need"
      paperpath add ~/Downloads/paper.pdf ~/Papers
      paperpath add references.bib
    """
    from paperpath.workflow import add as adding

    settings = session.settings
    if not all(target.strip() for target in targets):  # what an unset variable leaves; as a path it is this folder
        raise BadInput('A TARGET is empty (""). Nothing was added.')
    with (
        session.library() as library,
        Progress("Adding", ascii_only=settings.ascii) as progress,
        stoppable() as stop,
    ):
        view = AddView(progress, as_json=as_json)
        events = adding.add(
            library, targets, settings.access(), decide=Chooser(progress), make_key=settings.make_key, stop=stop
        )
        for event in events:
            view.take(event)
        here = map(library.get, dict.fromkeys(view.keys))
        missing = [record.key for record in here if record.pdf is None and record.paper.arxiv_id]
    if missing:
        more = f" … ({len(missing) - 5} more)" if len(missing) > 5 else ""
        show.say(f"To bring the PDF{'s' * (len(missing) > 1)}: paperpath fetch {' '.join(missing[:5])}{more}")
    return view.conclude()


@command("parse")
@click.argument("files", nargs=-1, metavar="[FILE...]", type=click.Path(path_type=Path))
@json_option('Print the structure as JSON; with several files one object a line, each with its "file".')
@click.option("--markdown", is_flag=True, help="Print the text as Markdown.")
@click.option("--all", "stored", is_flag=True, help="Read stored PDFs again that an older paperpath read.")
def parse(session: Session, files: tuple[Path, ...], as_json: bool, markdown: bool, stored: bool) -> int:
    """Turn PDFs into sections, references and captions.

    Works on any PDF and without the library. Each file is read in a process of its own with limits on time and memory,
    so that a damaged or malicious one costs an error message and nothing else. With several files and --json, a file
    that cannot be read gives {"file", "error"}.

    With --all it works on the library instead: the PDFs that an older version of paperpath read are read again, without
    a request to arXiv. Highlights stay with their words, and your own words in the notes stay as they are.

    \b
    Examples:
      paperpath parse paper.pdf
      paperpath parse paper.pdf --json | jq '.references[].title'
      paperpath parse paper.pdf --markdown > paper.md
      paperpath parse *.pdf --json > papers.jsonl
      paperpath parse --all
    """
    from paperpath.workflow import parsing

    if as_json and markdown:
        raise click.UsageError("--json and --markdown exclude each other.")
    if stored:
        if files or as_json or markdown:
            raise click.UsageError("--all stands alone: it reads the PDFs of the library.")
        return _reparse(session)
    if not files:
        raise click.UsageError("Name a PDF, or say --all for those of the library.")
    files = expanded(files)
    failed: list[ParseFailed] = []
    workers = session.settings.workers
    with Progress("Parsing", len(files), ascii_only=session.settings.ascii) as progress:
        for done, (path, result) in enumerate(parsing.parse_files(files, workers), 1):
            if isinstance(result, ParseFailed):
                failed.append(_with_path(result, path))
                progress.problem(failed[-1], "")
                if as_json and len(files) > 1:
                    progress.result(safe.json_text({"file": str(path), "error": str(result)}))
            else:
                progress.result(_parsed(path, result, as_json, markdown, several=len(files) > 1))
            progress.at(done, len(files))
    return show.code_of_all(failed, succeeded=len(files) - len(failed))


def _reparse(session: Session) -> int:
    """What ``parse --all`` does."""
    from paperpath.workflow import parsing

    failed: list[ParseFailed] = []
    with session.library() as library:
        keys = parsing.outdated(library)
        with Progress("Parsing", len(keys), ascii_only=session.settings.ascii) as progress:
            for done, result in enumerate(parsing.reparse(library, keys, session.settings.workers), 1):
                progress.now(result.key)
                if result.error:
                    failed.append(result.error)
                    progress.problem(result.error, result.key)
                for problem in result.problems:
                    progress.result(f"{result.key}: {problem}")
                progress.at(done, len(keys))
    good = len(keys) - len(failed)
    show.say(f"{show.plural(good, 'paper')} read again." if keys else "Every stored PDF was read by this version.")
    return show.code_of_all(failed, succeeded=good) if keys else show.DONE


def expanded(files: Sequence[Path]) -> tuple[Path, ...]:
    """The files, with ``*.pdf`` made the files that match: Windows' shells leave that to the program."""
    found: list[Path] = []
    for file in files:
        patterned = set("*?") & set(file.name) and not file.exists()
        found += (patterned and sorted(file.parent.glob(file.name))) or [file]
    return tuple(found)


def _with_path(error: ParseFailed, path: Path) -> ParseFailed:
    """The error with the path as it was typed in place of the file's name, because names repeat between folders."""
    words = str(error)
    return ParseFailed(f"{path}{words.removeprefix(path.name)}" if words.startswith(path.name) else f"{path}: {words}")


def _parsed(path: Path, parsed: ParsedPaper, as_json: bool, markdown: bool, *, several: bool) -> str:
    """One parsed file in the form that was asked for."""
    if as_json:
        return safe.json_text({"file": str(path), **parsed.to_dict()} if several else parsed.to_dict())
    if not markdown:
        return details.parsed_text(path.name, parsed)
    from paperpath.formats.markdown import paper_text
    from paperpath.names import parse_name

    paper = Paper(parsed.title or path.stem, tuple(parse_name(author.name) for author in parsed.authors))
    return safe.block(paper_text(paper, parsed)).rstrip("\n")


COMMANDS: dict[str, click.Command] = {"fetch": fetch, "add": add, "parse": parse}
