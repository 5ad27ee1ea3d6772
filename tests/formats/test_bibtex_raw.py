"""LaTeX that says more than its text: it is kept beside the text and written as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from paperpath.formats import bibtex
from paperpath.formats.bibtex_preamble import preamble
from paperpath.formats.latex_decode import loses

TITLE = r"Warming \emph{C.~felis} by \wickspeed{7}, $\mathcal{O}(n)$ and {\foreign{fr}{Th\'e}}"
TEXT = (
    f"@article{{vega2001warming,\n  author = {{Vega, Ana}},\n  title = {{{TITLE}}},\n"
    "  journal = {Warm \\textsc{Letters}},\n  year = {2001},\n  note = {Read \\myown{twice}},\n}\n"
)
PREAMBLE = (
    '@preamble{"\\providecommand{\\foreign}[2]{#2}" #\n  "\\providecommand{\\myown}[1]{#1}" #\n'
    '  "\\providecommand{\\wickspeed}[1]{#1}"}\n'
)


def test_it_is_written_as_it_was() -> None:
    (paper,) = bibtex.read(TEXT).papers
    assert "\\" not in paper.title.replace(r"$\mathcal{O}(n)$", "")
    assert paper.venue == "Warm Letters"
    assert dict(paper.extra)["latex-title"] == TITLE
    assert bibtex.write([paper]) == bibtex.write([paper], "biblatex") == f"{PREAMBLE}\n{TEXT}"
    assert bibtex.read(f"{PREAMBLE}\n{TEXT}").papers == (paper,)


def test_macros_are_defined_for_who_has_them_not() -> None:
    assert preamble([r"\emph{very} {\em good} G{\"o}del $\mathcal{O}(n)$ \alpha \textsc{x}"]) == ""
    macros = preamble([r"\kettle and \lid{a{b}}{c}", r"\lid{a} b", r"\wick{", r"{\hot tea}\emdash{}x"])
    assert macros == (
        '@preamble{"\\providecommand{\\emdash}{---}" #\n'
        '  "\\providecommand{\\hot}{}" #\n'
        '  "\\providecommand{\\kettle}{kettle}" #\n'
        '  "\\providecommand{\\lid}[1]{#1}" #\n'
        '  "\\providecommand{\\wick}{wick}"}\n'
    )
    (paper,) = bibtex.read(r"@misc{k, title = {\kettle{Tea}}}").papers
    assert "providecommand" not in bibtex.write([replace(paper, title="Tea time")])


def test_what_was_changed_since_is_written_anew() -> None:
    (paper,) = bibtex.read(TEXT).papers
    text = bibtex.write([replace(paper, title="Kettles", venue="Cold Letters")])
    assert "  title = {Kettles},\n  journal = {Cold Letters},\n" in text
    assert r"note = {Read \myown{twice}}" in text


def test_what_bibtex_cannot_have_is_not_put_back() -> None:
    (paper,) = bibtex.read(r"@misc{k, title = {\myown{Über} alles}}").papers
    assert r"title = {{\"U}ber alles}" in bibtex.write([paper])
    assert r"title = {\myown{Über} alles}" in bibtex.write([paper], "biblatex")
    broken = replace(paper, extra=(("latex-title", r"\myown{Über} alles}"),))
    assert r"title = {Über alles}" in bibtex.write([broken], "biblatex")


@pytest.mark.parametrize(
    "latex",
    [
        r"G{\"o}del and \'{\i}ndice", r"50\% \& more", r"$\mathcal{O}(n^2)$", r"\ensuremath{\alpha}-stable",
        r"\url{https://x.org/a_b}",
        r"\textrm{plain} \mbox{text}", r"Vi{\d{e}}t", r"a\textendash{}b", "plain", r"\alpha and \beta",
        r"\AA ngstr{\"o}m",
    ],
)  # fmt: skip
def test_what_loses_nothing_is_not_kept_twice(latex: str) -> None:
    assert not loses(latex)


@pytest.mark.parametrize(
    "latex", [r"\emph{very}", r"{\em very}", r"\myown{x}", r"{\myown x}", r"\href{https://x.org}{x}"]
)
def test_what_loses_something(latex: str) -> None:
    assert loses(latex)
