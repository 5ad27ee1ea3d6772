"""subscribe, new, similar: against a stand-in for arXiv, as a person and as cron call them."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from paperpath.formats.citekeys import make_key
from paperpath.model import Paper
from tests.announcing import KETTLE, LANTERN, line
from tests.standin import StandIn
from tests.standin.citations import citing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from paperpath.library import Library
    from tests.cli.conftest import Ended

    Cli = Callable[..., Ended]

TODAY = datetime.now(UTC)
DAY = (TODAY - timedelta(days=1)).date().isoformat()
CITING = f"{TODAY:%y%m}.00003"
"""A paper of this month: an older one that cites something is no news."""


@pytest.fixture(scope="session")
def announcing() -> Iterator[StandIn]:
    metadata = [
        *(line(number, KETTLE, day=DAY) for number in (1, 2)),
        *(line(number, LANTERN, day=DAY) for number in (3, 4)),
        line(9, KETTLE, version=2, day=DAY, published="2021-01-02T10:00:00Z"),
        line(20, "escapes \x1b]0;pwned\x07 and \u202e turns", day=DAY)
        | {"title": "Title with \u202e turns and \x9b31m", "categories": ["hep-th"], "primary_category": "hep-th"},
        line(3, KETTLE, day=DAY) | {"id": CITING, "categories": ["math.AG"], "primary_category": "math.AG"},
    ]
    with StandIn(metadata=metadata) as server:
        yield server


@pytest.fixture
def arxiv(announcing: StandIn, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    announcing.reset(interval=0.01, day=TODAY.date().isoformat())
    monkeypatch.setenv("PAPERPATH_ARXIV_URL", announcing.url)
    monkeypatch.setenv("PAPERPATH_ARXIV_INTERVAL", "0.01")
    return announcing


@pytest.fixture
def reader(library: Library) -> Library:
    """A library whose owner has read about kettles, and has one of the papers in its first version."""
    library.add(
        [
            Paper(f"Old {KETTLE}", key="old", abstract=f"{KETTLE}, {KETTLE}."),
            Paper(f"On {KETTLE}", key="kettle9", arxiv_id="2608.00009", arxiv_version=1),
        ],
        make_key,
    )
    library.set_status(["old"], "read")
    return library


# --------------------------------------------------------------------------- subscribe


def test_what_is_followed_is_listed_and_removed(cli: Cli, library: Library) -> None:
    assert cli("subscribe").err == "Nothing is followed yet. To begin: paperpath subscribe cs.LG\n"
    done = cli("subscribe", "cs.cl", 'all:"graph neural network"', "--author", "Ann Kessel")
    assert done.code == 0
    assert "Followed: cs.CL (category)" in done.err
    followed = cli("subscribe", "--list", "--json").json
    assert [(one["kind"], one["words"], one["asked"]) for one in followed] == [
        ("category", "cs.CL", None), ("author", "Ann Kessel", None), ("search", 'all:"graph neural network"', None),
    ]  # fmt: skip
    assert cli("subscribe", "--remove", "ann kessel").code == 0
    assert cli("undo").code == 0
    assert len(cli("subscribe", "--json").json) == 3
    cli("undo")
    assert cli("subscribe", "--json").json == [], "one command is one change"


@pytest.mark.parametrize(
    "words", [["kettles"], ["cs.LG", "xx.YY"], ["--remove", "cs.LG"], ["--list", "cs.LG"], ["--author", 'a"b'], [" "]]
)
def test_a_mistake_changes_nothing(cli: Cli, library: Library, words: list[str]) -> None:
    done = cli("subscribe", *words)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: ")
    assert library.subscriptions() == []


# --------------------------------------------------------------------------- new


def test_new_papers_come_ranked_with_their_reasons(cli: Cli, reader: Library, arxiv: StandIn) -> None:
    cli("subscribe", "cs.CL")
    done = cli("new")
    rows = [row.split("\t") for row in done.out.splitlines()]
    assert done.code == 0
    assert [row[:2] for row in rows[-1:]] == [["update", "2608.00009v2"]]
    assert {row[1] for row in rows[:2]} == {"2608.00001", "2608.00002"}
    assert "which you read: " in rows[0][5]
    assert len(rows) == 5
    assert arxiv.log().paths() == ["/rss/cs.CL"]
    again = cli("new", "--json")
    assert arxiv.log().paths() == ["/rss/cs.CL"], "once a day"
    assert [one["id"] for one in again.json["papers"]] == [row[1] for row in rows[:4]]
    assert set(again.json["papers"][0]) == {
        "id", "version", "title", "authors", "abstract", "categories", "day", "feeds", "score", "why", "like", "words",
        "cites",
    }  # fmt: skip
    assert again.json["updates"] == [
        {"id": "2608.00009", "version": 2, "key": "kettle9", "have": 1, "title": rows[-1][4]}
    ]
    assert again.json["problems"] == []


def test_verdicts_are_kept_taught_and_taken_back(cli: Cli, reader: Library, arxiv: StandIn) -> None:
    cli("subscribe", "cs.CL")
    cli("new")
    arxiv.reset()
    done = cli(
        "new", "--keep", "2608.00003", "--list", "To read", "--dismiss", "arXiv:2608.00001v1", "--later", "2608.00002"
    )
    key = done.out.strip()
    assert (done.code, reader.get(key).paper.arxiv_id) == (0, "2608.00003")
    assert reader.get(key).lists == ("to-read",)
    assert "1 kept, 1 dismissed, 1 put off" in done.err.lower()
    assert len(arxiv.log()) == 0
    assert [row.split("\t")[1] for row in cli("new", "--offline").out.splitlines()] == ["2608.00004", "2608.00009v2"]
    assert cli("new", "--offline", "--postponed").out.split("\t")[1] == "2608.00002"
    assert "verdicts on 3 new papers" in cli("undo").err + cli("history").out
    assert len(cli("new", "--offline").out.splitlines()) == 5
    assert key not in reader.keys()  # noqa: SIM118 - a method of the library


def test_cron_is_quiet_when_there_is_nothing(cli: Cli, reader: Library, arxiv: StandIn) -> None:
    cli("subscribe", "cs.CL")
    first = cli("new", "--fresh")
    assert len(first.out.splitlines()) == 5
    second = cli("new", "--fresh")
    assert (second.code, second.out, second.err) == (0, "", "")


def test_a_weekend_is_quiet(cli: Cli, library: Library, arxiv: StandIn) -> None:
    cli("subscribe", "cs.CL")
    arxiv.reset(["empty"])
    done = cli("new")
    assert (done.code, done.out, done.err) == (0, "", "")


def test_two_programs_at_once_make_one_request(cli: Cli, reader: Library, arxiv: StandIn) -> None:
    cli("subscribe", "cs.CL")
    arxiv.reset(interval=0.01)
    python = [sys.executable, "-m", "paperpath"]
    subprocess.run([*python, "lists"], check=True, capture_output=True)  # seeds with the lists that are shipped
    command = [*python, "new", "--fresh"]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    ended = [process.communicate(timeout=60) for process in running]
    assert [(process.returncode, err) for process, (_, err) in zip(running, ended, strict=True)] == [(0, "")] * 2
    assert sorted(len(out.splitlines()) for out, _ in ended) == [0, 5]
    assert arxiv.log().paths() == ["/rss/cs.CL"]


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [("captcha", 3, "refused"), ("404", 1, "announces nothing"), ("truncated-xml", 3, "cannot be believed")],
)
def test_faults_are_told_and_what_is_known_is_shown(
    cli: Cli, reader: Library, arxiv: StandIn, fault: str, code: int, words: str
) -> None:
    cli("subscribe", "cs.CL")
    cli("new")
    cli("subscribe", "hep-th")
    arxiv.reset([fault], interval=0.01)
    done = cli("new")
    assert done.code == (1 if code == 1 or fault == "truncated-xml" else code)
    assert "error: hep-th: " in done.err or words in done.err
    assert words in done.err
    assert len(done.out.splitlines()) == 5
    assert cli("new", "--offline", "--json").json["problems"][0]["words"] == "hep-th"


def test_without_a_network_it_is_three(cli: Cli, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERPATH_ARXIV_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("PAPERPATH_ARXIV_INTERVAL", "0.01")
    cli("subscribe", "cs.CL", "hep-th")
    done = cli("new")
    assert (done.code, done.out) == (3, "")
    assert "no connection" in done.err
    assert cli("new", "--offline").code == 0


@pytest.mark.parametrize(
    "words",
    [
        [], ["--output", "x.md"], ["--list", "x"], ["--keep", "nonsense"], ["--keep", "2608.77777"],
        ["--keep", "2608.00001", "--dismiss", "2608.00001v1"], ["--keep", "2608.00001", "--digest", "md"],
    ],
)  # fmt: skip
def test_mistakes_are_told_and_change_nothing(cli: Cli, library: Library, words: list[str]) -> None:
    before = library.history()
    done = cli("new", *words)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: ")
    assert library.history() == before


def test_hostile_titles_do_not_reach_the_terminal(cli: Cli, library: Library, arxiv: StandIn) -> None:
    cli("subscribe", "hep-th")
    for done in (cli("new"), cli("new", "--offline", "--digest", "md"), cli("new", "--offline", "--json")):
        assert "turns" in done.out
        assert not any(sign in done.out for sign in "\x1b\x9b\x07\u202e")


# --------------------------------------------------------------------------- digests


def test_a_digest_takes_the_place_of_a_digest_only(cli: Cli, reader: Library, arxiv: StandIn, tmp_path: Path) -> None:
    cli("subscribe", "cs.CL")
    markdown, atom = tmp_path / "new.md", tmp_path / "new.atom"
    assert cli("new", "--digest", "md", "-o", str(markdown)).code == 0
    text = markdown.read_text(encoding="utf-8")
    assert text.index("part 1 \\[/x\\]") < text.index("part 3 \\[/x\\]")
    assert "## New versions of papers you have" in text
    assert cli("new", "--digest", "atom", "-o", str(atom)).code == 0
    assert len(ET.parse(atom).findall("{http://www.w3.org/2005/Atom}entry")) == 5
    cli("new", "--dismiss", "2608.00001")
    assert cli("new", "--digest", "md", "-o", str(markdown)).code == 0
    assert "part 1 " not in markdown.read_text(encoding="utf-8")
    mine = tmp_path / "mine.md"
    mine.write_text("My own notes.\n", encoding="utf-8")
    done = cli("new", "--digest", "md", "-o", str(mine))
    assert (done.code, mine.read_text(encoding="utf-8")) == (2, "My own notes.\n")
    assert "left alone" in done.err
    assert cli("new", "--digest", "md", "-o", str(tmp_path)).code == 2
    assert sorted(path.suffix for path in tmp_path.iterdir() if path.name.startswith("new")) == [".atom", ".md"]


# --------------------------------------------------------------------------- similar


def test_similar_papers_say_why(cli: Cli, reader: Library) -> None:
    done = cli("similar", "old")
    [row] = [row.split("\t") for row in done.out.splitlines()]
    assert (done.code, row[0]) == (0, "kettle9")
    assert row[4].startswith("both on ")
    [one] = cli("similar", "old", "--json").json
    assert set(one) == {"key", "title", "year", "score", "why", "words", "references"}
    assert cli("similar", "2608.00009", "--limit", "1").out.startswith("old\t")
    assert cli("similar", "evil2020title").out == ""
    assert "nothing" not in cli("similar", "nobody").out
    assert cli("similar", "nobody").code == 2


def test_common_references_are_a_reason(cli: Cli, reader: Library) -> None:
    for key in ("old", "kettle9"):
        paper = reader.get(key).paper
        references = [{"label": None, "text": "x", "page": 1, "title": "Spouts and their songs in winter"}]
        references += [{"label": None, "text": "y", "page": 1, "arxiv_id": "1706.03762v5"}]
        reader.files.write(reader.files.parsed(paper), json.dumps({"title": paper.title, "references": references}))
    [one] = cli("similar", "old", "--json").json
    assert one["references"] == ["vaswani2017attention", "Spouts and their songs in winter"]
    assert "both cite vaswani2017attention, Spouts and their songs in winter" in one["why"]


# --------------------------------------------------------------------------- what cites one's papers


@pytest.fixture
def services(arxiv: StandIn, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """The stand-in as a gateway to a service that knows what cites the paper that was read."""
    known = {"1801.00001": [citing(CITING, DAY), citing(None, DAY, DOI="10.1/x")]}
    arxiv.reset(interval=0.01, day=TODAY.date().isoformat(), citations=known)
    monkeypatch.setenv("PAPERPATH_SERVICES_URL", arxiv.url)
    monkeypatch.setenv("PAPERPATH_SERVICES_INTERVAL", "0.01")
    return arxiv


@pytest.fixture
def cited(library: Library) -> Library:
    library.add([Paper("Why Kettles Sing", key="sing", arxiv_id="1801.00001", abstract=KETTLE)], make_key)
    library.set_status(["sing"], "read")
    return library


def test_citations_are_off_until_somebody_wants_them(cli: Cli, cited: Library, services: StandIn) -> None:
    before = len(cited.history())
    for words in (["--citing", "sing"], ["--citing-read"], ["cs.CL", "--citing", "sing"]):
        done = cli("subscribe", *words)
        assert (done.code, done.out) == (2, "")
        assert 'citing_from = "semantic-scholar" into config.toml' in done.err
    assert (cited.subscriptions(), len(cited.history())) == ([], before)
    assert len(services.log()) == 0


def test_what_cites_ones_papers_is_followed_and_shown(
    cli: Cli, cited: Library, services: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERPATH_CITING_FROM", "semantic-scholar")
    done = cli("subscribe", "--citing", "sing", "--citing-read")
    assert done.code == 0
    assert "Followed: citing sing (citing)" in done.err
    assert "Followed: citing what I read (citing)" in done.err
    done = cli("new")
    assert done.code == 0
    [row] = [line.split("\t") for line in done.out.splitlines()]
    assert row[:2] == ["new", CITING]
    assert row[5].startswith("cites “Why Kettles Sing”, which you have read")
    assert services.log().paths() == ["/semantic-scholar/graph/v1/paper/ARXIV:1801.00001/citations", "/api/query"]
    assert [one["cites"] for one in cli("new", "--json").json["papers"]] == [["sing"]]
    assert len(services.log()) == 2, "once a day"
    assert "citing sing" in cli("subscribe").out
    assert cli("new", "--digest", "md").out.count("which you have read") == 1
    assert cli("subscribe", "--remove", "sing", "--remove", "citing read").code == 0
    assert cited.subscriptions() == []
    assert cli("undo").code == 0
    assert len(cited.subscriptions()) == 2


def test_switched_off_again_it_says_so(
    cli: Cli, cited: Library, services: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli("subscribe", "--citing-from", "semantic-scholar", "--citing", "sing").code == 0
    done = cli("subscribe")
    assert "Nobody is asked what cites your papers" in done.err
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    done = cli("new")
    assert done.code == 0
    assert "Nobody was asked what cites your papers" in done.err
    assert len(services.log()) == 0
    assert cli("new", "--citing-from", "semantic-scholar").out.startswith(f"new\t{CITING}")


def test_a_mistake_about_citations_changes_nothing(cli: Cli, cited: Library, services: StandIn) -> None:
    for words in (["--citing", "nobody"], ["--citing", "sing", "xx.YY"], ["--citing", "sing", "--citing", "nobody"]):
        done = cli("subscribe", "--citing-from", "semantic-scholar", *words)
        assert (done.code, done.out) == (2, "")
    assert cited.subscriptions() == []


def test_a_service_that_fails_is_a_failed_feed(cli: Cli, cited: Library, services: StandIn) -> None:
    switch = ("--citing-from", "semantic-scholar")
    services.reset(["429-retry-after"], interval=0.01, retry_after="7200")
    cli("subscribe", *switch, "--citing", "sing", "cs.CL")
    services.reset(["429-retry-after"], interval=0.01, retry_after="7200")
    done = cli("new", *switch, "--json")
    assert done.code != 0
    services.reset(interval=0.01)
    [problem, *_] = cli("new", "--offline", "--json").json["problems"]
    assert problem["problem"]
