"""Fields that are asked for, and fields that are not wanted."""

from __future__ import annotations

import pytest

from paperpath.errors import BadInput
from paperpath.formats import bibtex, csl_json
from paperpath.formats.field_choice import FieldChoice, parse_choice, unknown
from paperpath.model import Author, Paper
from tests.formats.samples import ATTENTION

PAPER = Paper(
    "A Kettle",
    (Author("Vega", "Ana"),),
    "vega2001kettle",
    "article",
    2001,
    5,
    "Warm Letters",
    volume="7",
    publisher="Lid",
    doi="10.1000/kettle.7",
    url="https://kettles.example/7",
    abstract="It boils: 50% of $x$ & more.",
    extra=(("keywords", "tea, steam"), ("file", "papers/a_b 50%.pdf"), ("x-mine", "yes"), ("note", "Warm")),
)


def test_a_choice_is_read_and_said_again() -> None:
    choice = parse_choice(" +Abstract,-url -archivePrefix, +note,-note")
    assert choice == FieldChoice(frozenset({"abstract"}), frozenset({"url", "eprinttype", "note"}))
    assert str(choice) == "+abstract,-eprinttype,-note,-url"
    assert parse_choice(str(choice)) == choice
    assert not parse_choice(" , ")


@pytest.mark.parametrize("text", ["abstract", "+", "+abstract -", "-title", "-date", "+a=b", "++url", "+url;-doi"])
def test_what_is_no_choice_is_told(text: str) -> None:
    with pytest.raises(BadInput):
        parse_choice(text)


def test_a_name_that_nothing_has_is_told_with_those_near_it() -> None:
    told = unknown(parse_choice("+abstrct,-langauge,+x-mine,+file,-archiveprefix,+location,+zzz"), [PAPER])
    abstract, language, nothing = told.split("There is no field ")[1:]
    assert abstract.startswith("'abstrct': ")
    assert abstract.endswith("Did you mean abstract? ")
    assert language.startswith("'langauge': ")
    assert "Did you mean language" in language
    assert nothing.startswith("'zzz': ")
    assert "Did you mean" not in nothing
    assert "'x-mine'" in unknown(parse_choice("+x-mine"), [])
    assert unknown(parse_choice("+x-mine,+abstract,-url"), [PAPER]) == ""


def test_fields_are_added() -> None:
    text = bibtex.write([PAPER], "bibtex", parse_choice("+abstract,+keywords,+file,+x-mine,+nothing,+publisher"))
    assert "  abstract = {It boils: 50\\% of $x$ \\& more.},\n" in text
    assert "  keywords = {tea, steam},\n" in text
    assert "  file = {papers/a_b 50%.pdf},\n" in text
    assert "  x-mine = {yes},\n" in text
    assert "  publisher = {Lid},\n" in text
    assert "nothing" not in text
    (back,) = bibtex.read(text).papers
    assert (back.abstract, dict(back.extra)["file"]) == (PAPER.abstract, "papers/a_b 50%.pdf")


@pytest.mark.parametrize("file", ["a{b.pdf", "}{", "a\x07b"])
def test_a_file_that_would_break_the_entry_is_not_written(file: str) -> None:
    paper = Paper("A Kettle", key="k", extra=(("file", file),))
    assert bibtex.write([paper], "bibtex", parse_choice("+file")) == bibtex.write([paper])


def test_fields_are_left_out_of_every_format() -> None:
    choice = parse_choice("-url,-doi,-month,-note")
    paper = choice.of(PAPER)
    text = bibtex.write([paper], "bibtex", choice)
    assert not [name for name in ("url", "doi", "month", "note") if f"  {name} = " in text]
    assert "  volume = {7},\n" in text
    assert "kettles.example" not in csl_json.write([paper])
    assert parse_choice("+abstract").of(PAPER) is PAPER


def test_an_eprint_is_left_out_with_all_that_belongs_to_it() -> None:
    text = bibtex.write([ATTENTION], "bibtex", parse_choice("-eprint,-doi"))
    assert "eprint" not in text
    assert "archiveprefix" not in text
    assert "primaryclass" not in text
    assert "doi" not in text
    assert "year = {2017}" in text
