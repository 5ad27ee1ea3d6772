"""Asking services: at their pace, once a day, and what counts as an answer."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from paperpath.errors import BadAnswer, Cancelled, Refused, Unreachable
from paperpath.sources.providers import PROVIDERS
from paperpath.sources.providers.asking import Asker, Services
from paperpath.sources.providers.crossref import Crossref
from paperpath.sources.providers.dblp import Dblp
from paperpath.sources.providers.semantic_scholar import SemanticScholar
from tests.sources.services import DOI, KETTLES, crossref, crossref_work, dblp, dblp_info, semantic_scholar

if TYPE_CHECKING:
    from pathlib import Path

    from tests.standin import StandIn

WORKS, HITS = "/crossref/works", "/dblp/search/publ/api"
RECORD = "/semantic-scholar/graph/v1/paper/arXiv:1801.00001"


@pytest.fixture
def gateway(arxiv: StandIn) -> StandIn:
    """The stand-in as a gateway to services that know about kettles."""
    arxiv.reset(answers={WORKS: crossref(crossref_work()), HITS: dblp(dblp_info()), RECORD: semantic_scholar()})
    return arxiv


def services(gateway: StandIn, tmp_path: Path, interval: float = 0.01) -> Services:
    return Services(gateway.url, interval, "me@example.org", tmp_path / "cache")


def test_each_service_is_asked_under_its_own_name(gateway: StandIn, tmp_path: Path) -> None:
    with Asker(services(gateway, tmp_path)) as asker:
        found = [one for provider in PROVIDERS for one in asker.ask(provider, KETTLES)]
    assert [one.source for one in found] == ["Semantic Scholar", "DBLP", "Crossref"]
    log = gateway.log()
    assert log.paths() == ["/datacite/dois/10.48550/arxiv.1801.00001", RECORD, HITS, WORKS]
    assert "mailto:me@example.org" in log.arrivals[0].headers["User-Agent"]
    assert "mailto=me%40example.org" in log.arrivals[3].query


def test_the_second_time_nothing_is_asked_not_even_of_who_did_not_know(gateway: StandIn, tmp_path: Path) -> None:
    for _ in range(2):
        with Asker(services(gateway, tmp_path)) as asker:
            known = [bool(asker.ask(provider, KETTLES)) for provider in PROVIDERS]
    assert known == [False, True, True, True]
    assert len(gateway.log()) == 4


def test_requests_are_kept_apart(gateway: StandIn, tmp_path: Path) -> None:
    with Asker(services(gateway, tmp_path, interval=0.3)) as asker:
        for provider in (SemanticScholar(), Dblp(), Crossref()):
            asker.ask(provider, KETTLES)
    assert all(arrival.gap is None or arrival.gap >= 0.3 for arrival in gateway.log().arrivals)


def test_each_service_keeps_its_own_pace_at_least() -> None:
    for provider in PROVIDERS:
        assert Services().access(provider).url == provider.base
        assert Services().access(provider).interval == provider.interval >= 1
        assert Services(interval=0.0).access(provider).interval == provider.interval
        assert Services(interval=9.0).access(provider).interval == 9
        gateway = Services(url="https://gateway.example.org/papers/").access(provider)
        assert gateway.url == f"https://gateway.example.org/papers/{provider.name}"
        assert gateway.interval == provider.interval


@pytest.mark.parametrize("fault", ["429:2", "429-retry-after:1", "503-zero:1", "reset:1", "500:1"])
def test_what_passes_is_waited_for(gateway: StandIn, tmp_path: Path, fault: str) -> None:
    gateway.reset([fault], retry_after="0.05")
    with Asker(services(gateway, tmp_path)) as asker:
        assert [one.paper.doi for one in asker.ask(Crossref(), KETTLES)] == [DOI]


@pytest.mark.parametrize("answer", ["{", "[]", "7", '{"message": {"items": []}', '{"result": {}}'])
def test_what_is_no_answer_is_asked_again_and_not_remembered(gateway: StandIn, tmp_path: Path, answer: str) -> None:
    gateway.reset(answers={WORKS: answer})
    with Asker(services(gateway, tmp_path)) as asker:
        with pytest.raises(BadAnswer, match=r"Crossref knows about kessel2018kettles.*not what the service documents"):
            asker.ask(Crossref(), KETTLES)
        assert len(gateway.log()) == 2
        gateway.reset(answers={WORKS: crossref()})
        assert asker.ask(Crossref(), KETTLES) == []


def test_a_search_that_is_not_there_is_no_search_that_found_nothing(gateway: StandIn, tmp_path: Path) -> None:
    gateway.reset(answers={})
    with Asker(services(gateway, tmp_path)) as asker:
        assert asker.ask(SemanticScholar(), KETTLES) == []
        for provider in (Dblp(), Crossref()):
            with pytest.raises(BadAnswer, match=rf"does not answer at .*/{provider.name}\. Check services_url"):
                asker.ask(provider, KETTLES)


def test_a_service_that_refuses_is_left_alone(gateway: StandIn, tmp_path: Path) -> None:
    gateway.reset(["403"])
    with Asker(services(gateway, tmp_path)) as asker, pytest.raises(Refused):
        asker.ask(Crossref(), KETTLES)
    assert len(gateway.log()) == 1


def test_a_service_that_is_not_there(tmp_path: Path) -> None:
    nowhere = Services("http://127.0.0.1:9", 0.01, None, tmp_path / "cache")
    with Asker(nowhere) as asker, pytest.raises(Unreachable, match="no connection"):
        asker.ask(Crossref(), KETTLES)


def test_a_person_who_has_had_enough(gateway: StandIn, tmp_path: Path) -> None:
    begun = time.monotonic()
    with Asker(services(gateway, tmp_path, interval=60)) as asker:
        asker.ask(Crossref(), KETTLES)
        with pytest.raises(Cancelled):
            asker.ask(Dblp(), KETTLES, stop=lambda: True)
    assert time.monotonic() - begun < 30
