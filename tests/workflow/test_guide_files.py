"""Guides and lists that take their papers from others: in step with their files, told when they are broken."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from paperpath.model import Author, Paper
from paperpath.workflow import guide_files
from paperpath.workflow.opening import list_problems, open_library, sync_lists

from .test_opening import BIB, PLAN, put

if TYPE_CHECKING:
    from pathlib import Path

    from paperpath.library import Library

TOPICS = '[[topic]]\nid = "fire"\nname = "Fire"\nabout = "It is hot."\nlearn = ["book"]\n'
RESOURCES = """\
[[resource]]
id = "book"
title = "The Book of Light"
kind = "book"
link = "https://example.org/light"
stage = "Old light"
about = "All of it."
"""
DERIVED = """\
title = "New light alone"
from = "light"
[[stage]]
title = "Now"
[[stage.paper]]
key = "lanterns"
"""


def guide(key: str, *lines: str) -> str:
    return "\n".join(["[[paper]]", f'key = "{key}"', *lines, ""])


def write(folder: Path, **files: str) -> None:
    """``write(folder, guides_a="…")`` writes ``guides/a.toml``."""
    for name, text in files.items():
        path = folder / f"{name.replace('guides_', 'guides/')}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A list with topics, resources and a guide to one of its papers."""
    folder = tmp_path / "shipped"
    put(folder)
    lamps = guide("lamps", 'know = ["fire"]', 'look_for = "Smoke."')
    write(folder, topics=TOPICS, resources=RESOURCES, guides_light=lamps)
    return folder


@pytest.fixture
def own(library: Library) -> Path:
    """The user's own folder."""
    return library.files.reading_lists


@pytest.fixture
def not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the moment it is asked for."""
    monkeypatch.setattr(guide_files, "_Taking", lambda *_: pytest.fail("it was read again"))


def test_guides_topics_and_resources_are_taken_in_and_are_no_lists(library: Library, shipped: Path) -> None:
    sync_lists(library, shipped)
    found = library.guide("lamps")
    assert found is not None
    assert (found.look_for, found.know) == ("Smoke.", ("fire",))
    assert library.guide("lanterns") is None
    assert library.topics()["fire"].learn == ("book",)
    assert library.resources()["book"].stage == "Old light"
    assert [one.name for one in library.lists()] == ["light"]
    assert list_problems(library) == []
    assert library.history() == []


def test_what_did_not_change_is_not_read_again(
    library: Library, shipped: Path, own: Path, request: pytest.FixtureRequest
) -> None:
    write(own, guides_mine=guide("lanterns", 'task = "Look."'))
    sync_lists(library, shipped)
    version = library.version()
    request.getfixturevalue("not_read_again")
    sync_lists(library, shipped)
    assert library.version() == version


def test_no_guides_at_all_cost_nothing(library: Library, tmp_path: Path, not_read_again: None) -> None:
    put(tmp_path / "plain")
    sync_lists(library, tmp_path / "plain")
    assert (library.guides(), library.topics(), library.resources()) == ({}, {}, {})


def test_what_changes_is_taken_in_and_what_is_gone_let_go(library: Library, shipped: Path) -> None:
    sync_lists(library, shipped)
    write(shipped, guides_light=guide("lanterns", 'look_for = "Glass."'))
    sync_lists(library, shipped)
    assert set(library.guides()) == {"lanterns"}
    shutil.rmtree(shipped / "guides")
    (shipped / "topics.toml").unlink()
    (shipped / "resources.toml").unlink()
    sync_lists(library, shipped)
    assert (library.guides(), library.topics(), library.resources()) == ({}, {}, {})


def test_the_users_guide_wins_over_ours(library: Library, shipped: Path, own: Path) -> None:
    write(own, guides_mine=guide("lamps", 'know = ["fire"]', 'look_for = "My smoke."'))
    sync_lists(library, shipped)
    assert library.guides()["lamps"].look_for == "My smoke."
    (own / "guides" / "mine.toml").unlink()
    sync_lists(library, shipped)
    assert library.guides()["lamps"].look_for == "Smoke."


def test_the_user_may_add_topics_and_resources(library: Library, shipped: Path, own: Path) -> None:
    more = RESOURCES.replace('"book"', '"film"', 1).replace('"book"', '"course"')
    write(own, resources=more, topics=TOPICS.replace('"fire"', '"glass"').replace('"book"', '"film"'))
    write(own, guides_mine=guide("lanterns", 'know = ["glass", "fire"]'))
    sync_lists(library, shipped)
    assert list_problems(library) == []
    assert list(library.resources()) == ["book", "film"]
    assert library.guides()["lanterns"].know == ("glass", "fire")


def test_a_guide_speaks_of_the_paper_whatever_its_key_is_here(library: Library, shipped: Path) -> None:
    mine = Paper("Lamps and How They Burn", (Author("Vega"),), key="mine", doi="10.1234/lamps.2001")
    other = Paper("Quite Another Thing", (Author("Vega"),), key="lamps")
    library.add([mine, other], lambda paper, taken: "x")
    sync_lists(library, shipped)
    assert set(library.guides()) == {"mine"}


def test_a_users_guide_means_the_paper_of_the_library_before_that_of_a_list(
    library: Library, shipped: Path, own: Path
) -> None:
    mine = Paper("Lamps and How They Burn", (Author("Vega"),), key="mine", doi="10.1234/lamps.2001")
    other = Paper("Quite Another Thing", (Author("Vega"),), key="lamps")
    library.add([mine, other], lambda paper, taken: "x")
    write(own, guides_mine=guide("lamps", 'task = "Mine."') + guide("lanterns", 'task = "Also mine."'))
    sync_lists(library, shipped)
    found = library.guides()
    assert {key: found[key].task for key in found} == {"mine": "", "lamps": "Mine.", "lanterns": "Also mine."}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (guide("lamp", 'task = "x"'), "line 2: no list and no paper of the library has the key 'lamp'"),
        (guide("lanterns", 'know = ["fir"]'), "line 3: there is no topic 'fir' (did you mean 'fire'?)"),
        ("[[paper]", "not valid TOML"),
    ],
)
def test_a_broken_file_is_told_until_it_is_mended_and_others_are_taken_in(
    library: Library, shipped: Path, own: Path, text: str, said: str, request: pytest.FixtureRequest
) -> None:
    write(own, guides_a=text, guides_b=guide("lanterns", 'task = "Look."'))
    sync_lists(library, shipped)
    [problem] = list_problems(library)
    assert (problem.name, problem.what, problem.path) == ("guides/a.toml", "file", str(own / "guides" / "a.toml"))
    assert said in problem.message
    assert library.guides()["lanterns"].task == "Look."
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guide_files, "_Taking", lambda *_: pytest.fail("it was read again"))
        sync_lists(library, shipped)
    assert list_problems(library) == [problem]
    write(own, guides_a=guide("lamps"))
    sync_lists(library, shipped)
    assert list_problems(library) == []


def test_problems_are_found_again_when_the_cache_was_emptied(library: Library, shipped: Path, own: Path) -> None:
    write(own, guides_a=guide("lamp"))
    sync_lists(library, shipped)
    [problem] = list_problems(library)
    shutil.rmtree(library.files.cache)
    sync_lists(library, shipped)
    assert list_problems(library) == [problem]


def test_a_guide_to_a_paper_that_comes_later_is_taken_in_then(library: Library, shipped: Path, own: Path) -> None:
    write(own, guides_a=guide("candles", 'task = "Blow."'))
    sync_lists(library, shipped)
    assert len(list_problems(library)) == 1
    library.add([Paper("Candles", (Author("Vega"),), key="candles")], lambda paper, taken: "x")
    sync_lists(library, shipped)
    assert list_problems(library) == []
    assert library.guides()["candles"].task == "Blow."
    library.rename("candles", "tapers")
    write(own, guides_a=guide("candles", 'task = "Blow out."'))
    sync_lists(library, shipped)
    assert library.guides()["tapers"].task == "Blow out."


def test_a_file_that_breaks_keeps_what_it_was(library: Library, shipped: Path, own: Path) -> None:
    write(own, guides_a=guide("lamps", 'task = "Mine."'), topics=TOPICS.replace('"fire"', '"glass"'))
    sync_lists(library, shipped)
    write(own, guides_a="[[paper]", topics="[[topic]")
    sync_lists(library, shipped)
    assert [one.name for one in list_problems(library)] == ["topics.toml", "guides/a.toml"]
    assert library.guides()["lamps"].task == "Mine."
    assert "glass" in library.topics()


def test_two_guides_to_one_paper_are_a_mistake_of_the_second_file(library: Library, shipped: Path, own: Path) -> None:
    write(own, guides_a=guide("lamps"), guides_b=guide("Lamps"))
    sync_lists(library, shipped)
    [problem] = list_problems(library)
    assert problem.name == "guides/b.toml"
    assert "the guide to 'Lamps' is in guides/a.toml already" in problem.message


def test_a_stage_that_no_list_has_is_a_mistake_of_the_users(library: Library, shipped: Path, own: Path) -> None:
    write(own, resources=RESOURCES.replace('"book"', '"film"', 1).replace("Old light", "Old lihgt"))
    sync_lists(library, shipped)
    assert "there is no stage of a reading list 'Old lihgt' (did you mean 'Old light'?)" in (
        list_problems(library)[0].message
    )


def test_topics_with_a_bib_beside_it_is_a_list(library: Library, shipped: Path, own: Path) -> None:
    put(own, "topics", PLAN.replace('title = "Light"', 'title = "Topics"'))
    sync_lists(library, shipped)
    assert [one.title for one in library.lists()] == ["Light", "Topics"]
    assert list_problems(library) == []
    assert "fire" in library.topics()


# --------------------------------------------------------------------------- lists made from others


def test_a_list_takes_papers_and_words_from_another(library: Library, shipped: Path) -> None:
    write(shipped, short=DERIVED)
    sync_lists(library, shipped)
    [entry] = library.reading_list("short").entries
    assert (entry.key, entry.why, entry.introduces, entry.needs) == ("lanterns", "It burns longer.", ("lantern",), ())
    assert library.keys() == {"lamps", "lanterns"}


def test_it_follows_the_list_that_it_is_made_from(library: Library, shipped: Path) -> None:
    write(shipped, short=DERIVED)
    sync_lists(library, shipped)
    put(shipped, "light", PLAN.replace("It burns longer.", "It shines."))
    sync_lists(library, shipped)
    assert library.reading_list("short").entries[0].why == "It shines."


def test_the_users_may_be_made_from_ours_even_under_its_name(library: Library, shipped: Path, own: Path) -> None:
    write(own, short=DERIVED, light=DERIVED)
    sync_lists(library, shipped)
    assert list_problems(library) == []
    assert {one.name: one.title for one in library.lists()} == dict.fromkeys(("light", "short"), "New light alone")
    put(shipped, "light", PLAN.replace("It burns longer.", "It shines."))
    sync_lists(library, shipped)
    assert {one.entries[0].why for one in library.lists()} == {"It shines."}


def test_what_it_is_made_from_must_be_there_and_have_papers(library: Library, shipped: Path, own: Path) -> None:
    write(own, short=DERIVED, shorter=DERIVED.replace('"light"', '"short"'), both=DERIVED)
    (own / "both.bib").write_text(BIB, encoding="utf-8")
    sync_lists(library, shipped)
    told = {problem.name: problem.message for problem in list_problems(library)}
    assert set(told) == {"both", "shorter"}
    assert "line 2: there is no list 'short' with a .bib of its own; there are: both, light" in told["shorter"]
    assert "line 2: the papers are those of light, so both.bib must not be there" in told["both"]


def test_an_opened_library_has_our_guides(home: Path) -> None:
    """Whatever is shipped is taken in without a mistake."""
    with open_library(home) as library:
        assert list_problems(library) == []
