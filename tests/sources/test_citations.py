"""What is asked about citations, and what is read in answers: as documented, and nonsense."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.model import PaperId
from paperpath.sources.providers.base import NoAnswer
from paperpath.sources.providers.semantic_scholar import SemanticScholar, read_citations
from tests.standin.citations import citing, page

SINCE = "2026-07-14"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["data", "offset", "next"]), inner),
    max_leaves=8,
)


def answer(*papers: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"offset": 0, "data": [{"citingPaper": one} for one in papers]} | more


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        (PaperId("arxiv", "1706.03762", 7), "/graph/v1/paper/ARXIV:1706.03762/citations"),
        (PaperId("arxiv", "hep-th/9901001"), "/graph/v1/paper/ARXIV:hep-th/9901001/citations"),
        (PaperId("doi", "10.1234/a(b)<c>?#"), "/graph/v1/paper/DOI:10.1234/a%28b%29%3Cc%3E%3F%23/citations"),
    ],
)
def test_it_is_asked_by_id_since_a_day_for_a_page(paper: PaperId, expected: str) -> None:
    asked = urlsplit(SemanticScholar().citations_request(paper, SINCE, 2000))
    assert asked.path == expected
    assert parse_qs(asked.query) == {
        "fields": ["externalIds,publicationDate,year"], "publicationDateOrYear": [f"{SINCE}:"], "offset": ["2000"],
        "limit": ["1000"],
    }  # fmt: skip


def test_what_is_new_and_on_arxiv_is_taken_and_the_rest_is_counted() -> None:
    found = read_citations(
        answer(
            citing("2608.00001", "2026-08-01"),
            citing("2608.00002v3", None),
            citing("2608.00001", "2026-08-01"),  # twice
            citing("1105.0001", "2026-08-01"),  # printed years after it was a preprint
            citing("hep-th/9901001", "2026-08-01"),
            citing("2607.00001", "2026-07-13"),  # a gateway that did not look at the day
            citing(None, "2026-08-01", DOI="10.1/x"),
            citing("not an id", "2026-08-01"),
        ),
        SINCE,
        0,
    )
    assert found == (("2608.00001", "2608.00002"), 2, None)


def test_pages_lead_on() -> None:
    papers = [citing(f"2608.{number:05}", "2026-08-01") for number in range(1, 6)]
    offset: int | None = 0
    seen: list[str] = []
    while offset is not None:
        query = {"publicationDateOrYear": f"{SINCE}:", "offset": str(offset), "limit": "1000"}
        found = read_citations(page(papers, query, 2), SINCE, offset)
        seen += found.ids
        offset = found.next
    assert seen == [f"2608.{number:05}" for number in range(1, 6)]


@pytest.mark.parametrize(
    "body",
    [{}, [], None, 3, {"error": "Paper not found"}, {"data": {}}, answer(offset=5), answer(next=0), answer(next="9")],
)
def test_what_is_no_page_of_citations(body: Any) -> None:
    with pytest.raises(NoAnswer):
        read_citations(body, SINCE, 0)


@given(JSON)
def test_nonsense_is_no_answer_or_an_empty_one(body: Any) -> None:
    try:
        found = read_citations(json.loads(json.dumps(body)), SINCE, 0)
    except NoAnswer:
        return
    assert found.ids == ()


@given(st.lists(st.fixed_dictionaries({"citingPaper": JSON | st.just({"externalIds": {"ArXiv": 3}})}), max_size=4))
def test_rows_with_something_wrong_in_them_cost_the_others_nothing(rows: list[dict[str, Any]]) -> None:
    good = {"citingPaper": citing("2608.00001", "2026-08-01")}
    assert read_citations({"offset": 0, "data": [*rows, good]}, SINCE, 0).ids == ("2608.00001",)
