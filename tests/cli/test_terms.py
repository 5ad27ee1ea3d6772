"""terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperpath.model import ParsedPaper, Section
from paperpath.workflow.texts import keep_parsed

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperpath.library import Library
    from tests.cli.conftest import Ended

    Cli = Callable[..., Ended]

ATTENTION = "vaswani2017attention"
OLD = "old1986learning"


@pytest.fixture
def read(library: Library) -> Library:
    attention = (
        "We scale by √d_k, where d_k is the dimension of the keys. Use stochastic gradient descent (SGD).\x1b[2J"
    )
    old = "Gradient descent on single cases is called stochastic gradient descent.\n\nIt is now SGD."
    for key, text in ((ATTENTION, attention), (OLD, old)):
        section = Section(
            "2", "Method", 1, 2, text, ("text",) * len(text.split("\n\n")), (3, 4)[: text.count("\n\n") + 1]
        )
        keep_parsed(library, key, ParsedPaper(sections=(section,), pages=9))
    return library


def test_all_terms_in_a_pipe(cli: Cli, read: Library) -> None:
    done = cli("terms")
    assert (done.code, done.err) == (0, "")
    rows = [line.split("\t") for line in done.out.splitlines()]
    assert [row[:4] for row in rows] == [
        ["d_k", ATTENTION, "3", "2 Method"],
        ["SGD", ATTENTION, "3", "2 Method"],
        ["stochastic gradient descent", OLD, "3", "2 Method"],
    ]
    assert "\x1b" not in done.out


def test_a_word_finds_what_it_names_first(cli: Cli, read: Library) -> None:
    found = cli("terms", "stochastic", "gradient", "descents", "--json").json
    assert [row["term"] for row in found] == ["stochastic gradient descent", "SGD"]
    assert found[1]["definitions"] == [
        {
            "key": ATTENTION, "kind": "abbreviation", "means": "stochastic gradient descent",
            "sentence": "Use stochastic gradient descent (SGD).\x1b[2J", "section": "2 Method", "page": 3,
        }
    ]  # fmt: skip
    assert [row["term"] for row in cli("terms", "gradient", "--json").json] == ["SGD", "stochastic gradient descent"]


def test_one_paper(cli: Cli, read: Library) -> None:
    assert [row["term"] for row in cli("terms", "--paper", OLD, "--json").json] == ["stochastic gradient descent"]
    assert cli("terms", "--paper", "nobody").code == 2


def test_on_a_terminal(cli: Cli, read: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "70")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    table = cli("terms").out.splitlines()
    assert table[0].split() == ["Term", "Means", "Papers", "First", "in"]
    assert max(map(len, table)) <= 70
    lines = cli("terms", "d_k").out.splitlines()
    assert lines == [
        "d_k",
        f"  {ATTENTION}, 2 Method, p. 3",
        "    We scale by √d_k, where d_k is the dimension of the keys.",
    ]


def test_nothing_found(cli: Cli, read: Library) -> None:
    done = cli("terms", "aspirin")
    assert (done.code, done.out) == (0, "")
    assert (
        done.err
        == "No paper that is fetched defines a term 'aspirin'. To search all texts: paperpath search aspirin.\n"
    )


def test_what_was_found_is_kept_and_made_anew_when_it_should(cli: Cli, read: Library) -> None:
    before = cli("terms").out
    file = read.files.cache / "terms.json"
    kept = file.read_bytes()
    assert cli("terms").out == before
    assert file.read_bytes() == kept
    for damage in (b"", b"[]", kept[:-40], kept.replace(b'"terms": [', b'"terms": [1, ')):
        file.write_bytes(damage)
        assert cli("terms").out == before
    section = Section("2", "Method", 1, 2, "It is called a reborn gradient.")
    keep_parsed(read, OLD, ParsedPaper(sections=(section,), pages=1))
    assert "reborn gradient" in cli("terms").out
