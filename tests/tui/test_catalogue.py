from __future__ import annotations

from dataclasses import replace

import pytest

from paperpath.library import Row
from paperpath.library.folding import fold
from paperpath.model import Stage
from paperpath.tui.catalogue import Catalogue, Scope, is_query
from tests.tui import samples


def row(number: int, title: str, **more: object) -> Row:
    key = more.pop("key", f"key{number}")
    values = {
        "byline": "Author", "year": 2000 + number, "status": "unread", "progress": 0.0, "has_pdf": False,
        "problem": None, "tags": (), "added": f"2026-01-{number + 1:02}", **more,
    }  # fmt: skip
    return Row(str(key), title, haystack=fold(f"{key} {title}"), **values)  # type: ignore[arg-type]


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue(
        [
            row(0, "Analytical engines", key=samples.READABLE, status="read"),
            row(1, "Markup", key="bracket2002markup", tags=("x",)),
            row(2, "Attention is everything", key="gone2003all", problem="404"),
            row(3, "Überall Aufmerksamkeit", key="wang2006attention", status="reading", progress=0.4),
            row(4, "Outside the list", byline=""),
        ],
        (samples.LIST,),
    )


def shown(catalogue: Catalogue, *args: object, **more: object) -> list[int]:
    return list(catalogue.view(*args, **more).items)  # type: ignore[arg-type]


def test_a_list_is_shown_in_stages_with_what_was_read(catalogue: Catalogue) -> None:
    view = catalogue.view(Scope("list", "engines"))
    assert view.items == [-1, 0, 1, -2, 2, 3]
    assert [(h.title, h.read, h.total) for h in view.headings] == [("Beginnings", 1, 2), ("Later", 0, 2)]
    assert view.papers == 4


def test_a_stage_of_resources_alone_is_shown_and_keeps_its_number(catalogue: Catalogue) -> None:
    first, second = samples.LIST.stages
    stages = (first, Stage("Tools", "Try it.", ()), second)
    lists = (replace(samples.LIST, stages=stages),)
    view = Catalogue(catalogue.rows, lists, resources={"Tools": 3, "Later": 2}).view(Scope("list", "engines"))
    assert view.items == [-1, 0, 1, -2, -3, 2, 3]
    assert [(one.number, one.title, one.total, one.resources) for one in view.headings] == [
        (1, "Beginnings", 2, 0),
        (2, "Tools", 0, 3),
        (3, "Later", 2, 0),
    ]


def test_a_stage_whose_papers_were_removed_is_left_out(catalogue: Catalogue) -> None:
    view = Catalogue(catalogue.rows[2:], (samples.LIST,)).view(Scope("list", "engines"))
    assert [(one.number, one.title) for one in view.headings] == [(2, "Later")]


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(), [0, 1, 2, 3, 4]),
        (Scope("status", "read"), [0]),
        (Scope("tag", "x"), [1]),
        (Scope("problem"), [2]),
        (Scope("list", "nowhere"), []),
    ],
)
def test_scopes(catalogue: Catalogue, scope: Scope, expected: list[int]) -> None:
    assert shown(catalogue, scope, "", "added") == expected


def test_words_match_all_of_them_without_case_and_accents(catalogue: Catalogue) -> None:
    assert shown(catalogue, Scope(), "AUFMERKSAMKEIT uber", "added") == [3]
    assert shown(catalogue, Scope("list", "engines"), "outside", "added") == []


def test_a_word_with_letters_missing_finds_what_comes_close(catalogue: Catalogue) -> None:
    view = catalogue.view(Scope(), "atention", "added")
    assert list(view.items) == [2, 3]
    assert view.close
    assert not catalogue.view(Scope(), "attention").close
    assert shown(catalogue, Scope(), "xyz") == []


@pytest.mark.parametrize(
    ("sort", "expected"),
    [("year", [4, 3, 2, 1, 0]), ("old", [0, 1, 2, 3, 4]), ("title", [0, 2, 1, 4, 3]), ("progress", [3, 1, 2, 4, 0])],
)
def test_orders(catalogue: Catalogue, sort: str, expected: list[int]) -> None:
    assert shown(catalogue, Scope(), "", sort) == expected


def test_papers_without_authors_come_last(catalogue: Catalogue) -> None:
    assert shown(catalogue, Scope(), "", "author")[-1] == 4


def test_keys_that_the_library_found_are_shown_within_the_scope(catalogue: Catalogue) -> None:
    assert shown(catalogue, Scope("list", "engines"), "year:2000", matches=[samples.READABLE, "key4"]) == [0]


def test_a_status_counts_before_it_is_written(catalogue: Catalogue) -> None:
    catalogue.set_status(["bracket2002markup", "unknown"], "read")
    assert catalogue.statuses["read"] == 2
    assert catalogue.progress(samples.LIST) == (2, 4)
    following = catalogue.next_in(samples.LIST)
    assert following is not None
    assert following.step.key == "wang2006attention"


@pytest.mark.parametrize("text", ["year:2015", "-seq", "a or b", '"a b"', "not x", "(a", "author:"])
def test_what_the_library_must_answer(text: str) -> None:
    assert is_query(text)


@pytest.mark.parametrize("text", ["", "attention is all", "self-attention", "orbit", "notes on", "http"])
def test_what_memory_answers(text: str) -> None:
    assert not is_query(text)
