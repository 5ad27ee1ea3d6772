"""Published versions of preprints: what is one, what it would change, and taking it over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from paperpath.errors import BadQuery
from paperpath.formats.citekeys import make_key
from paperpath.model import Author, Paper
from paperpath.sources.providers import PROVIDERS, Candidate, named
from paperpath.sources.providers.asking import Services
from paperpath.workflow import caring, published
from paperpath.workflow.published_match import Change, Published, from_record, judge, may_be_published, publications
from tests.sources.services import (
    DOI,
    KETTLES,
    crossref,
    crossref_one,
    crossref_work,
    datacite,
    dblp,
    dblp_info,
    semantic_scholar,
)

if TYPE_CHECKING:
    from pathlib import Path

    from paperpath.library import Library
    from tests.standin import StandIn

ARTICLE = Paper(
    "Why kettles sing by night",
    (Author("Kessel", "A."), Author("Okafor", "B.")),
    entry_type="article",
    year=2019,
    venue="Journal of Kettles",
    volume="12",
    pages="101--117",
    doi=DOI,
)
RECORD = replace(KETTLES, journal_ref="J. Kettles 12 (2019) 101-117", doi=DOI)


def candidate(source: str = "Crossref", *, linked: bool = False, **fields: Any) -> Candidate:
    return Candidate(replace(ARTICLE, **fields), source, linked)


# --------------------------------------------------------------------------- whether it is the same paper


def test_title_first_author_and_year_make_it_certain() -> None:
    assert judge(KETTLES, candidate()) == ("certain", "same title, first author and year")


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Why Kettles Sing by Day"},
        {"authors": (Author("Lampe", "Ann"),)},
        {"authors": ()},
        {"year": None},
        {"year": 2016},
        {"year": 2022},
        {"venue": "CoRR", "doi": None},
        {"venue": "arXiv preprint arXiv:1801.00001"},
        {"venue": None, "doi": None},
        {"doi": "10.5281/zenodo.7"},
    ],
)
def test_a_title_alone_or_a_second_copy_never_does(fields: dict[str, Any]) -> None:
    assert judge(KETTLES, candidate(**fields)) is None


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"title": "Why Kettles Sing by Nigth"}, "a letter of the title differs"),
        ({"authors": KETTLES.authors[::-1]}, "another author is the first"),
    ],
)
def test_what_differs_a_little_is_uncertain(fields: dict[str, Any], why: str) -> None:
    assert judge(KETTLES, candidate(**fields)) == ("uncertain", why)


def test_a_subtitle_more_is_uncertain() -> None:
    paper = replace(KETTLES, title="Why Kettles Sing by Night: A Study")
    assert judge(paper, candidate()) == ("uncertain", "the subtitle differs")


def test_many_works_have_some_titles() -> None:
    paper = replace(KETTLES, title="Introduction")
    assert judge(paper, candidate(title="Introduction")) == ("uncertain", "many works have this title")


def test_years_around_the_preprint() -> None:
    for year in (2017, 2018, 2021):
        assert judge(KETTLES, candidate(year=year)) is not None


def test_an_identifier_makes_up_for_a_new_title_or_a_late_year_but_not_quite() -> None:
    assert judge(KETTLES, candidate(linked=True, title="How Kettles Sing")) == ("uncertain", "the title is another one")
    assert judge(KETTLES, candidate(linked=True, year=2025)) == ("uncertain", "7 years lie between them")
    assert judge(KETTLES, candidate(linked=True, title="Lamps")) is None
    assert judge(KETTLES, candidate(linked=True, authors=(Author("Lampe", "Ann"),))) is None
    certain = judge(replace(KETTLES, doi=DOI), candidate(year=None))
    assert certain == ("certain", "same paper by its identifier, title and first author")


def test_another_doi_than_that_of_the_record_is_uncertain() -> None:
    verdict = judge(replace(KETTLES, doi="10.1234/other"), candidate())
    assert verdict == ("uncertain", "its DOI is not the one that the library has")


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        (KETTLES, True),
        (replace(KETTLES, doi=DOI), True),
        (replace(KETTLES, entry_type="article", venue="arXiv preprint arXiv:1801.00001"), True),
        (replace(KETTLES, arxiv_id=None, doi="10.1101/014852"), True),
        (replace(KETTLES, entry_type="article", venue="Journal of Kettles"), False),
        (replace(KETTLES, arxiv_id=None), False),
        (replace(KETTLES, arxiv_id=None, entry_type="book"), False),
    ],
)
def test_which_papers_are_looked_at(paper: Paper, expected: bool) -> None:
    assert may_be_published(paper) is expected


# --------------------------------------------------------------------------- what it would change


def changes(paper: Paper, *candidates: Candidate) -> dict[str, tuple[object, object, str]]:
    (one,) = publications(paper, candidates)
    return {change.field: (change.old, change.new, change.source) for change in one.changes}


def test_the_record_of_the_preprint_says_it() -> None:
    (one,) = publications(RECORD, from_record(RECORD))
    assert (one.sure, one.sources) == ("certain", ("arXiv",))
    paper = one.accepted
    assert (paper.entry_type, paper.venue, paper.volume, paper.pages, paper.year) == (
        "article",
        "J. Kettles",
        "12",
        "101--117",
        2019,
    )
    assert paper.month is None  # that of the preprint
    assert (paper.key, paper.arxiv_id, paper.primary_category) == (KETTLES.key, "1801.00001", "cs.LG")
    assert (paper.title, paper.authors, paper.journal_ref) == (KETTLES.title, KETTLES.authors, RECORD.journal_ref)


def test_a_slip_in_the_record_is_uncertain() -> None:
    paper = replace(RECORD, journal_ref="Phys. Rev. B 75, 024519 (2018)", doi="10.1103/physrevb.76.024519")
    (one,) = publications(paper, from_record(paper))
    assert (one.sure, one.why) == ("uncertain", "the journal reference and the DOI name different volumes")


def test_a_record_that_is_not_understood_says_nothing() -> None:
    assert from_record(replace(KETTLES, journal_ref="Proceedings of the Kettle Workshop, Leeds (2019)")) == []
    assert from_record(replace(KETTLES, doi=DOI)) == []


def test_several_services_are_one_answer_with_the_best_word_for_each_field() -> None:
    found = changes(
        KETTLES,
        candidate("Semantic Scholar", venue="J Kettles", number=None),
        candidate("DBLP", venue="J. Kettles", number="3", volume=None),
        candidate("Crossref", pages=None, publisher="Kettle Press", month=4),
    )
    assert found == {
        "entry_type": ("misc", "article", "Crossref"),
        "venue": (None, "Journal of Kettles", "Crossref"),
        "volume": (None, "12", "Crossref"),
        "number": (None, "3", "DBLP"),
        "pages": (None, "101--117", "DBLP"),
        "publisher": (None, "Kettle Press", "Crossref"),
        "doi": (None, DOI, "Crossref"),
        "year": (2018, 2019, "Crossref"),
        "month": (1, 4, "Crossref"),
    }


def test_a_doi_without_a_place_changes_the_doi_alone() -> None:
    only_doi = Candidate(Paper(KETTLES.title, KETTLES.authors, doi=DOI), "DataCite", linked=True)
    assert changes(KETTLES, only_doi) == {"doi": (None, DOI, "DataCite")}


def test_a_talk_and_an_article_are_for_a_person_to_choose() -> None:
    talk = candidate(
        "DBLP", entry_type="inproceedings", venue="KettleConf", year=2018, doi=None, pages="1--8", volume=None
    )
    found = publications(KETTLES, [talk, candidate()])
    assert [(one.sure, one.accepted.venue) for one in found] == [
        ("uncertain", "Journal of Kettles"),
        ("uncertain", "KettleConf"),
    ]
    assert all("several publications" in one.why for one in found)


def test_what_the_library_has_already_is_no_change() -> None:
    paper = replace(RECORD, entry_type="article", venue="arXiv preprint", year=2019, month=None)
    assert set(changes(paper, *from_record(paper))) == {"venue", "volume", "pages"}


def test_some_fields_can_be_taken() -> None:
    (one,) = publications(RECORD, from_record(RECORD))
    paper = one.only(["venue", "year"]).accepted
    assert (paper.venue, paper.year, paper.volume, paper.entry_type) == ("J. Kettles", 2019, None, "misc")


# --------------------------------------------------------------------------- the library


def test_looking_changes_nothing_and_asks_nobody(library: Library) -> None:
    library.add([RECORD, replace(ARTICLE, key="a", doi="10.1234/a", title="Lamps")], make_key)
    before = library.papers(), library.history()
    (one,) = published.look(library)
    assert [found.sure for found in one.found] == ["certain"]
    assert (library.papers(), library.history()) == before
    assert list(published.look(library, "title:lamps")) == []
    with pytest.raises(BadQuery):
        list(published.look(library, "("))


def test_a_place_that_is_not_understood_is_told(library: Library) -> None:
    library.add([replace(KETTLES, journal_ref="Kettle Workshop, Leeds (2019)")], make_key)
    (one,) = published.look(library)
    assert (one.found, one.unread) == ((), True)


def test_taking_over_is_one_change_that_can_be_undone(library: Library) -> None:
    lamps = replace(
        RECORD, title="Lamps", key="lamps", arxiv_id="1801.00002", doi=None, journal_ref="Lamp Lett. 3:7-9,2018"
    )
    library.add([RECORD, lamps], make_key)
    before = library.papers()
    accepted = [one.found[0] for one in published.look(library)]
    assert published.apply(library, accepted) == {}
    after = {paper.key: paper for paper in library.papers()}
    assert after[RECORD.key].venue == "J. Kettles"
    assert after["lamps"].venue == "Lamp Lett."
    assert {paper.arxiv_id for paper in after.values()} == {"1801.00001", "1801.00002"}
    assert library.history()[0].what == "published version of 2 papers"
    assert list(published.look(library)) == []  # they are no preprints any more
    caring.undo(library)
    assert library.papers() == before
    caring.redo(library)
    assert {paper.key: paper for paper in library.papers()} == after


def test_a_doi_of_another_paper_is_told_and_the_rest_is_done(library: Library) -> None:
    other = replace(ARTICLE, key="other")
    lamps = replace(KETTLES, title="Lamps", key="lamps", arxiv_id="1801.00002")
    library.add([KETTLES, other, lamps], make_key)
    taken = [
        Published(paper, "certain", "", (Change(*change, "Crossref"),), ("Crossref",))
        for paper, change in ((KETTLES, ("doi", None, DOI)), (lamps, ("venue", None, "Lamp Letters")))
    ]
    troubles = published.apply(library, taken)
    assert set(troubles) == {KETTLES.key}
    assert "is the paper other of the library already" in troubles[KETTLES.key]
    assert library.get(KETTLES.key).paper == KETTLES
    assert library.get("lamps").paper.venue == "Lamp Letters"


def test_nothing_to_take_over_is_no_change(library: Library) -> None:
    assert published.apply(library, []) == {}
    assert library.history() == []


# --------------------------------------------------------------------------- services


@pytest.fixture
def services(arxiv: StandIn, tmp_path: Path) -> Services:
    arxiv.reset(answers={})
    return Services(arxiv.url, 0.01, None, tmp_path / "cache")


def test_a_doi_that_one_service_names_is_what_the_next_is_asked_about(
    library: Library, arxiv: StandIn, services: Services
) -> None:
    library.add([KETTLES], make_key)
    arxiv.reset(
        answers={
            "/datacite/dois/10.48550/arxiv.1801.00001": datacite(("IsVersionOf", "DOI", DOI)),
            "/dblp/search/publ/api": dblp(),
            f"/crossref/works/{DOI}": crossref_one(crossref_work(title=["Why Kettles Sing"], subtitle=["By night"])),
        }
    )
    (one,) = published.look(library, providers=PROVIDERS, services=services)
    assert one.errors == ()
    (found,) = one.found
    assert (found.sure, found.sources) == ("certain", ("Crossref", "DataCite"))
    paper = found.accepted
    assert (paper.venue, paper.year, paper.doi) == ("Journal of Kettles & Lanterns", 2019, DOI)
    assert arxiv.log().paths()[-1] == f"/crossref/works/{DOI}"


def test_all_services_and_a_conference_without_dois(library: Library, arxiv: StandIn, services: Services) -> None:
    library.add([KETTLES], make_key)
    arxiv.reset(
        answers={
            "/semantic-scholar/graph/v1/paper/arXiv:1801.00001": semantic_scholar(
                venue="KettleConf",
                publicationVenue={"name": "Conference on Kettles", "type": "conference"},
                year=2018,
                journal=None,
                externalIds={"ArXiv": "1801.00001"},
            ),
            "/dblp/search/publ/api": dblp(dblp_info(), dblp_info(title="Why Kettles Sing by Day.")),
            "/crossref/works": crossref(crossref_work(author=[{"family": "Lampe", "given": "Ann"}])),
        }
    )
    (one,) = published.look(library, providers=PROVIDERS, services=services)
    (found,) = one.found
    assert (found.sure, found.sources) == ("certain", ("DBLP", "Semantic Scholar"))
    assert found.accepted == replace(
        KETTLES, entry_type="inproceedings", venue="KettleConf", pages="5998--6008", month=None
    )


def test_a_service_that_fails_costs_the_others_nothing(library: Library, arxiv: StandIn, services: Services) -> None:
    lamps = replace(KETTLES, key="lamps", title="Lamps", arxiv_id="1801.00002")
    library.add([RECORD, lamps], make_key)
    arxiv.reset(["403:1"], answers={"/dblp/search/publ/api": dblp()})
    looked = list(published.look(library, providers=named(["crossref"]), services=services))
    assert [[name for name, _ in one.errors] for one in looked] == [["Crossref"], []]
    assert [len(one.found) for one in looked] == [1, 0]  # what the record says is told all the same
    assert len(arxiv.log()) == 1  # it is not asked again
