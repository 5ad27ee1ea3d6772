"""Which words of a title keep their capitals: BibTeX's styles put titles in lower case unless braces forbid it.

A word is protected if a hyphen part of it has a capital after its first letter (``BERT``, ``ImageNet``, ``GPT-3``;
98.8 % of what DBLP protects), if it is a single capital letter (``Vitamin C``), if it is a name from the list, or if
the title as a whole is written in small letters, so that a capital in the middle can only be a name. Only the part is
braced, not the title: ``{{Double Braces}}`` would forbid every style its own case.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from paperpath.formats import latex_math
from paperpath.formats.latex_encode import escaped, is_plain, prepared

if TYPE_CHECKING:
    from collections.abc import Iterator

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


@lru_cache(maxsize=65536)
def _word(word: str) -> str:
    """What stands between two blanks, as LaTeX in a title in title case; NUL where the words around it matter."""
    if word.isalpha() and (word.islower() or (word[1:].islower() and word not in NAMES)):
        return word
    parts = _PART.split(word)
    needs = list(map(_need, parts[1::2]))
    if "label" in needs and word != "A":
        return "\0"
    for i in range(1, len(parts), 2):
        if needs[i // 2] == "always":
            parts[i] = f"{{{parts[i]}}}"
    return "".join(parts)


def _plain_words(text: str) -> str:
    """A title in which no character needs LaTeX."""
    if not text.endswith("A") and not _in_sentence_case(text):
        written = " ".join(map(_word, text.split(" ")))  # a third of the price of what follows
        if "\0" not in written:
            return written
    pieces = _PART.split(text)
    if not (places := _protected(pieces, text)):
        return text
    for i in places:
        pieces[i] = f"{{{pieces[i]}}}"
    return "".join(pieces)


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
        if need == "always" or (sentence and need == "inside" and _is_inside("".join(pieces[:i])))
        or (need == "label" and _is_label("".join(pieces[:i]), pieces[i + 1][:1]))
    ]  # fmt: skip


@lru_cache(maxsize=65536)
def _need(word: str) -> Literal["", "always", "label", "inside"]:
    """When a hyphen part of a title needs braces: never, always, as a label, or inside a title in small letters."""
    if word.islower() or not any(c.isupper() for c in word):
        return ""
    if word[1:].islower() and word.isalpha():
        return "always" if word in NAMES else "inside"
    return "label" if word == "A" else "always"


def _is_inside(before: str) -> bool:
    """Whether a word neither begins a sentence nor continues a hyphened one."""
    return not before.endswith("-") and not _AFTER_START.search(before)


def _is_label(before: str, after: str) -> bool:
    """Whether an ``A`` is a letter (``A*``, ``Hepatitis A``) and not the article; ``after`` is one character."""
    return after in ("*", "/", "+", "-") or (after != " " and before != "")


def _in_sentence_case(text: str) -> bool:
    """Whether a title is written like a sentence: far more long words in small letters than words with a capital."""
    capitalised = len(_CAPITALISED.findall(text))
    if text.count(" ") < 2 * capitalised:
        return False  # most titles have too many capitals for the words there are
    small = len(_LONG_SMALL.findall(text))
    return small >= 2 and small > 2 * capitalised
