"""What all commands share: the options of every command, the settings they lead to, and the library.

A :class:`Session` travels as click's ``obj``. It reads settings only when a command asks for them, so that
``completion`` works with a broken configuration file, and it opens the library only for commands that use it.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from paperpath import config
from paperpath.cli import show
from paperpath.errors import PaperpathError

if TYPE_CHECKING:
    from types import FrameType

    from paperpath.embedding import Meaning
    from paperpath.library import Library

_F = TypeVar("_F", bound=Callable[..., Any])


class Session:
    """One run of the command line."""

    def __init__(self) -> None:
        self.options: dict[str, Any] = {}
        """Settings said on the command line, by name."""
        self.debug = False

    @cached_property
    def settings(self) -> config.Settings:
        """The settings of this run; read once."""
        return config.load(self.options)

    @cached_property
    def meaning(self) -> Meaning | None:
        """The model of sentences that is set, if one is; loaded once, when it is first used."""
        return self.settings.meaning()

    @contextmanager
    def library(self) -> Iterator[Library]:
        """The library, seeded with the reading lists and up to date with notes that were edited elsewhere.

        What a command changed in it is written to the files that are kept, also when the command failed half way.
        """
        from paperpath.workflow.opening import open_library

        with open_library(self.settings.home, self.settings.key_formula) as library:
            before = library.version()
            if library.files.notes.is_dir():
                from paperpath.workflow.noting import refresh_notes

                refresh_notes(library)
            try:
                yield library
            except BaseException:
                with suppress(PaperpathError):  # the first trouble is the one to tell
                    _write_kept(library, before)
                raise
            _write_kept(library, before)


def _write_kept(library: Library, before: int) -> None:
    """Bring the kept files up to date if the library has changed since version ``before``."""
    if library.version() == before:
        return
    from paperpath.workflow.keeping import bring_up_to_date

    for outcome in bring_up_to_date(library):
        if outcome.message:
            show.fail(outcome.message)


pass_session = click.make_pass_decorator(Session, ensure=True)


def shared_options(hidden: bool) -> list[click.Option]:
    """``--home``, ``--debug`` and so on: understood before and after the name of the command.

    People write ``paperpath list --home x`` as often as ``paperpath --home x list``. They stand in the help of
    ``paperpath`` alone, because sixteen lines of them under each command would hide what that command does.
    """

    def remember(context: click.Context, option: click.Parameter, value: Any) -> None:
        session = context.ensure_object(Session)
        if option.name == "debug":
            session.debug = session.debug or bool(value)
        elif value is not None:
            session.options[str(option.name).removeprefix(_SETTING)] = value

    options = [
        click.Option(["--config"], metavar="FILE", help="Settings from FILE instead of the usual place."),
        *(_option(setting) for setting in config.SETTINGS),
        click.Option(["--debug"], is_flag=True, help="Show the Python traceback of an error."),
    ]
    for option in options:
        option.callback, option.expose_value, option.hidden = remember, False, hidden
    return options


_SETTING = "setting_"
"""Before the names of parameters that are settings: commands have arguments called ``keys`` themselves."""


def _option(setting: config.Setting) -> click.Option:
    name = _SETTING + setting.name
    if not setting.metavar:
        return click.Option([f"{setting.option}/--no-{setting.option[2:]}", name], default=None, help=setting.help)
    return click.Option([setting.option, name], metavar=setting.metavar, help=setting.help)


class Command(click.Command):
    """A command that understands the shared options too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = {name for parameter in self.params for name in parameter.opts}
        self.params += [option for option in shared_options(hidden=True) if not mine.intersection(option.opts)]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click, but ``-overfitting`` is not taken for the file ``verfitting``, nor ``-o=x.bib`` for ``=x.bib``."""
        files = {name for one in self.params if isinstance(one.type, click.Path) for name in one.opts if len(name) == 2}
        before = ""
        for word in args:
            if word == "--":
                break
            option, name = word[:2], word[2:]
            if option in files and before not in files and name and not _is_file_name(name):
                named = name.removeprefix("=")
                raise click.UsageError(
                    f"Is {word} the file {named}? Then write: {option} {named}{self.instead(word)}", ctx
                )
            before = word
        return super().parse_args(ctx, args)

    def instead(self, word: str) -> str:  # noqa: ARG002 - for those that know more
        """What else a word that looks like an option with a file may mean; the end of a sentence."""
        return ""


def _is_file_name(text: str) -> bool:
    """Whether a text that stands at an option without a blank is a path beyond doubt: with a folder or a suffix."""
    return not text.startswith("=") and (text == "-" or bool(Path(text).suffix) or len(Path(text).parts) > 1)


def command(
    name: str, *, cls: type[Command] = Command, epilog: str | None = None
) -> Callable[[Callable[..., Any]], Command]:
    """Declare a command, with the session as its first argument."""

    def declare(function: Callable[..., Any]) -> Command:
        return click.command(name, cls=cls, epilog=epilog)(pass_session(function))

    return declare


def json_option(what: str = "Print one JSON document.") -> Callable[[_F], _F]:
    """The ``--json`` flag, as ``as_json``."""
    return click.option("--json", "as_json", is_flag=True, help=what)


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """Within this block the first Ctrl-C asks the work to come to a clean end; the second one ends it at once.

    Yields:
        a function that says whether to stop.
    """
    asked = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()
        show.say("Stopping after this step; press Ctrl-C again to stop at once.")

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)
