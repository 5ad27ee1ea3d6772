"""Which answers of the query API are believed, and which are remembered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.model import PaperId
from paperpath.sources import feeds
from paperpath.sources.feeds import ApiError, DayCache, only_asked, read_feed
from paperpath.sources.http import Again

RECORDED = Path(__file__).parents[1] / "data" / "recorded" / "arxiv"
ONE = (RECORDED / "2026-one.xml").read_bytes()


@pytest.mark.parametrize(
    ("name", "most", "ids"),
    [
        ("2026-one", 1, [PaperId("arxiv", "1706.03762", 7)]),
        ("2026-old-id", 1, [PaperId("arxiv", "hep-th/9711200", 3)]),
        ("2026-one-of-two", 2, [PaperId("arxiv", "1707.08567", 1)]),
        ("2026-none", 100, []),
        ("2019-one", 10, [PaperId("arxiv", "1710.08557", 1)]),
    ],
)
def test_real_answers_of_both_shapes_are_believed(name: str, most: int, ids: list[PaperId]) -> None:
    feed = read_feed((RECORDED / f"{name}.xml").read_bytes(), most=most)
    assert list(feed.ids) == ids
    assert feed.total == len(ids)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("2026-error-id", "incorrect id format for abc"),
        ("2026-error-start", "start must be an integer"),
        ("2019-error-id", "incorrect id format for INVALIDID"),
    ],
)
def test_errors_say_what_arxiv_says(name: str, text: str) -> None:
    with pytest.raises(ApiError, match=f"^{text}$"):
        read_feed((RECORDED / f"{name}.xml").read_bytes(), most=1)


@given(st.integers(0, len(ONE) - len(b"</feed>\n")))
def test_an_answer_that_stops_anywhere_is_not_believed(length: int) -> None:
    with pytest.raises(Again):
        read_feed(ONE[:length], most=1)


ENTRY = ONE[ONE.index(b"  <entry>") : ONE.index(b"</feed>")]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"Rate exceeded.",
        b"<html><body>captcha</body></html>",
        b"<rss></feed>",
        b"<feed></feed>",
        b"<!DOCTYPE x [<!ENTITY a 'a'>]>" + ONE,
        ONE.replace(ENTRY, ENTRY * 2).replace(b"totalResults>1<", b"totalResults>2<"),
        ONE.replace(b"totalResults>1<", b"totalResults>2<"),
        ONE.replace(b"totalResults>1<", b"totalResults>0<"),
        ONE.replace(b"totalResults>1<", b"totalResults><"),
        ONE.replace(b"abs/1706.03762v7", b"abs/x"),
        ONE.replace(ENTRY, b""),
    ],
)
def test_what_contradicts_itself_is_not_believed(body: bytes) -> None:
    with pytest.raises(Again, match=r"cannot be believed"):
        read_feed(body, most=2)


def test_a_page_of_a_larger_search_is_believed() -> None:
    assert read_feed(ONE.replace(b"totalResults>1<", b"totalResults>5000<"), most=1).total == 5000


def test_papers_that_nobody_asked_for_are_not_believed() -> None:
    feed = read_feed(ONE, most=1)
    only_asked(feed, [PaperId("arxiv", "1706.03762")])
    with pytest.raises(Again, match=r"nobody asked for"):
        only_asked(feed, [PaperId("arxiv", "2001.00001")])
    with pytest.raises(Again, match=r"contradict"):
        only_asked(feeds.Feed(feed.ids, 8), [PaperId("arxiv", "1706.03762")])


def test_a_judged_answer_is_remembered_by_every_process(tmp_path: Path) -> None:
    one, two = DayCache(tmp_path), DayCache(tmp_path)
    assert one.get("http://a/1") is None
    one.keep("http://a/1", ONE)
    assert two.get("http://a/1") == ONE
    assert two.get("http://a/2") is None
    one.close()
    two.close()


def test_after_a_day_it_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = DayCache(tmp_path)
    monkeypatch.setattr(feeds, "_DAY", timedelta(seconds=-1))
    cache.keep("http://a/old", ONE)
    monkeypatch.undo()
    cache.keep("http://a/new", ONE)
    assert cache.get("http://a/old") is None
    cache.forget_old()
    kept = list(cache._open().filter(expired=True, invalid=True))
    assert [response.url for response in kept] == ["http://a/new"]
    assert timedelta(hours=23) < kept[0].expires.replace(tzinfo=UTC) - datetime.now(UTC) <= timedelta(days=1)
    cache.close()


@pytest.mark.parametrize("trouble", ["no folder", "damaged", "a folder"])
def test_a_cache_that_does_not_work_only_forgets(tmp_path: Path, trouble: str) -> None:
    folder = tmp_path / "cache"
    if trouble == "no folder":
        folder.write_text("a file", encoding="utf-8")
    else:
        folder.mkdir()
    if trouble == "damaged":
        (folder / "metadata.sqlite").write_bytes(b"no database" * 1000)
    if trouble == "a folder":
        (folder / "metadata.sqlite").mkdir()
    cache = DayCache(folder)
    cache.keep("http://a/1", ONE)
    assert cache.get("http://a/1") is None
    cache.forget_old()
    cache.close()
