"""What is followed, what was announced, what was said of it: kept, taken back, forgotten in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperpath.errors import BadInput
from paperpath.library import News
from paperpath.model import Author, Paper

if TYPE_CHECKING:
    from paperpath.library import Library

NOW = "2026-08-13T08:00:00Z"


def paper(number: int, *, version: int = 1) -> Paper:
    return Paper(
        f"Kettles [/x] {number}",
        (Author("Maaten", "Laurens", "van der"),),
        year=2026,
        arxiv_id=f"2608.{number:05}",
        arxiv_version=version,
        categories=("cs.LG", "stat.ML"),
        abstract="They \ud800sing.",
        extra=(("note", "x"),),
    )


def told(library: Library, *papers: Paper, day: str = "2026-08-13", at: str = NOW, words: str = "cs.LG") -> list[str]:
    return library.keep_news("category", words, [News(one, False, day) for one in papers], asked=at, through=day)


def test_what_is_followed_is_kept_and_taken_back(library: Library) -> None:
    assert library.subscribe("search", 'all:"graph neural network"')
    assert library.subscribe("category", "cs.LG")
    assert not library.subscribe("category", "cs.LG")
    assert [one.words for one in library.subscriptions()] == ["cs.LG", 'all:"graph neural network"']
    assert library.undo().change.what == "follow cs.LG"
    assert [one.kind for one in library.subscriptions()] == ["search"]
    library.redo()
    library.unsubscribe("category", "cs.LG")
    library.undo()
    assert len(library.subscriptions()) == 2
    with pytest.raises(BadInput, match=r"not followed.*cs\.LG"):
        library.unsubscribe("category", "hep-th")


def test_a_paper_comes_back_as_it_was_announced(library: Library) -> None:
    assert told(library, paper(1), paper(2)) == ["2608.00001", "2608.00002"]
    assert told(library, paper(2), paper(3), words="stat.ML") == ["2608.00003"]
    by_id = {one.paper.arxiv_id: one for one in library.news(since="2026-08-01")}
    assert list(by_id) == ["2608.00003", "2608.00002", "2608.00001"]
    assert by_id["2608.00002"].feeds == ("cs.LG", "stat.ML")
    one = by_id["2608.00001"]
    assert (one.paper.authors, one.paper.categories, one.paper.extra) == (
        paper(1).authors, ("cs.LG", "stat.ML"), (("note", "x"),),
    )  # fmt: skip
    assert one.paper.abstract == "They \ufffdsing."
    assert (one.verdict, one.later, one.seen) == (None, False, NOW)
    assert library.history() == [], "what a feed says is no change of the reader's"


def test_a_later_version_takes_the_place_of_the_one_before(library: Library) -> None:
    told(library, paper(1))
    assert told(library, paper(1, version=2), day="2026-08-20") == ["2608.00001"]
    assert told(library, paper(1), day="2026-08-21") == [], "an older version says nothing new"
    [one] = library.news(since="2026-08-14")
    assert (one.paper.arxiv_version, one.day) == (2, "2026-08-20")


def test_verdicts_are_changes(library: Library) -> None:
    told(library, paper(1), paper(2))
    library.judge(["2608.00001"], "dismissed")
    library.judge(["2608.00002"], "later")
    assert library.verdicts() == {"2608.00001": ("dismissed", 1), "2608.00002": ("later", 1)}
    assert [one.paper.arxiv_id for one in library.judged("dismissed", limit=9)] == ["2608.00001"]
    library.undo()
    assert library.verdicts() == {"2608.00001": ("dismissed", 1)}
    library.judge(["2608.00001"], "kept")
    library.undo()
    assert library.verdicts() == {"2608.00001": ("dismissed", 1)}
    library.judge(["2608.00001"], None)
    assert library.verdicts() == {}
    with pytest.raises(BadInput, match=r"paperpath add 2608\.99999"):
        library.judge(["2608.00002", "2608.99999"], "later")
    assert library.verdicts() == {}, "all or none"


def test_the_same_verdict_again_is_no_change(library: Library) -> None:
    told(library, paper(1))
    library.judge(["2608.00001"], "later")
    library.judge(["2608.00001"], "later")
    assert len(library.history()) == 1


def test_old_announcements_are_forgotten_and_verdicts_are_not(library: Library) -> None:
    told(library, paper(1), paper(2), paper(3), day="2026-01-02", at="2026-01-02T08:00:00Z")
    library.judge(["2608.00002"], "later")
    library.judge(["2608.00003"], "dismissed")
    told(library, paper(4), day="2026-08-13")
    known = {one.paper.arxiv_id for one in library.news(since="2000-01-01")}
    assert known == {"2608.00002", "2608.00003", "2608.00004"}
    told(library, paper(5), day="2099-08-13", at="2099-08-13T08:00:00Z")
    known = {one.paper.arxiv_id for one in library.news(since="2000-01-01")}
    assert known == {"2608.00002", "2608.00005"}
    assert "2608.00003" in library.verdicts()


def test_a_feed_that_fails_says_so_until_it_answers(library: Library) -> None:
    library.subscribe("category", "cs.LG")
    library.feed_failed("category", "cs.LG", "There was no connection.")
    assert library.subscriptions()[0].problem == "There was no connection."
    told(library, paper(1))
    [one] = library.subscriptions()
    assert (one.problem, one.asked, one.through) == (None, NOW, "2026-08-13")
    library.keep_news("category", "cs.LG", [], asked="2026-08-15T08:00:00Z", through=None)
    assert library.subscriptions()[0].through == "2026-08-13", "an empty day leaves it as it was"


def test_papers_that_resemble_words_are_found(shelf: Library) -> None:
    assert shelf.resembling(["attention", "sequence"], limit=3)[0] == "vaswani2017attention"
    assert shelf.resembling(["nothingness"], limit=3) == []
    assert shelf.resembling([], limit=3) == []
