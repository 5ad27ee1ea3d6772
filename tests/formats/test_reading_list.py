from __future__ import annotations

import pytest

from paperpath.errors import BadFile
from paperpath.formats import reading_list

BIB = """
@misc{first2001one, title = {First}, author = {First, A.}, year = {2001}}
@misc{second2002two, title = {Second}, author = {Second, B.}, year = {2002}}
@misc{third2003three, title = {Third}, author = {Third, C.}, year = {2003}}
"""

PLAN = """title = "A list"
about = "What it is
 for."

[[stage]]
title = "Beginnings"
about = "Start here."

[[stage.paper]]
key = "first2001one"
why = "It began."
introduces = ["beginning"]

[[stage]]
title = "Ends"

[[stage.paper]]
key = "third2003three"
why = "It ended."
needs = ["first2001one"]
""".replace('"What it is\n for."', '"What it is for."')


def error(plan: str, bib: str = BIB) -> str:
    with pytest.raises(BadFile) as caught:
        reading_list.read("short", plan, bib)
    return str(caught.value)


def paper(key: str, *lines: str) -> str:
    return "\n".join(["[[stage.paper]]", f'key = "{key}"', 'why = "Because."', *lines, ""])


HEAD = 'title = "T"\n[[stage]]\ntitle = "S"\n'


def test_list_and_papers_come_in_reading_order() -> None:
    plan, papers = reading_list.read("short", PLAN, BIB)
    assert plan.name == "short"
    assert plan.title == "A list"
    assert [stage.title for stage in plan.stages] == ["Beginnings", "Ends"]
    assert (
        [entry.key for entry in plan.entries] == [paper.key for paper in papers] == ["first2001one", "third2003three"]
    )
    assert plan.entries[0].introduces == ("beginning",)
    assert plan.entries[1].needs == ("first2001one",)
    assert papers[0].authors[0].family == "First"


def test_duplicate_key_names_both_lines() -> None:
    message = error(HEAD + paper("first2001one") + paper("first2001one"))
    assert "line 8: 'first2001one' is in the list already, on line 5" in message


def test_key_missing_in_bib_suggests_a_close_one() -> None:
    assert "line 5: 'first2001on' is not in short.bib (did you mean 'first2001one'?)" in error(
        HEAD + paper("first2001on")
    )


def test_unknown_need_is_named() -> None:
    message = error(HEAD + paper("first2001one", 'needs = ["second2002two"]'))
    assert "line 5: 'first2001one' needs 'second2002two', which is not in the list" in message


def test_need_of_a_later_paper_is_named() -> None:
    message = error(HEAD + paper("first2001one", 'needs = ["third2003three"]') + paper("third2003three"))
    assert "line 5: 'first2001one' needs 'third2003three', which comes later, on line 9; move it up" in message


def test_cycle_is_shown_whole() -> None:
    plan = (
        HEAD
        + paper("first2001one", 'needs = ["third2003three"]')
        + paper("second2002two", 'needs = ["first2001one"]')
        + paper("third2003three", 'needs = ["second2002two"]')
    )
    message = error(plan)
    assert "papers need each other in a circle" in message
    assert all(f"{key} needs" in message for key in ("first2001one", "second2002two", "third2003three"))
    assert "move it up" not in message


def test_a_stage_that_says_what_it_is_for_needs_no_papers() -> None:
    plan, papers = reading_list.read("short", PLAN + '\n[[stage]]\ntitle = "Tools"\nabout = "Try it."\n', BIB)
    assert [stage.title for stage in plan.stages] == ["Beginnings", "Ends", "Tools"]
    assert plan.stages[2].entries == ()
    assert [paper.key for paper in papers] == [entry.key for entry in plan.entries]


def test_paper_that_needs_itself_is_a_cycle() -> None:
    assert "first2001one needs first2001one" in error(HEAD + paper("first2001one", 'needs = ["first2001one"]'))


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        ('title = "T"', "the list is empty"),
        (HEAD, "stage 'S' is empty"),
        (HEAD + 'about = "Tools."\n', "the list has no paper; a stage may have none, a list must have some"),
        ("stage = 3", "'stage' of the list must be written as [[…stage]] tables"),
        (HEAD + paper("first2001one", 'neds = ["x"]'), "unknown field 'neds'; known are key, why, introduces, needs"),
        (HEAD + 'colour = "red"\n' + paper("first2001one"), "stage 'S' has an unknown field 'colour'"),
        (HEAD + '[[stage.paper]]\nkey = "first2001one"', "paper 'first2001one' needs 'why' as a text"),
        (HEAD + '[[stage.paper]]\nwhy = "x"', "a paper of stage 'S' needs 'key' as a text"),
        (HEAD + paper("first2001one", 'needs = "x"'), "'needs' of paper 'first2001one' must be a list of texts"),
        (HEAD.replace('"T"', "3") + paper("first2001one"), "'title' of the list is no text"),
        ("title = ", "short.toml is not valid TOML"),
    ],
)
def test_mistake_is_named(plan: str, told: str) -> None:
    assert told in error(plan)


def test_all_mistakes_are_told_at_once() -> None:
    message = error(HEAD + paper("nothing") + paper("first2001one", 'needs = ["nobody"]'))
    assert "short.toml has 2 mistakes" in message


def test_problem_in_the_bib_is_named_with_its_line() -> None:
    assert "short.bib cannot serve a reading list as it is: line 2:" in error(PLAN, "\n@misc{first2001one, title = {x")


def test_a_very_long_chain_is_no_problem() -> None:
    count = 1200
    bib = "".join(f"@misc{{p{i}, title = {{T{i}}}}}\n" for i in range(count))
    plan = HEAD + "".join(paper(f"p{i}", *([f'needs = ["p{i - 1}"]'] if i else [])) for i in range(count))
    read, _ = reading_list.read("long", plan, bib)
    assert len(read.entries) == count


# --------------------------------------------------------------------------- a list made from another


def base(name: str) -> reading_list.Base:
    if name != "whole":
        raise BadFile(f"there is no list {name!r} with a .bib of its own; there are: whole.")
    plan = (
        HEAD
        + paper("first2001one", 'introduces = ["beginning"]')
        + paper("second2002two", 'needs = ["first2001one"]')
        + paper("third2003three", 'needs = ["first2001one", "second2002two"]')
    )
    return reading_list.whole("whole", plan, BIB)


def derived(*keys: str, head: str = 'title = "T"\nfrom = "whole"\n[[stage]]\ntitle = "S"\n') -> str:
    return head + "".join(f'[[stage.paper]]\nkey = "{key}"\n' for key in keys)


def error_from(plan: str, bib: str | None = None) -> str:
    with pytest.raises(BadFile) as caught:
        reading_list.read("short", plan, bib, base)
    return str(caught.value)


def test_what_an_entry_leaves_out_is_what_the_other_list_says() -> None:
    plan, papers = reading_list.read("short", derived("first2001one", "third2003three"), None, base)
    assert [one.key for one in papers] == ["first2001one", "third2003three"]
    first, third = plan.entries
    assert (first.why, first.introduces, first.needs) == ("Because.", ("beginning",), ())
    assert third.needs == ("first2001one",)  # the second paper is not on this list


def test_what_an_entry_says_itself_stands() -> None:
    own = derived("first2001one") + 'why = "Mine."\nintroduces = []\n'
    [entry] = reading_list.read("short", own, None, base)[0].entries
    assert (entry.why, entry.introduces) == ("Mine.", ())


def test_mistakes_of_a_list_from_another_are_named() -> None:
    assert "line 2: there is no list 'hole' with a .bib of its own; there are: whole." in error_from(
        derived("x").replace("whole", "hole")
    )
    assert "line 6: 'first2001on' is not in whole.bib (did you mean 'first2001one'?)" in error_from(
        derived("first2001on")
    )
    assert "line 6: 'third2003three' needs 'first2001one', which comes later, on line 8" in error_from(
        derived("third2003three", "first2001one")
    )
    assert "line 2: the papers are those of whole, so short.bib must not be there" in error_from(
        derived("first2001one"), BIB
    )
    assert "'from' of the list is no text" in error_from('title = "T"\nfrom = 3\n[[stage]]\ntitle = "S"\n')


def test_a_list_without_papers_of_its_own_or_of_another_says_what_is_missing() -> None:
    assert "short.bib cannot be read" in error_from(HEAD + paper("first2001one"))
    with pytest.raises(BadFile, match="line 2: there is no list 'whole' to take papers from"):
        reading_list.read("short", derived("first2001one"), None)
