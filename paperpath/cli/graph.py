"""The command about who cites whom: graph."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from paperpath.cli import show, tables
from paperpath.cli.session import Session, command, json_option

if TYPE_CHECKING:
    from paperpath.formats.citation_graph import Graph
    from paperpath.workflow.graph import Citing, Missing

FILE = click.Path(dir_okay=False, path_type=Path)
OWN = (
    tables.Column("Cited by", right=True),
    tables.Column("Year", most=4),
    tables.Column("Key", most=30),
    tables.Column("Title", share=3),
)
MISSING = (
    tables.Column("Cited by", right=True),
    tables.Column("Year", most=4),
    tables.Column("Authors", share=1),
    tables.Column("Title", share=3),
    tables.Column("Id", most=24),
)


@command("graph")
@click.option("--missing", is_flag=True, help="What your papers cite in common and you don't have.")
@click.option("--limit", "-n", type=click.IntRange(1, 10_000), default=20, show_default=True, help="At most N works.")
@click.option(
    "--least", type=click.IntRange(1, 10_000), default=2, show_default=True, metavar="N",
    help="Only missing works that at least N papers cite.",
)  # fmt: skip
@click.option("--dot", "dot_file", type=FILE, metavar="FILE", help="Write the graph for Graphviz; - is the output.")
@click.option("--svg", "svg_file", type=FILE, metavar="FILE", help="Write the graph as a picture; - is the output.")
@json_option(
    'Print one JSON object: {"papers": [{"key", "cited_by"}], "missing": [{"title", "authors", "year", "arxiv_id",'
    ' "doi", "text", "cited_by"}]}.'
)
def graph(
    session: Session, missing: bool, limit: int, least: int, dot_file: Path | None, svg_file: Path | None, as_json: bool
) -> None:
    """Show who cites whom in your library.

    Without options, the papers that the others cite most. It is told by the bibliographies of the papers that are
    fetched. A pipe gets the number, year, key, title and the papers that cite it, or with --missing the number, year,
    authors, title, id and the papers, separated by tabs; `paperpath add ID` brings one of them.

    In the picture years go from left to right, and the most cited papers of a year stand at its top. Papers that
    neither cite nor are cited are left out of it.

    \b
    Examples:
      paperpath graph
      paperpath graph --missing
      paperpath graph --missing --least 3 | cut -f5
      paperpath graph --svg library.svg
      paperpath graph --dot - | dot -Tpdf -o library.pdf
    """
    from paperpath.workflow.graph import citing

    with session.library() as library:
        found = citing(library)
    if dot_file or svg_file:
        _write(found.graph.connected(), dot_file, svg_file)
        left = len(found.graph.nodes) - len(found.graph.connected().nodes)
        if left:
            show.say(f"Left out, because no line begins or ends there: {show.plural(left, 'paper')}.")
    elif as_json:
        show.json_document(_as_json(found, limit, least))
    elif missing:
        _show_missing([one for one in found.missing if len(one.cited_by) >= least][:limit])
    else:
        _show_own(found.graph, limit)
    if not found.read:
        show.say("No bibliography is here yet. Bring papers with their texts: paperpath fetch")


def _write(drawn: Graph, dot_file: Path | None, svg_file: Path | None) -> None:
    from paperpath.durable import atomic_write
    from paperpath.formats import citation_graph

    for file, write in ((dot_file, citation_graph.dot), (svg_file, citation_graph.svg)):
        if file == Path("-"):
            show.out(write(drawn).rstrip("\n"))
        elif file:
            atomic_write(file, write(drawn))
            show.say(f"{file}: {show.plural(len(drawn.nodes), 'paper')}, {show.plural(len(drawn.edges), 'citation')}")


def _show_own(whole: Graph, limit: int) -> None:
    by = _cited_by(whole)
    nodes = {node.key: node for node in whole.nodes}
    best = sorted(by, key=lambda key: (-len(by[key]), nodes[key].year or 9999, key))[:limit]
    rows = [(str(len(by[key])), str(nodes[key].year or ""), key, nodes[key].title) for key in best]
    if sys.stdout.isatty():
        tables.table(OWN, rows)
    else:
        tables.table((), [(*row, ",".join(by[row[2]])) for row in rows])
    if rows:
        show.say(f"{show.plural(len(whole.edges), 'citation')} among {show.plural(len(whole.nodes), 'paper')}")
    else:
        show.say("No paper of your library cites another one of it.")


def _show_missing(works: list[Missing]) -> None:
    from paperpath.workflow.taking_references import as_paper

    rows = []
    for work in works:
        paper = as_paper(work.reference)
        cells = (str(len(work.cited_by)), str(paper.year or ""), paper.byline, paper.title, _id(work))
        rows.append(cells if sys.stdout.isatty() else (*cells, ",".join(work.cited_by)))
    tables.table(MISSING if sys.stdout.isatty() else (), rows)
    if not rows:
        show.say("No work that you don't have is cited by that many of your papers. See --least.")


def _id(work: Missing) -> str:
    return work.reference.arxiv_id or work.reference.doi or ""


def _cited_by(whole: Graph) -> dict[str, list[str]]:
    by: dict[str, list[str]] = {}
    for one, other in whole.edges:
        by.setdefault(other, []).append(one)
    return by


def _as_json(found: Citing, limit: int, least: int) -> dict[str, Any]:
    by = _cited_by(found.graph)
    works = [one for one in found.missing if len(one.cited_by) >= least][:limit]
    return {
        "papers": [{"key": node.key, "cited_by": by.get(node.key, [])} for node in found.graph.nodes],
        "missing": [
            {
                "title": work.reference.title,
                "authors": list(work.reference.authors),
                "year": work.reference.year,
                "arxiv_id": work.reference.arxiv_id,
                "doi": work.reference.doi,
                "text": work.reference.text,
                "cited_by": list(work.cited_by),
            }
            for work in works
        ],
    }


COMMANDS: dict[str, click.Command] = {"graph": graph}
