"""Commands about question cards: reviewing them in the terminal, listing and exporting them, making them by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from paperpath.cli import show, tables
from paperpath.cli.complete import complete_key, complete_target
from paperpath.cli.session import Session, command, json_option
from paperpath.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.cards.asking import Today
    from paperpath.model import Card

target_argument = click.argument("target", metavar="[LIST | KEY]", required=False, shell_complete=complete_target)


@command("review")
@target_argument
@click.option("--limit", "-n", type=click.IntRange(1), metavar="N", help="At most N cards.")
@click.option("--due", "only_due", is_flag=True, help="Only cards that you have answered before, no new ones.")
def review(session: Session, target: str | None, limit: int | None, only_due: bool) -> None:
    """Answer the question cards of today.

    Each question waits for enter, then shows the answer, the passage and where it stands. You say how well you knew it,
    1 again, 2 hard, 3 good or 4 easy, and FSRS decides when it comes back; each answer tells when that is. u takes the
    last one back, q ends. Days begin at four in the morning.

    Cards come from the questions of our guides, as soon as a paper is read; from highlights whose comment ends with a
    question mark, or has the tag #card; and from `paperpath card add`. At most 20 new ones a day are asked; of a paper
    that you name, all. `paperpath tui` has the same under v.

    \b
    Examples:
      paperpath review
      paperpath review zero-to-hero --limit 10
      paperpath review vaswani2017attention
      paperpath review --due
    """
    from paperpath.cli import questioning
    from paperpath.workflow import reviewing

    if not questioning.someone_is_there():
        raise BadInput("Reviewing asks questions, so it needs a terminal. To see what is due: paperpath cards --due")
    with session.library() as library:
        first = reviewing.today(library, target, only_due=only_due)
        if not first.queue:
            show.say(questioning.nothing_due(first))
            return
        questioning.Session(library, target, first, limit=limit, only_due=only_due).run()


@command("cards")
@target_argument
@click.option("--due", "only_due", is_flag=True, help="Only what is to be answered today.")
@click.option("--find", metavar="WORDS", help="Only cards with all these words in question, answer or passage.")
@click.option("--orphans", is_flag=True, help="Only cards whose highlight or guide question is gone.")
@click.option(
    "--anki",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write them into FILE.apkg, to be imported by Anki.",
)
@json_option(
    'Print one JSON array: [{"id", "key", "origin", "question", "answer", "passage", "section", "page", "due",'
    ' "reviews", "orphan"}]; due is null for a new card.'
)
def cards(
    session: Session,
    target: str | None,
    only_due: bool,
    find: str | None,
    orphans: bool,
    anki: Path | None,
    as_json: bool,
) -> None:
    """List question cards with their dates, or export them.

    Of a reading list, of a paper, or all of them. A card whose highlight was removed is kept if you have ever answered
    it, and is called an orphan. A pipe gets id, date, key and question, separated by tabs.

    --anki writes a deck for Anki (pip install 'paperpath[anki]'). Exporting and importing again updates cards and makes
    no second ones; what you changed in Anki stays until the words change here, and so does what you learnt there. Dates
    are not handed over: in Anki each card begins as a new one.

    \b
    Examples:
      paperpath cards
      paperpath cards zero-to-hero --due
      paperpath cards --find "layer norm"
      paperpath cards vaswani2017attention --json
      paperpath cards --anki paperpath.apkg
    """
    from paperpath.cli import questioning
    from paperpath.workflow import card_export, reviewing

    now = datetime.now(UTC)
    with session.library() as library:
        today = reviewing.today(library, target, only_due=False, now=now)
        found: Sequence[Card] = today.queue if only_due else reviewing.cards(library, target)
        found = [card for card in found if _fits(card, find) and (card.orphan or not orphans)]
        if anki is not None:
            if anki.suffix.lower() != ".apkg":
                raise BadInput(f"Anki imports files that end in .apkg. Write: --anki {anki.with_suffix('.apkg')}")
            if not found:
                raise BadInput("There are no such cards, so nothing was written. To see all: paperpath cards")
            count = card_export.to_anki(library, anki, found)
            show.say(f"Wrote {show.plural(count, 'card')} to {anki}. In Anki: File, Import.")
    if as_json:
        show.json_document([card_json(card) for card in found])
    elif anki is None and found:
        columns = (
            tables.Column("Card", most=36), tables.Column("Due", most=12), tables.Column("Paper"),
            tables.Column("Question", share=1),
        )  # fmt: skip
        tables.table(columns, [(card.id, _due(card, now), card.key, card.question) for card in found])
        show.say(f"{show.plural(len(found), 'card')}; today: {said_of(today)}.")
    elif anki is None:
        show.say(questioning.nothing_due(today) if only_due else questioning.NO_CARDS)


@command("card")
@click.argument("action", type=click.Choice(("add", "edit", "remove")))
@click.argument("words", nargs=-1, metavar="KEY QUESTION [ANSWER] | CARD...", shell_complete=complete_key)
@click.option("--quote", metavar="PASSAGE", help="With add: the passage that answers it; it must stand in the text.")
@click.option("--question", metavar="TEXT", help="With edit: the new question.")
@click.option("--answer", metavar="TEXT", help="With edit: the new answer.")
def card(
    session: Session,
    action: str,
    words: tuple[str, ...],
    quote: str | None,
    question: str | None,
    answer: str | None,
) -> None:
    """Make, change or remove a question card.

    `card add KEY QUESTION ANSWER` makes one about a paper; with --quote a passage of its text is shown with the answer,
    or is the answer. `card edit CARD` changes the words of any card, also of one from a guide or a highlight, whose own
    words do not come back then. `card remove CARD` takes cards away for good: they are not made again from their
    source. `paperpath cards` shows the ids; their beginning is enough. `paperpath undo` takes each step back.

    \b
    Examples:
      paperpath card add vaswani2017attention "Why divide by the root of d_k?" "Large products flatten the softmax."
      paperpath card add vaswani2017attention "Which name do they give it?" --quote "We call our particular attention"
      paperpath card edit highlight:12 --question "What is scaled, and why?"
      paperpath card remove own:4f2a
    """
    from paperpath.workflow import card_making, parsing, texts

    if action != "edit" and (question is not None or answer is not None):
        raise BadInput('--question and --answer go with edit. To add: paperpath card add KEY "question" "answer"')
    if action != "add" and quote is not None:
        raise BadInput("--quote goes with add.")
    with session.library() as library:
        if action == "add":
            if not 2 <= len(words) <= 3:
                raise BadInput('Write: paperpath card add KEY "question" "answer". Each in quotation marks of its own.')
            key = library.resolve(words[0])
            passage = texts.passage_of(parsing.read_parsed(library, key), quote, key) if quote is not None else None
            made = card_making.add(library, key, words[1], words[2] if len(words) == 3 else "", passage=passage)
            show.out(made.id)
        elif action == "edit":
            if len(words) != 1 or (question is None and answer is None):
                raise BadInput('Write: paperpath card edit CARD --question "…" --answer "…". One of the two will do.')
            show.out(card_making.edit(library, words[0], question=question, answer=answer).id)
        else:
            if not words:
                raise BadInput("Name the cards: paperpath card remove CARD. `paperpath cards` shows their ids.")
            gone = card_making.remove(library, words)
            show.say(f"Removed {show.names([one.id for one in gone])}. To bring back: paperpath undo")


# --------------------------------------------------------------------------- words


def card_json(one: Card) -> dict[str, Any]:
    """A card as ``cards --json`` prints it."""
    return {
        "id": one.id,
        "key": one.key,
        "origin": one.origin,
        "question": one.question,
        "answer": one.answer,
        "passage": one.quote,
        "section": one.section,
        "page": one.page,
        "due": one.schedule.due if one.schedule else None,
        "reviews": one.reviews,
        "orphan": one.orphan,
    }


def said_of(today: Today) -> str:
    """``3 due, 2 new``, and how many new ones wait."""
    waiting = f" ({today.waiting} more on other days)" if today.waiting else ""
    return f"{today.due} due, {today.new} new{waiting}"


def _due(one: Card, now: datetime) -> str:
    from paperpath.cards.days import when

    said = when(one.schedule.due, now).removeprefix("on ") if one.schedule else "new"
    return f"{said}, orphan" if one.orphan else said


def _fits(one: Card, words: str | None) -> bool:
    said = f"{one.question} {one.answer} {one.quote}".casefold()
    return all(word in said for word in (words or "").casefold().split())


COMMANDS: dict[str, click.Command] = {"review": review, "cards": cards, "card": card}
