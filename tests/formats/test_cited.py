"""Which keys a document cites: every way of citing that the formats have, and everything that only looks like one."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.formats import cited

THESIS = r"""\documentclass{article} % \cite{comment}
\newcommand{\lampcite}[1]{\cite{#1}} \def\dimcite{dim}
\citestyle{nature} \DeclareCiteCommand{\dull}{} \AtEveryCite{\small}
\begin{document}
\input{intro} \include{chapters/wicks.v2} \input{plot.pgf} \subfile{end.tex}
As \citet[see][ch.~2]{vega1950} and \citep*{okafor1951, okafor1952 ,
  maaten:1953} show, 50\% burn \cite{after-percent}.% and \cite{gone}
\citeauthor{vega1950} said so; \nocite{silent}, \Citealt{upper}, \footcite{foot}, \textcite<2>{overlay},
\parencite[see][{[sic] p.~\emph{3}}]{brackets}, \autocites(see)()[12]{multi1}[cf.][]{multi2}{multi3},
\volcite{3}[p.~4]{volume}, \textcquote[4]{quoted}{Lanterns burn}, \lampcite{own}, \bibentry{full}, \citetext{no key}
\cite [also \cite{inside}] {outside} \\cite{no} \verb|\cite{verb}| \lstinline[a=b]!\cite{lst}! \cite{#1} \bstctlcite{x}
\begin{verbatim}
\cite{verbatim}
\end{verbatim}
\begin{lstlisting}[language=TeX] \cite{listing} \end{lstlisting} \begin{quote}\cite{in-quote}\end{quote}
\end{document}
\cite{behind}
"""
AUX = r"""\relax
\citation{vega1950,okafor1951}
\citation{REVTEX42Control}
\abx@aux@cite{0}{maaten:1953}
\abx@aux@cite{old-form}
\abx@aux@segm{0}{0}{maaten:1953}
\@input{chapters/wicks.aux}
\@writefile{toc}{\contentsline {section}{\numberline {1}Lanterns}{1}{}\protected@file@percent }
\bibcite{12}{1}
\bibcite{vega1950}{{1}{1950}{{Vega}}{{}}}
"""
BCF = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>
<bcf:controlfile version="3.9"><!-- SECTION 0 --><bcf:section number="0">
  <bcf:citekey order="1" intorder="1">vega1950</bcf:citekey>
  <bcf:citekey order="2" nocite="1">a&amp;b</bcf:citekey>
  <bcf:citekeycount>2</bcf:citekeycount>
  <bcf:citekey order="3" type="set" members="one,two">both</bcf:citekey>
</bcf:section></bcf:controlfile>
"""
NOTES = """---
title: Lanterns @ home
nocite: |
  @front
---
# Lanterns {#sec-lanterns}

@vega1950 says [see @okafor1951, p. 3; -@maaten:1953] and @{key with:odd/parts}. Write to ana@example.org,
or to <mailto:b@example.org>. Keys end before a full stop: @end. And within: @a.b_c/d-e, @one--two. Not `@span`,
not ``a ` @span2``, not \\@escaped, not https://example.org/@user, not [here](https://example.org/@link).
See @sec-lanterns and @fig-wick. <!-- @hidden
@hidden2 --> @*

```{python fig-wick}
@property
```

~~~
@tilde
```
@tilde2
~~~
- a list

    @in-list says {{< include _wicks.qmd >}}
"""
TYPST = """#import "@preview/lantern:0.1.0": *
#include "chapters/wicks.typ"
= Lanterns <sec-lanterns>
@vega1950 and @okafor1951[p. 3], see @sec-lanterns. #cite(<maaten:1953>, form: "prose") // @comment
#cite(label("DBLP:conf/x")) `@raw` ```typ @raw2 ` @raw3``` `` @after-empty /* @a /* @b */ @c */ a\\@b me@example.org
https://example.org/@user #link("https://example.org/@x")[here] @end.
"""


def keys(text: str, suffix: str) -> list[str]:
    return list(cited.read(text, suffix).keys)


def test_tex() -> None:
    found = cited.read(THESIS, ".tex")
    assert (
        list(found.keys)
        == (
            "vega1950 okafor1951 okafor1952 maaten:1953 after-percent silent upper foot overlay brackets multi1 multi2"
            " multi3 volume quoted own full outside inside in-quote"
        ).split()
    )
    assert list(found.includes) == ["intro.tex", "chapters/wicks.v2.tex", "end.tex"]
    assert (found.keys["maaten:1953"], found.keys["vega1950"], found.includes["intro.tex"]) == (7, 6, 5)
    assert (found.everything, found.problems) == (False, ())


def test_aux_and_bcf() -> None:
    found = cited.read(AUX, ".aux")
    assert list(found.keys) == ["vega1950", "okafor1951", "maaten:1953", "old-form", "12"]
    assert list(found.includes) == ["chapters/wicks.aux"]
    assert keys(BCF, ".bcf") == ["vega1950", "a&b", "one", "two"]


def test_markdown() -> None:
    found = cited.read(NOTES, ".qmd")
    assert list(found.keys) == [
        "front", "vega1950", "okafor1951", "maaten:1953", "key with:odd/parts", "end", "a.b_c/d-e", "one",
        "sec-lanterns", "fig-wick", "in-list",
    ]  # fmt: skip
    assert found.labels == {"sec-lanterns", "fig-wick"}
    assert list(found.includes) == ["_wicks.qmd"]
    assert not found.everything


def test_typst() -> None:
    found = cited.read(TYPST, ".TYP")
    assert list(found.keys) == [
        "vega1950", "okafor1951", "sec-lanterns", "maaten:1953", "DBLP:conf/x", "after-empty", "end",
    ]  # fmt: skip
    assert found.labels == {"sec-lanterns"}
    assert list(found.includes) == ["chapters/wicks.typ"]


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        (r"\nocite{*}", ".tex"),
        (r"\citation{*}", ".aux"),
        ('<bcf:citekey order="0" nocite="1">*</bcf:citekey>', ".bcf"),
        ("---\nnocite: '@*'\n---\n", ".md"),
    ],
)
def test_everything(text: str, suffix: str) -> None:
    assert cited.read(text, suffix) == cited.Cited({}, everything=True)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("\n\\input{\\chapters/one}", 2, "\\input{\\chapters/one} was not followed"),
        ("\n\n\\begin{comment}\n\\cite{a}", 3, "never ended"),
        ("\\cite[see {p. 3]{a}", 1, "has no end"),
    ],
)
def test_what_cannot_be_followed_is_told(text: str, line: int, words: str) -> None:
    found = cited.read(text, ".tex")
    assert found.keys == {}
    assert [problem.line for problem in found.problems] == [line]
    assert words in found.problems[0].message


def test_other_files_are_a_problem() -> None:
    found = cited.read(r"\cite{a}", ".docx")
    assert found.keys == {}
    assert ".docx" in found.problems[0].message


def test_a_comment_sign_behind_a_backslash_and_an_open_fence() -> None:
    assert keys("\\%\\cite{a} \\\\%\\cite{b}\n\\cite{c}", ".tex") == ["a", "c"]
    assert keys("@a\n```\n@b", ".md") == ["a"]
    assert keys("@a <!-- @b", ".md") == ["a"]
    assert keys("```inline``` @a\n@b", ".md") == ["a", "b"]


# ------------------------------------------------------------------------------------------------- properties

KEY = st.from_regex(r"[A-Za-z][A-Za-z0-9]{0,8}([:_-][A-Za-z0-9]{1,8}){0,2}", fullmatch=True)
WORDS = st.text("abc ,.;:!?()é\n", max_size=30)
WAYS = {
    ".tex": [r"\cite{%s}", r"\citep[see][p.~3]{%s}", r"\parencites{x}[3]{%s}", r"\nocite{x, %s}", r"\Citeauthor*{ %s}"],
    ".aux": [r"\citation{%s}", r"\abx@aux@cite{0}{%s}", r"\abx@aux@cite{%s}", r"\bibcite{%s}{{1}{}{}{}}"],
    ".bcf": ['<bcf:citekey order="1">%s</bcf:citekey>', "<bcf:citekey>%s</bcf:citekey>"],
    ".md": ["[@%s]", "[see -@%s, p. 3]", "[@x; @%s]", " @%s ", "@{%s}"],
    ".typ": [" @%s ", "#cite(<%s>)", '#cite(label("%s"))', "#cite(<%s>, supplement: [p. 3])"],
}


@pytest.mark.parametrize(("suffix", "way"), [(suffix, way) for suffix, ways in WAYS.items() for way in ways])
@given(key=KEY, before=WORDS, after=WORDS)
def test_a_key_is_found_however_it_is_written(suffix: str, way: str, key: str, before: str, after: str) -> None:
    found = cited.read(f"{before}\n{way % key}\n{after}", suffix)
    assert key in found.keys
    assert found.keys[key] == before.count("\n") + 2


PIECES = st.sampled_from(
    [
        *"\\{}[]()<>@%`~#*|\n ,a1-", r"\cite", r"\cites", r"\verb", r"\begin{verbatim}", r"\end{verbatim}", r"\input",
        r"\end{document}", "\\citation{", "\\abx@aux@cite{0}", "<bcf:citekey>", "</bcf:citekey>", "members=\"", "```",
        "---\n", "<!--", "-->", "/*", "*/", "//", "cite(", "label(\"", "\r\n", "\ufeff", "é", "\x00",
    ]
)  # fmt: skip


@pytest.mark.parametrize("suffix", cited.SUFFIXES)
@given(text=st.text() | st.lists(PIECES, max_size=40).map("".join))
def test_random_text_never_raises(suffix: str, text: str) -> None:
    found = cited.read(text, suffix)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert all(key.strip() and 1 <= line <= lines for key, line in found.keys.items())
    assert all(1 <= problem.line <= lines for problem in found.problems)


@pytest.mark.parametrize(
    "piece",
    [r"\cite[", r"\cite[{", r"\cites(", r"\cite<", r"\verb|", "\\cites{a} ", "\\cites     ", "`", "` `` ", "```\n",
     "](", "<!--", "/*", "`a", "---\n", "<bcf:citekey ", "\\citation{", "@a.:", "{#a", 'cite(label("', "<a."],
)  # fmt: skip
@pytest.mark.parametrize("suffix", [".aux", ".bcf", ".tex", ".md", ".typ"])
def test_hostile_text_takes_linear_time(piece: str, suffix: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        began = time.process_time()
        cited.read(text, suffix)
        return time.process_time() - began

    assert min(seconds(20_000) for _ in range(2)) < 16 * max(seconds(5_000), 0.002)


@pytest.mark.corpus
def test_a_real_paper_cites_its_bibliography() -> None:
    folder = Path(os.environ["PAPERPATH_CORPUS"]) / "groundtruth" / "pairs" / "attention_1706.03762v7" / "latex"
    found: set[str] = set()
    items: set[str] = set()
    for path in folder.rglob("*.tex"):
        text = path.read_text(encoding="utf-8")
        found.update(cited.read(text, path.suffix).keys)
        items.update(re.findall(r"^\\bibitem(?:\[.*?\])?\{([^{}]+)\}", text, re.M))
    assert len(found) >= 40
    assert items <= found
