"""Plans: each need is met, nothing known is in, nothing can be left out, and the order does not depend on chance."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from paperpath.model import ListEntry, ReadingList, Stage, Status
from paperpath.study.planning import Way, folded, one_way, plan


def make(name: str, *entries: ListEntry) -> ReadingList:
    return ReadingList(name, name.title(), "", (Stage("All", "", entries),))


def entry(key: str, *needs: str, introduces: tuple[str, ...] = (), why: str = "It matters.") -> ListEntry:
    return ListEntry(key, why, introduces, needs)


VISION = make(
    "vision",
    entry("backprop", introduces=("Backpropagation",)),
    entry("lenet", "backprop"),
    entry("alexnet", "lenet"),
    entry("norm", "backprop", introduces=("layer normalization",)),
    entry("resnet", "alexnet", introduces=("residual connection", "identity shortcut")),
)
WORDS = make(
    "words",
    entry("lstm", introduces=("long short-term memory",)),
    entry("align", "lstm"),
    entry("transformer", "align", "norm", "resnet"),
    entry("resnet", "norm"),
    entry("norm"),
)
WAY = one_way([VISION, WORDS])


def keys(way: Way, *targets: str, **options: object) -> list[str]:
    return [step.key for step in plan(way, targets, options.pop("statuses", {}), **options).steps]  # type: ignore[arg-type]


def test_the_way_goes_over_all_lists() -> None:
    assert keys(WAY, "transformer") == [
        "backprop", "lenet", "alexnet", "norm", "resnet", "lstm", "align", "transformer",
    ]  # fmt: skip
    assert keys(WAY, "lenet") == ["backprop", "lenet"]


def test_what_is_known_is_left_out_with_all_that_only_it_needs() -> None:
    made = plan(WAY, ["transformer"], {"resnet": "read", "lstm": "skimmed"}, known_papers={"norm"})
    assert [step.key for step in made.steps] == ["align", "transformer"]
    assert [(out.key, out.reason) for out in made.left_out] == [
        ("norm", "known"), ("resnet", "read"), ("lstm", "skimmed"),
    ]  # fmt: skip
    assert made.spared == ("backprop", "lenet", "alexnet")


def test_a_technique_that_is_known_stands_for_its_paper() -> None:
    made = plan(WAY, ["transformer"], {}, known_topics={folded("Residual-Connection"): "Residual-Connection"})
    assert "resnet" not in [step.key for step in made.steps]
    assert [(out.key, out.reason, out.topic) for out in made.left_out] == [("resnet", "known", "Residual-Connection")]


def test_a_target_that_was_only_skimmed_is_planned_and_one_that_was_read_is_not() -> None:
    assert keys(WAY, "lenet", statuses={"lenet": "skimmed"}) == ["backprop", "lenet"]
    made = plan(WAY, ["lenet"], {"lenet": "read"})
    assert (made.steps, made.left_out[0].reason) == ((), "read")


def test_a_paper_on_no_list_is_a_plan_of_its_own() -> None:
    assert keys(WAY, "elsewhere") == ["elsewhere"]


def test_what_a_paper_unlocks_is_told_within_the_plan_and_beyond() -> None:
    steps = {step.key: step for step in plan(WAY, ["lenet"], {}).steps}
    assert steps["backprop"].unlocks == ("lenet",)
    assert steps["backprop"].opens == 2  # lenet and norm
    assert steps["lenet"].needs == ("backprop",)


def test_lists_that_contradict_each_other_make_no_circle_and_the_longer_is_believed() -> None:
    way = one_way([make("short", entry("a", "b"), entry("b")), make("long", entry("a"), entry("b", "a"), entry("c"))])
    assert keys(way, "b") == ["a", "b"]
    assert keys(way, "a") == ["a"]


def test_the_list_that_says_why_is_heard() -> None:
    way = one_way([make("long", entry("a", why=""), entry("b", why=""), entry("c")), make("short", entry("a"))])
    assert way.entries["a"].why == "It matters."


def test_a_chain_of_thousands_takes_no_time_and_no_recursion() -> None:
    names = [f"p{n}" for n in range(5000)]
    chain = make("chain", *(entry(name, *names[max(0, n - 1) : n]) for n, name in enumerate(names)))
    assert keys(one_way([chain]), names[-1]) == names


# --------------------------------------------------------------------------- properties

NAMES = [f"p{number}" for number in range(10)]


@st.composite
def lists(draw: st.DrawFn) -> list[ReadingList]:
    """Some lists without circles of their own, which may contradict one another."""
    made = []
    for number in range(draw(st.integers(1, 3))):
        on = draw(st.permutations(NAMES))[: draw(st.integers(1, len(NAMES)))]
        entries = [
            entry(key, *(draw(st.sets(st.sampled_from(on[:at]), max_size=3)) if at else ()), introduces=(f"t {key}",))
            for at, key in enumerate(on)
        ]
        made.append(make(f"list-{number}", *draw(st.permutations(entries))))
    return made


STATUSES: st.SearchStrategy[dict[str, Status]] = st.dictionaries(
    st.sampled_from(NAMES), st.sampled_from(["unread", "skimmed", "reading", "read"])
)
KEYS = st.sets(st.sampled_from(NAMES), max_size=4)


@given(lists(), st.lists(st.sampled_from(NAMES), min_size=1, max_size=2), STATUSES, KEYS, KEYS, KEYS)
def test_a_plan_holds(
    made: list[ReadingList],
    targets: list[str],
    statuses: dict[str, Status],
    known: set[str],
    topics: set[str],
    skipped: set[str],
) -> None:
    way = one_way(made)
    said = {folded(f"t {key}"): key for key in topics}
    found = plan(way, targets, statuses, known_papers=known, known_topics=said, skipped=skipped)
    order = [step.key for step in found.steps]
    out = {one.key for one in found.left_out}

    # Every need is met before, or was left out and said so.
    for at, key in enumerate(order):
        for needed in way.needs.get(key, ()):
            assert needed in order[:at] or needed in out
    # Nothing known or skipped is in it.
    introduced = {key for key in topics if key in way.entries}
    assert not set(order) & (known | skipped | introduced)
    assert not [key for key in order if statuses.get(key) == "read"]
    assert not [key for key in order if statuses.get(key) == "skimmed" and key not in targets]
    # Nothing can be taken out: each is a target, or a later one needs it.
    for at, key in enumerate(order):
        assert key in targets or any(key in way.needs.get(later, ()) for later in order[at + 1 :])
    # What is spared is neither planned nor left out by name.
    assert not set(found.spared) & (set(order) | out)
    assert len(set(order)) == len(order)


@given(st.data(), lists(), st.sampled_from(NAMES), STATUSES, KEYS)
def test_a_plan_is_stable(
    data: st.DataObject, made: list[ReadingList], target: str, statuses: dict[str, Status], known: set[str]
) -> None:
    way = one_way(made)
    order = keys(way, target, statuses=statuses, known_papers=known)
    # The order of the lists does not matter.
    assert keys(one_way(data.draw(st.permutations(made))), target, statuses=statuses, known_papers=known) == order
    # Reading the first paper leaves the rest as it was.
    if len(order) > 1:
        assert keys(way, target, statuses=statuses | {order[0]: "read"}, known_papers=known) == order[1:]
    # Two papers stand in the same order in every plan.
    other = [key for key in keys(way, data.draw(st.sampled_from(NAMES))) if key in order]
    assert other == [key for key in order if key in other]


@given(lists())
def test_lists_put_together_have_no_circle_and_keep_the_longest_as_it_is(made: list[ReadingList]) -> None:
    way = one_way(made)
    placed: set[str] = set()
    for key in way.entries:
        assert set(way.needs[key]) <= placed
        placed.add(key)
    longest = min(made, key=lambda one: (-len(one.entries), one.name))
    for one in longest.entries:
        assert set(one.needs) <= set(way.needs[one.key])
    assert one_way([replace(one) for one in made]) == way
