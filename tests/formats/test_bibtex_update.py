"""A .bib file of somebody's own, brought up to date."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.formats import bibtex
from paperpath.formats.bibtex_file import BibFile
from paperpath.formats.bibtex_update import update
from paperpath.model import Author, Paper

TEXT = """\
% my thesis
@string{warm = "Warm Letters"}

@Article{Vega2001,
   AUTHOR = "Ana Vega",  title  = {The {Kettle} Way},
   journal = warm, volume = 7, year = 2001,
   x-mine = {read twice}
}
@comment{keep me}
@misc{other, title = {A Lantern}, year = 1999, howpublished = {By post}, keywords = {tea}}
tail
"""


def papers(text: str = TEXT) -> dict[str, Paper]:
    return {paper.key: paper for paper in bibtex.read(text).papers}


def test_what_is_the_same_is_not_touched() -> None:
    file = BibFile(TEXT)
    assert update(file, list(papers().values())) == ((), (), ())
    assert file.text == TEXT


def test_only_the_field_that_differs_is_written() -> None:
    file = BibFile(TEXT)
    vega = replace(papers()["Vega2001"], volume="8", doi="10.1000/kettle.7")
    assert update(file, [vega]).changed == ("Vega2001",)
    assert file.text == TEXT.replace("volume = 7", "volume = 8").replace(
        "{read twice}\n", "{read twice},\n   doi = {10.1000/kettle.7}\n"
    )
    assert papers(file.text) == papers() | {"Vega2001": vega}


def test_a_new_paper_goes_behind_the_last() -> None:
    file = BibFile(TEXT)
    new = Paper("A Wick", (Author("Lux", "Bo"),), "lux2024wick", year=2024)
    assert update(file, [*papers().values(), new]).added == ("lux2024wick",)
    before, after = file.text.split("\n\n@misc{lux2024wick,")
    assert TEXT.startswith(before)
    assert after.endswith("tail\n")


def test_a_field_that_is_gone_and_another_type() -> None:
    file = BibFile(TEXT)
    other = replace(papers()["other"], year=None, entry_type="booklet", authors=(Author("Lux", "Bo"),))
    update(file, [other])
    assert "@booklet{other, title = {A Lantern}, howpublished = {By post}, keywords = {tea}" in file.text
    assert papers(file.text)["other"] == other


def test_fields_keep_the_names_that_the_file_has_for_them() -> None:
    text = "@article{k, author = {Vega, Ana}, title = {Kettles}, journaltitle = {Warm}, date = {2001-05}}\n"
    file = BibFile(text)
    (old,) = bibtex.read(text).papers
    update(file, [replace(old, venue="Cold", year=2002, month=None)], "biblatex")
    assert file.text == text.replace("{Warm}", "{Cold}").replace("2001-05", "2002")
    update(file, [replace(old, venue="Cold", year=2002, month=7)], "biblatex")
    assert "date = {2002-07}" in file.text


def test_a_character_that_the_file_cannot_have_is_refused() -> None:
    file = BibFile(TEXT, "latin-1")
    assert update(file, [replace(papers()["other"], title="Łódź")], "biblatex").refused == ("other",)
    assert file.text == TEXT
    assert update(file, [replace(papers()["other"], title="Łódź")]).changed == ("other",)


def test_keys_that_bibtex_would_not_make_are_those_of_the_file() -> None:
    text = "@misc{Müller 1999, title = {Kettles}}\n"
    file = BibFile(text)
    update(file, bibtex.read(text).papers)
    assert file.text == text


ENTRIES = st.lists(st.sampled_from([*'@ab{}(),="#\n% ', "@misc{k, title = {T}}", "@book(c, title = "])).map("".join)


@given(ENTRIES, st.sampled_from(["bibtex", "biblatex"]))
@pytest.mark.parametrize("volume", [None, "9"])
def test_any_file_survives(volume: str | None, text: str, dialect: str) -> None:
    file = BibFile(text)
    read = [paper for paper in bibtex.read(text).papers if paper.key]
    update(file, [replace(paper, volume=volume or paper.volume) for paper in read], dialect)  # type: ignore[arg-type]
    if volume is None:
        assert file.text == text
    assert len(bibtex.read(file.text).papers) == len(bibtex.read(text).papers)
