"""The words of a text that say what it is about: single words and pairs of neighbours, in one spelling each.

A word that says nothing about a subject ends a pair, as a full stop does, so ``graphs. Neural`` is none. Plurals are
folded and nothing else is: a real stemmer would make ``univers`` of universal and universities, which no reason could
show.
"""

from __future__ import annotations

import re
import unicodedata

_TOKEN = re.compile(r"[^\W\d_][^\W_]+|[.;:!?()]")
_TEX = re.compile(r"\\[A-Za-z]+|https?://\S+")
STOP_WORDS = frozenset(
    """a about above across after again against al all allow allows almost along already also although always among an
    and another any approach approaches are as at available based be because been before being below best better
    between both but by call called can case cases cannot commonly compare compared consider considered could current
    demonstrate demonstrates describe described despite develop developed did different do does done due during each
    easily effective efficient either e eg enable enables especially et etc even every example existing experiment
    experimental experiments extensive fact far few finally find first five focus following for found four from
    further furthermore give given good had has have having he hence her here high his how however i ie if important
    improve improved in including increasing instead into introduce introduced investigate is issue it its itself just
    key known large last later least less let lead leads like main make makes making many may me method methods might
    more moreover most much must my namely need needed needs new next no non nor not novel now number obtain obtained of
    often on one only open or order other others our out outperform outperforms over own paper papers particular per
    perform performance performed possible present presented presents previous problem problems propose proposed
    proposes provide provided provides rather recent recently related respectively result results same second see
    several shall she should show showed shown shows significant significantly since so some specific state still
    studied study such than that the their them then there therefore these they this those three through thus to
    together too toward towards two under until up upon us use used useful user uses using usually various very via
    was way ways we well were what when where whether which while who whose why wide widely will with within without
    work works would yet you your""".split()
)


def terms(text: str) -> list[str]:
    """Words and pairs of ``text``, each as often as it occurs: ``graph neural networks`` → ``graph``, ``neural``,
    ``network``, ``graph neural``, ``neural network``."""
    found: list[str] = []
    before = ""
    for token in _TOKEN.findall(_TEX.sub(" ", _plain(text))):
        if token in STOP_WORDS or not token[0].isalpha():
            before = ""
            continue
        word = singular(token)
        found.append(word)
        if before:
            found.append(f"{before} {word}")
        before = word
    return found


def singular(word: str) -> str:
    """``networks`` → ``network``, ``theories`` → ``theory``; what only looks like a plural stays."""
    if len(word) < 4 or word[-1] != "s" or word.endswith(("ss", "us", "is", "ics")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word if word == "series" else word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


def _plain(text: str) -> str:
    """Lower case, without accents; hyphens part words, as typists do not agree on them."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
