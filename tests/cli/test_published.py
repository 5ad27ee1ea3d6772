"""published: what is shown, who is asked, and what changes only when it is said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from paperpath.formats.citekeys import make_key
from tests.sources.services import DOI, KETTLES, crossref, crossref_work

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperpath.library import Library
    from tests.cli.conftest import Ended
    from tests.standin import StandIn

    Cli = Callable[..., Ended]

KEY = KETTLES.key
RECORD = replace(KETTLES, journal_ref="J. Kettles 12 (2019) 101-117")


@pytest.fixture
def gateway(arxiv: StandIn, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """The stand-in as a gateway to services; Crossref knows about kettles."""
    monkeypatch.setenv("PAPERPATH_SERVICES_URL", arxiv.url)
    monkeypatch.setenv("PAPERPATH_SERVICES_INTERVAL", "0.01")
    arxiv.reset(answers={"/crossref/works": crossref(crossref_work())})
    return arxiv


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits at the terminal."""
    monkeypatch.setattr("paperpath.cli.published._someone_is_there", lambda: True)


def test_nothing_is_published(cli: Cli, library: Library) -> None:
    done = cli("published")
    assert (done.code, done.out) == (0, "")
    assert done.err == (
        "Of 1 preprint, 0 surely published and 0 perhaps."
        " To ask services too: paperpath published --from crossref,dblp\n"
    )
    assert cli("published", "--json").json == []


def test_what_the_record_says_is_shown_and_nothing_changes(cli: Cli, library: Library, arxiv: StandIn) -> None:
    library.add([RECORD], make_key)
    before = library.papers()
    done = cli("published")
    assert done.code == 0
    why = "the record of the preprint says so"
    assert [line.split("\t") for line in done.out.splitlines()] == [
        [KEY, "certain", "type", "misc", "article", "arXiv", why],
        [KEY, "certain", "venue", "", "J. Kettles", "arXiv", why],
        [KEY, "certain", "volume", "", "12", "arXiv", why],
        [KEY, "certain", "pages", "", "101--117", "arXiv", why],
        [KEY, "certain", "year", "2018", "2019", "arXiv", why],
        [KEY, "certain", "month", "1", "", "arXiv", why],
    ]
    assert "1 surely published and 0 perhaps. To take them over: paperpath published --apply" in done.err
    assert cli("published", "-year:2018").out == ""
    assert library.papers() == before
    assert len(arxiv.log()) == 0


def test_json(cli: Cli, library: Library) -> None:
    library.add([RECORD], make_key)
    (one,) = cli("published", "--json").json
    assert (one["key"], one["sure"], one["sources"], one["applied"]) == (KEY, "certain", ["arXiv"], False)
    assert {"field": "year", "old": 2018, "new": 2019, "source": "arXiv"} in one["changes"]


def test_a_pipe_never_changes_anything_unless_it_is_told_so(cli: Cli, library: Library) -> None:
    library.add([RECORD], make_key)
    before = library.papers()
    done = cli("published", "--apply", stdin="y\n")
    assert (done.code, done.out) == (2, "")
    assert "needs a terminal. Nothing was changed" in done.err
    assert cli("published", "--yes").code == 2
    assert library.papers() == before


def test_apply_yes_takes_over_what_is_certain_and_undo_takes_it_back(cli: Cli, library: Library) -> None:
    unsure = replace(RECORD, key="unsure", title="Lamps", arxiv_id="1801.00002", journal_ref="Lamp Lett. 3:7-9,2027")
    library.add([RECORD, unsure], make_key)
    done = cli("published", "--apply", "--yes", "--json")
    assert done.code == 0
    assert {one["key"]: (one["sure"], one["applied"]) for one in done.json} == {
        KEY: ("certain", True),
        "unsure": ("uncertain", False),
    }
    assert "1 paper changed. To take it back: paperpath undo" in done.err
    assert library.get(KEY).paper.venue == "J. Kettles"
    assert library.get("unsure").paper == unsure
    assert f"published version of {KEY}" in cli("undo").err
    assert library.get(KEY).paper == RECORD


def test_a_person_is_asked_for_each_paper_and_each_field(cli: Cli, library: Library, person: None) -> None:
    lamps = replace(RECORD, key="lamps", title="Lamps", arxiv_id="1801.00002", journal_ref="Lamp Lett. 3:7-9,2018")
    library.add([RECORD, lamps], make_key)
    done = cli("published", "--apply", stdin="f\ny\ny\nn\nn\ny\ny\nn\n")
    assert (done.code, done.out) == (0, "")
    assert f"{KEY}  {KETTLES.title}" in done.err
    paper = library.get(KEY).paper
    assert (paper.entry_type, paper.venue, paper.volume, paper.pages, paper.year) == (
        "article",
        "J. Kettles",
        None,
        None,
        2019,
    )
    assert library.get("lamps").paper == lamps
    assert "1 paper changed." in done.err


def test_quitting_keeps_what_was_said_before(cli: Cli, library: Library, person: None) -> None:
    lamps = replace(RECORD, key="lamps", title="Lamps", arxiv_id="1801.00002", journal_ref="Lamp Lett. 3:7-9,2018")
    library.add([RECORD, lamps], make_key)
    assert cli("published", "--apply", stdin="y\nq\n").code == 0
    assert library.get(KEY).paper.venue == "J. Kettles"
    assert library.get("lamps").paper == lamps


def test_a_terminal_that_closes_changes_nothing(cli: Cli, library: Library, person: None) -> None:
    library.add([RECORD], make_key)
    done = cli("published", "--apply", stdin="")
    assert done.code == 130
    assert library.get(KEY).paper == RECORD


def test_services_are_asked_when_they_are_named(cli: Cli, library: Library, gateway: StandIn) -> None:
    library.add([KETTLES], make_key, source="arXiv")
    assert cli("published", KEY).out == ""
    assert len(gateway.log()) == 0
    (one,) = cli("published", KEY, "--from", "crossref", "--json").json
    assert (one["sure"], one["sources"]) == ("certain", ["Crossref"])
    assert {"field": "doi", "old": None, "new": DOI, "source": "Crossref"} in one["changes"]
    assert gateway.log().paths() == ["/crossref/works"]
    assert cli("published", KEY, "--published-from", "crossref", "--json").json == [one]
    assert cli("published", KEY, "--from", "crossref", "--apply", "--yes").code == 0
    origins = cli("show", KEY, "--json").json["provenance"]
    assert (origins["venue"]["source"], origins["type"]["source"], origins["title"]["source"]) == (
        "Crossref",
        "Crossref",
        "arXiv",
    )


def test_a_service_that_nobody_knows(cli: Cli, library: Library) -> None:
    done = cli("published", "--from", "crosref")
    assert done.code == 2
    assert "There are crossref, datacite, dblp, semantic-scholar, and all." in done.err


def test_a_service_that_refuses(cli: Cli, library: Library, gateway: StandIn) -> None:
    library.add([RECORD], make_key)
    gateway.reset(["403"])
    done = cli("published", KEY, "--from", "crossref")
    assert done.code == 3
    assert "error: Crossref: The server refused" in done.err
    assert f"{KEY}\tcertain\tvenue" in done.out  # what the record says is shown all the same


def test_a_doi_that_the_library_has_already(cli: Cli, library: Library, gateway: StandIn) -> None:
    library.add([KETTLES, replace(KETTLES, key="other", arxiv_id=None, venue="J. Kettles", doi=DOI)], make_key)
    done = cli("published", KEY, "--from", "crossref", "--apply", "--yes")
    assert done.code == 1
    assert f"error: {KEY}: doi:{DOI} is the paper other of the library already" in done.err
    assert library.get(KEY).paper == KETTLES


def test_words_that_were_not_understood_are_told(cli: Cli, library: Library) -> None:
    library.add([replace(KETTLES, journal_ref="Kettle Workshop, Leeds (2019)")], make_key)
    assert f"Of {KEY} arXiv knows the place in words that were not understood." in cli("published").err


def test_a_query_that_finds_nothing_is_a_mistake(cli: Cli, library: Library) -> None:
    done = cli("published", "tag:none", "--from", "all")
    assert (done.code, done.out) == (2, "")
    assert "paperpath list tag:none" in done.err


def test_when_no_service_answers_nothing_is_claimed(cli: Cli, library: Library) -> None:
    """The second preprint is not asked about any more, which is no success."""
    library.add([KETTLES, replace(KETTLES, key="other", title="Lamps", arxiv_id="2101.00009")], make_key)
    done = cli("published", "--from", "dblp", "--services-url", "http://127.0.0.1:1", "--services-interval", "0.01")
    assert done.code == 3
    assert "0 perhaps. No service could be asked to the end; run it again later." in done.err
