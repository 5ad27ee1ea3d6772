"""The thirty rules of an exported entry, a test for each under its number.

They are looked at in the text of both dialects, through bibtexparser's eyes. What styles, biber and btparse say is in
``test_checkers``, which needs them installed; single cases are in ``test_bibtex_write``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import bibtexparser
import pytest

from paperpath.formats import bibtex
from paperpath.formats.bibtex_datamodel import FOREIGN
from paperpath.formats.bibtex_dialects import BIBLATEX, BIBTEX
from paperpath.formats.bibtex_grammar import balanced
from paperpath.formats.dates import MONTHS
from paperpath.formats.latex_math import COMMANDS
from paperpath.formats.latex_tables import ACCENTS, NAMES
from paperpath.model import Author, Paper
from paperpath.names import parse_name
from tests.formats import samples

if TYPE_CHECKING:
    from paperpath.formats.bibtex import Dialect

AWKWARD = (
    Paper(
        "A Kettle\u200b & 50% of_the #1 {BERT <i>x</i> &amp; $\\alpha_{1}$ for $5",
        (Author("Vega", "Ana"), Author("Lid & Sons", literal=True), Author("others")),
        "Awkward Key{}",
        "article",
        2001,
        13,
        "Warm\u202e Letters",
        pages="1-2",
        doi="https://doi.org/10.1000/Kettle_7",
        url="www.kettles.example/a b_c%20&d",
        abstract="Not here",
        extra=(("edition", "2nd ed."), ("isbn", "123"), ("x-mine", "no"), ("month", "May")),
    ),
    Paper("Cafe\u0301 of Ǎ", key="attention is", arxiv_id="2301.00001", year=20231, venue="", extra=(("note", " "),)),
)
PAPERS = (*samples.PAPERS, *AWKWARD)
TEXTS = "title journal booktitle note howpublished author editor publisher school institution series".split()
EACH = pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])


@cache
def written(dialect: Dialect) -> str:
    return bibtex.write(PAPERS, dialect)


@cache
def entries(dialect: Dialect) -> tuple[dict[str, str], ...]:
    """The entries: each field by name, month without braces as it stands; type and key under names of no field."""
    library = bibtexparser.parse_string(written(dialect), parse_stack=[])
    assert not library.failed_blocks
    return tuple(
        {"@type": entry.entry_type, "@key": entry.key}
        | {field.key: field.value if field.key == "month" else field.value[1:-1] for field in entry.fields}
        for entry in library.entries
    )


def values(dialect: Dialect, *names: str) -> list[str]:
    return [entry[name] for entry in entries(dialect) for name in names if name in entry]


def prose(dialect: Dialect) -> list[str]:
    """Texts without their formulas."""
    return [re.sub(r"(?<!\\)\$[^$]*\$|\\ensuremath\{[^{}]*\}", "", text) for text in values(dialect, *TEXTS)]


@EACH
def test_rule_01_utf8_without_mark_and_lines_that_end(dialect: Dialect) -> None:
    text = written(dialect)
    assert "\ufeff" not in text
    assert "\r" not in text
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")


def test_rule_02_ascii_for_bibtex_and_nfc_for_biblatex() -> None:
    assert written("bibtex").isascii()
    assert not written("biblatex").isascii()
    assert unicodedata.is_normalized("NFC", written("biblatex"))


@EACH
def test_rule_03_nothing_invisible(dialect: Dialect) -> None:
    assert all(char.isprintable() or char == "\n" for char in written(dialect))


@EACH
def test_rule_04_special_signs_are_escaped(dialect: Dialect) -> None:
    assert r"A Kettle \& 50\% of\_the \#1" in written(dialect)
    assert [text for text in prose(dialect) if re.search(r"(?<!\\)[&%#_]", text)] == []


@EACH
def test_rule_05_braces_are_balanced(dialect: Dialect) -> None:
    assert all(balanced(value) for entry in entries(dialect) for value in entry.values())


@EACH
def test_rule_06_formulas_stay_and_are_closed(dialect: Dialect) -> None:
    assert r"{$O(n\log n)$}" in written(dialect)
    assert r"$\alpha_{1}$" in written(dialect)
    assert r"a price of \$5" in written(dialect)
    assert all(len(re.findall(r"(?<!\\)\$", text)) % 2 == 0 for text in values(dialect, *TEXTS))


@EACH
def test_rule_07_no_undefined_commands(dialect: Dialect) -> None:
    used = {name for text in values(dialect, *TEXTS) for name in re.findall(r"\\([A-Za-z]+)", text)}
    assert used - NAMES.keys() - ACCENTS.keys() - COMMANDS - {"ensuremath"} == set()


@EACH
def test_rule_08_no_html(dialect: Dialect) -> None:
    assert not re.search(r"&\w+;|</?[a-z]+>", written(dialect))


def test_rule_09_other_scripts_are_told_in_bibtex_and_kept_in_biblatex() -> None:
    assert "[U+674E], [U+660E]" in written("bibtex")
    assert "深度学习" in written("biblatex")


@EACH
def test_rule_10_keys_are_legal(dialect: Dialect) -> None:
    assert [key for key in values(dialect, "@key") if not re.fullmatch(r"[A-Za-z][A-Za-z0-9:_./-]*", key)] == []
    (made,) = re.findall("{(.*),", bibtex.write([Paper("Ünïcode Kettles", (Author("Çay", "A"),))], dialect))[:1]
    assert re.fullmatch("[a-z][a-z0-9:_-]*", made)


@EACH
def test_rule_11_keys_are_unique_without_case(dialect: Dialect) -> None:
    keys = [key.lower() for key in values(dialect, "@key")]
    assert len(set(keys)) == len(keys) == len(PAPERS)


@EACH
def test_rule_12_no_field_twice(dialect: Dialect) -> None:
    for block in written(dialect).split("\n\n"):
        names = re.findall(r"^  ([a-z]+) = ", block, re.M)
        assert len(set(names)) == len(names)


@EACH
def test_rule_13_required_fields(dialect: Dialect) -> None:
    rules = BIBTEX if dialect == "bibtex" else BIBLATEX
    for entry in entries(dialect):
        for either in rules.required[entry["@type"]]:
            assert any(entry.get(name) for name in either.split("|")), (entry["@key"], either)


@EACH
def test_rule_14_only_types_and_fields_of_the_data_model(dialect: Dialect) -> None:
    rules = BIBTEX if dialect == "bibtex" else BIBLATEX
    for entry in entries(dialect):
        assert entry["@type"] in rules.required
        assert not FOREIGN[entry["@type"]] & entry.keys()


@EACH
def test_rule_15_a_preprint_is_misc_with_an_eprint(dialect: Dialect) -> None:
    (entry,) = (entry for entry in entries(dialect) if entry["@key"] == samples.ATTENTION.key)
    kind, category = ("archiveprefix", "primaryclass") if dialect == "bibtex" else ("eprinttype", "eprintclass")
    assert (entry["@type"], entry["eprint"], entry[kind], entry[category]) == ("misc", "1706.03762", "arXiv", "cs.CL")


@EACH
def test_rule_16_a_published_paper_keeps_its_eprint(dialect: Dialect) -> None:
    (entry,) = (entry for entry in entries(dialect) if entry["@key"] == samples.ADAM.key)
    assert (entry["@type"], entry["eprint"]) == ("inproceedings", "1412.6980")


@EACH
def test_rule_17_years_of_four_digits(dialect: Dialect) -> None:
    assert all(re.fullmatch(r"[12]\d{3}", year) for year in values(dialect, "year"))


@EACH
def test_rule_18_months_are_bare_macros(dialect: Dialect) -> None:
    assert values(dialect, "month")
    assert set(values(dialect, "month")) <= set(MONTHS)


@EACH
def test_rule_19_page_ranges_have_two_hyphens(dialect: Dialect) -> None:
    assert {"2579--2605", "1097--1105", "1--2"} <= set(values(dialect, "pages"))
    assert not [pages for pages in values(dialect, "pages") if re.search(r"–|\d-\d|---", pages)]


@EACH
def test_rule_20_dois_are_bare(dialect: Dialect) -> None:
    assert "10.1000/kettle_7" in values(dialect, "doi")
    assert all(re.fullmatch(r"10\.\d{4,9}/\S+", doi) for doi in values(dialect, "doi"))


@EACH
def test_rule_21_arxivs_doi_only_without_another(dialect: Dialect) -> None:
    for entry in entries(dialect):
        if "eprint" in entry:
            assert entry["doi"] in (f"10.48550/arXiv.{entry['eprint']}", "10.1038/nature14539")
    assert "10.1038/nature14539" in values(dialect, "doi")


@EACH
def test_rule_22_urls_are_absolute_and_unescaped(dialect: Dialect) -> None:
    assert "https://www.kettles.example/a%20b_c%20&d" in values(dialect, "url")
    assert all(re.fullmatch(r"[a-z]+://[!-~]+", url) and "\\" not in url for url in values(dialect, "url"))


@EACH
def test_rule_23_names_are_von_last_jr_first(dialect: Dialect) -> None:
    assert "van der Maaten, Laurens and Hinton, Geoffrey" in values(dialect, "author")
    names = [name for people in values(dialect, "author") for name in people.split(" and ")]
    assert "King, Jr., Martin Luther" in names
    for name in names:
        if not name.startswith("{") and name != "others" and "\\" not in name:
            read = parse_name(name)
            assert ", ".join(filter(None, (read.surname, read.suffix, read.given))) == name


@EACH
def test_rule_24_bodies_are_braced_and_others_stay(dialect: Dialect) -> None:
    people = values(dialect, "author")
    assert "{The ATLAS Collaboration} and {Barnes and Noble} and others" in people
    assert r"Vega, Ana and {Lid \& Sons} and others" in people


@EACH
def test_rule_25_capitals_that_matter_are_protected(dialect: Dialect) -> None:
    titles = " | ".join(values(dialect, "title"))
    for word in ("{Adam}:", "t-{SNE}", "{ImageNet}", "{BERT}", "{Atari}"):
        assert word in titles


@EACH
def test_rule_26_no_double_braces(dialect: Dialect) -> None:
    assert not [title for title in values(dialect, "title") if re.fullmatch(r"\{.*\}", title) and balanced(title[1:-1])]


@EACH
def test_rule_27_no_macro_and_no_reference_to_another_entry(dialect: Dialect) -> None:
    assert "#" not in re.sub(r"\\#|#~frag", "", written(dialect))
    assert not re.search(r"^  (?:crossref|xdata|xref) = ", written(dialect), re.M)
    assert not re.search(r"^  (?!month)\w+ = [^{]", written(dialect), re.M)


@EACH
def test_rule_28_abstract_file_and_keywords_stay_at_home(dialect: Dialect) -> None:
    assert not re.search(r"^  (?:abstract|file|keywords|comment|x-mine) = ", written(dialect), re.M)


@EACH
def test_rule_29_every_reader_reads_every_entry(dialect: Dialect) -> None:
    assert len(entries(dialect)) == len(PAPERS)
    assert len(bibtex.read(written(dialect)).papers) == len(PAPERS)
    assert bibtex.read(written(dialect)).problems == ()


@EACH
def test_rule_30_a_second_export_is_the_same(dialect: Dialect) -> None:
    assert bibtex.write(bibtex.read(written(dialect)).papers, dialect) == written(dialect)
