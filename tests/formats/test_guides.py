"""Guides, topics and resources are read whole, or refused with every mistake by its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.errors import BadFile
from paperpath.formats.guides import read_guides, read_resources, read_topics
from paperpath.formats.toml_check import headers
from paperpath.model import Guide, Question, Resource, Topic

FOLDER = Path(__file__).parents[1] / "data" / "reading_lists"
PAPERS = ("vaswani2017attention", "old1986learning")
TOPICS = ("softmax", "matrix-product")
STAGES = ("First", "Second")


def text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def guides(text: str, **more: dict[str, str]) -> tuple[Guide, ...]:
    return read_guides("guides/mine.toml", text, papers=PAPERS, topics=TOPICS, **more)


def mistakes(text: str, **more: dict[str, str]) -> str:
    with pytest.raises(BadFile) as caught:
        guides(text, **more)
    return str(caught.value)


def test_guides_come_with_everything_that_they_say() -> None:
    whole, small = guides(text("guides/small.toml"))
    assert whole == Guide(
        "vaswani2017attention",
        look_for="Watch the shapes of the matrices.",
        know=("softmax", "matrix-product"),
        minutes=90,
        skim=("Abstract", "1", "Figure 1"),
        understand=("3.2", "3.3", "5"),
        implement=("3", "5.3", "Table 3"),
        task="Write the attention function and try it on three words.",
        questions=(
            Question(
                "Why are the dot products divided?",
                "3.2.1",
                "Large ones would push the softmax to where its gradient is tiny.",
            ),
            Question("What is it about?", "Abstract", "A model made of attention alone."),
        ),
    )
    assert small == Guide(
        "old1986learning",
        task="Do it with a pencil.",
        questions=(Question("What goes backwards?", "2", "The error."),),
    )


def test_topics_and_resources_come_in_the_order_of_the_file() -> None:
    first, second = read_resources("resources.toml", text("resources.toml"), stages=STAGES)
    assert first == Resource(
        "lamp-course",
        "A Course on Lamps",
        "course",
        "https://example.org/lamps",
        "First",
        "Twelve evenings about light.",
        ("Ana Vega", "Olga Old"),
        2019,
        "example/lamps@0123456:README.md",
    )
    assert (second.authors, second.year, second.source) == ((), None, "")
    ids = [first.id, second.id]
    assert read_topics("topics.toml", text("topics.toml"), resources=ids) == (
        Topic("softmax", "Softmax", "Turns numbers into shares that add up to one.", ("lamp-course", "wick-book")),
        Topic("matrix-product", "Matrix product", "Rows times columns."),
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[[paper]]\n", '[[paper]]\ncolour = "red"\n', "line 3: paper 'vaswani2017attention' has an unknown field"),
        ("vaswani2017attention", "vaswani2017atention", "line 4: no list and no paper of the library has the key"),
        ("vaswani2017attention", "vaswani2017atention", "did you mean 'vaswani2017attention'?"),
        ('"softmax", ', '"softmaxx", ', "line 5: there is no topic 'softmaxx' (did you mean 'softmax'?)"),
        ("minutes = 90", "minutes = 0", "line 6: 'minutes' of paper 'vaswani2017attention' must be a whole number"),
        ("minutes = 90", "minutes = true", "line 6: 'minutes' of"),
        ("minutes = 90", 'minutes = "90"', "line 6: 'minutes' of"),
        ('look_for = "Watch the shapes of the matrices."', "look_for = 3", "line 7: 'look_for' of paper"),
        ('skim = ["Abstract", "1", "Figure 1"]', 'skim = "1"', "line 8: 'skim' of paper"),
        ('understand = ["3.2", "3.3", "5"]', 'understand = ["3.2", 3]', "line 9: 'understand' of paper"),
        ('implement = ["3", "5.3", "Table 3"]', 'implement = [" "]', "line 10: 'implement' of paper"),
        ('section = "3.2.1"\n', "", "line 13: question 1 of paper 'vaswani2017attention' needs 'section' as a text"),
        ('section = "Abstract"', 'section = ""', "line 20: question 2 of paper 'vaswani2017attention'"),
        ('ask = "What goes backwards?"', "", "line 27: question 1 of paper 'old1986learning' needs 'ask'"),
        ('"The error."', '"The error."\nhint = "x"', "line 27: question 1 of paper 'old1986learning' has an unknown"),
        ('"old1986learning"', '"Vaswani2017Attention"', "line 24: the key 'Vaswani2017Attention' is there already"),
        ('key = "old1986learning"\n', "", "line 23: a paper needs 'key' as a text"),
        ("# A guide", "papers = 1\n# A guide", "the file has an unknown field 'papers'; known are paper"),
        ("minutes = 90", "minutes = ", "is not valid TOML"),
        ("minutes = 90", "minutes = 90\nminutes = 91", "is not valid TOML"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_its_line(old: str, new: str, told: str) -> None:
    sample = text("guides/small.toml")
    assert old in sample
    assert told in mistakes(sample.replace(old, new, 1))


def test_all_mistakes_are_told_at_once_in_the_order_of_lines() -> None:
    sample = text("guides/small.toml").replace("90", "-1").replace('"matrix-product"', '"matrix"').replace('"2"', '" "')
    message = mistakes(sample)
    assert message.startswith("guides/mine.toml has 3 mistakes: line 5: ")
    places = [message.index(f"line {number}: ") for number in (5, 6, 29)]
    assert places == sorted(places)


def test_a_guide_that_another_file_has_is_a_mistake() -> None:
    taken = {"old1986learning": "guides/a.toml"}
    assert "line 24: the guide to 'old1986learning' is in guides/a.toml already" in mistakes(
        text("guides/small.toml"), taken=taken
    )


def test_questions_written_on_one_line_have_no_line_of_their_own() -> None:
    assert mistakes('paper = [{key = "nobody"}]').startswith("guides/mine.toml has 1 mistake: no list and no paper")


def test_headers_inside_a_long_text_are_a_part_of_it() -> None:
    assert headers('[[paper]]\ntask = """\n[[paper]]\n"""\n[[paper]] # two\n [[ paper.question ]]') == {
        "paper": [1, 5],
        "paper.question": [6],
    }


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('kind = "book"', 'kind = "boook"', "line 15: 'boook' is no kind of resource; known are book, course, guide"),
        ('stage = "Second"', 'stage = "Secnd"', "line 17: there is no stage of a reading list 'Secnd' (did you mean"),
        ("https://example.org/wicks.pdf", "example.org", "line 16: 'example.org' is no address"),
        ("https://example.org/wicks.pdf", "javascript:alert(1)", "line 16: 'javascript:alert(1)' is no address"),
        ('"wick-book"', '"lamp-course"', "line 13: the id 'lamp-course' is there already, on line 2"),
        ('"wick-book"', '"Wick book"', "line 13: the id 'Wick book' must be small letters"),
        ("year = 2019", 'year = "2019"', "line 5: 'year' of resource 'lamp-course' must be a whole number"),
        ('title = "The Book of Wicks"\n', "", "line 12: resource 'wick-book' needs 'title'"),
        ('id = "wick-book"\n', "", "line 12: a resource needs 'id'"),
        ("authors =", "author =", "line 1: resource 'lamp-course' has an unknown field 'author'"),
    ],
)
def test_a_mistake_in_resources_is_named(old: str, new: str, told: str) -> None:
    sample = text("resources.toml")
    assert old in sample
    with pytest.raises(BadFile) as caught:
        read_resources("resources.toml", sample.replace(old, new, 1), stages=STAGES)
    assert told in str(caught.value)


def test_a_mistake_in_topics_is_named() -> None:
    with pytest.raises(BadFile, match=r"line 5: there is no resource 'wick-book'.*line 7: topic .* needs 'name'"):
        read_topics(
            "topics.toml", text("topics.toml").replace('name = "Matrix product"', "", 1), resources=["lamp-course"]
        )


@given(st.text(alphabet="[]=\"\n pk.aper_question1{}#'", max_size=120))
def test_any_text_is_read_or_refused(sample: str) -> None:
    try:
        found = guides(sample)
    except BadFile:
        found = ()
    assert all(isinstance(one, Guide) for one in found)
