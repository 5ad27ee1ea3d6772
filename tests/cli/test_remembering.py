"""review, cards and card."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperpath.cli import questioning
from paperpath.model import Highlight

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from paperpath.library import Library
    from tests.cli.conftest import Ended

    Cli = Callable[..., Ended]

OLD, ATTENTION = "old1986learning", "vaswani2017attention"
PAPER = "Attention Is All You Need (Vaswani & Shazeer, 2017)"


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questioning, "someone_is_there", lambda: True)


@pytest.fixture
def marked(fetched: Library) -> Library:
    """A highlight that asks, and a card by hand."""
    mark = Highlight("We call ours scaled.", comment="What do they call it?", section="Attention", page=4)
    fetched.add_highlight(ATTENTION, mark)
    return fetched


def test_card_add_edit_remove_and_undo(cli: Cli, library: Library) -> None:
    done = cli("card", "add", "1706.03762", "Why scale?", "The softmax \x1b[2Jflattens.")
    assert (done.code, done.out[:4]) == (0, "own:")
    card = done.out.strip()
    assert cli("card", "edit", card[:7], "--answer", "It saturates.").out.strip() == card
    (shown,) = cli("cards", "--json").json
    assert (shown["question"], shown["answer"], shown["due"], shown["origin"]) == (
        "Why scale?", "It saturates.", None, "own",
    )  # fmt: skip
    assert cli("card", "remove", card).err == f"Removed {card}. To bring back: paperpath undo\n"
    assert cli("cards").err.startswith("There are no cards yet.")
    assert "remove a card of vaswani2017attention: “Why scale?”" in cli("undo").err
    assert len(cli("cards", "--json").json) == 1


def test_a_card_with_a_passage(cli: Cli, fetched: Library) -> None:
    done = cli("card", "add", ATTENTION, "What do they call it?", "--quote", "we CALL ours scaled.")
    (shown,) = cli("cards", "--json").json
    assert (shown["passage"], shown["section"], shown["page"]) == ("We call ours scaled.", "Attention", 4)
    assert cli("card", "add", ATTENTION, "Where?", "--quote", "nowhere").code == 2
    assert done.code == 0
    assert len(cli("cards", "--json").json) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", ATTENTION), "Write: paperpath card add KEY"),
        (("add", ATTENTION, "Why?"), "needs an answer"),
        (("add", "nobody", "Why?", "So."), "No paper"),
        (("add", ATTENTION, "Why?", "So.", "--answer", "x"), "go with edit"),
        (("edit", "own:1"), "Write: paperpath card edit"),
        (("edit", "own:1", "--answer", "x"), "There is no card 'own:1'"),
        (("edit", "own:1", "--quote", "x", "--answer", "x"), "--quote goes with add"),
        (("remove",), "Name the cards"),
        (("remove", "own:1"), "There is no card"),
    ],
)
def test_what_cannot_be_done_says_what_to_do(cli: Cli, library: Library, words: tuple[str, ...], said: str) -> None:
    done = cli("card", *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert library.cards() == []


@pytest.mark.usefixtures("terminal")
def test_review_asks_shows_and_grades(cli: Cli, marked: Library) -> None:
    cli("card", "add", ATTENTION, "Why scale?", "The softmax \x1b[2Jflattens.")
    done = cli("review", stdin="\n9\n4\n\neasy\n")
    assert done.code == 0
    assert done.out.split("\n\n") == [
        f"\nWhat do they call it?\n  “We call ours scaled.”\n  {PAPER}, 3.2 Attention, p. 4",
        f"Why scale?\n  The softmax flattens.\n  {PAPER}\n",
    ]
    assert "1 again 1 min, 2 hard 6 min, 3 good 10 min, 4 easy 8 days> " in done.err
    assert done.err.count("easy: again in 8 days.") == 2
    assert done.err.endswith("2 answers.\nNothing is due. Next: 2 cards in 8 days.\n")
    assert [row.grade for row in marked.reviews()] == ["easy", "easy"]
    assert cli("review").err == "Nothing is due. Next: 2 cards in 8 days.\n"
    assert "review in vaswani2017attention: easy for “Why scale?”" in cli("undo").err
    assert cli("review", ATTENTION, "--due").err.startswith("Nothing is due")


@pytest.mark.usefixtures("terminal")
def test_the_last_answer_is_taken_back_and_the_card_asked_again(cli: Cli, marked: Library) -> None:
    done = cli("review", stdin="u\n\n1\nu\n\nu\nq\n")
    assert "Nothing was answered yet." in done.err
    assert "Taken back: review in vaswani2017attention: again" in done.err
    assert done.out.count("What do they call it?") == 3
    assert done.err.endswith("0 answers.\n1 left for today.\n")
    assert marked.reviews() == []


@pytest.mark.usefixtures("terminal")
def test_what_is_forgotten_comes_back_and_counts_once_for_the_limit(cli: Cli, marked: Library) -> None:
    cli("card", "add", ATTENTION, "Another?", "A.")
    done = cli("review", "small", "--limit", "1", stdin="\n1\n\ng\n\ng\n")
    assert done.out.count("What do they call it?") == 3
    assert "Another?" not in done.out
    assert "3 answers.\n1 left for today." in done.err
    assert [row.grade for row in marked.reviews()] == ["again", "good", "good"]


def test_review_without_a_terminal(cli: Cli, marked: Library) -> None:
    done = cli("review")
    assert (done.code, done.out) == (2, "")
    assert "paperpath cards --due" in done.err


@pytest.mark.usefixtures("terminal")
def test_review_of_what_there_is_not(cli: Cli, library: Library) -> None:
    assert cli("review").err.startswith("There are no cards yet.")
    done = cli("review", "nowhere")
    assert done.code == 2
    assert "Reading lists: small." in done.err


def test_cards_are_listed_found_and_called_orphans(cli: Cli, marked: Library) -> None:
    cli("card", "add", OLD, "What is learnt?", "Representations.")
    assert cli("cards").out.splitlines() == [
        f"highlight:1\tnew\t{ATTENTION}\tWhat do they call it?",
        f"{marked.cards()[0].id}\tnew\t{OLD}\tWhat is learnt?",
    ]
    assert [row["key"] for row in cli("cards", "--find", "SCALED what", "--json").json] == [ATTENTION]
    assert cli("cards", OLD, "--json").json == [
        row for row in cli("cards", "small", "--json").json if row["key"] == OLD
    ]
    assert cli("cards", "--orphans").out == ""
    from paperpath.workflow import annotating, reviewing

    reviewing.answer(marked, reviewing.cards(marked, ATTENTION)[0], "easy")
    annotating.remove_highlight(marked, ATTENTION, 1)
    assert cli("cards", "--orphans").out == f"highlight:1\tin 8 days, orphan\t{ATTENTION}\tWhat do they call it?\n"
    assert [row["orphan"] for row in cli("cards", "--json").json] == [False, True]
    assert [row["key"] for row in cli("cards", "--due", "--json").json] == [OLD]


def test_a_deck_for_anki_is_the_same_when_nothing_has_changed(cli: Cli, marked: Library, tmp_path: Path) -> None:
    file = tmp_path / "mine.apkg"
    assert cli("cards", "--anki", str(file)).err == f"Wrote 1 card to {file}. In Anki: File, Import.\n"
    before = marked.exported_cards()
    assert cli("cards", "--anki", str(file)).code == 0
    assert marked.exported_cards() == before
    marked.set_meta("x", "y")
    cli("card", "edit", "highlight:1", "--answer", "Scaled dot products.")
    cli("cards", "--anki", str(file))
    assert marked.exported_cards()["highlight:1"][0] != before["highlight:1"][0]
    assert marked.history()[0].what.startswith("change a card"), "an export is no change of the user's"


def test_a_deck_that_cannot_be_written(cli: Cli, library: Library, tmp_path: Path) -> None:
    done = cli("cards", "--anki", str(tmp_path / "mine.txt"))
    assert "mine.apkg" in done.err
    assert "no such cards" in cli("cards", "--anki", str(tmp_path / "mine.apkg")).err
    assert list(tmp_path.glob("mine*")) == []
