"""What somebody asks → the words and symbols to look for."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from paperpath.asking.tokens import is_symbol, plain, roots, tokens

MOST_TERMS = 32

SAYS_NOTHING = frozenset(
    """a about after again all also although always am among an and another any anything are as at be because been
    before being below between both but by came can cannot come could did do does doing done down during each either
    else ever every few first for from further gave get gets getting give given gives go goes going got had happen
    happens has have having he her here hers him his how however i if in instead into is it its itself just keep kept
    let like made make makes making many may me might more most much must my need needed needs neither never no nor not
    nothing now of off often on once one only or other others our out over own per please possible quite rather really
    same say says see seem seems several shall she should since so some something still such take taken takes tell than
    that the their them then there these they thing things this those though through thus to together too toward towards
    under until up upon us use used useful uses using very want was way ways we well went were what when where whether
    which while who whom whose why will with within without work works would yes yet you your
    article author authors chapter describe described describes explain explained explains explanation mean meaning
    means paper papers propose proposed proposes question section show shown shows study""".split()
)
"""Words that questions are asked with, and words that every paper says of itself."""


class Term(NamedTuple):
    """A word or symbol of a question."""

    text: str
    """As :class:`~.tokens.Token` compares it."""
    word: str
    """As it was asked, in small letters."""

    @property
    def symbol(self) -> bool:
        """Whether it is a symbol and not a word."""
        return is_symbol(self.word)


@dataclass(frozen=True, slots=True)
class Question:
    """A question, taken apart."""

    terms: tuple[Term, ...]
    """Each once, in the order of the question."""
    pairs: tuple[tuple[str, str], ...]
    """Terms that stand side by side in it: a passage that has them so too says rather the same."""


def understood(text: str) -> Question:
    """What is asked for; without terms, it is nothing that could be looked for.

    Words that only ask are left out, unless there are no others: ``To be or not to be?``
    """
    every = tokens(roots(plain(text)))
    said = [token for token in every if token.word not in SAYS_NOTHING] or every
    terms = {token.text: Term(token.text, token.word) for token in reversed(said)}
    kept = list(dict.fromkeys(token.text for token in said))[:MOST_TERMS]
    beside = [(a.text, b.text) for a, b in pairwise(every)]
    pairs = dict.fromkeys((a, b) for a, b in beside if a in kept and b in kept and a != b)
    return Question(tuple(terms[name] for name in kept), tuple(pairs))
