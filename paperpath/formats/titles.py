"""Which words of a title keep their capitals: BibTeX's styles put titles in lower case unless braces forbid it.

A word is protected if a hyphen part of it has a capital after its first letter (``BERT``, ``ImageNet``, ``GPT-3``;
98.8 % of what DBLP protects), if it is a single capital letter (``Vitamin C``), if it is a name from the list, or if
the title as a whole is written in small letters, so that a capital in the middle can only be a name. Only the part is
braced, not the title: ``{{Double Braces}}`` would forbid every style its own case.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Literal

from paperpath.formats import latex_math
from paperpath.formats.latex_encode import escaped, is_plain, prepared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAMES = frozenset(
    (
        # optimisers, systems and data sets whose names look like words
        " Adam Adamax Adagrad Adadelta Nadam Lion Shampoo Atari Minecraft Python Java Linux Wikipedia Google"
        " Facebook Amazon Twitter Reddit Netflix Alexa Siri Watson Kaggle Gemini Claude Llama Mamba Mistral"
        " Mixtral Falcon Whisper Codex Torch Caffe Keras Spark Hadoop Kinect Omniglot Inception Xception Reformer"
        " Longformer Linformer Performer Perceiver Flamingo Chinchilla Gopher Galactica"
        # people, as they stand in the names of methods
        " Bayes Bayesian Gauss Gaussian Gaussians Markov Markovian Monte Carlo Boltzmann Hopfield Kalman Fourier"
        " Laplace Laplacian Newton Turing Lipschitz Wasserstein Sinkhorn Nash Euclid Euclidean Riemann Riemannian"
        " Hilbert Banach Bellman Dirichlet Poisson Bernoulli Bregman Frank Wolfe Nesterov Langevin Hamilton"
        " Hamiltonian Jacobi Jacobian Hessian Lagrange Lagrangian Fisher Kronecker Gibbs Hastings Shannon Kullback"
        " Leibler Jensen Chernoff Hoeffding Rademacher Vapnik Chervonenkis Johnson Lindenstrauss Winograd Strassen"
        " Taylor Cauchy Schwarz Lyapunov Nyquist Hamming Huffman Viterbi Baum Welch Zipf Zipfian Pareto Gumbel"
        " Stein Sobolev Hölder Chebyshev Legendre Hermite Levenberg Marquardt Krylov Nyström Tikhonov Robbins"
        " Monro Thompson Barnes Hebb Hebbian Moore Occam Simpson Goodhart Elo Brown Brownian Maxwell Schrödinger"
        " Heisenberg Einstein Ising Hawkes Pearson Spearman Bonferroni Voronoi Delaunay Steiner Ramsey Erdős Rényi"
        " Hopcroft Dijkstra Lovász Boole Boolean Cartesian Abelian Galois Cantor Gödel Hopf Lie Noether Itô Fokker"
        " Planck Navier Stokes Euler Eulerian Runge Kutta Church"
        # languages, peoples, places, days
        " English French German Spanish Italian Portuguese Dutch Chinese Japanese Korean Arabic Russian Hindi"
        " Latin Greek Hebrew Turkish Polish Czech Swedish Finnish Vietnamese Thai Persian Urdu Bengali Swahili"
        " Mandarin Cantonese European American African Asian Indian British Western Europe America Africa Asia"
        " China India Japan Germany France Internet Go"
    ).split()
)
"""Words that are names when they begin with a capital, and would be misspelled without it."""

_PART = re.compile(r"([^\W_]+(?:['’][^\W\d_]{2,})*)")
_LONG_SMALL = re.compile(r"(?<![\w-])[a-z]{5,}(?![\w-])")
_CAPITALISED = re.compile(r" (?<=[\w,)] )[A-Z][a-z]")
_AFTER_START = re.compile(r"(?:^|[:.?!–—]\s+|[“\"(\[])[^\w]*$")
_SHAPES = bytes(
    ord("A" if c.isupper() else "a" if c.islower() else c if c in " -" else "," if c in "),_" or c.isdigit() else ".")
    for c in map(chr, range(256))
)
"""What :func:`_in_title_case` sees of each byte: ``A``, ``a``, blank or hyphen, or a comma if words may end in it."""


def _alternatives(words: Iterable[str]) -> str:
    """A pattern for any of ``words``, by their first letters, so that few of them are tried at each place."""
    groups = groupby(sorted(words), key=itemgetter(0))
    return "|".join(f"{first}(?:{'|'.join(word[1:] for word in group)})" for first, group in groups)


# The parts of a plain title that is not in sentence case: what needs no braces, and what does. It is the rule of _need
# and _is_label in one pattern, which takes half the time of asking for each word.
_FREE = (
    r"[^A-Za-z0-9]*+(?>(?:(?:[a-z0-9]++"
    rf"|(?!(?:{_alternatives(filter(str.isascii, NAMES))})(?![a-z]))[A-Z][a-z]++(?!\d)|A(?= )|\AA(?![\w*/+-]))"
    r"(?![A-Z]|'[A-Za-z]{2})[^A-Za-z0-9]*+)*)"
)
_IN_NO_NEED = re.compile(_FREE, re.ASCII)
_IN_NEED = re.compile(rf"({_FREE})([A-Za-z0-9]++(?>(?:'[A-Za-z]{{2,}}+)*)|\Z)", re.ASCII)


@lru_cache(maxsize=65536)
def title(text: str, ascii_only: bool) -> str:
    """The LaTeX of a title, its names in braces."""
    if is_plain(text):
        return _plain_words(text)
    text = prepared(text, ascii_only)
    if "$" not in text:
        return _words(text, text, ascii_only)
    pieces, at = [], 0
    for begin, end in latex_math.spans(text):
        formula = text[begin:end]
        pieces.append(_words(text[at:begin], text, ascii_only))
        # BibTeX's change.case$ would turn $\\Omega$ into $\\omega$
        pieces.append(f"{{{formula}}}" if re.search("[A-Z]", formula) else formula)
        at = end
    return "".join([*pieces, _words(text[at:], text, ascii_only)])


def _plain_words(text: str) -> str:
    """A title in which no character needs LaTeX."""
    if text[1:].islower() or _in_title_case(text) or not _in_sentence_case(text):  # a third of the price of the rest
        return text if _IN_NO_NEED.fullmatch(text) else _IN_NEED.sub(_with_braces, text)
    pieces = _PART.split(text)
    for i in _protected(pieces, text):
        pieces[i] = f"{{{pieces[i]}}}"
    return "".join(pieces)


def _with_braces(found: re.Match[str]) -> str:
    before, part = found.groups()
    return f"{before}{{{part}}}" if part and not part.islower() else found[0]


def _words(text: str, whole: str, ascii_only: bool) -> str:
    """The LaTeX of ``text``, which is the title ``whole`` or a piece of it between formulas."""
    pieces = _PART.split(text)
    written, at = [], 0
    for i in _protected(pieces, whole):
        written.append(escaped("".join(pieces[at:i]), ascii_only))
        written.append(f"{{{escaped(pieces[i], ascii_only)}}}")
        at = i + 1
    return "".join([*written, escaped("".join(pieces[at:]), ascii_only)])


def protected(text: str) -> Iterator[tuple[int, int]]:
    """Where the words of a title without formulas stand that must keep their capitals, for formats without LaTeX."""
    pieces = _PART.split(text)
    starts = [0, *accumulate(map(len, pieces))]
    return ((starts[i], starts[i + 1]) for i in _protected(pieces, text))


def _protected(pieces: list[str], title: str) -> list[int]:
    """Which ``pieces`` need braces; those at odd places are hyphen parts of words, the others are between them."""
    needs = list(map(_need, pieces[1::2]))
    sentence = "inside" in needs and _in_sentence_case(title)
    if not (sentence or "always" in needs or "label" in needs):
        return []
    return [
        i
        for i, need in zip(range(1, len(pieces), 2), needs, strict=True)
        if need == "always" or (sentence and need == "inside" and _is_inside(pieces, i))
        or (need == "label" and _is_label(pieces, i))
    ]  # fmt: skip


@lru_cache(maxsize=65536)
def _need(word: str) -> Literal["", "always", "label", "inside"]:
    """When a hyphen part of a title needs braces: never, always, as a label, or inside a title in small letters."""
    if word.islower() or not any(c.isupper() for c in word):
        return ""
    if word[1:].islower() and word.isalpha():
        return "always" if word in NAMES else "inside"
    return "label" if word == "A" else "always"


def _is_inside(pieces: list[str], at: int) -> bool:
    """Whether a word neither begins a sentence nor continues a hyphened one."""
    before = pieces[at - 1] if at == 1 else f"a{pieces[at - 1]}"
    return not before.endswith("-") and not _AFTER_START.search(before)


def _is_label(pieces: list[str], at: int) -> bool:
    """Whether an ``A`` is a letter (``A*``, ``Hepatitis A``) and not the article."""
    after = pieces[at + 1][:1]
    return after in ("*", "/", "+", "-") or (after != " " and (at > 1 or pieces[0] != ""))


def _in_title_case(text: str) -> bool:
    """Whether a plain title is sure not to be in sentence case, which nearly all are told for half the price."""
    shape = text.encode().translate(_SHAPES)
    capitalised = shape.count(b" Aa") - shape.count(b". Aa")
    if shape.count(b" ") < 2 * capitalised:
        return True
    small = 1 + shape.count(b" aaaaa") + shape.count(b".aaaaa") + shape.count(b",aaaaa")  # or fewer
    return small <= max(1, 2 * capitalised)


def _in_sentence_case(text: str) -> bool:
    """Whether a title is written like a sentence: far more long words in small letters than words with a capital."""
    capitalised = len(_CAPITALISED.findall(text))
    if text.count(" ") < 2 * capitalised:
        return False  # most titles have too many capitals for the words there are
    small = len(_LONG_SMALL.findall(text))
    return small >= 2 and small > 2 * capitalised
