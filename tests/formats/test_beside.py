"""What .bib, .ris and Better BibTeX JSON say beside metadata."""

from __future__ import annotations

import json
from typing import Any

from paperpath.formats import bibtex, json_references, ris
from paperpath.formats.result import Beside
from paperpath.model import Highlight

ENTRY = "@article{potter2014, title = {Kettles}, author = {Potter, Ada}, year = 2014, %s}\n"
GROUPS = r"""
@Comment{jabref-meta: fileDirectory:papers;}
@Comment{jabref-meta: grouping:
0 AllEntriesGroup:;
1 StaticGroup:Tea\;0\;1\;\;\;\;;
2 StaticGroup:Copper\;0\;1\;\;\;\;;
2 KeywordGroup:Hot\;0\;keywords\;steam\;0\;0\;1\;\;\;\;;
}
"""


def bib(fields: str, more: str = "") -> Beside | None:
    result = bibtex.read(ENTRY % fields + more)
    assert result.problems == ()
    return result.beside.get(0)


def test_mendeley() -> None:
    assert bib(
        "file = {:home/ada/Kettle{\\_}1.pdf:pdf;::}, keywords = {steam,heat}, mendeley-groups = {T{\\&}W,T{\\&}W/Old},"
        ' mendeley-tags = {to read}, annote = {They boil.\n\nThey {\\"o}ften do.\\par Really.}'
    ) == Beside(
        files=("home/ada/Kettle_1.pdf",),
        tags=("T&W", "T&W/Old", "to read"),
        keywords=("steam", "heat"),
        notes=("They boil.\n\nThey öften do.\n\nReally.",),
    )


def test_jabref() -> None:
    found = bib(
        r"file = {A\; kettle:kettles\;1.pdf:PDF}, groups = {Copper, Unknown}, keywords = {Steam, heat},"
        " readstatus = {read}, ranking = {rank4}, comment-ada = {Mine.}, comment = {12 pages}",
        GROUPS,
    )
    assert found == Beside(
        files=("kettles;1.pdf",),
        tags=("Tea/Copper", "Unknown", "Tea/Hot", "rank4"),
        keywords=("Steam", "heat"),
        notes=("Mine.",),
        status="read",
    )
    assert bibtex.read(ENTRY % "" + GROUPS).folders == ("papers",)


def test_others_and_nothing() -> None:
    assert bib("local-url = {file://localhost/home/ada/b%20c.pdf}, annotation = {Good}") == Beside(
        files=("/home/ada/b c.pdf",), notes=("Good",)
    )
    assert bib("file = {:http\\://tea.example/b.pdf:PDF}, doi = {10.1000/x}") is None


def test_the_fields_stay() -> None:
    (paper,) = bibtex.read(ENTRY % "file = {:b.pdf:PDF}, groups = {Tea}").papers
    assert paper.extra == (("file", ":b.pdf:PDF"), ("groups", "Tea"))


def test_ris() -> None:
    result = ris.read(
        "TY  - JOUR\nTI  - Kettles\nL1  - file:///home/ada/a%20b.pdf\nL1  - https://tea.example/c.pdf\n"
        "N1  - <p>Hot <b>water</b>.</p>\nN1  - First line\nsecond line\nN1  - Cited By :12\nN1  - arXiv:1412.2970\n"
        "KW  - steam\nER  - \nTY  - JOUR\nTI  - Lids\nER  - \n"
    )
    assert result.beside == {
        0: Beside(
            files=("/home/ada/a b.pdf",),
            keywords=("steam",),
            notes=("Hot **water**.", "First line\nsecond line"),
        )
    }
    assert result.papers[0].arxiv_id == "1412.2970"


ITEM: dict[str, Any] = {
    "itemID": 7, "itemType": "journalArticle", "title": "Kettles", "date": "2014",
    "tags": [{"tag": "steam", "type": 1}, {"tag": "to read"}, "mine"],
    "notes": [{"note": "<p>Hot.</p>"}, "Plain."],
    "attachments": [
        {"itemType": "attachment", "title": "Page", "path": "/home/ada/a.html", "contentType": "text/html"},
        {
            "itemType": "attachment", "path": "/home/ada/a.pdf",
            "annotations": [
                {
                    "annotationType": "highlight", "annotationText": "water that\nboils", "annotationColor": "#5FB236",
                    "annotationComment": "Why?", "annotationPageLabel": "xii", "dateAdded": "2024-05-06T07:08:09Z",
                    "annotationPosition": '{"pageIndex": 3, "rects": []}',
                },
                {"annotationType": "underline", "annotationText": "never", "annotationPageLabel": "5"},
                {"annotationType": "note", "annotationComment": "Ask Bo", "annotationPageLabel": "6"},
                {"annotationType": "ink", "annotationPosition": {"pageIndex": 0}},
            ],
        },
    ],
}  # fmt: skip


def test_better_bibtex_json() -> None:
    collections = {
        "A": {"key": "A", "name": "Tea", "items": [1], "collections": ["B"]},
        "B": {"key": "B", "name": "Copper", "parent": "A", "items": [7], "collections": []},
        "C": {"key": "C", "name": "Round", "parent": "C", "items": [7]},
    }
    result = json_references.read(json.dumps({"collections": collections, "items": [{"itemType": "note"}, ITEM]}))
    assert [problem.message[:37] for problem in result.problems] == ["A note that belongs to no item was le"]
    found = result.beside[0]
    assert found._replace(tags=found.tags[:3]) == Beside(
        files=("/home/ada/a.pdf",),
        tags=("to read", "mine", "Tea/Copper"),
        keywords=("steam",),
        notes=("Hot.", "Plain.", "- p. 6: Ask Bo"),
        highlights=(
            Highlight("water that boils", page=4, colour="green", comment="Why?", created="2024-05-06T07:08:09Z"),
            Highlight("never", page=5),
        ),
    )
    assert found.tags[3].startswith("Round/Round")


def test_odd_shapes_never_raise() -> None:
    odd: list[Any] = [None, 7, "x", [], {}, [None, 7, "x", {}, []], {"a": []}]
    for name in ("tags", "notes", "attachments", "itemID", "itemType"):
        for value in [*odd, [{"annotations": odd}], [{"path": odd, "annotations": [{"annotationPosition": "["}]}]]:
            json_references.read(
                json.dumps({"collections": {"A": {"items": [value]}}, "items": [ITEM | {name: value}]})
            )
    for value in odd:
        json_references.read(json.dumps({"collections": value, "items": [ITEM]}))
