"""One wrong character in a .bib file: what it may cost, and what must be told."""

from __future__ import annotations

import random
import re
import time
from typing import NamedTuple

import pytest

from paperpath.formats import bibtex

ENTRIES = 40
CHARACTERS = '{}",=@#%\\( )\naZ0'


class Fault(NamedTuple):
    at: int
    text: str
    """The file with the fault."""


def entry(i: int) -> str:
    """Entry ``i`` in one of four layouts that people use."""
    title, year = f"Title number {i} of {{BERT}}", 1960 + i
    people, journal = "Lantern, Ann and Kettle, Carl", "Journal of Kettles"
    if i % 4 == 0:
        fields = f"author = {{{people}}},\n  title = {{{title}}},\n  journal = {{{journal}}},\n  year = {{{year}}}"
        return f"@article{{key{i},\n  {fields},\n  pages = {{{i}--{i + 9}}}\n}}\n"
    if i % 4 == 1:
        fields = f'author = "{people}",\n  title = "{title}",\n  journal = jok,\n  year = {year}'
        return f"@article{{key{i},\n  {fields},\n}}\n"
    if i % 4 == 2:
        return f'@Book(key{i}, title={{{title}}}, year={year}, publisher = "Wick" # {{ and Sons}})\n'
    return f"@inproceedings{{key{i},title={{{title}}},booktitle={{Proc. {i}}},year={{{year}}}}}\n"


FILE = "\n".join(['@string{jok = "Journal of Kettles"}\n', *map(entry, range(ENTRIES))])
TRUE = {f"key{i}": (f"Title number {i} of BERT", 1960 + i) for i in range(ENTRIES)}
ENDS = {f"key{i}": FILE.index(entry(i)) + len(entry(i)) for i in range(ENTRIES)}
VALUES = re.compile(r"Title number \d+ of \{BERT\}|year ?= ?\{?\d+")
"""Where a fault is a misprint that no program can see, and the place behind it."""


def faults(seed: int, count: int) -> list[Fault]:
    rng = random.Random(seed)
    made = []
    for _ in range(count):
        at, char = rng.randrange(len(FILE)), rng.choice(CHARACTERS)
        before, after = FILE[:at], FILE[at + 1 :]
        made.append(Fault(at, rng.choice([before + after, f"{before}{char}{FILE[at:]}", f"{before}{char}{after}"])))
    return made


def owner(at: int) -> str:
    """The key of the entry that has the character at ``at``, or that begins behind it."""
    return next(key for key, end in ENDS.items() if at < end)


def test_the_file_without_a_fault() -> None:
    result = bibtex.read(FILE)
    assert not result.problems
    assert {paper.key: (paper.title, paper.year) for paper in result.papers} == TRUE


@pytest.mark.parametrize("seed", range(3))
def test_one_fault_costs_at_most_its_own_entry_and_one_other_and_none_is_wrong_in_silence(seed: int) -> None:
    misprints = [match.span() for match in VALUES.finditer(FILE)]
    checked = 0
    for fault in faults(seed, 100):
        result = bibtex.read(fault.text)
        found = {paper.key: (paper.title, paper.year) for paper in result.papers}
        mine = owner(fault.at)
        others = TRUE.keys() - {mine}
        assert len(others - found.keys()) <= 1, FILE[fault.at - 20 : fault.at + 20]
        for key in others & found.keys():
            assert found[key] == TRUE[key] or result.problems, FILE[fault.at - 20 : fault.at + 20]
        if result.problems or any(begin <= fault.at <= end for begin, end in misprints):
            continue
        checked += 1
        for key in TRUE.keys() & found.keys():
            title, year = found[key]
            assert title == TRUE[key][0]
            assert year in (TRUE[key][1], None)
    assert checked > 20


def test_what_is_left_of_an_entry_is_told() -> None:
    result = bibtex.read("@misc{a, title={T}},\n  year = {1999},\n}\n\nmisc{b, title={U}}\n@misc{c, title={V}}")
    assert [paper.key for paper in result.papers] == ["a", "c"]
    (problem,) = result.problems
    assert problem.line == 1
    assert "a brace too many" in problem.message


def test_an_entry_without_its_sign_is_told_with_its_line() -> None:
    result = bibtex.read("@misc{a, title={T}}\n\nmisc{b,\n  title={U}}\n")
    assert [problem.line for problem in result.problems] == [3]


def test_words_between_entries_are_no_fault() -> None:
    text = "Kettles = good\n% title = {T}\n@misc{a, title={T}} see p = 3, or so\n"
    assert bibtex.read(text).problems == ()


@pytest.mark.parametrize(
    "unit", ["@a{b,c={\n", '@a{b,c="\n', "@", "@a{", "@a{b,c={}\n", "@comment{", "a = b,", "@a{b,%\n}"]
)
def test_time_grows_with_the_size_and_not_with_its_square(unit: str) -> None:
    def seconds(count: int) -> float:
        text = unit * count
        begin = time.process_time()
        bibtex.read(text)
        return time.process_time() - begin

    seconds(10)
    assert seconds(4000) < 2  # when each brace was followed to the end of the file, it took 7 s
