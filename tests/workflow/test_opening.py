"""Opening: seeded on the first day, in step with list files ever after, and never kept shut by a broken one."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from paperpath.library import Library
from paperpath.model import Author, Paper
from paperpath.workflow import opening, studying
from paperpath.workflow.opening import list_problems, open_library, shipped_lists, sync_lists

if TYPE_CHECKING:
    from pathlib import Path

PLAN = """\
title = "Light"
about = "From lamps to lanterns."

[[stage]]
title = "Old light"
about = ""

[[stage.paper]]
key = "lamps"
why = "It burns."

[[stage]]
title = "New light"
about = ""

[[stage.paper]]
key = "lanterns"
why = "It burns longer."
introduces = ["lantern"]
needs = ["lamps"]
"""
BIB = """\
@article{lamps,
  title = {Lamps and How They Burn}, author = {Vega, Ana}, year = {2001}, journal = {Light}, doi = {10.1234/lamps.2001}
}
@misc{lanterns,
  title = {Lanterns}, author = {Vega, Ana}, year = {2021}, eprint = {2101.00001}, archivePrefix = {arXiv},
  abstract = {Rooms are dark.}
}
"""


def put(folder: Path, name: str = "light", plan: str = PLAN, bib: str = BIB) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.toml").write_text(plan, encoding="utf-8")
    (folder / f"{name}.bib").write_text(bib, encoding="utf-8")


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A folder in the place of the lists that come with the package."""
    folder = tmp_path / "shipped"
    put(folder)
    return folder


def test_our_lists_are_where_they_are_looked_for() -> None:
    assert (shipped_lists() / "zero-to-hero.toml").is_file()
    assert (shipped_lists() / "zero-to-hero.bib").is_file()


def test_the_first_start_seeds_and_is_no_change_of_the_users(library: Library, shipped: Path) -> None:
    sync_lists(library, shipped)
    reading_list = library.reading_list("light")
    assert [entry.key for entry in reading_list.entries] == ["lamps", "lanterns"]
    assert reading_list.entries[1].needs == ("lamps",)
    assert library.get("lanterns").paper.abstract == "Rooms are dark."
    assert library.history() == []
    assert list_problems(library) == []


def test_an_unchanged_list_is_not_read_again(library: Library, shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sync_lists(library, shipped)
    version = library.version()
    monkeypatch.setattr(opening, "_take_in", lambda *_: pytest.fail("it was read again"))
    sync_lists(library, shipped)
    assert library.version() == version


def test_papers_that_are_there_keep_their_keys_and_words(library: Library, shipped: Path) -> None:
    mine = Paper("My title", (Author("Vega"),), key="mine", arxiv_id="2101.00001")
    library.add([mine], lambda paper, taken: "x")
    sync_lists(library, shipped)
    assert [entry.key for entry in library.reading_list("light").entries] == ["lamps", "mine"]
    paper = library.get("mine").paper
    assert (paper.title, paper.abstract) == ("My title", "Rooms are dark.")
    assert library.reading_list("light").entries[1].needs == ("lamps",)


def test_two_programs_let_go_of_the_same_list(library: Library, shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sync_lists(library, shipped)
    seen = library.list_fingerprints() | {"gone": "1"}
    origins = library.list_origins() | {"gone": "shipped"}
    monkeypatch.setattr(library, "list_fingerprints", lambda: seen)  # read just before the other program let go of it
    monkeypatch.setattr(library, "list_origins", lambda: origins)
    sync_lists(library, shipped)
    assert "gone" not in [one.name for one in library.lists()]


def test_a_changed_list_is_taken_in_and_a_gone_one_let_go(library: Library, shipped: Path) -> None:
    put(library.files.reading_lists, "own")
    sync_lists(library, shipped)
    put(library.files.reading_lists, "own", PLAN.replace("It burns longer.", "It shines."))
    sync_lists(library, shipped)
    assert library.reading_list("own").entries[1].why == "It shines."
    shutil.rmtree(library.files.reading_lists)
    sync_lists(library, shipped)
    assert [one.name for one in library.lists()] == ["light"]
    assert library.keys() == {"lamps", "lanterns"}


REGROUPED = """\
title = "Light"
about = "From lamps to lanterns, in stages of their own."

[[stage]]
title = "Tools"
about = "Matches and oil; nothing to read."

[[stage]]
title = "Lamps"
about = "What burns."

[[stage.paper]]
key = "candles"
why = "It burns before all others."

[[stage.paper]]
key = "lamps"
why = "It burns."
needs = ["candles"]

[[stage]]
title = "Lanterns"
about = "What is carried."

[[stage.paper]]
key = "lanterns"
why = "It burns longer."
introduces = ["lantern"]
needs = ["lamps"]
"""
"""The list of a later version: other stages, one without papers, and one more paper."""


def test_new_stages_are_taken_over_and_progress_stays(home: Path, shipped: Path) -> None:
    with Library.open(home) as library:
        sync_lists(library, shipped)
        library.set_status(["lamps"], "read")
        library.set_status(["lanterns"], "reading")
        library.tag(["lamps"], add=["mine"])
        statuses, history = library.statuses(), library.history()
    put(shipped, "light", REGROUPED, BIB + "@misc{candles, title={Candles}, author={Vega, Ana}, year={1999}}\n")
    with Library.open(home) as library:
        sync_lists(library, shipped)
        assert list_problems(library) == []
        plan = library.reading_list("light")
        assert [(stage.title, [entry.key for entry in stage.entries]) for stage in plan.stages] == [
            ("Tools", []),
            ("Lamps", ["candles", "lamps"]),
            ("Lanterns", ["lanterns"]),
        ]
        assert library.statuses() == statuses | {"candles": "unread"}
        assert library.get("lamps").tags == ("mine",)
        assert library.history() == history
        following = studying.next_paper(library, "light")
        assert following
        assert following.step.key == "lanterns"


def test_the_users_list_wins_over_ours_of_the_same_name(library: Library, shipped: Path) -> None:
    put(library.files.reading_lists, "light", PLAN.replace('title = "Light"', 'title = "My light"'))
    sync_lists(library, shipped)
    assert library.reading_list("light").title == "My light"
    assert len(library.lists()) == 1


@pytest.mark.parametrize(
    ("plan", "bib", "said"),
    [
        ("title = ", BIB, "TOML"),
        (PLAN.replace('needs = ["lamps"]', 'needs = ["lamp"]'), BIB, "'lamp'"),
        (PLAN, "@article{lamps, title = {Lamps}}", "lanterns"),
        (PLAN, None, "cannot be read"),
        (b"title = \xff".decode("latin-1"), BIB, ""),
    ],
)
def test_a_broken_list_is_a_problem_told_until_it_is_mended(
    library: Library, shipped: Path, plan: str, bib: str | None, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = library.files.reading_lists
    put(folder, "broken", plan, bib or "")
    if bib is None:
        (folder / "broken.bib").unlink()
    sync_lists(library, shipped)
    assert [one.name for one in library.lists()] == ["light"]
    problem = list_problems(library)[0]
    assert (problem.name, problem.path) == ("broken", str(folder / "broken.toml"))
    assert said in problem.message
    with monkeypatch.context() as patch:
        patch.setattr(opening, "_take_in", lambda *_: pytest.fail("it was read again"))
        sync_lists(library, shipped)
    assert list_problems(library) == [problem]
    put(folder, "broken")
    sync_lists(library, shipped)
    assert list_problems(library) == []
    assert len(library.lists()) == 2


def test_a_list_that_breaks_keeps_what_it_was(library: Library, shipped: Path) -> None:
    put(library.files.reading_lists, "own")
    sync_lists(library, shipped)
    put(library.files.reading_lists, "own", "title = ")
    sync_lists(library, shipped)
    assert len(library.reading_list("own").entries) == 2
    assert len(list_problems(library)) == 1


def test_open_library_opens_what_it_made(home: Path) -> None:
    with open_library(home) as library:
        keys = library.keys()
        assert library.lists()
    with open_library(home) as again:
        assert again.keys() == keys
        assert again.history() == []
