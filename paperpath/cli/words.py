"""How words on the command line become a query or changes of tags, where a leading dash is not an option.

``paperpath list -tag:seen attention`` and ``paperpath tag KEY +vision -todo`` read as people write them, but click
takes ``-tag:seen`` for ``-t -a -g …``. So these commands rewrite such words before click sees them. Only a dash with
more than one letter behind it counts, and never one that is an option of that command: ``-h`` and ``-oFILE`` stay.
What an option could not take is no option: ``-list:hero`` and ``search -neural`` leave out, though there are ``-l`` and
``-n``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperpath.cli.session import Command
from paperpath.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import click

    from paperpath.library import Library

_DASHED = re.compile(r"-(?!-)(?P<word>\w\S.*|[\"(].+)", re.DOTALL)

QUERY_HELP = """\
\b
QUERY: words that must all match, in title, authors, key or venue.
  '"layer norm"'                             a phrase; the outer quotes are for the shell
  author:hinton title:deep year:2012..2015   in one field
  tag:vision status:read list:zero-to-hero   where it stands in your library
  has:pdf has:note has:highlight
  saved:"to cite"                            a search that you saved in the terminal interface
  -word                                      without it (or: not word)
  a or b, '(a or b) c'                       either of them
"""


class QueryCommand(Command):
    """A command whose words are a query: ``-word`` means ``not word``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click, after the rewriting."""
        return super().parse_args(ctx, list(_rewrite(self, args, lambda word: ("not", word))))

    def instead(self, word: str) -> str:
        """The other thing that is meant by ``-word``."""
        return f". Are papers without that word meant? Then write: not {word[1:]}"


def expect_papers(library: Library, query: Sequence[str]) -> None:
    """Make sure that a query finds papers at all, so that a typo is not taken for "nothing to do".

    Raises:
        BadInput: there are none.
        BadQuery: the query cannot be read.
    """
    wanted = " ".join(query)
    if wanted and not library.rows(wanted):
        raise BadInput(f"No paper matches. To try the query: paperpath list {wanted}")


class TagCommand(Command):
    """A command that takes ``+word`` and ``-word`` for ``--add word`` and ``--remove word``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click, after the rewriting."""
        plain = _rewrite(self, args, lambda word: ("--remove", word))
        return super().parse_args(ctx, [part for word in plain for part in self._added(word)])

    @staticmethod
    def _added(word: str) -> tuple[str, ...]:
        return ("--add", word[1:]) if word.startswith("+") and len(word) > 1 else (word,)


def _rewrite(command: Command, args: list[str], dashed: Callable[[str], tuple[str, ...]]) -> Iterator[str]:
    """``args`` with what ``dashed`` makes of each ``-word``; everything after ``--`` stays as it is."""
    with_value = {
        name: parameter
        for parameter in command.params
        if parameter.param_type_name == "option" and not getattr(parameter, "is_flag", False)
        for name in parameter.opts
    }
    taken = False
    for index, word in enumerate(args):
        if word == "--":
            yield from args[index:]
            return
        match = None if taken or _is_option(with_value.get(word[:2]), word) else _DASHED.fullmatch(word)
        yield from dashed(match["word"]) if match else (word,)
        taken = word in with_value


def _is_option(option: click.Parameter | None, word: str) -> bool:
    """Whether ``word`` is this option, perhaps with its value at once: ``-n5``, but not ``-neural`` or ``-list:x``."""
    from click import UsageError

    from paperpath.library.query import FIELDS

    field, colon, _ = word[1:].partition(":")
    if option is None or (colon and field in FIELDS):
        return False
    try:
        return not word[2:] or option.type.convert(word[2:], option, None) is not None
    except UsageError:
        return False
