"""The command that shows the glossary: terms."""

from __future__ import annotations

import shutil
import sys
import textwrap
from typing import TYPE_CHECKING, Any

import click

from paperpath.cli import safe, show, tables
from paperpath.cli.complete import complete_key
from paperpath.cli.session import Session, command, json_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.workflow.terms import Said, Term

TEXT_WIDTH = 100
COLUMNS = (
    tables.Column("Term", most=30),
    tables.Column("Means", share=3),
    tables.Column("Papers", right=True),
    tables.Column("First in", most=30),
)


@command("terms")
@click.argument("word", nargs=-1)
@click.option(
    "--paper", "-p", "papers", metavar="KEY", multiple=True, shell_complete=complete_key, help="Only of this paper."
)
@json_option(
    'Print one JSON array: [{"term", "definitions": [{"key", "kind", "means", "sentence", "section", "page"}]}].'
)
def terms(session: Session, word: tuple[str, ...], papers: tuple[str, ...], as_json: bool) -> None:
    """Show where papers define their terms.

    Terms, abbreviations and symbols, each with the sentence in which a paper first says what it is. Without WORD, all
    of them; with it, those that it names or is a part of, with every paper that defines them. A pipe gets term, key,
    page, section and sentence, separated by tabs. Sentences that only may define something are not taken, so that not
    every term is here.

    \b
    Examples:
      paperpath terms
      paperpath terms "covariate shift"
      paperpath terms d_k --paper vaswani2017attention
      paperpath terms LSTM --json
    """
    from paperpath.workflow.terms import glossary

    wanted = " ".join(word)
    with session.library() as library:
        found = glossary(library, wanted, keys=papers)
    if as_json:
        show.json_document([_as_json(term) for term in found])
    elif not sys.stdout.isatty():
        tables.table((), [_cells(term, said) for term in found for said in term.said])
    elif wanted:
        show.out(_as_text(found, min(shutil.get_terminal_size().columns, TEXT_WIDTH)))
    else:
        tables.table(COLUMNS, [_row(term) for term in found])
    if not found:
        where = "The paper defines" if papers else "No paper that is fetched defines"
        show.say(f"{where} {f'no term {wanted!r}' if papers and wanted else 'none' if papers else _that(wanted)}.")


def _that(wanted: str) -> str:
    return f"a term {wanted!r}. To search all texts: paperpath search {wanted}" if wanted else "a term"


def _as_json(term: Term) -> dict[str, Any]:
    return {
        "term": term.term,
        "definitions": [
            {
                "key": said.key,
                "kind": said.definition.kind,
                "means": said.definition.means or None,
                "sentence": said.definition.sentence,
                "section": said.definition.section,
                "page": said.definition.page,
            }
            for said in term.said
        ],
    }


def _cells(term: Term, said: Said) -> tuple[str, ...]:
    one = said.definition
    return term.term, said.key, str(one.page or ""), one.section, one.sentence


def _row(term: Term) -> tuple[str, ...]:
    first = term.said[0]
    means = first.definition.means or first.definition.sentence
    return term.term, means, str(len({said.key for said in term.said})), first.key


def _as_text(found: Sequence[Term], width: int) -> str:
    lines: list[str] = []
    for term in found:
        lines += ["", show.style(safe.line(term.term), bold=True)]
        for said in term.said:
            one = said.definition
            place = ", ".join(filter(None, (said.key, one.section, f"p. {one.page}" if one.page else "")))
            lines.append("  " + show.style(safe.clip(safe.line(place), width - 2), dim=True))
            text = f"{one.means}: {one.sentence}" if one.kind == "abbreviation" else one.sentence
            indent = "    "
            lines += textwrap.wrap(safe.line(text), max(width, 30), initial_indent=indent, subsequent_indent=indent)
    return "\n".join(lines[1:])


COMMANDS: dict[str, click.Command] = {"terms": terms}
