"""ask."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from paperpath.embedding.network import Network
from paperpath.model import ParsedPaper, Section
from paperpath.workflow.texts import keep_parsed
from tests.embedding.tiny import write_model
from tests.standin.chat import Chat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from paperpath.library import Library
    from tests.cli.conftest import Ended

    Cli = Callable[..., Ended]

ATTENTION = "vaswani2017attention"
OLD = "old1986learning"
WHY = (
    "Large products push the softmax into regions with small gradients.\n\n"
    "To counteract this, we divide the products by √d_k.\x1b[2J"
)


@pytest.fixture
def read(library: Library) -> Library:
    """The library with the text of two papers."""
    scaled = Section("3.2", "Scaled products", 1, 3, WHY, ("text", "text"), (3, 4))
    heads = Section("3.3", "Heads", 1, 5, "Several heads look at several places.")
    keep_parsed(library, ATTENTION, ParsedPaper(sections=(scaled, heads), pages=9))
    hidden = Section("1", "Hidden units", 1, 2, "Hidden units learn what the task needs, by the gradients of errors.")
    keep_parsed(library, OLD, ParsedPaper(sections=(hidden,), pages=3))
    return library


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[Chat]:
    """A language model that is set."""
    with Chat() as chat:
        monkeypatch.setenv("PAPERPATH_ASK_URL", chat.url)
        monkeypatch.setenv("PAPERPATH_ASK_MODEL", "small")
        monkeypatch.setenv("PAPERPATH_ASK_KEY", "secret")
        yield chat


def test_a_question_in_a_pipe(cli: Cli, read: Library) -> None:
    done = cli("ask", "why divide by sqrt(d_k)?", "--limit", "1")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0].split("\t") == [
        ATTENTION, "4", "3.2 Scaled products", "To counteract this, we divide the products by √d_k.",
    ]  # fmt: skip


def test_words_without_quotes_are_one_question(cli: Cli, read: Library) -> None:
    assert cli("ask", "hidden", "units").out == cli("ask", "hidden units").out


def test_on_a_terminal(cli: Cli, read: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    lines = cli("ask", "why divide products by sqrt(d_k)?").out.splitlines()
    assert lines[0] == f"{ATTENTION}  Attention Is All You Need"
    assert lines[1] == "    3.2 Scaled products, p. 3, 4"
    assert lines[2].startswith("[1] To counteract")
    assert max(map(len, lines)) <= 60
    assert "\x1b" not in "".join(lines)


def test_json(cli: Cli, read: Library) -> None:
    found = cli("ask", "--json", "why divide by sqrt(d_k)?").json
    assert found["answered"] is True
    assert found["written"] is None
    first = found["answers"][0]
    assert (first["key"], first["section"], first["page"]) == (ATTENTION, "3.2 Scaled products", 4)
    passage = first["passages"][0]
    assert passage["number"] == 1
    assert [passage["text"][a:b] for a, b in passage["matches"]] == ["divide", "√", "d_k"]


def test_one_paper(cli: Cli, read: Library) -> None:
    assert {row["key"] for row in cli("ask", "gradients", "--json").json["answers"]} == {ATTENTION, OLD}
    found = cli("ask", "gradients", "--json", "--paper", OLD).json
    assert {row["key"] for row in found["answers"]} == {OLD}
    done = cli("ask", "gradients", "--paper", "nobody")
    assert (done.code, done.out) == (2, "")
    assert "nobody" in done.err


def test_what_no_paper_answers_is_told(cli: Cli, read: Library) -> None:
    done = cli("ask", "which units of aspirin prevent strokes?")
    assert done.code == 0
    assert "No paper of your library seems to answer that. None has: aspirin, prevent, strokes." in done.err
    assert done.out.startswith(OLD)  # the nearest
    assert cli("ask", "which aspirin prevents strokes?", "--json").json["answered"] is False


def test_an_empty_library_says_what_would_help(cli: Cli) -> None:
    done = cli("ask", "aspirin?")
    assert (done.code, done.out) == (0, "")
    assert "fetched" in done.err


@pytest.mark.parametrize("text", ["?", "--", "…"])
def test_no_question(cli: Cli, read: Library, text: str) -> None:
    assert cli("ask", text).code == 2


def test_nothing_is_sent_unless_a_model_is_set(cli: Cli, read: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    with Chat() as chat:
        monkeypatch.setenv("PAPERPATH_ASK_KEY", "secret")
        cli("ask", "hidden units")
        assert chat.asked == []
    monkeypatch.setenv("PAPERPATH_ASK_URL", chat.url)
    done = cli("ask", "hidden units")
    assert done.code == 2
    assert "ask_url needs ask_model too" in done.err


def test_a_written_answer_stands_above_its_passages(cli: Cli, read: Library, model: Chat) -> None:
    done = cli("ask", "why divide products by sqrt(d_k)?")
    assert done.code == 0
    assert done.err == ""
    assert done.out.index(model.said) < done.out.index("It was written of these passages:") < done.out.index("[1] To")
    assert model.keys == ["Bearer secret"]
    text = model.asked[0]["messages"][1]["content"]
    assert "[1] Attention Is All You Need, 3.2 Scaled products\nTo counteract this, we divide" in text
    assert text.endswith("Question: why divide products by sqrt(d_k)?")


def test_what_rests_on_nothing_is_told(cli: Cli, read: Library, model: Chat) -> None:
    model.said = "It is so [7]. Everybody \x1b[31mknows it."
    done = cli("ask", "hidden units")
    assert "It is so [?]. Everybody knows it." in done.out
    assert "passages that there are not" in done.err
    assert "2 sentences" in done.err
    written = cli("ask", "hidden units", "--json").json["written"]
    assert (written["cited"], len(written["without_passage"])) == ([], 2)


def test_a_model_is_not_asked_for_what_nothing_answers(cli: Cli, read: Library, model: Chat) -> None:
    cli("ask", "which aspirin prevents strokes?")
    cli("ask", "hidden units", "--no-model")
    assert model.asked == []


def test_a_model_that_fails(cli: Cli, read: Library, model: Chat) -> None:
    model.status = 401
    done = cli("ask", "hidden units")
    assert done.code == 2
    assert "PAPERPATH_ASK_KEY" in done.err
    assert "--no-model" in done.err


# --------------------------------------------------------------------------- by meaning


FLAWS = "what are the flaws of loops?"


@pytest.fixture
def reworded(library: Library) -> Library:
    """A paper that says it in other words."""
    text = "The main disadvantages of recurrent networks: they are sluggish."
    sections = [Section(str(n), f"Part {n}", 1, n, f"A kettle boils and whistles {n}.") for n in range(1, 12)]
    sections.append(Section("12", "Discussion", 1, 12, text))
    keep_parsed(library, OLD, ParsedPaper(sections=tuple(sections), pages=12))
    return library


def test_other_words_are_found_with_a_model(
    cli: Cli, reworded: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Discussion" not in cli("ask", FLAWS).out
    monkeypatch.setenv("PAPERPATH_SEMANTIC_MODEL", str(write_model(tmp_path / "model")))
    done = cli("ask", FLAWS, "--limit", "1")
    assert (done.code, done.out.split("\t")[:3]) == (0, [OLD, "12", "12 Discussion"])
    assert "No paper of your library seems to answer that" in done.err, "by the words nobody can be sure"
    assert cli("ask", FLAWS, "--limit", "1", "--paper", OLD).out == done.out
    assert "Discussion" not in cli("ask", FLAWS, "--paper", ATTENTION).out


def test_a_question_is_answered_with_what_was_read_before_ctrl_c(
    cli: Cli, reworded: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERPATH_SEMANTIC_MODEL", str(write_model(tmp_path / "model")))
    monkeypatch.setattr("paperpath.embedding.meaning.AT_ONCE", 1)
    made = Network.vectors

    def interrupted(self: Network, texts: list[str]) -> object:
        if "Part 3" in texts[0]:
            signal.raise_signal(signal.SIGINT)
        return made(self, texts)

    monkeypatch.setattr(Network, "vectors", interrupted)
    done = cli("ask", "when does a kettle boil?")
    assert (done.code, done.out.split("\t")[0]) == (0, OLD)
    assert "the next run goes on" in done.err
    monkeypatch.setattr(Network, "vectors", made)
    assert "the next run goes on" not in cli("ask", "when does a kettle boil?").err


def test_a_model_that_is_not_there(cli: Cli, read: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERPATH_SEMANTIC_MODEL", str(tmp_path / "nowhere"))
    for words in (["ask", "hidden units"], ["similar", OLD]):
        done = cli(*words)
        assert (done.code, done.out) == (2, "")
        assert "there is no folder" in done.err
        assert "leave semantic_model out" in done.err
