"""How results, narration and errors reach a terminal, and every exit code: the one place for all commands.

Results go to standard output through :func:`out` and the JSON functions; everything else goes to standard error through
:func:`say` and :func:`fail`. So ``paperpath … | next-program`` and ``paperpath … 2>/dev/null`` always do what they look
like. Commands never print on their own and never choose a number.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import textwrap
from typing import IO, TYPE_CHECKING, Any

import click

from paperpath.cli import safe
from paperpath.durable import disk_is_full
from paperpath.errors import (
    BadAnswer,
    BadInput,
    Cancelled,
    LibraryBusy,
    PaperpathError,
    Refused,
    Unreachable,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DONE, SOME_FAILED, BAD_INPUT, NO_NETWORK, INTERRUPTED = 0, 1, 2, 3, 130

GO_ON = "Interrupted. What is done is kept; run the same command again to go on."


def code_of(error: BaseException) -> int:
    """The exit code that one error stands for."""
    match error:
        case KeyboardInterrupt() | Cancelled() | click.Abort():
            return INTERRUPTED
        case Refused() | Unreachable() | BadAnswer():
            return NO_NETWORK
        case BadInput() | click.UsageError():
            return BAD_INPUT
        case _:
            return SOME_FAILED


def code_of_all(errors: Sequence[BaseException], *, succeeded: int) -> int:
    """The exit code of work on several things, of which ``succeeded`` were done.

    A refusal and an interruption stop everything, so they decide alone; otherwise any success makes it "some failed".
    """
    if not errors:
        return DONE
    codes = [code_of(error) for error in errors]
    if INTERRUPTED in codes:
        return INTERRUPTED
    if any(isinstance(error, Refused) for error in errors):
        return NO_NETWORK
    return codes[0] if not succeeded and len(set(codes)) == 1 else SOME_FAILED


# --------------------------------------------------------------------------- standard output: results alone


def out(text: str = "") -> None:
    """One result, which may be several lines; the caller has made foreign text safe."""
    click.echo(text, color=colours(sys.stdout))


def json_document(value: Any) -> None:
    """One JSON document: a list with one element a line, which ``grep`` can read, or an indented object.

    The elements are written without indentation because that keeps them in the C encoder: 10,000 papers take 0.1 s
    instead of 1.2 s.
    """
    if isinstance(value, list):
        rows = ",\n ".join(safe.json_text(row) for row in value)
        click.echo(f"[{rows}]" if value else "[]", color=False)
    else:
        click.echo(safe.json_text(value, indent=1), color=False)


# --------------------------------------------------------------------------- standard error: narration


def say(text: str) -> None:
    """Narration for a person."""
    click.echo(text, err=True, color=colours(sys.stderr))


def fail(error: BaseException | str, *, about: str = "") -> None:
    """Name one failure: ``error: about: what is wrong and what to do next``."""
    say(failure(error, about))


def warn(text: str, *, about: str = "") -> None:
    """Name something doubtful, with which all was done nevertheless: ``warning: about: what it is``."""
    say(failure(text, about, style("warning:", sys.stderr, fg="yellow", bold=True)))


def failure(error: BaseException | str, about: str = "", lead: str = "") -> str:
    """The words of :func:`fail`; what they begin or end with is not said twice."""
    words = safe.block(str(error)).strip() or type(error).__name__
    lead = lead or style("error:", sys.stderr, fg="red", bold=True)
    place = safe.line(about)
    named = not place or words.startswith(f"{place} ") or words.removesuffix(".").endswith(f" {place}")
    return f"{lead} {words if named else f'{place}: {words}'}"


def colours(stream: IO[str]) -> bool:
    """Whether ``stream`` may be coloured: it is a terminal, and nobody asked for none (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def style(text: str, stream: IO[str] | None = None, **marks: Any) -> str:
    """``text`` in colours (see ``click.style``) if the stream, standard output by default, may have them."""
    return click.style(text, **marks) if colours(stream or sys.stdout) else text


def width() -> int:
    """The terminal's columns; in a file or a pager's pipe, lines are not cut."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 200


def wrapped(text: str, indent: str = "", further: str | None = None, **marks: Any) -> list[str]:
    """Foreign text in lines that fit, in colours as :func:`style` has them; ``further`` begins all after the first."""
    begin = indent if further is None else further
    rows = textwrap.wrap(safe.line(text), min(width(), 100), initial_indent=indent, subsequent_indent=begin)
    return [style(row, **marks) for row in rows] if marks else rows


def plural(count: int, noun: str) -> str:
    """``1 paper``, ``2 papers``."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


# --------------------------------------------------------------------------- the end of a run


def conclude(error: BaseException) -> int:
    """Tell the user about an error that ended the command, and give the exit code."""
    match error:
        case KeyboardInterrupt() | click.Abort() | Cancelled():
            say(GO_ON)
        case click.ClickException():
            _usage(error)
        case PaperpathError():
            fail(error)
            if isinstance(error, LibraryBusy):
                say("Nothing was changed. Run the command again when the other program is done.")
        case OSError() if error.errno is not None:
            fail(_os_error(error))
        case _:
            fail(f"paperpath met a problem it does not know ({type(error).__name__}: {error}).")
            say(
                "That is a bug. Your library is as it was before this command. Run it again with --debug and report it."
            )
    return code_of(error)


def finish_streams() -> None:
    """Write out what is still buffered; what cannot be written is dropped, or Python would complain at exit."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            _silence(stream)


def _silence(stream: IO[str]) -> None:
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError):  # no descriptor behind it
        return


def prepare_streams() -> None:
    """Make sure that any title can be written: Windows pipes and odd locales know only some letters.

    Pipes and files get UTF-8, which is what JSON and .bib readers expect; a terminal keeps its own encoding and shows a
    question mark for what it cannot. ``PYTHONIOENCODING`` is the user's word and stays. A stream that was closed before
    we began, as with ``>&-``, takes everything and shows nothing.
    """
    sys.stdout, sys.stderr = sys.stdout or io.StringIO(), sys.stderr or io.StringIO()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty() or os.environ.get("PYTHONIOENCODING"):
            reconfigure(errors="replace")
        else:
            reconfigure(encoding="utf-8", errors="replace")


def _usage(error: click.ClickException) -> None:
    """A mistake in the command line: what is wrong, and the line that shows help, without a screen of usage."""
    fail(error.format_message())
    if isinstance(error, click.UsageError) and error.ctx is not None:
        say(f"Try: {error.ctx.command_path} --help")


def _os_error(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    if disk_is_full(error):
        return f"{where}no room left on the disk. Free some space and run the command again."
    return f"{where}{error.strerror or error}."


def names(items: Iterable[str], limit: int = 6) -> str:
    """A few names for a sentence: ``a, b, c and 4 more``."""
    all_names = list(items)
    shown = ", ".join(all_names[:limit])
    return shown if len(all_names) <= limit else f"{shown} and {len(all_names) - limit} more"
