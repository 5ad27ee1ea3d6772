from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.formats import latex_math
from paperpath.formats.latex_decode import decode, normal
from paperpath.formats.latex_encode import escaped, prepared
from paperpath.formats.romanise import romanise
from paperpath.formats.tidy import tidy


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"G{\"o}del", "Gödel"),
        (r"Erd{\H o}s", "Erdős"),
        (r"{\'{\i}}ndice", "índice"),
        (r"Ngu{\~{\^e}}n", "Nguễn"),
        (r"\v Skoda {\k{a}} {\.{I}}", "Škoda ą İ"),
        (r"Stra{\ss}e {\AA}ngstr{\"o}m", "Straße Ångström"),
        ("a -- b --- ``c''", "a – b — “c”"),
        (r"50\% \& more \#1 a\_b", "50% & more #1 a_b"),
        ("100% sure", "100% sure"),
        ("https://x.org/a_b%20c?d=1&e~f", "https://x.org/a_b%20c?d=1&e~f"),
        (r"see \url{http://a.b/~c_d--e}", "see http://a.b/~c_d--e"),
        (r"$\mathcal{O}(n^2)$ time", r"$\mathcal{O}(n^2)$ time"),
        (r"{$O(n)$} and \(x\)", "$O(n)$ and $x$"),
        (r"\emph{very} {\em good} \textsc{Bert}", "very good Bert"),
        (r"{\ensuremath{\alpha}}-stable", "α-stable"),
        (r"\LaTeX{} and \TeX", "LaTeX and TeX"),
        (r"Set \{a, b\}", "Set {a, b}"),
        (r"a~b\ c\,d", "a b c d"),
        (r"{\textbackslash}foo", "\\foo"),
        (r"\textgreek{x} \dag", "x †"),
        (r"\href stands alone, as do \sqrt and \title", "stands alone, as do and"),
        (r"see \textcolor{red} and \footnote", "see red and"),
        ("A &amp; B <i>c</i> ﬁ\u200b\x07", "A & B c fi"),
    ],
)
def test_decode(latex: str, text: str) -> None:
    assert decode(latex) == text


@pytest.mark.parametrize(
    ("text", "ascii_only", "latex"),
    [
        ("Gödel, Erdős, Çağlar", True, r"G{\"o}del, Erd{\H{o}}s, {\c{C}}a{\u{g}}lar"),
        ("Gödel – α, αβγ, ≤", False, r"Gödel – {\ensuremath{\alpha}}, αβγ, {\ensuremath{\leq}}"),
        ("Straße – Łukasz… “x”", True, r"Stra{\ss}e -- {\L}ukasz{\ldots} ``x''"),
        ("50% & #1 a_b", True, r"50\% \& \#1 a\_b"),
        ("~^<>", True, r"{\textasciitilde}{\textasciicircum}{\textless}{\textgreater}"),
        ("|{}\\", True, r"{\textbar}{\textbraceleft}{\textbraceright}{\textbackslash}"),
        (r"$\ell_2$ costs $5", True, r"$\ell_2$ costs \$5"),
        ("Москва, 서울, Αθήνα, カタ", True, "Moskva, seoul, Athina, kata"),
        ("深度 Learning", True, "Learning"),
        ("深度", True, "[U+6DF1 U+5EA6]"),
        ("深度", False, "深度"),
        ("𝒪(n) ﬁ", True, "O(n) fi"),
        ("Nguyễn Việt í", True, r"Nguy{\~{\^e}}n Vi{\^{\d{e}}}t {\'i}"),
    ],
)  # fmt: skip
def test_encode(text: str, ascii_only: bool, latex: str) -> None:
    assert escaped(prepared(text, ascii_only), ascii_only) == latex


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (r"Schr\"odinger and L\'{e}vy", "Schrödinger and Lévy"),
        (r"the {\em sparse} case", "the sparse case"),
        ("{BERT} and {not} this", "BERT and {not} this"),
        (r"$$\lambda$$-calculus in $O(n \log{n}) $", r"$\lambda$-calculus in $O(n \log{n})$"),
        ("Johnson--Lindenstrauss", "Johnson–Lindenstrauss"),
        (r"C:\docs and \unknown", r"C:\docs and \unknown"),
        ("$α$-stable", r"$\alpha$-stable"),
    ],
)
def test_leftovers_of_latex_are_decoded(left: str, text: str) -> None:
    assert normal(left) == text
    assert normal(text) == text


@pytest.mark.parametrize(
    "formula",
    [
        "x^2_3",
        "x''",
        "x'^2",
        r"\frac{1}{2}",
        r"\left( x \right)",
        r"\{a,b\}",
        "^2",
        r"\mathbb Z_{p^r}",
        r"a\,b",
        r"\sqrt{2}",
    ],
)
def test_good_formulas(formula: str) -> None:
    assert latex_math.compiles(formula)


@pytest.mark.parametrize(
    "formula",
    [
        *r"x^2^3 {x x} x_ a&b a#b 50% \bm{x} \frac{1} \left(x x\right) \{a \foo a\ x^' é \frac x''^a'".split(),
        "",
        " ",
        "{" * 30 + "}" * 30,
    ],
)
def test_formulas_that_would_stop_tex(formula: str) -> None:
    assert not latex_math.compiles(formula)


def test_money_is_no_formula() -> None:
    text = r"from $5 to $10 in $x$ and $\alpha $"
    assert [text[begin:end] for begin, end in latex_math.spans(text)] == ["$x$", r"$\alpha $"]


def test_romanise_invents_nothing() -> None:
    assert romanise("ß ø Ł Žižek, Щука, α-β") == "ss o L Zizek, Shchuka, alpha-beta"
    assert romanise("深 שלום") == "深 שלום"


TEXTS = st.text(
    st.sampled_from("aAeE zZ019éÉőßŁα∞ℝ–—“”‘’…\u00a0\u200b\u0301深д$$$\\\\{}^_%&#~<>|`'\"-.,;:/?!()[]")
    | st.characters()
)


@given(TEXTS)
def test_tidy_once_is_tidy(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(TEXTS, st.booleans())
def test_encoded_text_is_ascii_where_it_must_be_and_balanced(text: str, ascii_only: bool) -> None:
    latex = escaped(prepared(text, ascii_only), ascii_only)
    assert latex.isascii() or not ascii_only
    depth = 0
    for char in latex:
        depth += (char == "{") - (char == "}")
        assert depth >= 0
    assert depth == 0


@given(TEXTS, st.booleans())
def test_encode_decode_encode_gives_the_same_bytes(text: str, ascii_only: bool) -> None:
    latex = escaped(prepared(text, ascii_only), ascii_only)
    assert escaped(prepared(decode(latex), ascii_only), ascii_only) == latex
