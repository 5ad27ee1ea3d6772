"""Exit codes, errors and streams."""

from __future__ import annotations

import errno
import io
import json
import sys

import click
import pytest

from paperpath import errors
from paperpath.cli import show
from paperpath.errors import (
    BadAnswer,
    BadInput,
    BadQuery,
    Cancelled,
    DiskFull,
    LibraryBusy,
    NotFound,
    PaperpathError,
    ParseFailed,
    Refused,
    Unreachable,
)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (BadQuery("x"), 2),
        (click.UsageError("x"), 2),
        (Refused("x"), 3),
        (Unreachable("x"), 3),
        (BadAnswer("x"), 3),
        (NotFound("x"), 1),
        (ParseFailed("x"), 1),
        (DiskFull("x"), 1),
        (OSError(errno.ENOSPC, "x"), 1),
        (ValueError("x"), 1),
        (Cancelled("x"), 130),
        (KeyboardInterrupt(), 130),
        (click.Abort(), 130),
    ],
)
def test_each_error_has_its_code(error: BaseException, code: int) -> None:
    assert show.code_of(error) == code
    assert show.conclude(error) == code


def test_every_error_of_ours_has_a_code_of_the_contract() -> None:
    kinds = [k for k in vars(errors).values() if isinstance(k, type) and issubclass(k, PaperpathError)]
    assert {show.code_of(kind("x")) for kind in kinds} == {1, 2, 3, 130}


@pytest.mark.parametrize(
    ("failures", "succeeded", "code"),
    [
        ([], 0, 0),
        ([], 3, 0),
        ([NotFound("x")], 2, 1),
        ([NotFound("x")], 0, 1),
        ([Unreachable("x"), Unreachable("x")], 0, 3),
        ([Unreachable("x"), BadAnswer("x")], 0, 3),
        ([Unreachable("x")], 1, 1),
        ([Unreachable("x"), NotFound("x")], 0, 1),
        ([Refused("x")], 5, 3),
        ([ParseFailed("x"), Refused("x")], 5, 3),
        ([BadInput("x")], 0, 2),
        ([BadInput("x")], 1, 1),
        ([BadInput("x"), Cancelled("x")], 1, 130),
    ],
)
def test_several_failures_have_one_code(failures: list[BaseException], succeeded: int, code: int) -> None:
    assert show.code_of_all(failures, succeeded=succeeded) == code


def test_an_error_is_one_safe_line_with_advice(capsys: pytest.CaptureFixture[str]) -> None:
    show.fail(NotFound("arXiv knows no \x1b[31m9999.99999."), about="9999.99999\x07")
    assert capsys.readouterr() == ("", "error: arXiv knows no 9999.99999.\n")


def test_a_wrong_command_line_gets_a_line_of_help(capsys: pytest.CaptureFixture[str]) -> None:
    context = click.Context(click.Command("list"), info_name="paperpath list")
    show.conclude(click.UsageError("No such option: --jsn", context))
    assert capsys.readouterr().err == "error: No such option: --jsn\nTry: paperpath list --help\n"


def test_a_full_disk_and_a_busy_library_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    show.conclude(OSError(errno.ENOSPC, "No space left on device", "refs.bib"))
    assert "refs.bib: no room left on the disk" in capsys.readouterr().err
    show.conclude(LibraryBusy("Another program is writing."))
    assert "Run the command again" in capsys.readouterr().err
    show.conclude(PermissionError(errno.EACCES, "Permission denied", "refs.bib"))
    assert capsys.readouterr().err == "error: refs.bib: Permission denied.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("a.pdf is not a PDF.", "a.pdf is not a PDF."),
        ("There is no file a.pdf.", "There is no file a.pdf."),
        ("a.pdfs are not PDFs.", "a.pdf: a.pdfs are not PDFs."),
        ("It has no page.", "a.pdf: It has no page."),
    ],
)
def test_what_an_error_is_about_is_said_once(words: str, said: str) -> None:
    assert show.failure(words, "a.pdf") == f"error: {said}"


def test_an_unknown_error_is_called_a_bug(capsys: pytest.CaptureFixture[str]) -> None:
    show.conclude(ZeroDivisionError("division by zero"))
    said = capsys.readouterr().err
    assert "ZeroDivisionError: division by zero" in said
    assert "--debug" in said
    assert "Traceback" not in said


def test_json_documents(capsys: pytest.CaptureFixture[str]) -> None:
    show.json_document([])
    show.json_document([{"a": "é\u009b"}, {"b": 1}])
    show.json_document({"a": 1})
    assert capsys.readouterr().out == '[]\n[{"a": "é\\u009b"},\n {"b": 1}]\n{\n "a": 1\n}\n'


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colours_only_on_a_terminal_that_may_have_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    assert show.style("x", _Terminal(), bold=True) == "\x1b[1mx\x1b[0m"
    assert show.style("x", io.StringIO(), bold=True) == "x"
    monkeypatch.setenv("NO_COLOR", "1")
    assert show.style("x", _Terminal(), bold=True) == "x"
    monkeypatch.setenv("NO_COLOR", "")
    monkeypatch.setenv("TERM", "dumb")
    assert not show.colours(_Terminal())


def test_a_pipe_gets_utf_8_and_a_terminal_keeps_its_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    pipe = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdout", pipe)
    monkeypatch.setattr(sys, "stderr", terminal)
    show.prepare_streams()
    pipe.write("日本")
    terminal.write("日本é")
    pipe.flush()
    terminal.flush()
    assert pipe.buffer.getvalue() == "日本".encode()  # type: ignore[attr-defined]
    assert terminal.buffer.getvalue() == "??é".encode("cp1252")  # type: ignore[attr-defined]


def test_names_and_numbers_for_sentences() -> None:
    assert show.plural(1, "paper") == "1 paper"
    assert show.plural(12345, "paper") == "12,345 papers"
    assert show.names("abc") == "a, b, c"
    assert show.names("abcdefgh") == "a, b, c, d, e, f and 2 more"


def test_json_of_ten_thousand_rows_is_one_array(capsys: pytest.CaptureFixture[str]) -> None:
    show.json_document([{"key": str(i)} for i in range(10_000)])
    text = capsys.readouterr().out
    assert len(json.loads(text)) == len(text.splitlines()) == 10_000
