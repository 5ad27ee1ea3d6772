"""A reader's own .bib file, edited in place: every test compares whole files, because the point is what stays."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.formats import bibtex
from paperpath.formats.bibtex_file import BibFile

REFS = """% My references
@string{jok = "Journal of Kettles"}
@preamble{"\\newcommand{\\x}{y}"}

@article{lantern1999,
  author    = {Lantern, Ann},
  title     = "On {Kettles}",
  journal   = jok, % always
  year      = 1999
}
@comment{kept as it is}

@Book{Kettle:2001, title={Boiling}, author={Kettle, Carl}, year={2001}} % lent to Dora

@misc(wick, title = {A wick},)
some words
"""


def edited(text: str, new: str, old: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def refs(text: str = REFS) -> BibFile:
    return BibFile.read(text.encode())


@pytest.mark.parametrize(
    "data",
    [
        REFS.encode(),
        codecs.BOM_UTF8 + "@misc{a, title={Ofenrohr für Öl}}".encode(),
        codecs.BOM_UTF8 * 2,
        "@misc{a, title={Kessel für Öl}}".encode("latin-1"),
        REFS.replace("\n", "\r\n").encode(),
        REFS.replace("\n", "\r").encode(),
        b"@misc{a,\r\n title={T},\n year=1999\r}\n\r",
        b"",
        b"\xff\xfe@\x00\x85\xa0",
        b"@misc{a, title={never closed\n\n@misc{b, title={T}}",
    ],
)
def test_untouched_files_go_back_byte_for_byte(data: bytes) -> None:
    assert BibFile.read(data).to_bytes() == data


@given(st.binary() | st.text(st.sampled_from('@{}(),="#% \r\na1é')).map(str.encode))
def test_any_bytes_go_back(data: bytes) -> None:
    assert BibFile.read(data).to_bytes() == data


def test_keys_and_entries() -> None:
    file = refs()
    assert file.keys == ("lantern1999", "Kettle:2001", "wick")
    assert "LANTERN1999" in file
    assert "kept" not in file
    assert file.entry("kettle:2001") == "@Book{Kettle:2001, title={Boiling}, author={Kettle, Carl}, year={2001}}"
    assert file.fields("lantern1999")["journal"] == "jok"
    with pytest.raises(KeyError):
        file.entry("nobody")


def test_lines_may_end_in_any_way() -> None:
    for newline in ("\n", "\r\n", "\r"):
        file = refs(REFS.replace("\n", newline))
        assert (file.newline, file.keys) == (newline, refs().keys)
        file.set_entry("wick", "@misc{wick,\n  title = {Two\n  wicks}\n}\n")
        expected = edited(REFS, "@misc{wick,\n  title = {Two\n  wicks}\n}", "@misc(wick, title = {A wick},)")
        assert file.to_bytes() == expected.replace("\n", newline).encode()


def test_set_entry_touches_nothing_else() -> None:
    file = refs()
    file.set_entry("Kettle:2001", "@book{kettle2001, title={Boiled}}")
    old = "@Book{Kettle:2001, title={Boiling}, author={Kettle, Carl}, year={2001}}"
    assert file.text == edited(REFS, "@book{kettle2001, title={Boiled}}", old)
    assert file.keys == ("lantern1999", "kettle2001", "wick")


def test_a_new_entry_comes_after_the_last() -> None:
    file = refs()
    file.add_entry("@misc{new, title={New}}\n")
    file.add_entry("@misc{newer, title={Newer}}")
    added = "title = {A wick},)\n\n@misc{new, title={New}}\n\n@misc{newer, title={Newer}}\nsome words"
    assert file.text == edited(REFS, added, "title = {A wick},)\nsome words")


def test_what_stands_beside_the_last_entry_stays_beside_it() -> None:
    file = refs("@misc{a, title={T}} % mine\n")
    file.add_entry("@misc{b, title={U}}")
    assert file.text == "@misc{a, title={T}} % mine\n\n@misc{b, title={U}}\n"
    trap = refs("@misc{a, title={T}} me@\n")
    trap.add_entry("@misc{b, title={U}}")
    assert trap.text == "@misc{a, title={T}}\n\n@misc{b, title={U}} me@\n"


@pytest.mark.parametrize(
    ("before", "gap"), [("", ""), ("% mine", "\n\n"), ("% mine\n", "\n"), ("% mine\n\n", ""), ("% mine\n\n\n", "")]
)
def test_the_first_entry_of_a_file(before: str, gap: str) -> None:
    file = refs(before)
    file.add_entry("@misc{a, title={T}}")
    assert file.text == f"{before}{gap}@misc{{a, title={{T}}}}\n"
    assert file.keys == ("a",)


def test_remove_entry_takes_its_lines_along() -> None:
    file = refs()
    file.remove_entry("lantern1999")
    begin, end = REFS.index("@article"), REFS.index("@comment")
    assert file.text == REFS[:begin] + REFS[end:]
    file.remove_entry("kettle:2001")
    assert "\n\n % lent to Dora\n\n@misc(wick" in file.text
    assert file.keys == ("wick",)


def test_the_second_entry_of_a_key_counts_when_the_first_is_gone() -> None:
    file = refs("@misc{a, title={One}}\n@misc{a, title={Two}}\n")
    assert file.keys == ("a",)
    file.remove_entry("a")
    assert file.entry("a") == "@misc{a, title={Two}}"
    assert file.text == "@misc{a, title={Two}}\n"


def test_a_field_keeps_the_layout_of_its_entry() -> None:
    file = refs()
    file.set_field("lantern1999", "Title", "On {Wicks}")
    file.set_field("lantern1999", "year", "2000")
    file.set_field("lantern1999", "volume", "7")
    file.set_field("lantern1999", "month", "jan", bare=True)
    file.set_field("lantern1999", "journal", "Wicks")
    expected = edited(REFS, '"On {Wicks}"', '"On {Kettles}"')
    expected = edited(expected, "2000,\n  volume    = {7},\n  month     = jan\n}", "1999\n}")
    assert file.text == edited(expected, "{Wicks}, % always", "jok, % always")


@pytest.mark.parametrize(
    ("entry", "with_year"),
    [
        ("@misc{a}", "@misc{a,\n  year = {1999}\n}"),
        ("@misc{a,\n}", "@misc{a,\n  year = {1999}\n}"),
        ("@misc(a, title={T})", "@misc(a, title={T}, year={1999})"),
        ("@misc{a,title={T},}", "@misc{a,title={T}, year={1999},}"),
        ("@misc{a,\n\ttitle\t=\t{T}\n}", "@misc{a,\n\ttitle\t=\t{T},\n\tyear\t=\t{1999}\n}"),
        (
            "@misc{a,\n  booktitle = {B},\n  title = {T},\n}",
            "@misc{a,\n  booktitle = {B},\n  title = {T},\n  year = {1999},\n}",
        ),
        ("@misc{a, title = {A} # {B}, year=}", "@misc{a, title = {A} # {B}, year={1999}}"),
        ('@misc{a, year = "98", year = 97}', '@misc{a, year = "1999", year = 97}'),
    ],
)
def test_a_new_field_looks_like_the_others(entry: str, with_year: str) -> None:
    file = refs(entry)
    file.set_field("a", "year", "1999")
    assert file.text == with_year


@pytest.mark.parametrize(
    ("entry", "without_note"),
    [
        ("@misc{a,\n  note = {N},\n  title = {T}\n}", "@misc{a,\n  title = {T}\n}"),
        ("@misc{a,\n  title = {T},\n  note = {N}\n}", "@misc{a,\n  title = {T},\n}"),
        ("@misc{a, note={N}, title={T}}", "@misc{a, title={T}}"),
        ("@misc{a, % why\n  note={N}, title={T}}", "@misc{a, % why\n   title={T}}"),
        ("@misc{a, title={T}}", "@misc{a, title={T}}"),
    ],
)
def test_remove_field(entry: str, without_note: str) -> None:
    file = refs(entry)
    file.remove_field("a", "NOTE")
    assert file.text == without_note


@pytest.mark.parametrize(
    "text",
    ["", "words", "@misc{b, title={T}", "@misc{b, title={T}} @misc{c}", "@misc{, title={T}}", "@string{b = {T}}",
     "@misc{b, title={\udc80}}", "@misc{WICK, title={T}}"],
)  # fmt: skip
def test_only_one_readable_entry_of_a_new_key_is_taken(text: str) -> None:
    file = refs()
    with pytest.raises(ValueError):
        file.add_entry(text)
    with pytest.raises(ValueError):
        file.set_entry("lantern1999", text)
    assert file.text == REFS


@pytest.mark.parametrize(
    ("name", "value", "bare"),
    [("note", "{", False), ("note", "}{", False), ("a b", "x", False), ("", "x", False), ("note", "x, y = {z}", True),
     ("note", "", True), ("note", "x % y", True), ("note", "{x}} @misc{b", True)],
)  # fmt: skip
def test_values_that_would_break_the_file_are_refused(name: str, value: str, bare: bool) -> None:
    file = refs()
    with pytest.raises(ValueError):
        file.set_field("lantern1999", name, value, bare=bare)
    assert file.text == REFS


def test_latin_1_stays_latin_1() -> None:
    text = "@misc{a, title={Kessel für Öl}}\n"
    file = BibFile.read(text.encode("latin-1"))
    file.set_field("a", "note", "größer")
    assert file.to_bytes() == text.replace("}}", "}, note={größer}}").encode("latin-1")
    with pytest.raises(ValueError, match="'ő' cannot be written in latin-1"):
        file.set_field("a", "note", "ő")


BIB_LIKE = st.text(st.sampled_from('@{}(),="#\\% \r\nab1~é'), max_size=60)


@given(st.tuples(BIB_LIKE, BIB_LIKE), BIB_LIKE)
def test_an_edit_is_all_or_nothing(around: tuple[str, str], value: str) -> None:
    entry = "@misc{key1, title={T},\n note={N}}"
    for first in (f"{around[0]}\n{entry}{around[1]}", f"{entry}{around[1]}\n@misc{{key2, note={{M}}}}"):
        file = BibFile(first)
        if file.keys.count("key1") != 1 or file.entry("key1") != entry:
            continue
        for edit in (
            lambda file=file: file.set_field("key1", "note", value),
            lambda file=file: file.add_entry("@misc{key3, title={U}}"),
            lambda file=file: file.remove_field("key1", "title"),
            lambda file=file: file.remove_entry("key1"),
        ):
            before, others = file.text, [key for key in file.keys if key != "key1"]
            kept = {key: file.entry(key) for key in others}
            try:
                edit()
            except ValueError:
                assert file.text == before
            again = BibFile(file.text)
            assert again.keys == file.keys
            assert all(again.entry(key) == text for key, text in kept.items())


@given(st.text(st.sampled_from('ab{} "\\#%,=@\né')))
def test_a_value_comes_back_as_it_was_given(value: str) -> None:
    file = refs()
    try:
        file.set_field("wick", "note", value)
    except ValueError:
        return
    assert file.fields("wick")["note"] == f"{{{value}}}"
    assert [paper.key for paper in bibtex.read(file.text).papers] == ["lantern1999", "Kettle:2001", "wick"]
