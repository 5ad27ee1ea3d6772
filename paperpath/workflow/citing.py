"""Citing while one writes: papers → the text that a manuscript takes, or references as a style prints them."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from paperpath.errors import BadInput
from paperpath.formats import WRITERS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from paperpath.model import Paper

PANDOC_SECONDS = 60.0

FORMS: dict[str, Callable[[Sequence[str], str], str]] = {
    "latex": lambda keys, command: f"\\{command or 'cite'}{{{','.join(keys)}}}",
    "pandoc": lambda keys, _: f"[{'; '.join(f'@{key}' for key in keys)}]",
    "typst": lambda keys, _: " ".join(f"@{key}" for key in keys),
    "org": lambda keys, command: f"[cite{f'/{command}' if command else ''}:{';'.join(f'@{key}' for key in keys)}]",
    "key": lambda keys, _: ",".join(keys),
}
"""Name → how keys are cited; the first is the default. The second argument is a command of LaTeX or a style of Org."""


def citation(keys: Sequence[str], form: str = "latex", command: str = "") -> str:
    """The text that cites ``keys``: ``\\cite{a,b}``, ``[@a; @b]`` …

    Raises:
        BadInput: there is no such form, or ``command`` is no name of a LaTeX command.
    """
    if form not in FORMS:
        raise BadInput(f"There is no form {form!r}. The forms are {', '.join(FORMS)}.")
    if command and not command.rstrip("*").isalpha():
        raise BadInput(f"{command!r} is no command: give its letters alone, such as citep.")
    return FORMS[form](keys, command)


def references(papers: Sequence[Paper], style: str = "") -> str:
    """The papers as a bibliography prints them, as plain text, by the pandoc that is installed.

    Args:
        papers: what is cited.
        style: a .csl file, or the name of one that pandoc finds; without one Chicago's author–date style.

    Raises:
        BadInput: pandoc is not installed, or it refused; its words are in the message.
    """
    pandoc = shutil.which("pandoc")
    if pandoc is None:
        raise BadInput("Formatted references are pandoc's work, and it is not installed: https://pandoc.org/installing")
    command = [pandoc, "--from=biblatex", "--to=plain", "--wrap=none", "--citeproc"]
    if style:
        command.append(f"--csl={style}")
    source = WRITERS["biblatex"].write(papers)
    try:
        done = subprocess.run(command, input=source.encode(), capture_output=True, timeout=PANDOC_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BadInput(f"pandoc could not be run: {error}") from error
    if done.returncode:
        raise BadInput(f"pandoc refused: {done.stderr.decode(errors='replace').strip()[:400]}")
    return done.stdout.decode(errors="replace").strip()
