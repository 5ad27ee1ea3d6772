"""Access, the table of sources, and what importing them costs."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from paperpath.errors import BadInput, BadSetting
from paperpath.model import PaperId
from paperpath.sources import SOURCES, Access, open_sources
from paperpath.sources.folders import default_cache

if TYPE_CHECKING:
    from pathlib import Path

    from tests.standin import StandIn


@pytest.mark.parametrize("url", ["https://export.arxiv.org", "http://ARXIV.org/", "https://a.b.arxiv.org:443"])
def test_arxiv_is_never_asked_more_often_than_it_allows(url: str) -> None:
    Access(url=url, interval=3.0)
    with pytest.raises(BadSetting, match=r"every 3 s"):
        Access(url=url, interval=2.99)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "https://notarxiv.org", "http://arxiv.org.example.net"])
def test_other_hosts_may_have_any_interval(url: str) -> None:
    assert Access(url=url, interval=0.02).interval == 0.02


@pytest.mark.parametrize("url", ["", "export.arxiv.org", "ftp://arxiv.org", "http://", "http://[::", "http://a:b"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(BadSetting, match=r"not a web address"):
        Access(url=url)


@pytest.mark.parametrize("interval", [-1.0, float("nan"), float("inf")])
def test_an_interval_that_is_none_is_refused(interval: float) -> None:
    with pytest.raises(BadSetting, match=r"interval"):
        Access(url="http://127.0.0.1", interval=interval)


def test_a_contact_that_would_break_the_header_is_refused() -> None:
    with pytest.raises(BadSetting, match=r"ASCII"):
        Access(contact="me@example.org\r\nX-Evil: 1")


def test_importing_the_package_loads_no_http_client() -> None:
    heavy = {"requests", "arxiv", "requests_cache", "lxml", "urllib3", "filelock"}
    code = f"import sys, paperpath.sources; print(sorted({heavy!r} & set(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_ids_find_their_source_once(tmp_path: Path) -> None:
    with open_sources(Access(url="http://127.0.0.1:9", interval=0.01, cache=tmp_path)) as sources:
        first = sources.of(PaperId("arxiv", "1706.03762"))
        assert first.name == "arxiv"
        assert sources.of(PaperId("arxiv", "2001.00001")) is first


def test_an_id_without_a_source_says_what_to_do() -> None:
    with open_sources(Access()) as sources, pytest.raises(BadInput, match=r"Import its \.bib entry"):
        sources.of(PaperId("doi", "10.1038/nature14539"))


def test_names_in_the_table_are_unique() -> None:
    assert len({row.name for row in SOURCES}) == len(SOURCES)


def test_every_source_that_can_is_searched(arxiv: StandIn, tmp_path: Path) -> None:
    with open_sources(Access(url=arxiv.url, interval=0.005, cache=tmp_path)) as sources:
        assert [paper.arxiv_id for paper in sources.search("attention is all you need")] == ["1706.03762"]


def test_the_default_cache_is_the_users_own_for_all_programs() -> None:
    assert default_cache().is_absolute()
    assert "paperpath" in default_cache().parts[-1].lower() or "paperpath" in default_cache().parts[-2].lower()
