"""stats."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from paperpath.library import Library
    from tests.cli.conftest import Ended

    Cli = Callable[..., Ended]

OLD = "old1986learning"


def test_stats(cli: Cli, library: Library) -> None:
    library.set_status([OLD], "read")
    library.add_minutes(OLD, datetime.now(UTC).astimezone().date().isoformat(), 25)
    text = cli("stats", "--ascii").out
    assert text.startswith("1 of 3 papers read, 25 min in the reader\n")
    assert "A small list: 1 of 2 papers read" in text
    assert "########################|  1 of 1   First, 25 min" in text
    assert text.isascii()


def test_stats_of_nothing(cli: Cli, library: Library) -> None:
    text = cli("stats", "--weeks", "3").out
    assert text.startswith("0 of 3 papers read\n")
    assert text.count("nothing in the last 3 weeks") == 2


def test_stats_as_json(cli: Cli, library: Library) -> None:
    library.set_status([OLD], "read")
    found = cli("stats", "--json", "--weeks", "2", "--list", "small").json
    assert found["papers"] == {"total": 3, "read": 1, "skimmed": 0, "reading": 0, "unread": 2}
    assert [week["read"] for week in found["weeks"]] == [0, 1]
    assert found["streak"] == {"weeks": 1, "longest": 1}
    assert [stage["read"] for stage in found["lists"][0]["stages"]] == [1, 0]


def test_stats_as_a_picture(cli: Cli, library: Library, tmp_path: Path) -> None:
    path = tmp_path / "reading.svg"
    assert cli("stats", "--svg", str(path)).err == f"Wrote {path}\n"
    assert ElementTree.parse(path).getroot().get("role") == "img"
    assert cli("stats", "--svg", "-").out == path.read_text(encoding="utf-8")
    done = cli("stats", "--svg", str(tmp_path / "no" / "x.svg"))
    assert (done.code, "There is no folder" in done.err) == (2, True)


def test_a_list_that_there_is_not(cli: Cli, library: Library) -> None:
    done = cli("stats", "--list", "smal")
    assert (done.code, "Did you mean small?" in done.err) == (2, True)
