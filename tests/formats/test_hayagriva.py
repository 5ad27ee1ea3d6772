"""Hayagriva's YAML: Typst refuses a file as a whole, so each thing that its reader could refuse has a test."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given

from paperpath.formats import hayagriva
from paperpath.model import Author, Paper
from tests.formats import samples
from tests.formats.test_round_trips import ANYTHING

GOLDEN = Path(__file__).parent.parent / "data" / "golden" / "formats"
TYPES = frozenset(
    "article chapter entry anthos report thesis web patent manuscript misc periodical proceedings book reference"
    " anthology repository".split()
)
FIELDS = frozenset(
    "type title author editor date genre serial-number url page-range note parent volume issue publisher organization"
    " edition location".split()
)


def entry(paper: Paper) -> dict[str, Any]:
    (fields,) = yaml.safe_load(hayagriva.write([paper])).values()
    assert isinstance(fields, dict)
    return fields


def titled(title: str) -> str:
    text = entry(Paper(title, key="k"))["title"]
    assert isinstance(text, str)
    return text


def test_golden() -> None:
    assert hayagriva.write(samples.PAPERS) == (GOLDEN / "papers.hayagriva.yml").read_text("utf-8")


def test_preprint_is_an_article_in_a_repository() -> None:
    fields = entry(samples.ATTENTION)
    assert fields["serial-number"] == {"doi": "10.48550/arXiv.1706.03762", "arxiv": "1706.03762"}
    assert (fields["type"], fields["parent"]) == ("article", {"type": "repository", "title": "{arXiv}"})
    assert fields["date"] == "2017-06"


def test_volume_issue_and_publisher_are_the_parents() -> None:
    fields = entry(replace(samples.TSNE, publisher="Kettle Press"))
    assert fields["parent"] == {
        "type": "periodical",
        "title": "Journal of Machine Learning Research",
        "volume": 9,
        "issue": 86,
        "publisher": "Kettle Press",
    }
    assert fields["page-range"] == "2579-2605"


def test_number_of_a_report_is_its_own() -> None:
    fields = entry(replace(samples.FORMULA, number="TR-7"))
    assert fields["serial-number"] == {"serial": "TR-7"}
    assert "issue" not in fields


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("BERT and t-SNE", "{BERT} and t-{SNE}"),
        ("An $O(n\\log n)$ bound", "An {O(nlog n)} bound"),
        ("The price of $5, {braces} and a \\kettle", "The price of \\$5, \\{braces\\} and a \\\\kettle"),
        ("yes", "yes"),
        ("1e5", "{1e5}"),
        ('Kettles: "hot" # & *', 'Kettles: "hot" # & *'),
    ],
)
def test_titles(title: str, written: str) -> None:
    assert titled(title) == written.replace("{1e5}", "1e5")


def test_people() -> None:
    fields = entry(
        Paper(
            "T",
            (
                Author("Potter", "Ada"), Author("Meer", "Bo", "van der"), Author("King", "Martin", suffix="Jr."),
                Author("Tea Group", literal=True), Author("Barnes and Noble", literal=True), Author("Plato"),
                Author("Tea, Esq.", "C."), Author("", "Only"),
            ),
            key="k",
        )
    )  # fmt: skip
    assert fields["author"] == [
        "Potter, Ada",
        {"name": "Meer", "given-name": "Bo", "prefix": "van der"},
        {"name": "King", "given-name": "Martin", "suffix": "Jr."},
        "Tea Group",
        {"name": "Barnes and Noble"},
        "Plato",
        {"name": "Tea, Esq.", "given-name": "C."},
        {"name": "", "given-name": "Only"},
    ]


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://x.org/a b", "https://x.org/ab"), ("www.x.org", "https://www.x.org"), ("kettle", None),
        ("http://[::", None), ("http://x y.org/", "http://xy.org/"), ("https://x.org:tea/", None),
        ("mailto:a@x.org", None), ("http://ü.org/", None),
    ],
)  # fmt: skip
def test_addresses_are_absolute_or_left_out(url: str, written: str | None) -> None:
    assert entry(Paper("T", key="k", url=url)).get("url") == written


def test_keys_are_texts() -> None:
    papers = [Paper("T", key=key) for key in ("no", "1e5", "a: b", "potter2014boiling", "2014")]
    text = hayagriva.write(papers)
    assert list(yaml.safe_load(text)) == ["no", "1e5", "a: b", "potter2014boiling", "2014"]
    assert "\npotter2014boiling:\n" in text


def test_dates() -> None:
    dated = Paper("T", key="k", year=2012, month=3, extra=(("date", "2012-03-04"),))
    assert entry(dated)["date"] == "2012-03-04"
    assert entry(replace(dated, month=None))["date"] == 2012
    assert "date" not in entry(replace(dated, year=20123))


def balanced(text: str) -> bool:
    """Whether Hayagriva's reader of texts takes it: braces in pairs, no bare dollar, nothing else to obey."""
    depth = 0
    for sign in re.findall(r"[{}$]", re.sub(r"\\[\\{}$]", "", text)):
        depth += {"{": 1, "}": -1}.get(sign, -99)
        if depth < 0:
            return False
    return depth == 0


@given(paper=ANYTHING)
def test_anything_is_written_so_that_it_can_be_read(paper: Paper) -> None:
    fields = entry(paper)
    for part in filter(None, (fields, fields.get("parent"))):
        assert part.keys() <= FIELDS
        assert part["type"] in TYPES
        texts = [part[name] for name in ("title", "publisher", "organization", "note", "genre") if name in part]
        assert all(isinstance(text, str) and balanced(text) for text in texts)
        for person in [*part.get("author", []), *part.get("editor", [])]:
            assert isinstance(person, str) or {"name"} <= person.keys()
