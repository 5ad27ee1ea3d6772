"""What BibTeX's styles, biber and btparse say of exports; the folder comes from PAPERPATH_CORPUS.

Each program must be silent but for one thing: that a fact is missing which the library does not know either. So a
warning about something that is known, or about how it is written, fails. A program that is not installed is skipped:
on Debian they are in texlive-binaries, texlive-publishers, biber and libtext-bibtex-perl.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from paperpath.formats import bibtex
from paperpath.formats.dates import year_and_month
from paperpath.model import Paper
from paperpath.names import parse_name
from tests.formats.test_corpus import contents, files

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.corpus

STYLES = ("plain", "alpha", "plainnat", "abbrvnat", "IEEEtran", "ACM-Reference-Format", "splncs04")
LISTS = Path(__file__).parents[2] / "reading_lists"
NAMED = (
    (re.compile(r"(?:empty|no) (address|author|journal|note|publisher|title|year) in (.*)"), ()),
    (re.compile(r"page numbers missing(?: in both pages and numpages fields)? in (.*)"), ("pages",)),
    (re.compile(r"no number and no volume in (.*)"), ("volume",)),
    (re.compile(r"edition ordinal word .* in (.*)"), ("ordinal",)),
    (re.compile(r"Entry '(.*)' \(.*\): Missing mandatory field '(author|editor|title|booktitle)'"), ()),
    (re.compile(r"Entry '(.*)' \(.*\): Missing mandatory field - one of 'date, year' must be defined"), ("year",)),
    (re.compile(r"Entry '(.*)' \(.*\): Invalid value of field 'volume' must be datatype 'integer'.*"), ("integer",)),
)
"""What a program says, and what it is about where the sentence itself does not name it."""


def needed(name: str) -> str:
    return shutil.which(name) or pytest.skip(f"{name} is not installed")


def exports() -> Iterator[tuple[str, list[Paper]]]:
    """Real papers, each with a key: those of arXiv, of our reading lists, and of every .bib file."""
    folder = Path(os.environ["PAPERPATH_CORPUS"])
    rows = map(json.loads, (folder / "arxiv_metadata.jsonl").read_text("utf-8").splitlines())
    yield (
        "arXiv",
        [
            Paper(
                row["title"],
                tuple(map(parse_name, row["authors"] or ())),
                f"kettle{number}",
                arxiv_id=row["id"],
                doi=row["doi"],
                primary_category=row["primary_category"],
                journal_ref=row["journal_ref"],
                abstract=row["abstract"],
            )
            for number, row in enumerate(rows)
        ],
    )
    for path in (*sorted(LISTS.glob("*.bib")), *(path for path in files(folder / "bib") if path.suffix == ".bib")):
        papers = bibtex.read(contents(path)).papers
        yield path.name, [replace(paper, key=f"kettle{number}") for number, paper in enumerate(papers)]


def is_unknown(paper: Paper, what: str) -> bool:
    """Whether the library lacks what a program misses."""
    extra = dict(paper.extra)
    if what == "year":
        return year_and_month(paper)[0] is None
    if what == "ordinal":
        return not re.match(r"\d|(?:second|third|fourth|fifth)\b", extra["edition"], re.I)  # "Silver"
    if what == "integer":
        return not (paper.volume or "").isdecimal()
    known = {
        "author": paper.authors, "title": paper.title, "journal": paper.venue, "booktitle": paper.venue,
        "publisher": paper.publisher, "pages": paper.pages or extra.get("eid"), "volume": paper.volume,
        "number": paper.number,
    }  # fmt: skip
    return not known.get(what, extra.get(what))


def unexplained(messages: list[str], papers: list[Paper]) -> list[str]:
    """The messages that are about something else than what the library does not know."""
    by_key = {paper.key: paper for paper in papers}

    def explained(message: str) -> bool:
        for pattern, about in NAMED:
            if found := pattern.fullmatch(message):
                key, *_ = (group for group in found.groups() if group in by_key)
                names = about or [group for group in found.groups() if group != key]
                return all(is_unknown(by_key[key], name) for name in names)
        return False

    return [message for message in messages if not explained(message)]


def bibtex_says(folder: Path, style: str) -> list[str]:
    (folder / "a.aux").write_text(f"\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{x}}\n")
    command = [needed("bibtex"), "-min-crossrefs=1000", "a"]
    told = subprocess.run(command, cwd=folder, capture_output=True, check=False).stdout.decode("latin-1")
    if "I couldn't open style file" in told:
        pytest.skip(f"{style}.bst is not installed")
    lines = [line for line in told.splitlines() if re.match(r"Warning--|I |.*---line|Repeated", line)]
    return [line.removeprefix("Warning--") for line in lines]


@pytest.mark.parametrize("style", STYLES)
def test_bibtex_styles_miss_only_what_is_unknown(style: str, tmp_path: Path) -> None:
    for name, papers in exports():
        (tmp_path / "x.bib").write_text(bibtex.write(papers))
        told = bibtex_says(tmp_path, style)
        assert unexplained([line for line in told if not line.startswith("empty address")], papers) == [], name


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_biber_misses_only_what_is_unknown(dialect: str, tmp_path: Path) -> None:
    papers = [
        replace(paper, key=f"{paper.key}:{number}")
        for number, (_, some) in enumerate(exports())
        for paper in some[:40]  # biber takes 20 s for a thousand
    ]
    (tmp_path / "x.bib").write_text(bibtex.write(papers, dialect), "utf-8")  # type: ignore[arg-type]
    command = [needed("biber"), "--tool", "--validate-datamodel", "--nolog", "--output-file=out.bib", "x.bib"]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).stdout.decode()
    lines = re.findall(r"^(?:WARN|ERROR) - (.*)", told, re.M)
    assert unexplained([line.removeprefix("Datamodel: ") for line in lines], papers) == []
    assert len(re.findall("^@", (tmp_path / "out.bib").read_text("utf-8"), re.M)) == len(papers)


def test_btparse_reads_every_entry(tmp_path: Path) -> None:
    script = (
        "use Text::BibTeX qw(:metatypes);"
        " my $f = Text::BibTeX::File->new; $f->open('x.bib', {binmode => 'bytes'}); my $n = 0;"
        " while (my $e = Text::BibTeX::Entry->new($f)) { $n++ if $e->parse_ok && $e->metatype == BTE_REGULAR } print $n"
    )
    perl = needed("perl")
    if subprocess.run([perl, "-MText::BibTeX", "-e1"], capture_output=True, check=False).returncode:
        pytest.skip("Text::BibTeX is not installed")
    for name, papers in exports():
        (tmp_path / "x.bib").write_text(bibtex.write(papers))
        told = subprocess.run([perl, "-e", script], cwd=tmp_path, capture_output=True, check=True)
        assert (int(told.stdout), told.stderr) == (len(papers), b""), name
