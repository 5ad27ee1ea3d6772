"""Citing while one writes: papers → the text that a manuscript takes, or references as a style prints them."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

from paperpath.errors import BadInput
from paperpath.formats import WRITERS
from paperpath.workflow import csl_styles

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from paperpath.model import Paper

PANDOC_SECONDS = 60.0
DEFAULT_STYLE = "chicago-author-date"

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

    pandoc reads CSL-JSON, because its BibTeX has no place for a preprint: only so does APA print "(arXiv:1810.04805).
    arXiv." and Nature "Preprint at", and names of conferences keep their capitals. But a style expects titles in
    sentence case, with names as they are, and that is what pandoc makes of the titles of a .bib; so it is asked twice.

    Args:
        papers: what is cited.
        style: a .csl file or the name of a style, see :func:`.csl_styles.find`; without one Chicago's author–date.

    Raises:
        BadInput: pandoc is not installed, or it refused; its words are in the message. Or there is no such style.
    """
    pandoc = shutil.which("pandoc")
    if pandoc is None:
        raise BadInput("Formatted references are pandoc's work, and it is not installed: https://pandoc.org/installing")
    file = csl_styles.find(style or DEFAULT_STYLE)
    bib = WRITERS["biblatex"].write(papers)
    cased = {item.get("id"): item for item in json.loads(_run([pandoc, "--from=biblatex", "--to=csljson"], bib))}
    items = json.loads(WRITERS["csl-json"].write(papers))
    for item in items:
        item.update({"title": title} if (title := cased.get(item["id"], {}).get("title")) else {})
    command = [pandoc, "--from=csljson", "--to=plain", "--wrap=none", "--citeproc", f"--csl={file}"]
    return _run(command, json.dumps(items, ensure_ascii=False)).strip()


def _run(command: Sequence[str], source: str) -> str:
    try:
        done = subprocess.run(command, input=source.encode(), capture_output=True, timeout=PANDOC_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BadInput(f"pandoc could not be run: {error}") from error
    if done.returncode:
        raise BadInput(f"pandoc refused: {done.stderr.decode(errors='replace').strip()[:400]}")
    return done.stdout.decode(errors="replace")
