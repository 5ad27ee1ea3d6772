"""Minutes, techniques in a text, passes and weeks: what is computed without a library."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.model import STATUSES, Caption, ParsedPaper, Reference, Section, Status
from paperpath.study import diary, minutes
from paperpath.study.mentions import mentions
from paperpath.study.passes import IMPLIES, PASSES, Pass, following, returning

TEXT = ParsedPaper(
    abstract="We use a residual connection.",
    sections=(
        Section("1", "Introduction", 1, 1, "Adam wrote it. The clip is short. We pre-train with dropout."),
        Section("3.1", "Encoder and Decoder", 1, 3, "We employ residual\nconnections and layer-normalization [1]."),
        Section(None, "References", 1, 9, ""),
    ),
    captions=(Caption("figure", "1", "Layer normalization again.", 3),),
    references=(Reference("1", "[1] Batch normalization. 2015.", 9),),
)


def found(**topics: tuple[str, ...]) -> list[tuple[str, str, str, int]]:
    return [(one.key, one.topic, one.section, one.times) for one in mentions(TEXT, topics)]


def test_a_technique_is_found_in_its_section_however_it_is_hyphenated() -> None:
    assert found(ba=("layer normalization",)) == [("ba", "layer normalization", "3.1 Encoder and Decoder", 2)]
    assert found(he=("identity mapping", "residual connection")) == [("he", "residual connection", "Abstract", 2)]


def test_a_name_within_a_longer_one_is_not_meant() -> None:
    text = ParsedPaper(sections=(Section("1", "A", 1, 1, "Faster R-CNN, faster R-CNN. Then R-CNN."),))
    found = mentions(text, {"girshick": ("R-CNN",), "ren": ("Faster R-CNN",)})
    assert [(one.key, one.times) for one in found] == [("girshick", 1), ("ren", 2)]
    assert mentions(text, {"girshick": ("R-CNN",)})[0].times == 3


def test_the_bibliography_names_every_title_and_does_not_count() -> None:
    assert found(ioffe=("batch normalization",)) == []


@pytest.mark.parametrize(("name", "times"), [("Adam", 1), ("CLIP", 0), ("clip", 1), ("drop", 0), ("train", 0)])
def test_a_name_of_one_word_is_that_word(name: str, times: int) -> None:
    assert [one[3] for one in found(it=(name,))] == ([times] if times else [])


@pytest.mark.parametrize(
    ("pages", "comment", "count"),
    [
        ("1735--1780", None, 46),
        ("1735–1780", None, 46),
        ("191-6", None, 6),
        ("L12", "15 pages, 5 figures", 15),
        (None, "8 pages + 3 pages of appendix", 8),
        (None, "8+2 pages", 8),
        (None, "12 pp.", 12),
        ("12", None, None),
        ("20-10", None, None),
        (None, "5 figures", None),
        (None, "0 pages", None),
        ("1-99999", None, None),
    ],
)
def test_pages(pages: str | None, comment: str | None, count: int | None) -> None:
    assert minutes.pages_of(pages, comment) == count


def test_the_best_that_is_known_decides() -> None:
    def of(**known: int | None) -> tuple[int, str]:
        one = minutes.estimate(**known)
        return one.minutes, one.source

    assert of(guide=90, text=40, pages=10) == (90, "guide")
    assert of(text=40, pages=10) == (40, "text")
    assert of(text=0, pages=10) == (30, "pages")
    assert of() == (minutes.ASSUMED, "assumed")


def test_a_pass_raises_the_status() -> None:
    assert following("unread", "skim", ()) == "skimmed"
    assert following("reading", "skim", ()) is None  # who is in the middle of it has got further
    assert following("reading", "understand", ("skim",)) == "read"
    assert following("unread", "understand", ("skim",)) is None  # it was skimmed, and somebody set it back
    assert following("skimmed", "understand", ("skim",)) == "read"
    assert following("read", "implement", ("understand",)) is None


@given(st.sampled_from(STATUSES), st.sampled_from(PASSES), st.sets(st.sampled_from(PASSES)))
def test_a_pass_never_lowers_a_status_and_goes_back_to_where_it_was(
    status: Status, done: Pass, others: set[Pass]
) -> None:
    before = others - {done}
    raised = following(status, done, before)
    if raised is not None:
        assert STATUSES.index(raised) > STATUSES.index(status)
        assert raised == IMPLIES[done]
        assert returning(raised, raised, status, before) == status
    for by_hand in STATUSES:
        if by_hand != raised:
            assert returning(by_hand, raised, status, before) is None


def test_a_pass_that_is_taken_back_leaves_what_another_one_gives() -> None:
    assert returning("read", "read", "unread", ("skim",)) == "skimmed"
    assert returning("read", "read", "unread", ("implement",)) is None


MONDAY = date(2026, 11, 23)


def test_weeks_begin_on_monday() -> None:
    weeks = diary.by_week(
        MONDAY + timedelta(2),
        2,
        read=[MONDAY, MONDAY - timedelta(1), MONDAY - timedelta(30)],
        skimmed=[MONDAY - timedelta(7)],
        minutes={MONDAY: 20, MONDAY + timedelta(1): 5},
        passes=[MONDAY],
    )
    assert [(week.first, week.read, week.skimmed, week.minutes, week.passes) for week in weeks] == [
        (MONDAY - timedelta(7), 1, 1, 0, 0),
        (MONDAY, 1, 0, 25, 1),
    ]


def test_a_streak_is_not_broken_by_the_week_that_runs() -> None:
    days = [MONDAY - timedelta(back) for back in (7, 8, 15, 40, 41, 48, 55, 62)]
    assert diary.streak(MONDAY, days) == diary.Streak(3, 4)
    assert diary.streak(MONDAY + timedelta(7), days) == diary.Streak(0, 4)
    assert diary.streak(MONDAY, []) == diary.Streak(0, 0)
    assert diary.streak(MONDAY, [MONDAY + timedelta(3)]) == diary.Streak(0, 0)


@given(st.lists(st.integers(0, 400)), st.integers(1, 40))
def test_streaks_and_weeks_are_what_one_counts_by_hand(backs: list[int], count: int) -> None:
    days = [MONDAY - timedelta(back) for back in backs]
    active = {(MONDAY - diary.monday(day)).days // 7 for day in days}  # weeks ago
    begin = 0 if 0 in active else 1
    now = next(n for n in range(100) if begin + n not in active)
    longest = max((next(n for n in range(100) if first + n not in active) for first in active), default=0)
    assert diary.streak(MONDAY, days) == diary.Streak(now, longest)
    weeks = diary.by_week(MONDAY, count, read=days)
    assert sum(week.read for week in weeks) == sum(day >= weeks[0].first for day in days)
    assert {count - 1 - at for at, week in enumerate(weeks) if week.read} == {ago for ago in active if ago < count}
