"""What providers ask, and what they read in answers: real ones, documented ones and nonsense."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.errors import BadInput
from paperpath.model import Author, Paper
from paperpath.sources.providers import PROVIDERS, named
from paperpath.sources.providers.base import NoAnswer
from paperpath.sources.providers.crossref import Crossref
from paperpath.sources.providers.datacite import DataCite
from paperpath.sources.providers.dblp import Dblp
from paperpath.sources.providers.semantic_scholar import SemanticScholar
from tests.sources.services import (
    DOI,
    KETTLES,
    PREPRINT_INFO,
    crossref,
    crossref_one,
    crossref_work,
    datacite,
    dblp,
    dblp_info,
    recorded,
    semantic_scholar,
)

if TYPE_CHECKING:
    from paperpath.sources.providers import Provider


def only(provider: Provider, answer: Any, paper: Paper = KETTLES) -> Paper:
    """The publication of the one candidate in an answer."""
    (candidate,) = provider.candidates(answer, paper)
    assert candidate.source == provider.shown
    return candidate.paper


# --------------------------------------------------------------------------- asking


def test_names() -> None:
    assert [provider.name for provider in named(["crossref", " DataCite"])] == ["datacite", "crossref"]
    assert named(["semantic_scholar"]) == named(["semantic-scholar"])
    assert named(["all"]) == PROVIDERS
    assert named([""]) == ()
    with pytest.raises(BadInput, match=r"no service 'cross'.*crossref, datacite, dblp, semantic-scholar"):
        named(["cross"])


def test_crossref_is_asked_by_doi_or_by_title_and_first_author() -> None:
    by_doi = Crossref().request(replace(KETTLES, doi="10.1234/a(b)<c>"), None)
    assert by_doi == "/works/10.1234%2Fa%28b%29%3Cc%3E"
    path, query = (urlsplit(Crossref().request(KETTLES, "me@example.org") or "")[i] for i in (2, 3))
    assert path == "/works"
    assert parse_qs(query)["query.bibliographic"] == ["Why Kettles Sing by Night Kessel"]
    assert parse_qs(query)["mailto"] == ["me@example.org"]
    assert "mailto" not in (Crossref().request(KETTLES, "my lab") or "")


def test_the_others_are_asked_by_what_they_know() -> None:
    assert DataCite().request(KETTLES, None) == "/dois/10.48550/arxiv.1801.00001"
    assert (SemanticScholar().request(KETTLES, None) or "").startswith("/graph/v1/paper/arXiv:1801.00001?fields=title,")
    words = parse_qs(urlsplit(Dblp().request(replace(KETTLES, title="On $x^2$ & {GPT}-3: a view"), None) or "").query)[
        "q"
    ]
    assert words == ["On GPT 3 a view Kessel"]


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.name)
def test_nothing_to_ask_with(provider: Provider) -> None:
    assert provider.request(Paper("", ()), "me@example.org") is None


# --------------------------------------------------------------------------- real answers


def test_a_journal_article_of_crossref() -> None:
    paper = only(Crossref(), recorded("crossref-article"))
    assert paper.title == "Particle entanglement in continuum many-body systems via quantum Monte Carlo"
    assert paper.authors[-1] == Author("Del Maestro", "A.")
    assert (paper.entry_type, paper.venue, paper.volume, paper.number) == ("article", "Physical Review B", "89", "14")
    assert (paper.year, paper.month, paper.doi) == (2014, 4, "10.1103/physrevb.89.140501")
    assert (paper.pages, paper.publisher) == ("140501", "American Physical Society (APS)")


def test_a_paper_in_proceedings_of_crossref() -> None:
    paper = only(Crossref(), recorded("crossref-proceedings"))
    assert paper.title == "DL-Learner Structured Machine Learning on Semantic Web Data"
    assert paper.authors[0] == Author("Bühmann", "Lorenz")
    assert (paper.entry_type, paper.year, paper.publisher) == ("inproceedings", 2018, "ACM Press")
    assert paper.venue == "Companion of the The Web Conference 2018 on The Web Conference 2018 - WWW '18"


def test_a_working_paper_of_semantic_scholar() -> None:
    paper = only(SemanticScholar(), recorded("semantic-scholar-working-paper"))
    assert paper.title == "How Much Should We Trust Differences-in-Differences Estimates?"
    assert (paper.year, paper.venue, paper.doi) == (
        2001,
        "Experimental & Empirical Studies eJournal",
        "10.2139/ssrn.288970",
    )


# --------------------------------------------------------------------------- answers as documented


def test_datacite_names_the_doi_of_which_the_preprint_is_a_version() -> None:
    answer = datacite(
        ("IsVersionOf", "DOI", f"https://doi.org/{DOI.upper()}"),
        ("IsVersionOf", "DOI", "10.48550/arXiv.1801.00001"),
        ("Cites", "DOI", "10.1234/other"),
        ("IsVersionOf", "URL", "https://example.org"),
    )
    (candidate,) = DataCite().candidates(answer, KETTLES)
    assert candidate.linked
    assert candidate.paper == Paper(KETTLES.title, KETTLES.authors, doi=DOI)
    assert DataCite().candidates(datacite(), KETTLES) == []


def test_a_record_of_another_preprint_is_not_linked() -> None:
    answer = datacite(("IsVersionOf", "DOI", DOI), arxiv_id="1801.00002")
    assert [one.linked for one in DataCite().candidates(answer, KETTLES)] == [False]


def test_semantic_scholar_tells_a_journal_from_a_conference() -> None:
    (candidate,) = SemanticScholar().candidates(semantic_scholar(), KETTLES)
    paper = candidate.paper
    assert candidate.linked
    assert (paper.entry_type, paper.venue, paper.volume, paper.pages) == (
        "article",
        "Journal of Kettles",
        "12",
        "101--117",
    )
    assert (paper.year, paper.doi) == (2019, DOI)
    talk = semantic_scholar(
        venue="Conference on Kettles",
        publicationVenue={"name": "Conference on Kettles", "type": "conference"},
        journal={"volume": "abs/1801.00001", "name": "ArXiv"},
        externalIds={"ArXiv": "1801.00002", "DBLP": "conf/kettle/KesselO18"},
    )
    (candidate,) = SemanticScholar().candidates(talk, KETTLES)
    assert not candidate.linked
    assert (candidate.paper.entry_type, candidate.paper.venue) == ("inproceedings", "Conference on Kettles")
    assert (candidate.paper.volume, candidate.paper.doi) == (None, None)


@pytest.mark.parametrize(
    "more",
    [
        {"venue": "arXiv.org", "publicationVenue": {"name": "arXiv.org"}, "journal": {"name": "ArXiv"}},
        {"venue": "", "publicationVenue": None, "journal": None},
    ],
)
def test_semantic_scholar_knows_the_preprint_alone(more: dict[str, Any]) -> None:
    assert SemanticScholar().candidates(semantic_scholar(**more), KETTLES) == []


def test_dblp_gives_publications_and_no_preprints() -> None:
    thesis = dblp_info(type="Books and Theses", venue=None)
    paper = only(Dblp(), dblp(PREPRINT_INFO, dblp_info(title="Kettles &amp; Lanterns."), thesis))
    assert paper.title == "Kettles & Lanterns"
    assert paper.authors == (Author("Kessel", "Ann"), Author("Okafor", "Bo"))
    assert (paper.entry_type, paper.venue, paper.pages, paper.year) == (
        "inproceedings",
        "KettleConf",
        "5998--6008",
        2018,
    )
    assert Dblp().candidates(dblp(), KETTLES) == []


def test_a_single_author_and_a_single_hit_stand_alone() -> None:
    answer = dblp(dblp_info(authors={"author": {"@pid": "1/1", "text": "Ann Kessel"}}))
    answer["result"]["hits"]["hit"] = answer["result"]["hits"]["hit"][0]
    assert only(Dblp(), answer).authors == (Author("Kessel", "Ann"),)


def test_crossref_gives_the_year_of_print_and_plain_text() -> None:
    paper = only(
        Crossref(), crossref(crossref_work(), crossref_work(type="posted-content"), crossref_work(type="journal"))
    )
    assert paper.title == "Why kettles sing by night"
    assert paper.venue == "Journal of Kettles & Lanterns"
    assert (paper.year, paper.month, paper.volume, paper.number, paper.pages) == (2019, 4, "12", "3", "101--117")


def test_crossref_names_the_book_and_not_its_series() -> None:
    chapter = crossref_work(
        **{
            "type": "book-chapter",
            "container-title": ["Lecture Notes in Kettles", "Kettles in the Wild"],
            "published-print": None,
            "issued": {"date-parts": [[None]]},
        }
    )
    paper = only(Crossref(), crossref_one(chapter))
    assert (paper.entry_type, paper.venue, paper.year) == ("incollection", "Kettles in the Wild", None)


def test_crossref_knows_preprints_by_their_ids() -> None:
    def linked(name: str) -> bool:
        work = crossref_work(relation={"has-preprint": [{"id-type": "doi", "id": name, "asserted-by": "subject"}]})
        (candidate,) = Crossref().candidates(crossref(work), KETTLES)
        return candidate.linked

    assert linked("10.48550/arXiv.1801.00001")
    assert linked("arXiv:1801.00001v2")
    assert not linked("10.48550/arXiv.1801.000011")
    assert not linked("10.1101/014852")


# --------------------------------------------------------------------------- nonsense

NAMES = (
    "data attributes titles title creators relatedIdentifiers paperId externalIds journal venue result hits hit info"
    " authors author type message items DOI issued date-parts container-title relation has-preprint".split()
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(NAMES),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.name)
@given(answer=JSON)
def test_no_answer_is_too_odd(provider: Provider, answer: Any) -> None:
    try:
        candidates = provider.candidates(answer, KETTLES)
    except NoAnswer:
        return
    assert all(isinstance(one.paper, Paper) for one in candidates)


@pytest.mark.parametrize(
    ("provider", "answer"),
    [(DataCite(), datacite(("IsVersionOf", "DOI", DOI))), (SemanticScholar(), semantic_scholar()),
     (Dblp(), dblp(dblp_info())), (Crossref(), crossref(crossref_work()))],
    ids=["datacite", "semantic-scholar", "dblp", "crossref"],
)  # fmt: skip
@given(data=st.data())
def test_an_answer_with_one_thing_wrong_in_it(provider: Provider, answer: Any, data: st.DataObject) -> None:
    try:
        candidates = provider.candidates(_spoilt(answer, data), KETTLES)
    except NoAnswer:
        return
    assert all(isinstance(one.paper.title, str) for one in candidates)


@pytest.mark.parametrize("odd", [["journal-article"], {"a": 1}, 7, None])
def test_a_type_that_is_no_text(odd: object) -> None:
    Crossref().candidates(crossref(crossref_work(type=odd)), KETTLES)
    Dblp().candidates(dblp(dblp_info(type=odd)), KETTLES)
    DataCite().candidates(datacite((odd, "DOI", DOI)), KETTLES)  # type: ignore[arg-type]
    SemanticScholar().candidates(semantic_scholar(publicationTypes=odd, year=odd), KETTLES)


def _spoilt(value: Any, data: st.DataObject) -> Any:
    """``value`` with one part of it replaced."""
    if isinstance(value, dict) and value and data.draw(st.booleans()):
        name = data.draw(st.sampled_from(sorted(value)))
        return value | {name: _spoilt(value[name], data)}
    if isinstance(value, list) and value and data.draw(st.booleans()):
        return [_spoilt(value[0], data), *value[1:]]
    return data.draw(JSON)
