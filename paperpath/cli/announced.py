"""How new papers look: in a terminal, in a pipe, as JSON, as a digest."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from paperpath.cli import safe, show, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from paperpath.workflow.new_papers import NewPaper, Overview, Update

COLUMNS = (
    tables.Column("Id", most=16),
    tables.Column("Day", most=10),
    tables.Column("Title", share=3),
    tables.Column("Why", share=2),
)


def show_news(
    overview: Overview,
    papers: Sequence[NewPaper],
    updates: Sequence[Update],
    total: int,
    digest: str | None,
    output: Path | None,
    *,
    as_json: bool,
    fresh: bool,
) -> None:
    """Show papers and new versions in the way that was asked for; of ``total`` papers, ``papers`` are the first."""
    if digest is not None:
        _write_digest(papers, updates, digest, output)
    elif as_json:
        show.json_document(_json(overview, papers, updates))
    elif sys.stdout.isatty():
        _show_tables(overview, papers, updates, total)
    else:
        rows = [
            ("new", one.id, one.news.day, f"{one.score:.2f}", one.news.paper.title, one.why) for one in papers
        ] + [
            ("update", _versioned(one), one.news.day, "", one.news.paper.title, one.key) for one in updates
        ]  # fmt: skip
        if rows:
            tables.table((), rows)
    if not papers and not updates:
        since = f" The feeds were last asked {moment(overview.asked)}." if overview.asked else ""
        weekend = " arXiv announces nothing at weekends." if fresh else ""
        narrate(f"Nothing new.{since}{weekend}")


def _write_digest(papers: Sequence[NewPaper], updates: Sequence[Update], form: str, output: Path | None) -> None:
    from paperpath.workflow import digesting

    if not papers and not updates and (form == "md" or (output is not None and output.exists())):
        return  # an empty digest would take the place of one that nobody has read yet
    text = digesting.digest(papers, updates, form)
    if output is None:
        show.out(safe.block(text).rstrip("\n"))
        return
    digesting.write(output, text)
    narrate(f"{show.plural(len(papers), 'paper')} written to {output}")


def _show_tables(overview: Overview, papers: Sequence[NewPaper], updates: Sequence[Update], total: int) -> None:
    if papers:
        tables.table(COLUMNS, [(one.id, one.news.day, one.news.paper.title, one.why) for one in papers])
    if updates:
        show.out(f"\n{show.plural(len(updates), 'new version')} of papers that you have:")
        columns = (
            tables.Column("Id", most=20),
            tables.Column("Have"),
            tables.Column("Key"),
            tables.Column("Title", share=1),
        )
        rows = [(_versioned(one), f"v{one.have}", one.key, one.news.paper.title) for one in updates]
        tables.table(columns, rows)
    if papers:
        more = f"{len(papers)} of {total:,} shown. " if total > len(papers) else ""
        order = (
            "" if overview.taught else "Newest first: the ranking begins with the first paper that you read or keep. "
        )
        narrate(f"{more}{order}paperpath new --keep ID, --dismiss ID; or in `paperpath tui`: N")


def _json(overview: Overview, papers: Iterable[NewPaper], updates: Iterable[Update]) -> dict[str, Any]:
    return {
        "asked": overview.asked,
        "papers": [
            {
                "id": one.id,
                "version": one.news.paper.arxiv_version,
                "title": one.news.paper.title,
                "authors": [str(author) for author in one.news.paper.authors],
                "abstract": one.news.paper.abstract,
                "categories": list(one.news.paper.categories),
                "day": one.news.day,
                "feeds": list(one.news.feeds),
                "score": round(one.score, 4),
                "why": one.why,
                "like": one.like,
                "words": list(one.words),
                "cites": list(one.cites),
            }
            for one in papers
        ],
        "updates": [
            {
                "id": one.news.paper.arxiv_id,
                "version": one.news.paper.arxiv_version,
                "key": one.key,
                "have": one.have,
                "title": one.news.paper.title,
            }
            for one in updates
        ],
        "problems": [{"words": one.words, "problem": one.problem} for one in overview.problems],
    }


def _versioned(one: Update) -> str:
    return f"{one.news.paper.arxiv_id}v{one.news.paper.arxiv_version}"


def moment(text: str | None) -> str:
    """When something happened, ISO 8601, in words."""
    return text.replace("T", " ").removesuffix("Z") + " UTC" if text else "never"


def narrate(text: str) -> None:
    """A word for a person who is there: cron sends a mail for every line, on either stream."""
    if sys.stderr.isatty():
        show.say(text)
