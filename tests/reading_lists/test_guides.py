"""Whatever guides, topics, resources and lists are shipped: complete where they speak, and nothing hangs in the air."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from paperpath.formats.reading_list import cycle_in
from paperpath.library import Library
from paperpath.model import Author
from paperpath.workflow.list_files import SHIPPED, Files
from paperpath.workflow.opening import list_problems, sync_lists

from .check import check, gather
from .conftest import ROOT
from .test_zero_to_hero import OFF_METADATA

if TYPE_CHECKING:
    from paperpath.model import Guide, ReadingList

    from .check import Shipped
    from .conftest import Row

FOLDER = ROOT / "reading_lists"
GUIDES = sorted((FOLDER / "guides").glob("*.toml"))
ALL = [*GUIDES, *(path for path in (FOLDER / "topics.toml", FOLDER / "resources.toml") if path.exists())]
PLANS = [path for path in sorted(FOLDER.glob("*.toml")) if path.name not in ("topics.toml", "resources.toml")]
PLACE = re.compile(
    r"(Section |Part |Chapter |Appendix )?[A-Z0-9IVX]+([.-][A-Z0-9]+)*|(Figure|Table|Algorithm) \S+|[A-Z].*"
)


@pytest.fixture(scope="module")
def shipped() -> Shipped:
    """All of them; reading finds unknown fields, keys, topics, resources and whatever stands twice."""
    return gather(FOLDER)


@pytest.fixture(scope="module")
def guides(shipped: Shipped) -> dict[str, Guide]:
    return shipped.guides


def test_a_library_takes_all_of_it_in(shipped: Shipped, tmp_path: Path) -> None:
    with Library.in_memory(tmp_path) as library:
        sync_lists(library, FOLDER)
        assert list_problems(library) == []
        assert library.guides() == shipped.guides
        assert library.topics().keys() == shipped.topics.keys()
        assert library.resources().keys() == shipped.resources.keys()
        assert [one.name for one in library.lists()] == sorted(
            shipped.lists, key=lambda name: (name != "zero-to-hero", name)
        )


def test_questions_are_three_to_six_or_none(guides: dict[str, Guide]) -> None:
    assert {key: len(one.questions) for key, one in guides.items() if len(one.questions) not in (0, 3, 4, 5, 6)} == {}


def test_questions_ask_and_answers_are_sentences(guides: dict[str, Guide]) -> None:
    asked = [(key, question) for key, one in guides.items() for question in one.questions]
    assert [(key, one.ask) for key, one in asked if not re.search(r"[?.]['\"]?$", one.ask)] == []
    assert [(key, one.answer) for key, one in asked if not one.answer.endswith((".", "?", "!", ")", '"'))] == []
    assert len({(key, one.ask) for key, one in asked}) == len(asked)


def test_sections_are_places_of_a_paper(guides: dict[str, Guide]) -> None:
    named = [
        (key, place)
        for key, one in guides.items()
        for place in (*one.skim, *one.understand, *one.implement, *(question.section for question in one.questions))
    ]
    assert [(key, place) for key, place in named if not PLACE.fullmatch(place) or len(place) > 120] == []


def test_a_pass_names_no_place_twice(guides: dict[str, Guide]) -> None:
    passes = [(key, names) for key, one in guides.items() for names in (one.skim, one.understand, one.implement)]
    assert [(key, names) for key, names in passes if len(set(names)) < len(names)] == []


def test_minutes_are_rounded_to_five(guides: dict[str, Guide]) -> None:
    assert {key: one.minutes for key, one in guides.items() if one.minutes and one.minutes % 5} == {}


def test_every_topic_is_asked_for_and_every_resource_has_a_stage(shipped: Shipped) -> None:
    asked = {topic for one in shipped.guides.values() for topic in one.know}
    assert shipped.topics.keys() - asked == set()
    stages = {stage.title for stage in shipped.lists["zero-to-hero"].stages}
    assert stages == {one.stage for one in shipped.resources.values()}
    assert {one.id: one.stage for one in shipped.resources.values() if one.stage not in stages} == {}


def test_every_topic_names_one_to_three_teachers(shipped: Shipped) -> None:
    topics = shipped.topics.values()
    assert {one.id: one.learn for one in topics if not 1 <= len(one.learn) <= 3} == {}
    assert {one.id: one.learn for one in topics if len(set(one.learn)) < len(one.learn)} == {}


def test_resources_name_their_source_and_stand_once(shipped: Shipped) -> None:
    resources = shipped.resources.values()
    assert [one.id for one in resources if not re.search(r"[\w.-]+/[\w.-]+@[0-9a-f]{7,40}", one.source)] == []
    links = [one.link.rstrip("/").lower() for one in resources]
    assert sorted(links) == sorted(set(links))


def test_names_of_topics_differ_by_more_than_their_plural(shipped: Shipped) -> None:
    names = [one.name.casefold().rstrip("s") for one in shipped.topics.values()]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("plan", [path.stem for path in PLANS])
def test_needs_of_every_list_are_a_graph_without_cycles_in_its_order(shipped: Shipped, plan: str) -> None:
    one = shipped.lists[plan]
    assert cycle_in({entry.key: entry.needs for entry in one.entries}) == []
    seen: set[str] = set()
    for entry in one.entries:
        assert set(entry.needs) <= seen
        seen.add(entry.key)


@pytest.mark.parametrize("plan", [path.stem for path in PLANS])
def test_every_stage_of_every_list_can_be_reached(shipped: Shipped, plan: str) -> None:
    assert unreached(shipped.lists[plan]) == []


def unreached(one: ReadingList) -> list[str]:
    """Stages that reading from the top, one whose needs are read after the other, never comes to the end of."""
    read: set[str] = set()
    while ready := [entry.key for entry in one.entries if entry.key not in read and set(entry.needs) <= read]:
        read.update(ready)
    return [stage.title for stage in one.stages if any(entry.key not in read for entry in stage.entries)]


def test_lists_made_from_others_hold_papers_once_and_say_why(shipped: Shipped) -> None:
    for one in shipped.lists.values():
        keys = [entry.key for entry in one.entries]
        assert len(set(keys)) == len(keys), one.name
        assert all(entry.why for entry in one.entries), one.name
        assert one.about.endswith("."), one.name


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_files_are_clean_text(path: Path) -> None:
    data = path.read_bytes()
    text = data.decode("utf-8")
    assert unicodedata.normalize("NFC", text) == text
    assert b"\r" not in data
    assert data.endswith(b"\n")
    assert "—" not in text


def test_the_readers_know_the_files_by_their_names(shipped: Shipped) -> None:
    """What is not found is not read: a file in a wrong place would be silence."""
    unit = Files(FOLDER, FOLDER / "none").guides()[0]
    assert unit.origin == SHIPPED
    assert {FOLDER / name for name in unit.names} == set(ALL)
    stray = {path for path in FOLDER.rglob("*") if path.is_file()} - set(ALL) - set(PLANS)
    with_papers = {path.with_suffix(".bib").name for path in PLANS if path.with_suffix(".bib").exists()}
    assert {path.name for path in stray} == {"SOURCES.md", *with_papers}


@pytest.mark.corpus
def test_ids_titles_first_authors_and_years_are_those_of_the_records(shipped: Shipped, table: dict[str, Row]) -> None:
    verdict = check(shipped.papers, table, Path(os.environ["PAPERPATH_CORPUS"]))
    assert verdict.mismatches == []
    on_arxiv = sum(1 for paper in shipped.papers.values() if paper.arxiv_id)
    assert verdict.checked["id"] >= on_arxiv - len(OFF_METADATA)
    assert verdict.checked["title"] > 0.9 * len(shipped.papers)


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"arxiv_id": "1706.03763"}, "id is 1706.03763, but records have 1706.03762"),
        ({"title": "Attention Is Nearly All You Need"}, "title is"),
        ({"authors": (Author("Shazeer", "Noam"),)}, "first author is Shazeer, but records have Ashish Vaswani"),
        ({"year": 2010}, "year is 2010, but records have"),
    ],
)
def test_what_the_records_contradict_is_a_mismatch(
    shipped: Shipped, table: dict[str, Row], change: dict[str, Any], told: str
) -> None:
    key = "vaswani2017attention"
    wrong = replace(shipped.papers[key], **change)
    verdict = check({key: wrong}, table, Path(os.environ["PAPERPATH_CORPUS"]))
    assert any(line.startswith(f"{key}: {told}") for line in verdict.mismatches)
