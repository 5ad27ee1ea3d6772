"""The command that shows papers like one of the library."""

from __future__ import annotations

import sys
from functools import partial

import click

from paperpath.cli import show, tables
from paperpath.cli.complete import complete_key
from paperpath.cli.meaning import wait_for
from paperpath.cli.session import Session, command, json_option

COLUMNS = (
    tables.Column("Key", most=28),
    tables.Column("Year", most=4),
    tables.Column("Title", share=3),
    tables.Column("Why", share=3),
)


@command("similar")
@click.argument("key", shell_complete=complete_key)
@click.option("--limit", "-n", type=click.IntRange(1, 500), default=10, show_default=True, help="At most N papers.")
@json_option(
    'Print one JSON array: [{"key", "title", "year", "score", "why", "words", "references"}], the most alike first.'
)
def similar(session: Session, key: str, limit: int, as_json: bool) -> None:
    """Show the papers that are most like one of yours, and why.

    KEY is a citation key, or an arXiv id, DOI or URL of a paper in the library. Papers are alike by the words of their
    titles and abstracts, and by what they both cite where their texts are here. Nothing is asked of any network. A
    pipe gets key, year, title, score and reason, separated by tabs.

    With semantic_model in config.toml, the folder of a model of sentences, papers that say it in other words are found
    too: "close in meaning". It runs on this machine and reads each paper once.

    \b
    Examples:
      paperpath similar vaswani2017attention
      paperpath similar 1706.03762 --limit 3 --json
    """
    from paperpath.workflow import alike

    meaning = session.meaning
    with session.library() as library:
        library.resolve(key)
        if meaning:
            wait_for(session, "paper", partial(alike.read_for_meaning, library, meaning))
        found = alike.alike(library, key, limit=limit, meaning=meaning)
    if as_json:
        show.json_document(
            [
                {
                    "key": one.paper.key,
                    "title": one.paper.title,
                    "year": one.paper.year,
                    "score": round(one.score, 4),
                    "why": one.why,
                    "words": list(one.words),
                    "references": list(one.references),
                }
                for one in found
            ]
        )
    elif sys.stdout.isatty():
        tables.table(COLUMNS, [(o.paper.key, str(o.paper.year or ""), o.paper.title, o.why) for o in found])
    else:
        tables.table(
            (), [(o.paper.key, str(o.paper.year or ""), o.paper.title, f"{o.score:.3f}", o.why) for o in found]
        )
    if not found:
        show.say("No paper of the library has anything in common with it.")


COMMANDS = {"similar": similar}
