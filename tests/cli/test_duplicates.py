"""duplicates: pairs with their reasons, and what one entry of both would say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.formats.citekeys import make_key
from paperpath.model import Author, Paper

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperpath.library import Library
    from tests.cli.conftest import Ended

    Cli = Callable[..., Ended]

KETTLES = Paper("Why kettles sing by night", (Author("Kessel", "Ann"),), key="k1", year=2018, arxiv_id="1801.00001")
PUBLISHED = Paper(
    "Why Kettles Sing by Night",
    (Author("Kessel", "A."),),
    key="k2",
    entry_type="article",
    year=2019,
    venue="Kettles Today",
)


def test_a_library_without_duplicates(cli: Cli, library: Library) -> None:
    done = cli("duplicates")
    assert (done.code, done.out) == (0, "")
    assert "No paper is there twice" in done.err
    assert cli("duplicates", "--json").json == []


def test_a_pair_is_told_and_nothing_changes(cli: Cli, library: Library) -> None:
    library.add([KETTLES, PUBLISHED], make_key)
    before = library.records()
    done = cli("duplicates")
    why = "same title and authors: preprint and published version"
    assert (done.code, done.out) == (0, f"likely\tk1\tk2\t{why}\n")
    assert cli("duplicates", "year:1986").out == ""
    (pair,) = cli("duplicates", "--json").json
    assert (pair["sure"], pair["first"], pair["second"], pair["why"]) == ("likely", "k1", "k2", why)
    choices = {choice["field"]: choice for choice in pair["choices"]}
    assert (choices["year"]["value"], choices["year"]["other"]) == (2019, 2018)
    assert (choices["key"]["value"], choices["key"]["other"]) == ("k1", "k2")
    assert choices["authors"]["value"] == ["Ann Kessel"]
    assert choices["arxiv_id"]["why"] == "only one has it"
    assert library.records() == before


def test_a_query_that_cannot_be_read(cli: Cli, library: Library) -> None:
    done = cli("duplicates", "(")
    assert done.code == 2
    assert done.err.startswith("error: ")
