"""mcp: what an assistant sees and may do, asked by the official client."""

from __future__ import annotations

import json
import os
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from paperpath.cli import tools
from paperpath.cli.session import Session
from paperpath.errors import BadInput
from paperpath.model import ParsedPaper, Section
from paperpath.workflow.texts import keep_parsed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from mcp import Client

    from paperpath.library import Library
    from tests.cli.conftest import Ended

    Cli = Callable[..., Ended]

ATTENTION = "vaswani2017attention"
WHY = "Large products push the softmax into flat regions. So we divide the products by √d_k."


@pytest.fixture
def read(library: Library) -> Library:
    """The library with the text of a paper."""
    long = Section("4", "Results", 1, 8, "word " * 5000)
    keep_parsed(library, ATTENTION, ParsedPaper(sections=(Section("3.2", "Scaled products", 1, 4, WHY), long), pages=9))
    return library


@asynccontextmanager
async def assistant(*options: str) -> AsyncIterator[Client]:
    """The official client, and the command in a process of its own."""
    mcp = pytest.importorskip("mcp", reason="the extra mcp is not installed")
    kept = {name: value for name, value in os.environ.items() if name.startswith(("PAPERPATH_", "PYTHON", "XDG_"))}
    server = mcp.StdioServerParameters(command=sys.executable, args=["-m", "paperpath", "mcp", *options], env=kept)
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - nothing is waited for
        async with mcp.Client(mcp.stdio_client(server, errlog=nowhere)) as client:
            yield client


def content(result: Any) -> Any:
    assert not result.is_error, result.content
    return result.structured_content


async def test_an_assistant_lists_the_tools_searches_and_reads_a_passage(read: Library) -> None:
    async with assistant() as client:
        listed = (await client.list_tools()).tools
        assert [tool.name for tool in listed] == list(tools.READING)
        assert all(tool.description and tool.annotations and tool.annotations.read_only_hint for tool in listed)
        papers = content(await client.call_tool("list_papers", {"query": "author:vaswani"}))
        assert [paper["key"] for paper in papers["papers"]] == [ATTENTION]
        hits = content(await client.call_tool("search_texts", {"query": "softmax regions"}))["hits"]
        assert [(hit["key"], hit["section"], hit["page"]) for hit in hits] == [(ATTENTION, "3.2 Scaled products", 4)]
        asked = content(await client.call_tool("ask_library", {"question": "why divide by sqrt(d_k)?"}))
        assert asked["answers"][0]["passages"][0]["text"] == WHY
        text = content(await client.call_tool("read_section", {"key": ATTENTION, "section": "3.2"}))
        assert text == {"key": ATTENTION, "section": "3.2 Scaled products", "page": 4, "text": WHY, "next": None}
        bib = content(await client.call_tool("export_bibliography", {"keys": [ATTENTION]}))["result"]
        assert f"{{{ATTENTION}," in bib
        # what goes wrong is told in words, and the server goes on
        wrong = await client.call_tool("show_paper", {"key": "vaswani2017atention"})
        assert wrong.is_error
        assert f"Did you mean {ATTENTION}?" in wrong.content[0].text  # type: ignore[union-attr]
        wrong = await client.call_tool("set_status", {"keys": [ATTENTION], "status": "read"})
        assert wrong.is_error
        assert content(await client.call_tool("list_papers", {"query": "tag:nowhere"})) == {"papers": [], "total": 0}
    assert read.get(ATTENTION).status == "unread"


async def test_writing_is_offered_when_it_is_allowed_and_can_be_undone(read: Library) -> None:
    async with assistant("--allow-writing") as client:
        names = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert list(names) == [*tools.READING, *tools.WRITING]
        assert names["set_status"].annotations.read_only_hint is False  # type: ignore[union-attr]
        content(await client.call_tool("set_status", {"keys": [ATTENTION], "status": "read"}))
        content(await client.call_tool("append_to_note", {"key": ATTENTION, "text": "Scaled, because it is flat."}))
        note = content(await client.call_tool("read_note", {"key": ATTENTION}))["note"]
        assert "Scaled, because it is flat." in note
        tags = content(await client.call_tool("change_tags", {"keys": [ATTENTION], "add": ["flat"]}))
        assert tags == {"tags": {ATTENTION: ["flat"]}}
    assert read.get(ATTENTION).status == "read"
    assert [change.state for change in read.history(3)] == ["done"] * 3


# --------------------------------------------------------------------------- the tools by themselves


@pytest.fixture
def own() -> tools.Tools:
    return tools.Tools(Session())


def test_a_long_section_is_read_in_parts(own: tools.Tools, read: Library) -> None:
    first = own.read_section(ATTENTION, "results")
    rest = own.read_section(ATTENTION, "4 Results", first["next"])
    assert len(first["text"]) == tools.MOST_CHARACTERS
    assert first["text"] + rest["text"] == "word " * 5000
    assert rest["next"] is None


def test_the_outline_names_what_can_be_read(own: tools.Tools, read: Library) -> None:
    outline = own.show_paper("1706.03762")["outline"]
    assert [row["section"] for row in outline] == ["3.2 Scaled products", "4 Results"]
    assert all(own.read_section(ATTENTION, row["section"])["page"] == row["page"] for row in outline)


def test_a_section_or_text_that_is_not_there(own: tools.Tools, read: Library) -> None:
    with pytest.raises(BadInput, match=r"It has: 3\.2 Scaled products; 4 Results"):
        own.read_section(ATTENTION, "9")
    with pytest.raises(BadInput, match="paperpath fetch old1986learning"):
        own.read_section("old1986learning", "1")


@pytest.mark.parametrize(
    "call", [("append_to_note", ATTENTION, " "), ("set_status", [], "read"), ("change_tags", [ATTENTION])]
)
def test_nothing_to_write(own: tools.Tools, read: Library, call: tuple[Any, ...]) -> None:
    with pytest.raises(BadInput):
        getattr(own, call[0])(*call[1:])


def test_every_tool_is_a_method_that_says_what_it_does() -> None:
    for name in (*tools.READING, *tools.WRITING):
        assert (getattr(tools.Tools, name).__doc__ or "").strip()


def test_without_the_extra_it_says_what_to_install(cli: Cli, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)
    monkeypatch.setitem(sys.modules, "mcp.server.mcpserver", None)
    done = cli("mcp")
    assert (done.code, done.out) == (2, "")
    assert "pip install 'paperpath[mcp]'" in done.err


def test_json_of_a_question_is_that_of_the_command(own: tools.Tools, cli: Cli, read: Library) -> None:
    question = "why divide by sqrt(d_k)?"
    assert own.ask_library(question) == json.loads(cli("ask", question, "--json").out)
