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
    """a about above across after again against al all almost along already also although always among an and another
    any are as at be because been before being below between both but by can cannot could did do does done due during
    each eg either et etc even ever every few for from further had has have having he hence her here him his how however
    i ie if in instead into is it its itself just least less many may me might more moreover most much must my namely
    neither no nor not of off often on once only onto or other others our ours out over own per perhaps quite rather
    same several shall she should since so some such than that the their theirs them then there therefore these they
    this those through thus to together too toward towards under until up upon us very via was we well were what when
    where whereas whether which while who whom whose why will with within without would yet you your""".split()
)
"""Words that every subject needs. Not "first", "high" or "open": "first order" is a subject."""
PLAIN_WORDS = frozenset(
    """algorithm analysis approach based case consider data different effective efficient existing experiment
    experimental first framework given high improve information introduce large method model new number obtain one paper
    perform performance present problem propose proposed provide result second set show simple state study system
    technique two use used using various work""".split()
)
"""Words that count, but tell a person nothing about why two papers are alike."""


_SINGULAR = frozenset("series species lens news atlas bayes kubernetes".split())


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
    if len(word) < 4 or word[-1] != "s" or word in _SINGULAR or word.endswith(("ss", "us", "is", "ics", "os", "ias")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


def _plain(text: str) -> str:
    """Lower case, without accents; hyphens part words, as typists do not agree on them."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
