"""The command line: parses what was typed, calls one verb of the workflow, shows what came back.

:data:`COMMANDS` is the only list of commands. A command's module is imported when that command runs or when all help
is shown, and imports the workflow inside the function that needs it, so that a command pays for what it uses.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from paperpath import __version__
from paperpath.cli import show
from paperpath.cli.session import Session, shared_options

COMMANDS: dict[str, dict[str, str]] = {
    "Read": {
        "tui": "tui",
        "serve": "serve",
        "mcp": "assistant",
        "path": "lists",
        "next": "lists",
        "guide": "guides",
        "lists": "lists",
        "know": "knowing",
        "unknow": "knowing",
        "pass": "knowing",
        "stats": "stats",
        "origin": "guides",
        "resources": "guides",
        "read": "finding",
        "open": "finding",
        "figures": "figures",
    },
    "Collect": {
        "fetch": "papers",
        "add": "papers",
        "import": "importing",
        "parse": "papers",
        "subscribe": "following",
        "new": "new",
    },
    "Find and cite": {
        "list": "finding",
        "search": "finding",
        "ask": "asking",
        "terms": "terms",
        "graph": "graph",
        "similar": "alike",
        "show": "finding",
        "cite": "citing",
        "export": "exporting",
        "key": "keys",
    },
    "Annotate": {
        "note": "marks",
        "status": "marks",
        "tag": "marks",
        "highlights": "highlights",
        "notes": "notes",
        "remove": "marks",
    },
    "Remember": {"review": "remembering", "cards": "remembering", "card": "remembering"},
    "Care": {
        "doctor": "care",
        "duplicates": "duplicates",
        "published": "published",
        "undo": "care",
        "redo": "care",
        "history": "care",
        "backup": "care",
        "completion": "complete",
    },
}
"""Purpose → command → module of this package that holds it, in the order of the help."""

COMPLETE_VARIABLE = "_PAPERPATH_COMPLETE"
"""Set by the completion script of a shell when it asks for words."""

WELCOME = """\
paperpath: read the papers that matter, in the order that makes sense, and cite them without fear.

  paperpath tui                     the terminal interface; works at once, without a network
  paperpath path                    the way from zero to hero: stages, and what is next and why
  paperpath fetch zero-to-hero      bring the papers of that list: PDF, text and a first note
  paperpath add 1706.03762          add a paper by arXiv id, URL, DOI, PDF, .bib file or "title"
  paperpath search attention        search the full text of papers and notes
  paperpath review                  answer today's questions about what you have read
  paperpath export -o refs.bib      write the bibliography

All commands: paperpath --help. One command, with examples: paperpath fetch --help."""


class Group(click.Group):
    """The ``paperpath`` command: subcommands are imported when they are asked for, help is grouped by purpose."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """All names, in the order of the help."""
        return [name for commands in COMMANDS.values() for name in commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        """The command of that name, from its module."""
        for commands in COMMANDS.values():
            if module := commands.get(cmd_name):
                found: click.Command = import_module(f"paperpath.cli.{module}").COMMANDS[cmd_name]
                return found
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click, but an unknown command is told which ones are close."""
        name = args[0]
        if not name.startswith("-") and name not in self.list_commands(ctx):
            from difflib import get_close_matches

            close = get_close_matches(name, self.list_commands(ctx), 3, 0.6)
            raise click.UsageError(
                f"There is no command {name!r}." + (f" Did you mean {' or '.join(close)}?" if close else ""), ctx
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Commands under the purpose they serve."""
        for purpose, commands in COMMANDS.items():
            with formatter.section(purpose):
                formatter.write_dl(
                    [(name, self.get_command(ctx, name).get_short_help_str(70)) for name in commands]  # type: ignore[union-attr]  # the table names only commands that exist
                )


@click.command(
    "paperpath",
    cls=Group,
    params=list(shared_options(hidden=False)),
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Each setting can also be a line of config.toml or a variable such as PAPERPATH_HOME."
    " Standard output carries results, standard error the rest. Exit codes: 0 done, 1 some of it failed,"
    " 2 wrong usage, 3 the network or arXiv refused (run again later), 130 interrupted.",
)
@click.version_option(__version__, "--version", "-V", message="%(prog)s %(version)s")
@click.pass_context
def paperpath(context: click.Context) -> None:
    """Read papers along reading lists, keep notes and highlights, and cite them.

    \b
    Examples:
      paperpath tui                      open the terminal interface
      paperpath fetch zero-to-hero       bring the papers of a list
      paperpath search "layer norm"      search all texts and notes
      paperpath export -o refs.bib       write the bibliography
    """
    context.ensure_object(Session)
    if context.invoked_subcommand is None:
        show.out(WELCOME)


def run(arguments: list[str]) -> int:
    """Run one command line; the result is its exit code, and no error gets past here but under ``--debug``."""
    session = Session()
    show.prepare_streams()
    try:
        code = _invoke(arguments, session)
        sys.stdout.flush()
    except BrokenPipeError:  # who reads us has had enough, as in `| head`
        return show.DONE
    except (Exception, KeyboardInterrupt) as error:  # the last line of defence: no traceback reaches a user
        if session.debug or "--debug" in arguments:
            raise
        return show.conclude(error)
    finally:
        show.finish_streams()
    return code


def _invoke(arguments: list[str], session: Session) -> int:
    """What ``click.Group.main`` does, without its own ideas about exit codes: it ends a broken pipe with 1."""
    if asked := os.environ.get(COMPLETE_VARIABLE):
        from click.shell_completion import shell_complete

        return shell_complete(paperpath, {}, "paperpath", COMPLETE_VARIABLE, asked)
    try:
        with paperpath.make_context("paperpath", list(arguments), obj=session) as context:
            code = paperpath.invoke(context)
    except click.exceptions.Exit as told:  # --help and --version
        return told.exit_code
    return code if isinstance(code, int) else show.DONE
