"""The command as a process: exit codes, signals, pipes, full disks, damaged libraries; never a traceback."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest

import paperpath.__main__
from paperpath.cli import run

if TYPE_CHECKING:
    from tests.standin import StandIn

FULL = Path("/dev/full")


def paperpath_process(*arguments: str, **options: Any) -> subprocess.Popen[str]:
    """A running ``paperpath``; standard output and error are pipes unless said otherwise."""
    streams: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "paperpath", *arguments],
        text=True,
        encoding="utf-8",
        **(streams | options),
    )


def ended(*arguments: str, **options: Any) -> tuple[int, str, str]:
    process = paperpath_process(*arguments, **options)
    out, err = process.communicate(timeout=300)
    return process.returncode, out or "", err or ""


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the lists that are shipped, for processes that only look."""
    folder = tmp_path_factory.mktemp("seeded")
    assert ended("--home", str(folder), "list", "year:1986")[0] == 0
    return folder


def test_a_first_run_in_an_empty_home(home: Path) -> None:
    code, out, err = ended("list", "year:1986")
    assert (code, len(out.splitlines())) == (0, 1)
    assert err == "1 paper\n"
    assert (home / "library.db").is_file()


def test_a_damaged_library_is_named_and_left_alone(home: Path) -> None:
    home.mkdir()
    junk = b"SQLite format 3\x00" + b"\xff" * 4096
    (home / "library.db").write_bytes(junk)
    code, out, err = ended("next", "--json")
    assert (code, out) == (1, "")
    assert err.startswith("error: ")
    assert "library.db" in err
    assert "Traceback" not in err
    assert (home / "library.db").read_bytes() == junk


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    code, out, err = ended("--home", str(tmp_path / "file"), "list")
    assert code in (1, 2)
    assert out == ""
    assert err.startswith("error: ")
    assert "Traceback" not in err


def test_debug_shows_the_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    code, _, err = ended("--home", str(tmp_path / "file"), "list", "--debug")
    assert code == 1
    assert "Traceback" in err


def test_a_bad_setting_is_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERPATH_WORKERS", "many")
    code, out, err = ended("fetch", "1706.03762")
    assert (code, out) == (2, "")
    assert err.startswith("error: PAPERPATH_WORKERS: workers must be")


def test_who_reads_may_stop_early(seeded: Path) -> None:
    process = paperpath_process("path", "--json", "--home", str(seeded), bufsize=1)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert (process.wait(60), err) == (0, "")


if FULL.exists():  # Linux has it; elsewhere there is nothing to test with

    @pytest.mark.parametrize("arguments", [["list"], ["--version"]])
    def test_a_full_disk_under_standard_output(seeded: Path, arguments: list[str]) -> None:
        environment = os.environ | {"PAPERPATH_HOME": str(seeded)}
        with FULL.open("w") as full:
            code, _, err = ended(*arguments, stdout=full, env=environment)
        assert code == 1
        assert "Traceback" not in err
        assert "Exception ignored" not in err
        assert "no room left" in err or arguments == ["--version"]


def test_narration_can_be_thrown_away(seeded: Path) -> None:
    code, out, _ = ended("list", "year:1986", "--home", str(seeded), stderr=subprocess.DEVNULL)
    assert code == 0
    assert out.count("\n") == 1


def test_an_interruption_before_the_command_line_stands_is_quiet(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_arguments: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("paperpath.cli.run", interrupted)
    monkeypatch.setattr(sys, "argv", ["paperpath", "list"])
    before = signal.getsignal(signal.SIGINT)
    try:
        assert paperpath.__main__.main() == 130
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN  # a second one finds the program at its end
    finally:
        signal.signal(signal.SIGINT, before)
    assert capsys.readouterr() == ("", "")


def test_an_interruption_within_a_command_says_how_to_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("paperpath.workflow.opening.open_library", interrupted)
    assert run(["list"]) == 130
    out, err = capsys.readouterr()
    assert out == ""
    assert "run the same command again" in err


def test_a_bug_is_not_a_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("never expected")

    monkeypatch.setattr("paperpath.workflow.opening.open_library", broken)
    assert run(["list"]) == 1
    assert "ZeroDivisionError" in capsys.readouterr().err
    with pytest.raises(ZeroDivisionError):
        run(["list", "--debug"])


def test_python_m_and_the_command_are_called_the_same() -> None:
    assert "Usage: paperpath list" in ended("list", "--help")[1]


def test_completion_of_commands_keys_and_lists(
    seeded: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PAPERPATH_HOME", str(seeded))
    monkeypatch.setenv("_PAPERPATH_COMPLETE", "bash_complete")

    def completed(line: str, *, process: bool = False) -> list[str]:
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", str(line.count(" ")))
        if process:
            out = ended()[1]
        else:
            assert run([]) == 0
            out = capsys.readouterr().out
        return [row.split(",", 1)[1] for row in out.split()]

    assert completed("paperpath path zero") == ["zero-to-hero"]
    assert completed("paperpath fetch zero-to-h") == ["zero-to-hero"]
    assert completed("paperpath show vaswani2017", process=True) == ["vaswani2017attention"]
    assert completed("paperpath status vaswani2017attention rea") == ["reading", "read"]
    assert completed("paperpath show nobody") == []


def test_completion_never_makes_a_library(home: Path) -> None:
    env = os.environ | {"_PAPERPATH_COMPLETE": "bash_complete", "COMP_WORDS": "paperpath show v", "COMP_CWORD": "2"}
    assert ended(env=env) == (0, "\n", "")
    assert not home.exists()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script_of_each_shell(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", shell]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert f"_PAPERPATH_COMPLETE={shell}_complete" in out


def test_the_interface_needs_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["tui"]) == 2
    assert "needs a terminal" in capsys.readouterr().err


if os.name != "nt":  # Windows cannot send Ctrl-C to one process alone

    @pytest.mark.parametrize("times", [1, 2])
    def test_ctrl_c_in_a_fetch_ends_cleanly_and_the_next_run_goes_on(arxiv: StandIn, home: Path, times: int) -> None:
        arxiv.reset(rate=400.0)
        process = paperpath_process("fetch", "1706.03762", "--json")
        deadline = time.monotonic() + 180
        while not any(path.startswith("/pdf/") for path in arxiv.log().paths()):
            assert time.monotonic() < deadline, "the download did not begin"
            time.sleep(0.05)
        for _ in range(times):
            process.send_signal(signal.SIGINT)
            time.sleep(0.01)
        out, err = process.communicate(timeout=300)
        assert process.returncode == 130
        assert "Traceback" not in err
        assert "run the same command again" in err.lower()
        assert [json.loads(line)["status"] for line in out.splitlines()] in ([], ["waiting"])
        assert not (home / "papers" / "1706.03762" / "paper.pdf").exists()
        if times == 2:
            return
        arxiv.reset(rate=0.0)
        code, out, _ = ended("fetch", "1706.03762", "--json")
        assert (code, json.loads(out)["status"]) == (0, "fetched")

    def test_the_question_which_paper_is_meant_in_a_real_terminal(arxiv: StandIn, home: Path) -> None:
        controller, terminal = os.openpty()
        process = paperpath_process("add", "lanterns", stdin=terminal, stdout=terminal, stderr=terminal)
        os.close(terminal)
        screen = b""
        try:
            while b"none of these" not in screen:
                screen += os.read(controller, 4096)
            os.write(controller, b"1\n")
            with contextlib.suppress(OSError):  # Linux says so when the other side is closed
                while chunk := os.read(controller, 4096):
                    screen += chunk
        finally:
            os.close(controller)
        assert process.wait(60) == 0
        text = click.unstyle(screen.decode())
        chosen = next(line for line in text.splitlines() if line.startswith("  1  "))
        assert "Lanterns" in chosen
        added = next(line for line in text.splitlines() if "added" in line)
        assert added.split("  ")[-1].strip() in chosen
        assert ended("list", "lanterns")[1].count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="a shell that closes streams")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_closed_stream_is_no_bug(seeded: Path, closed: str) -> None:
    line = f'"{sys.executable}" -W error -m paperpath --home "{seeded}" list year:1986 {closed}'
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0
    assert done.stderr in ("", "1 paper\n")
