"""Better BibTeX JSON; the shape of the items is that of Better BibTeX's own exports."""

from __future__ import annotations

import json
from typing import Any

import pytest

from paperpath.formats import json_references
from paperpath.model import Author, Paper


def one(item: dict[str, Any]) -> Paper:
    text = json.dumps({"config": {"label": "BetterBibTeX JSON"}, "collections": {}, "items": [item]}, indent=2)
    result = json_references.read(text)
    assert result.problems == ()
    (paper,) = result.papers
    return paper


def creators(*people: dict[str, str]) -> tuple[Author, ...]:
    return one({"itemType": "book", "title": "T", "creators": list(people)}).authors


def named(last: str, first: str = "") -> dict[str, str]:
    return {"creatorType": "author", "lastName": last, "firstName": first}


def test_an_article_with_everything() -> None:
    paper = one(
        {
            "itemID": 6, "itemType": "journalArticle", "citationKey": "potter2014boiling", "version": 12,
            "title": "Boiling <i>without</i> Observation", "publicationTitle": "Journal of Tea", "volume": "9",
            "issue": "2", "pages": "1-17", "date": "2014-12-09", "DOI": "10.1000/Kettle.7", "ISSN": "1234-5679",
            "url": "https://tea.example/7", "accessDate": "2015-02-07T13:25:26Z", "abstractNote": "We\nboil.",
            "libraryCatalog": "tea.example", "journalAbbreviation": "J. Tea", "extra": "arXiv: 1412.2970\nHot",
            "creators": [named("Potter", "Ada"), {"creatorType": "editor", "firstName": "Bo", "lastName": "Wheel"}],
            "tags": ["steam", {"tag": "heat", "type": 1}], "notes": ["<p>Read <b>this</b>.</p>", {"note": "Twice."}],
            "attachments": [{"path": "/home/ada/a;b.pdf", "title": "PDF"}, {"path": "files/7/c.html"}, {"title": "x"}],
            "relations": {}, "collections": ["AB"],
        }
    )  # fmt: skip
    assert paper == Paper(
        "Boiling without Observation", (Author("Potter", "Ada"),), key="potter2014boiling", entry_type="article",
        year=2014, month=12, venue="Journal of Tea", volume="9", number="2", pages="1–17", doi="10.1000/kettle.7",
        url="https://tea.example/7", arxiv_id="1412.2970", abstract="We boil.",
        extra=(
            ("editor", "Wheel, Bo"), ("date", "2014-12-09"), ("issn", "1234-5679"), ("source", "tea.example"),
            ("shortjournal", "J. Tea"), ("keywords", "steam, heat"), ("annote", "Read this. Twice."),
            ("file", "/home/ada/a\\;b.pdf;files/7/c.html"), ("urldate", "2015-02-07"), ("note", "Hot"),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    "fields",
    [
        {"itemType": "preprint", "repository": "arXiv", "archiveID": "arXiv:1412.2970", "url": "http://arxiv.org/abs/1412.2970"},
        {"itemType": "preprint", "publisher": "arXiv", "number": "arXiv:1412.2970", "DOI": "10.48550/arXiv.1412.2970"},
        {"itemType": "journalArticle", "publicationTitle": "arXiv:1412.2970 [math-ph, physics:quant-ph]"},
        {"itemType": "journalArticle", "publicationTitle": "arXiv preprint arXiv:1412.2970"},
        {"itemType": "manuscript", "extra": "arXiv: 1412.2970"},
        {"itemType": "preprint", "extra": ["tex.eprint= 1412.2970", "tex.eprinttype= arxiv"]},
    ],
)  # fmt: skip
def test_arxiv_ids_wherever_zotero_has_them(fields: dict[str, Any]) -> None:
    assert one({"title": "T"} | fields) == Paper("T", arxiv_id="1412.2970")


def test_lines_of_extra() -> None:
    paper = one(
        {
            "itemType": "book", "title": "T",
            "extra": "Citation Key: potter1\nDOI: 10.1000/x\noriginal-date: 1972\ntex.xref= pot\nWater: hot\nHot",
        }
    )  # fmt: skip
    assert (paper.key, paper.doi) == ("potter1", "10.1000/x")
    assert dict(paper.extra) == {"origdate": "1972", "xref": "pot", "note": "Water: hot Hot"}


def test_names() -> None:
    assert creators(
        named("Humboldt", "Alexander von"),
        named("van der Meer", "Gerard"),
        named("King", "Martin Luther, Jr."),
        named("Kettle", "Frank G.,! Jr."),
        named('"von Wright"', "Georg"),
        {"creatorType": "author", "name": "Tea Group"},
        named("Doe Inc."),
        named("Plato"),
        named("", ""),
    ) == (
        Author("Humboldt", "Alexander", "von"),
        Author("Meer", "Gerard", "van der"),
        Author("King", "Martin Luther", suffix="Jr."),
        Author("Kettle", "Frank G.", suffix="Jr."),
        Author("von Wright", "Georg"),
        Author("Tea Group", literal=True),
        Author("Doe Inc.", literal=True),
        Author("Plato"),
    )


def test_who_made_what_has_no_author() -> None:
    item = {
        "itemType": "computerProgram",
        "title": "T",
        "creators": [named("Potter", "Ada") | {"creatorType": "programmer"}],
    }
    paper = one(item)
    assert (paper.entry_type, paper.authors) == ("software", (Author("Potter", "Ada"),))


def test_theses_reports_and_what_is_not_known() -> None:
    thesis = one({"itemType": "thesis", "title": "T", "thesisType": "PhD thesis", "university": "Kettle University"})
    assert (thesis.entry_type, thesis.extra) == ("phdthesis", (("school", "Kettle University"),))
    report = one({"itemType": "report", "title": "T", "reportNumber": "TR-7", "institution": "Kettle Labs"})
    assert (report.entry_type, report.number, report.extra) == ("techreport", "TR-7", (("institution", "Kettle Labs"),))
    podcast = one({"itemType": "podcast", "title": "T", "runningTime": "1:00"})
    assert (podcast.entry_type, dict(podcast.extra)) == ("misc", {"runningtime": "1:00", "type": "podcast"})


def test_conference_and_proceedings() -> None:
    paper = one(
        {"itemType": "conferencePaper", "title": "T", "conferenceName": "Tea 7", "proceedingsTitle": "Proc. Tea"}
    )
    assert (paper.entry_type, paper.venue, paper.extra) == ("inproceedings", "Proc. Tea", (("eventtitle", "Tea 7"),))


def test_lines_of_items() -> None:
    result = json_references.read(
        '{\n"config": {},\n"items": [\n{"itemType": "book"},\n\n{"title": "T", "itemType": "book", "a": {"": 1}}]}'
    )
    assert [problem.line for problem in result.problems] == [4, 6]
    assert len(result.papers) == 2
