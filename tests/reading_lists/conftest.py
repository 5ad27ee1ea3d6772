"""The shipped list ``zero-to-hero``, as paperpath reads it, and the table that it is held against."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from paperpath.formats import reading_list

if TYPE_CHECKING:
    from paperpath.model import Paper, ReadingList

ROOT = Path(__file__).parents[2]
PLAN = ROOT / "reading_lists" / "zero-to-hero.toml"
BIB = ROOT / "reading_lists" / "zero-to-hero.bib"
TABLE = ROOT / "tests" / "data" / "checked_papers.tsv"


@dataclass(frozen=True)
class Row:
    """A line of the checked table."""

    key: str
    arxiv_id: str
    title: str
    first_author: str
    year: str
    doi_or_url: str
    source: str


@pytest.fixture(scope="session")
def whole() -> tuple[ReadingList, tuple[Paper, ...]]:
    """Both files; reading them finds syntax errors, unknown fields, dangling and circular needs."""
    return reading_list.read("zero-to-hero", PLAN.read_text(encoding="utf-8"), BIB.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def plan(whole: tuple[ReadingList, tuple[Paper, ...]]) -> ReadingList:
    return whole[0]


@pytest.fixture(scope="session")
def papers(whole: tuple[ReadingList, tuple[Paper, ...]]) -> dict[str, Paper]:
    return {paper.key: paper for paper in whole[1]}


@pytest.fixture(scope="session")
def table() -> dict[str, Row]:
    return read_table()


def read_table() -> dict[str, Row]:
    """The checked table by key."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [Row(**row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    assert len({row.key for row in rows}) == len(rows)
    return {row.key: row for row in rows}
