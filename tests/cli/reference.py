"""Makes docs/commands.md out of the help texts: ``python -m tests.cli.reference > docs/commands.md``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from paperpath.cli import COMMANDS, paperpath
from paperpath.config import SETTINGS

FILE = Path(__file__).resolve().parents[2] / "docs" / "commands.md"

HEAD = """\
# Commands

Made from the help of each command; `paperpath COMMAND --help` says the same.
Results go to standard output, everything else to standard error.

| exit code | meaning |
| --- | --- |
| 0 | done |
| 1 | some of it failed; each failure is named on standard error, the rest is done |
| 2 | wrong usage or bad input; nothing was changed |
| 3 | the network or arXiv refused; nothing is lost, run it again later |
| 130 | interrupted; run it again to go on |
"""

SETTINGS_HEAD = """
## Settings

Options win over variables, variables over the file `config.toml` (`PAPERPATH_CONFIG` or `--config` names another one).
Every option may stand before or after the name of the command. `NO_COLOR`, `VISUAL`, `EDITOR`, `PAGER`, `BROWSER` and
the `XDG_*` variables are honoured.

| in `config.toml` | variable | option | meaning |
| --- | --- | --- | --- |
"""


def commands() -> dict[str, click.Command]:
    """All commands by name, in the order of the help."""
    context = click.Context(paperpath, info_name="paperpath")
    found = {name: paperpath.get_command(context, name) for name in paperpath.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


def help_of(name: str, command: click.Command) -> str:
    """The help text as a terminal of 100 columns shows it."""
    top = click.Context(paperpath, info_name="paperpath", **paperpath.context_settings, terminal_width=100)
    return command.get_help(click.Context(command, parent=top, info_name=name, terminal_width=100))


def document() -> str:
    """The whole file."""
    parts = [HEAD]
    by_name = commands()
    for purpose, names in COMMANDS.items():
        parts.append(f"\n## {purpose}\n")
        parts += [f"\n### {name}\n\n```text\n{help_of(name, by_name[name])}\n```\n" for name in names]
    parts.append(SETTINGS_HEAD)
    parts += [f"| `{s.name}` | `{s.variable}` | `{f'{s.option} {s.metavar}'.strip()}` | {s.help} |\n" for s in SETTINGS]
    return "".join(parts)


if __name__ == "__main__":
    sys.stdout.write(document())
