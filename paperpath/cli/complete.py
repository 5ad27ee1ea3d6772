"""Shell completion: the script for each shell, and keys, tags and lists that complete from the library.

A completer runs at every press of the tab key, in the middle of somebody's thought: it never creates a library, never
asks the network, and says nothing when it cannot help.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.shell_completion import BashComplete, CompletionItem, FishComplete, ShellComplete, ZshComplete

from paperpath.cli import show
from paperpath.cli.session import Session, command

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SHELLS: dict[str, type[ShellComplete]] = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}
MOST = 200
"""Proposals beyond this number help nobody and make a shell ask whether to show them all."""


def complete_key(context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Citation keys, with the title as help."""
    return _proposals(context, typed, lambda library: ((row.key, row.title) for row in library.rows()))


def complete_list(context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Names of reading lists."""
    return _proposals(context, typed, lambda library: ((each.name, each.title) for each in library.lists()))


def complete_technique(context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Techniques that a paper of a list introduced, with its title as help."""
    from paperpath.workflow.origins import techniques

    return _proposals(context, typed, lambda library: ((one.technique, one.row.title) for one in techniques(library)))


def complete_stage(context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Titles of stages that have resources."""
    from paperpath.workflow.guiding import resources

    return _proposals(
        context,
        typed,
        lambda library: ((one.stage, show.plural(len(one.resources), "resource")) for one in resources(library)),
    )


def complete_tag(context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Tags in use."""
    return _proposals(
        context, typed, lambda library: ((tag, show.plural(n, "paper")) for tag, n in library.tags().items())
    )


def complete_style(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Citation styles, with their titles as help; the shell adds files."""
    from paperpath.workflow.csl_styles import names

    found = [CompletionItem(name, help=title) for name, title in names().items() if name.startswith(typed.lower())]
    return found or [CompletionItem(typed, type="file")]


def complete_target(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """What `fetch` takes: lists first, then keys."""
    return [*complete_list(context, parameter, typed), *complete_key(context, parameter, typed)]


def complete_key_or_status(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """What `status` takes: a status once there is a key."""
    from paperpath.model import STATUSES

    statuses = [CompletionItem(status) for status in STATUSES if status.startswith(typed)]
    begun = bool(context.params.get(str(parameter.name)))
    return [*(statuses if begun else []), *complete_key(context, parameter, typed)]


def _proposals(
    context: click.Context, typed: str, pairs: Callable[..., Iterable[tuple[str, str]]]
) -> list[CompletionItem]:
    from paperpath.cli import safe
    from paperpath.errors import PaperpathError
    from paperpath.library import Library

    found: list[CompletionItem] = []
    try:
        home = context.ensure_object(Session).settings.home
        if not (home / "library.db").is_file():
            return found
        with Library.open(home) as library:
            for name, text in pairs(library):
                if name.lower().startswith(typed.lower()) and len(found) < MOST:
                    found.append(CompletionItem(name, help=safe.clip(safe.line(text), 60)))
    except (PaperpathError, OSError):
        return []
    return found


@command("completion")
@click.argument("shell", type=click.Choice(list(SHELLS)))
def completion(_session: Session, shell: str) -> None:
    """Print the script that lets your shell complete words.

    It completes commands and options, and from your library citation keys, tags and names of lists.

    \b
    Examples:
      paperpath completion bash >> ~/.bashrc
      paperpath completion zsh >> ~/.zshrc
      paperpath completion fish > ~/.config/fish/completions/paperpath.fish
    """
    from paperpath.cli import COMPLETE_VARIABLE, paperpath

    show.out(SHELLS[shell](paperpath, {}, "paperpath", COMPLETE_VARIABLE).source())


COMMANDS: dict[str, click.Command] = {"completion": completion}
