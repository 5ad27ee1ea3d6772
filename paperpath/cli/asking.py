"""The command that answers questions: ask."""

from __future__ import annotations

import shutil
import sys
import textwrap
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from paperpath.cli import safe, show, tables
from paperpath.cli.complete import complete_key
from paperpath.cli.meaning import wait_for
from paperpath.cli.session import Session, command, json_option
from paperpath.errors import BadSetting, SourceError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.asking.written import Written
    from paperpath.workflow.asking import Answer, Asked, Passage

TEXT_WIDTH = 100
EXCERPT = 600
"""Characters of a passage; `read` and the interface show the rest."""


@command("ask")
@click.argument("question", nargs=-1, required=True)
@click.option("--limit", "-n", type=click.IntRange(1, 100), default=5, show_default=True, help="At most N sections.")
@click.option(
    "--paper", "-p", "papers", metavar="KEY", multiple=True, shell_complete=complete_key, help="Only in this paper."
)
@click.option("--no-model", is_flag=True, help="Passages alone, also where a language model is set.")
@json_option(
    'Print one JSON object: {"question", "answered", "unknown", "written", "answers": [{"key", "title", "section",'
    ' "page", "score", "sure", "passages": [{"number", "page", "text", "matches"}]}]}.'
)
def ask(
    session: Session, question: tuple[str, ...], limit: int, papers: tuple[str, ...], no_model: bool, as_json: bool
) -> None:
    """Ask your library a question.

    The passages that answer it best are printed with their paper, section and page. They are found on this machine, in
    the texts of the papers that you have fetched; notes are not asked. It is said when no paper seems to answer, and
    then come the passages that are nearest. A pipe gets key, page, section and passage, separated by tabs.

    With ask_url and ask_model in config.toml a language model there, on this machine or elsewhere, writes an answer of
    these passages, with the number of a passage behind each claim. Nothing is sent anywhere without these two.

    With semantic_model, the folder of a model of sentences, passages that say it in other words are found too. It runs
    on this machine and reads each passage once, which a bar shows; Ctrl-C answers with what has been read so far.

    \b
    Examples:
      paperpath ask "why divide by sqrt(d_k)?"
      paperpath ask how are checks rejected --limit 3
      paperpath ask --paper vaswani2017attention "which optimizer was used?"
      paperpath ask "what is dropout?" --json
    """
    from paperpath.workflow import answering, asking

    text = " ".join(question)
    meaning = session.meaning
    endpoint = None if no_model else session.settings.endpoint()
    with session.library() as library:
        keys = [library.resolve(key) for key in papers]
        if meaning:
            wait_for(session, "passage", partial(asking.read_for_meaning, library, meaning, keys=keys))
        asked = asking.ask(library, text, limit=limit, keys=keys, meaning=meaning)
    try:
        written = answering.answer(text, asked, endpoint) if endpoint and asked.answered else None
    except (SourceError, BadSetting) as error:
        raise type(error)(f"{error} For the passages alone: paperpath ask --no-model") from error
    if as_json:
        show.json_document(asked_json(text, asked, written))
    elif sys.stdout.isatty() or written:
        show.out(_as_text(asked, written, min(shutil.get_terminal_size().columns, TEXT_WIDTH)))
    else:
        tables.table((), [_cells(asked, answer, passage) for answer, passage in asked.numbered()])
    _say(asked, written)


def _say(asked: Asked, written: Written | None) -> None:
    if not asked.answered:
        unknown = f" None has: {safe.line(show.names(asked.unknown))}." if asked.unknown else ""
        nearest = " The nearest passages are shown." if asked.answers else " Only papers that are fetched can answer."
        show.say(f"No paper of your library seems to answer that.{unknown}{nearest}")
    if written and written.wrong:
        show.warn("The written answer names passages that there are not, shown as [?].")
    if written and written.bare:
        show.warn(f"{show.plural(len(written.bare), 'sentence')} of the written answer names no passage; check it.")


def _cells(asked: Asked, answer: Answer, passage: Passage) -> tuple[str, ...]:
    from paperpath.asking.excerpts import excerpt

    return answer.key, str(passage.page or ""), answer.section, excerpt(passage.text, asked.terms, EXCERPT).text


def asked_json(question: str, asked: Asked, written: Written | None) -> dict[str, Any]:
    """What `ask --json` prints."""
    from paperpath.asking.excerpts import places

    numbers = {id(passage): n for n, (_, passage) in enumerate(asked.numbered(), 1)}
    return {
        "question": question,
        "answered": asked.answered,
        "unknown": list(asked.unknown),
        "written": written and {
            "text": written.text, "cited": list(written.cited), "without_passage": list(written.bare)
        },
        "answers": [
            {
                "key": answer.key,
                "title": answer.title,
                "section": answer.section,
                "page": answer.page,
                "score": round(answer.score, 3),
                "sure": round(answer.sure, 3),
                "passages": [
                    {
                        "number": numbers[id(passage)],
                        "page": passage.page,
                        "text": passage.text,
                        "matches": [list(place) for place in places(passage.text, asked.terms)],
                    }
                    for passage in answer.passages
                ],
            }
            for answer in asked.answers
        ],
    }  # fmt: skip


def _as_text(asked: Asked, written: Written | None, width: int) -> str:
    lines: list[str] = []
    if written:
        for paragraph in safe.block(written.text).splitlines():
            lines += textwrap.wrap(paragraph, width) or [""]
        lines += ["", show.style("It was written of these passages:", dim=True), ""]
    number = 0
    for answer in asked.answers:
        lines.append(show.style(safe.clip(f"{safe.line(answer.key)}  {safe.line(answer.title)}", width), bold=True))
        lines.append(show.style(safe.clip(f"    {safe.line(_place(answer))}", width), dim=True))
        for passage in answer.passages:
            number += 1
            lines += _passage(f"[{number}]", passage.text, asked.terms, width)
        lines.append("")
    return "\n".join(lines[:-1])


def _place(answer: Answer) -> str:
    pages = sorted({passage.page for passage in answer.passages if passage.page})
    where = f"p. {', '.join(map(str, pages))}" if pages else ""
    return ", ".join(part for part in (answer.section, where) if part)


def _passage(number: str, text: str, terms: Sequence[str], width: int) -> list[str]:
    from paperpath.asking.excerpts import excerpt, places

    shown = safe.line(excerpt(text, terms, EXCERPT).text)
    lines = textwrap.wrap(shown, max(width, 30), initial_indent=f"{number} ".ljust(4), subsequent_indent="    ")
    styled = []
    for line in lines:
        parts, end = [line[:4]], 4
        for a, b in places(line[4:], terms):
            parts += [line[end : a + 4], show.style(line[a + 4 : b + 4], fg="yellow", bold=True)]
            end = b + 4
        styled.append("".join([*parts, line[end:]]))
    return styled


COMMANDS: dict[str, click.Command] = {"ask": ask}
