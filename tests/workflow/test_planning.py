"""A plan for a reader: what is meant, how long it takes, what is missed, and the files that it is written into."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import icalendar
import pytest

from paperpath.errors import BadInput
from paperpath.formats.citekeys import make_key
from paperpath.library.guides import Written
from paperpath.model import (
    Author,
    Guide,
    ListEntry,
    Paper,
    ParsedPaper,
    ReadingList,
    Section,
    Stage,
    StoredPdf,
    Topic,
)
from paperpath.workflow import knowing, parsing, plan_files, planning

if TYPE_CHECKING:
    from paperpath.library import Library

LAMPS, WICKS, NORTH, LATE = "kessel2001lamps", "kessel2002wicks", "vega2005lanterns", "vega2009late"
WRITERS = (Author("Kessel", "Ann"),)
PAPERS = (
    Paper("Lamps by Night", WRITERS, key=LAMPS, year=2001, pages="101--110", arxiv_id="2101.00001"),
    Paper("On Wicks", WRITERS, key=WICKS, year=2002),
    Paper("Oil Gauges", WRITERS, key="kessel2003oil", year=2003),
    Paper("Lanterns of the North", (Author("Vega", "Ana"),), key=NORTH, year=2005, url="https://example.org/n"),
    Paper("Too Late to Matter", (Author("Vega", "Ana"),), key=LATE, year=2009),
)
LISTS = (
    ReadingList(
        "light",
        "Light",
        "",
        (
            Stage(
                "All",
                "",
                (
                    ListEntry(LAMPS, "It is *first*.", ("lamp theory",)),
                    ListEntry(WICKS, "It burns.", ("wick trimming",), (LAMPS,)),
                    ListEntry("kessel2003oil", "It is measured.", ("oil gauge",)),
                    ListEntry(LATE, "It came after.", ("mirror",)),
                ),
            ),
        ),
    ),
    ReadingList(
        "north", "North", "", (Stage("All", "", (ListEntry(WICKS, "."), ListEntry(NORTH, "It shines.", (), (WICKS,)))),)
    ),
)
TEXT = ParsedPaper(
    title="Lanterns of the North",
    sections=(
        Section("1", "Introduction", 1, 1, "We light lanterns. " * 300),
        Section("3", "Making", 1, 2, "Wick-trimming first, then oil gauges and a mirror. Oil gauges again."),
    ),
    pages=9,
)
START = date(2026, 11, 23)


@pytest.fixture
def shelf(library: Library) -> Library:
    """Two lists, and the text of the paper at their end; no guides."""
    library.add(PAPERS, make_key)
    for one in LISTS:
        library.set_list(one, origin="own", fingerprint="1")
    parsing.keep_parsed(library, NORTH, TEXT)
    library.set_pdf(NORTH, StoredPdf("0" * 64, 1, 9, "2026-01-01T00:00:00Z"))
    library.set_parsed(NORTH, parsing.parser_version(), parsing.passages(TEXT))
    return library


def made(library: Library, *targets: str, **options: object) -> planning.MyPlan:
    return planning.plan(library, targets, start=START, **options)  # type: ignore[arg-type]


def order(plan: planning.MyPlan) -> list[str]:
    return [paper.key for paper in plan.papers]


@pytest.mark.parametrize(
    "said", [NORTH, NORTH.upper(), "lanterns of the north", "Lanterns  of the North.", "lanterns", "north lanterns"]
)
def test_a_paper_is_meant_by_key_or_title(shelf: Library, said: str) -> None:
    assert order(made(shelf, said)) == [LAMPS, WICKS, NORTH]


@pytest.mark.parametrize("said", ["wick trimming", "Wick-Trimming", "trimming"])
def test_a_paper_is_meant_by_its_technique(shelf: Library, said: str) -> None:
    assert order(made(shelf, said)) == [LAMPS, WICKS]


def test_a_paper_is_meant_by_its_id(shelf: Library) -> None:
    assert order(made(shelf, "https://arxiv.org/abs/2101.00001")) == [LAMPS]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("night lampz", "No paper has the key or title 'night lampz'"),
        ("Lamps by Nigt", "Did you mean 'lamps by night'?"),
        ("or", "may mean"),
        ("2406.99999", "`paperpath add 2406.99999` brings it"),
        ("  ", "Say which paper"),
    ],
)
def test_what_is_not_clear_is_said(shelf: Library, said: str, words: str) -> None:
    with pytest.raises(BadInput, match=words.replace("?", r"\?")):
        made(shelf, said)


def test_minutes_come_from_the_guide_or_the_text_or_the_pages(shelf: Library) -> None:
    def estimates() -> dict[str, tuple[int, str]]:
        return {paper.key: (paper.estimate.minutes, paper.estimate.source) for paper in made(shelf, NORTH).papers}

    assert estimates() == {LAMPS: (30, "pages"), WICKS: (60, "assumed"), NORTH: (5, "text")}
    shelf.set_topics([Topic("fire", "Fire", "It burns.")], origin="shipped")
    guide = Guide(WICKS, know=("fire", "smoke"), minutes=90, skim=("Abstract", "3"))
    shelf.set_guides({"one": [Written(guide, None)]}, origin="shipped", fingerprint="1")
    assert estimates()[WICKS] == (90, "guide")
    assert made(shelf, WICKS).papers[-1].know == ("Fire", "smoke")
    knowing.know(shelf, ["fire"])
    assert made(shelf, WICKS).papers[-1].know == ("smoke",)
    assert shelf.guides()[WICKS].skim == ("Abstract", "3")


def test_what_is_known_is_left_out_and_said(shelf: Library) -> None:
    [known] = knowing.know(shelf, ["wick trimming"])
    assert (known.name, known.key, known.is_paper) == ("wick trimming", WICKS, False)
    plan = made(shelf, NORTH)
    assert order(plan) == [NORTH]
    assert plan_files.left_out_words(plan) == [f"On Wicks ({WICKS}): you know wick trimming"]
    assert plan.plan.spared == (LAMPS,)
    assert knowing.unknow(shelf, ["Wick trimming"]) == ["wick trimming"]
    assert order(made(shelf, NORTH)) == [LAMPS, WICKS, NORTH]
    with pytest.raises(BadInput, match="What you know: nothing yet"):
        knowing.unknow(shelf, ["wick trimming"])


def test_a_skipped_paper_is_missed_where_the_text_names_it(shelf: Library) -> None:
    plan = made(shelf, NORTH, skip=[WICKS, LATE])
    assert order(plan) == [NORTH]
    assert plan_files.missed_words(plan, plan.missed[0]) == (
        f"You skip wick trimming ({WICKS}): it comes up in 3 Making of “Lanterns of the North”"
    )
    assert plan.aside == (LATE,)
    plan = made(shelf, WICKS, skip=[LAMPS])  # its text is not here
    assert plan_files.missed_words(plan, plan.missed[0]) == (f"You skip lamp theory ({LAMPS}): “On Wicks” needs it")


def test_an_unread_technique_in_the_text_is_told_but_not_one_that_came_later(shelf: Library) -> None:
    plan = made(shelf, NORTH)
    assert [(one.key, one.topic, one.section, one.times, one.skipped) for one in plan.missed] == [
        ("kessel2003oil", "oil gauge", "3 Making", 2, False)
    ]
    shelf.set_status(["kessel2003oil"], "read")
    assert made(shelf, NORTH).missed == ()


@pytest.mark.parametrize("hours", [0.0, -1.0, 1000.0, float("nan")])
def test_a_pace_that_is_none(shelf: Library, hours: float) -> None:
    with pytest.raises(BadInput, match="is no pace"):
        made(shelf, NORTH, hours_a_week=hours)


@pytest.mark.parametrize("hours", [0.5, 1.0, 7.0])
def test_another_pace_gives_the_plan_that_would_be_made_at_it(shelf: Library, hours: float) -> None:
    before = made(shelf, NORTH, hours_a_week=3.0)
    assert planning.at_pace(before, START, hours) == made(shelf, NORTH, hours_a_week=hours)
    assert planning.at_pace(made(shelf, NORTH), START, hours) == made(shelf, NORTH, hours_a_week=hours)
    with pytest.raises(BadInput, match="is no pace"):
        planning.at_pace(before, START, 0)


def test_a_target_cannot_be_skipped(shelf: Library) -> None:
    with pytest.raises(BadInput, match="cannot be skipped"):
        made(shelf, NORTH, skip=["lanterns"])


PAGE = f"""\
# The way to “Lanterns of the North”

3 papers, about 1 h 35 min.

## Week 1: 2026-11-23 to 2026-11-29

- [ ] **[Lamps by Night](<https://arxiv.org/abs/2101.00001>)** (Kessel, 2001), 30 min, `{LAMPS}`\\
  It is \\*first\\*.\\
  Unlocks: On Wicks.
- [ ] **On Wicks** (Kessel, 2002), 1 h, `{WICKS}`\\
  It burns.\\
  Unlocks: Lanterns of the North.

## Week 2: 2026-11-30 to 2026-12-06

- On Wicks, the rest: 30 min
- [ ] **[Lanterns of the North](<https://example.org/n>)** (Vega, 2005), 5 min, `{NORTH}`\\
  It shines.

## Mind the gaps

- Oil gauge comes up in 3 Making of “Lanterns of the North”, 2 times in all, and you have not read kessel2003oil.

*Minutes are estimates: 1 paper by the number of pages, at 3 minutes each; 1 paper of which no text or page is known, \
at an assumed hour each.*
"""


def test_a_plan_as_a_page(shelf: Library) -> None:
    assert plan_files.markdown(shelf, made(shelf, NORTH, hours_a_week=1)) == PAGE


def test_a_plan_as_a_calendar(shelf: Library) -> None:
    def events(start: date, pace: float) -> dict[str, icalendar.Event]:
        plan = planning.plan(shelf, [NORTH], start=start, hours_a_week=pace)
        text = plan_files.ics(shelf, plan, datetime(2026, 11, 23, tzinfo=UTC))
        return {str(one["SUMMARY"]): one for one in icalendar.Calendar.from_ical(text).walk("VEVENT")}

    before = events(START, 1)
    assert [*before] == ["Read: Lamps by Night", "Read: On Wicks", "Read: Lanterns of the North"]
    first = before["Read: Lamps by Night"]
    assert (first["DTSTART"].dt, first["DTEND"].dt) == (START, date(2026, 11, 27))
    assert "It is *first*." in first["DESCRIPTION"]
    after = events(date(2027, 1, 4), 3)
    assert {name: one["UID"] for name, one in after.items()} == {name: one["UID"] for name, one in before.items()}
    shelf.rename(LAMPS, "lamps")  # a key is no identity where there is an id
    assert events(START, 1)["Read: Lamps by Night"]["UID"] == first["UID"]


def test_the_reader_and_the_plan_count_the_same_minutes(shelf: Library) -> None:
    from paperpath.study.minutes import of_text
    from paperpath.tui.document import of_parsed
    from tests.tui import samples

    for parsed in (TEXT, samples.PARSED):
        shown = of_parsed(shelf.get(NORTH), parsed)
        assert shown.minutes_left(0.0) == of_text(parsed)
