"""What to read next: order, prerequisites both ways, and the words that explain it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from paperpath import study
from paperpath.model import STATUSES, ListEntry, ReadingList, Stage, Status


def make(*stages: dict[str, tuple[str, ...]]) -> ReadingList:
    """A list from ``{key: needs}`` for each stage."""
    return ReadingList(
        "deep",
        "Deep",
        "About depth.",
        tuple(
            Stage(f"Stage {number}", "", tuple(ListEntry(key, "matters", needs=needs) for key, needs in stage.items()))
            for number, stage in enumerate(stages)
        ),
    )


LIST = make(
    {"backprop": (), "lstm": ("backprop",), "dropout": ("backprop",)},
    {"seq2seq": ("lstm",), "attention": ("seq2seq",)},
    {"transformer": ("attention", "dropout")},
)


def keys(reading_list: ReadingList, statuses: dict[str, Status]) -> list[str]:
    return [step.key for step in study.path(reading_list, statuses)]


def test_path_is_the_curators_order_when_that_is_a_valid_one() -> None:
    assert keys(LIST, {}) == ["backprop", "lstm", "dropout", "seq2seq", "attention", "transformer"]


def test_path_puts_a_paper_after_what_it_needs() -> None:
    assert keys(make({"b": ("a",), "c": ()}, {"a": ()}), {}) == ["a", "b", "c"]


def test_prerequisites_are_told_both_ways() -> None:
    steps = {step.key: step for step in study.path(LIST, {"lstm": "skimmed", "backprop": "read"})}
    assert steps["backprop"].unlocks == ("lstm", "dropout")
    assert steps["seq2seq"].missing == ()
    assert steps["transformer"].missing == ("attention", "dropout")
    assert [step.stage for step in steps.values()] == [0, 0, 0, 1, 1, 2]


def test_the_first_paper_needs_nothing_and_says_what_it_opens() -> None:
    found = study.next_paper(LIST, {})
    assert found is not None
    assert (found.step.key, found.reason) == ("backprop", "unlocks 2 papers; it needs nothing before it")


def test_the_curators_order_decides_and_not_what_a_paper_unlocks() -> None:
    reading_list = make({"aside": (), "core": ()}, {"x": ("core",), "y": ("core",)})
    found = study.next_paper(reading_list, {})
    assert found is not None
    assert (found.step.key, found.reason) == ("aside", "it needs nothing before it")


def test_the_reason_names_what_was_read() -> None:
    found = study.next_paper(LIST, {"backprop": "read", "dropout": "read"}, {"backprop": "Rumelhart 1986"})
    assert found is not None
    assert (found.step.key, found.reason) == (
        "lstm",
        "unlocks 1 paper; you have read what it needs: Rumelhart 1986",
    )


def test_a_skimmed_paper_satisfies_a_prerequisite_and_the_reason_is_honest_about_it() -> None:
    found = study.next_paper(LIST, {"backprop": "skimmed", "lstm": "read", "dropout": "read"})
    assert found is not None
    assert found.step.key == "seq2seq"
    found = study.next_paper(LIST, {"backprop": "skimmed", "lstm": "read"})
    assert found is not None
    assert "you have read or skimmed what it needs: backprop" in found.reason


def test_a_paper_that_was_begun_is_finished_first() -> None:
    found = study.next_paper(LIST, {"transformer": "reading"})
    assert found is not None
    assert (found.step.key, found.reason) == ("transformer", "you are in the middle of it")


def test_skimmed_papers_come_back_at_the_end_and_then_it_is_over() -> None:
    everything: dict[str, Status] = dict.fromkeys([entry.key for entry in LIST.entries], "read")
    found = study.next_paper(LIST, {**everything, "dropout": "skimmed"})
    assert found is not None
    assert found.step.key == "dropout"
    assert study.next_paper(LIST, everything) is None


def test_many_prerequisites_are_not_all_spelled_out() -> None:
    reading_list = make({"a": (), "b": (), "c": (), "d": (), "e": ("a", "b", "c", "d")})
    found = study.next_paper(reading_list, dict.fromkeys("abcd", "read"))
    assert found is not None
    assert found.reason == "you have read what it needs: a, b, c and 1 more"


def test_a_circle_is_survived() -> None:
    circle = make({"a": ("b",), "b": ("a",)})
    found = study.next_paper(circle, {})
    assert found is not None
    assert found.reason.startswith("it still needs ")
    assert sorted(keys(circle, {})) == ["a", "b"]


def test_progress_counts_read_papers_only() -> None:
    progress = study.progress(LIST, {"backprop": "read", "lstm": "skimmed", "dropout": "reading", "elsewhere": "read"})
    assert progress == study.Progress(total=6, read=1, skimmed=1, reading=1)
    assert (progress.unread, round(progress.fraction, 3)) == (3, 0.167)
    stages = study.stage_progress(LIST, {"backprop": "read"})
    assert [(stage.read, stage.total) for stage in stages] == [(1, 3), (0, 2), (0, 1)]
    assert study.progress(make({}), {}).fraction == 1.0


@st.composite
def lists(draw: st.DrawFn) -> ReadingList:
    """Lists without circles, in an order that may put a paper before its prerequisites."""
    count = draw(st.integers(1, 12))
    needs = {
        f"p{i}": tuple(f"p{j}" for j in draw(st.sets(st.integers(0, i - 1), max_size=3)) if i) for i in range(1, count)
    }
    order = draw(st.permutations([f"p{i}" for i in range(count)]))
    cut = draw(st.integers(0, count))
    return make(*({key: needs.get(key, ()) for key in part} for part in (order[:cut], order[cut:])))


@given(lists())
def test_following_the_advice_reads_everything_in_a_valid_order(reading_list: ReadingList) -> None:
    statuses: dict[str, Status] = {}
    while found := study.next_paper(reading_list, statuses):
        assert all(statuses[key] == "read" for key in found.step.entry.needs)
        assert found.step.key not in statuses
        statuses[found.step.key] = "read"
    assert len(statuses) == len(reading_list.entries)


@given(lists(), st.data())
def test_path_holds_every_paper_once_and_after_what_it_needs(reading_list: ReadingList, data: st.DataObject) -> None:
    statuses = {entry.key: data.draw(st.sampled_from(STATUSES)) for entry in reading_list.entries}
    order = keys(reading_list, statuses)
    assert sorted(order) == sorted(entry.key for entry in reading_list.entries)
    for entry in reading_list.entries:
        assert all(order.index(needed) < order.index(entry.key) for needed in entry.needs)
