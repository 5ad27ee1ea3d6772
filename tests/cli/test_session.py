"""What all commands share: options before and after the command, notes edited elsewhere, Ctrl-C."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from paperpath.cli.session import stoppable

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperpath.library import Library
    from tests.cli.conftest import Ended

    Cli = Callable[..., Ended]

ATTENTION = "vaswani2017attention"


def test_shared_options_stand_before_and_after_the_command(cli: Cli, library: Library, tmp_path: Path) -> None:
    other = str(tmp_path / "other")
    assert len(cli("list", "--json").json) == 3
    assert len(cli("--home", other, "list", "--json").json) == 2
    assert len(cli("list", "--home", other, "--json").json) == 2
    assert len(cli("--home", str(tmp_path / "third"), "list", "--home", str(tmp_path / "home"), "--json").json) == 3


def test_an_option_that_cannot_be_honoured(cli: Cli) -> None:
    done = cli("fetch", "--arxiv-interval", "1", "1706.03762")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: --arxiv-interval: ")
    assert "--workers: workers must be a whole number" in cli("--workers", "0", "fetch", "1706.03762").err


def test_shared_options_are_hidden_in_the_help_of_a_command(cli: Cli) -> None:
    assert "--arxiv-url" in cli("--help").out
    assert "--arxiv-url" not in cli("list", "--help").out


def test_a_status_edited_in_a_note_counts_everywhere(cli: Cli, library: Library) -> None:
    path = Path(cli("note", ATTENTION, "--path").out.strip())
    path.write_text(path.read_text(encoding="utf-8").replace("status: unread", "status: read"), encoding="utf-8")
    assert [row["key"] for row in cli("list", "status:read", "--json").json] == [ATTENTION]


def test_the_first_ctrl_c_asks_and_the_second_one_ends(capsys: pytest.CaptureFixture[str]) -> None:
    before = signal.getsignal(signal.SIGINT)
    with stoppable() as stop:
        assert not stop()
        signal.raise_signal(signal.SIGINT)
        assert stop()
        assert "Stopping" in capsys.readouterr().err
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before
