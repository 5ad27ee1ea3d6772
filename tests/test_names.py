"""Names, taken apart as BibTeX does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.model import Author
from paperpath.names import parse_name


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("Ashish Vaswani", Author("Vaswani", "Ashish")),
        ("Vaswani, Ashish", Author("Vaswani", "Ashish")),
        ("  Vaswani ,   Ashish  ", Author("Vaswani", "Ashish")),
        ("Diederik P. Kingma", Author("Kingma", "Diederik P.")),
        ("Laurens van der Maaten", Author("Maaten", "Laurens", "van der")),
        ("van der Maaten, Laurens", Author("Maaten", "Laurens", "van der")),
        ("Aäron van den Oord", Author("Oord", "Aäron", "van den")),
        ("Van den Oord, Aäron", Author("Van den Oord", "Aäron")),
        ("Nando de Freitas", Author("Freitas", "Nando", "de")),
        ("Charles Louis Xavier Joseph de la Vallée Poussin", None),
        ("Jean le Rond d'Alembert", Author("Rond d'Alembert", "Jean", "le")),
        ("de la Cruz, María", Author("Cruz", "María", "de la")),
        ("van Rossum", Author("Rossum", particle="van")),
        ("bell hooks", Author("hooks", "bell")),
        ("danah boyd", Author("boyd", "danah")),
        ("Martin Luther King, Jr.", Author("King", "Martin Luther", suffix="Jr.")),
        ("King, Jr., Martin Luther", Author("King", "Martin Luther", suffix="Jr.")),
        ("King, Martin Luther, Jr.", Author("King", "Martin Luther", suffix="Jr.")),
        ("Robert Tibshirani Jr", Author("Tibshirani", "Robert", suffix="Jr")),
        ("Guy L. Steele III", Author("Steele", "Guy L.", suffix="III")),
        ("Li, Xi", Author("Li", "Xi")),
        ("Yan Bin Xi", Author("Xi", "Yan Bin")),
        ("Mary Vi", Author("Vi", "Mary")),
        ("Plato", Author("Plato")),
        ("{OpenAI}", Author("OpenAI", literal=True)),
        ("{Barnes and Noble, Inc.}", Author("Barnes and Noble, Inc.", literal=True)),
        ("{Google} {Brain}", Author("{Brain}", "{Google}")),
        ("", Author("")),
        (",", Author("")),
        ("Smith,", Author("Smith")),
    ],
)
def test_forms(text: str, author: Author | None) -> None:
    if author is None:
        author = Author("Vallée Poussin", "Charles Louis Xavier Joseph", "de la")
    assert parse_name(text) == author


word = st.from_regex(r"[A-Z][a-zäöüéñ]{2,8}", fullmatch=True).filter(lambda w: w not in ("Junior", "Senior", "Phd"))
particles = st.sampled_from(["", "van", "van der", "de la", "von"])
authors = st.builds(
    lambda given, family, particle, suffix: Author(" ".join(family), " ".join(given), particle, suffix),
    st.lists(word, min_size=1, max_size=3),
    st.lists(word, min_size=1, max_size=2),
    particles,
    st.sampled_from(["", "Jr.", "III"]),
)


@given(authors)
def test_the_comma_form_gives_back_every_part(author: Author) -> None:
    last = " ".join(part for part in (author.particle, author.family) if part)
    written = ", ".join(part for part in (last, author.suffix, author.given) if part)
    assert parse_name(written) == author


@given(authors.filter(lambda author: bool(author.particle) or " " not in author.family))
def test_the_reading_order_gives_back_every_part(author: Author) -> None:
    assert parse_name(str(author)) == author


@given(st.text(alphabet="abA B,.{}'-éÅ李", max_size=40))
def test_no_letter_is_lost(text: str) -> None:
    author = parse_name(text)
    kept = author.family + author.given + author.particle + author.suffix
    assert sorted(c for c in kept if c.isalpha()) == sorted(c for c in text if c.isalpha())
