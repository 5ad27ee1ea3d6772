"""serve: what it is started with, and what it says when it cannot."""

from __future__ import annotations

import os
import shlex
import socket
import sys
from typing import TYPE_CHECKING

import pytest

from paperpath.cli.serve import program

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Ended

    Cli = Callable[..., Ended]


@pytest.mark.skipif(os.name == "nt", reason="the line is quoted for another shell there")
def test_the_program_gets_the_options() -> None:
    words = shlex.split(program({"home": "/a b/$x;y", "ascii": True, "arxiv_interval": "3"}, "-odd"))
    assert words[:5] == ["exec", sys.executable, "-m", "paperpath", "tui"]
    assert words[5:] == ["--home", "/a b/$x;y", "--ascii", "--arxiv-interval", "3", "--", "-odd"]
    assert program({"ascii": False}, None).endswith(" tui --no-ascii")


def test_without_the_extra(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    import paperpath.tui

    monkeypatch.delattr(paperpath.tui, "serving", raising=False)
    monkeypatch.delitem(sys.modules, "paperpath.tui.serving", raising=False)
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    done = cli("serve", "--no-open")
    assert (done.code, done.out) == (2, "")
    assert "pip install 'paperpath[serve]'" in done.err


def test_a_port_that_is_taken(cli: Cli) -> None:
    pytest.importorskip("textual_serve", reason="the extra `serve` is not installed")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = cli("serve", "--no-open", "--port", str(port))
    assert (done.code, done.out) == (2, "")
    assert f"Port {port} is taken" in done.err
    assert "--port 0" in done.err
