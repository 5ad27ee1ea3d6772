"""The sentences of a paper that say what a word or symbol of it is. Precision before recall: a form that also means
other things is not taken.

    abbreviations   ``long short-term memory (LSTM)``, as Schwartz and Hearst find them ("A simple algorithm for
                    identifying abbreviation definitions in biomedical text", PSB 2003)
    terms           ``we call this X``, ``which is known as X``, ``X is defined as``, ``by X we mean``
    symbols         ``where d_k is the dimension of``, ``let G denote``, ``the learning rate α``
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from paperpath.asking.excerpts import sentences
from paperpath.asking.tokens import TOKEN, tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

Kind = Literal["abbreviation", "term", "symbol"]


class Definition(NamedTuple):
    """Where a paper says what something is."""

    term: str
    """As the paper writes it."""
    kind: Kind
    means: str
    """The words for an abbreviation, what a symbol stands for; empty where the sentence has to be read."""
    sentence: str
    section: str
    page: int | None


class Place(NamedTuple):
    """A paragraph of a paper."""

    section: str
    page: int | None
    text: str


_LONGEST_SENTENCE = 600


def definitions(places: Iterable[Place]) -> list[Definition]:
    """What a paper defines, each term where it does so first."""
    found: dict[str, Definition] = {}
    for place in places:
        for sentence in sentences(" ".join(place.text.split())):
            if len(sentence) > _LONGEST_SENTENCE:  # a table, or a list of formulas
                continue
            for term, kind, means in _defined(sentence):
                found.setdefault(name_of(term), Definition(term, kind, means, sentence, place.section, place.page))
    return list(found.values())


def name_of(term: str) -> str:
    """What two ways to write one term have in common: case, plural and accents do not count, but in a symbol's."""
    parts = [token.word if len(token.word) < 3 else token.text for token in tokens(term)]
    if len(term) <= 2 or "_" in term or "^" in term:
        return term
    return " ".join(parts) or term


def mentioned(text: str, names: Collection[str]) -> list[str]:
    """The terms, by :func:`name_of`, that a text has, each once in its order; of two that overlap the longer."""
    words = list(TOKEN.finditer(text))
    found: dict[str, None] = {}
    at = 0
    while at < len(words):
        for count in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            name = name_of(text[words[at].start() : words[at + count - 1].end()])
            if name in names:
                found[name] = None
                at += count - 1
                break
        at += 1
    return list(found)


_MOST_WORDS = 5


def _defined(sentence: str) -> Iterator[tuple[str, Kind, str]]:
    for short, long in _abbreviations(sentence):
        yield short, "abbreviation", long
    for term in _terms(sentence):
        yield term, "term", ""
    for symbol, means in _symbols(sentence):
        yield symbol, "symbol", means


# --------------------------------------------------------------------------- abbreviations

_IN_BRACKETS = re.compile(r"(?<=\S) \(([^()]{2,60})\)")
_SHORT = re.compile(r"[A-Za-z][\w&/+.-]{1,9}")


def _abbreviations(sentence: str) -> Iterator[tuple[str, str]]:
    for match in _IN_BRACKETS.finditer(sentence):
        inside = re.split(r"[;,]|\bor\b", match[1])[0].strip()
        before = sentence[: match.start()]
        if _is_short(inside):
            long = _long_form(inside, before)
            if long:
                yield inside, long
        elif (word := re.search(r"(\S+)$", before)) and _is_short(word[1]) and len(inside.split()) > 1:
            long = _long_form(word[1], inside)  # "LSTM (long short-term memory)"
            if long and len(long) == len(inside):
                yield word[1], long


def _is_short(text: str) -> bool:
    capitals = sum(c.isupper() for c in text)
    return bool(_SHORT.fullmatch(text)) and (capitals >= 2 or (capitals == 1 and text[-1] == "s" and len(text) < 4))


def _long_form(short: str, before: str) -> str:
    """The shortest run of words at the end of ``before`` that has the letters of ``short`` in order.

    The first letter must begin a word; the words are no more than the letters and five, or twice the letters.
    """
    short = re.sub(r"(?<=[A-Z])s$", "", short)  # "RNNs"
    words = before.split()
    most = min(len(short) + 5, len(short) * 2)
    text = " ".join(words[-most:])
    at = len(text) - 1
    for i in range(len(short) - 1, -1, -1):
        letter = short[i].lower()
        if not letter.isalnum():
            continue
        while at >= 0 and (text[at].lower() != letter or (i == 0 and at > 0 and text[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return ""
        at -= 1
    long = text[at + 1 :].strip("\"“”'‘’ ")
    parts = re.split(r"[\s-]+", long)
    initials = sum(1 for part in parts if part[:1].lower() in short.lower())
    sound = len(parts) > 1 and initials * 2 >= len(parts) and short.lower() not in map(str.lower, parts)
    return long if sound and not re.search(r"[.;:!?()\[\]=]", long) else ""


# --------------------------------------------------------------------------- terms

_STOPS = (
    "and or during that which who where when if because since while whose we is are was were has have had can could"
    " will would"
    " may might must should to in on at by for from with as of between over under into using via due such so but it"
    " they then than says relative"
).split()
"""Words that end a term."""
_END = rf"(?=\s*(?:[,.;:()\[\]–—]|$|\b(?:{'|'.join(_STOPS)})\b(?!-)))"
_WORD = r"[^\W\d_][\w’'-]*"
_NOUNS = rf"(?:{_WORD}(?:\s+{_WORD}){{0,3}}?)"
_QUOTED = rf"[\"“„‘]\s*(?P<quoted>[^\"”“’]{{2,60}}?)\s*[,.]?[\"”’]{_END}"
_TERM = rf"(?:(?:an?|the|our|its|their)\s+)?(?:{_QUOTED}|(?P<term>{_NOUNS}){_END})"

_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # "we call this (procedure) X", "we call it X": what is called stands between
        rf"\bwe\s+(?:will\s+|shall\s+)?(?:call|term|dub|name)\s+(?:this|these|it|them|such)\b(?:\s+[\w-]+){{0,2}}?\s+{_TERM}(?=\s*(?:[,.;:()]|$|(?:and|because|since|which|where)\b))",
        rf"\b(?:which|that|what)\s+(?:we|is|are)\s+(?:will\s+|shall\s+|also\s+|often\s+|usually\s+|sometimes\s+)?(?:call|called|term|termed|dub|dubbed|name)\s+{_TERM}",
        rf"\b(?:so-called|known\s+as|referred\s+to\s+as|dubbed|termed)\s+{_TERM}",
        # "We call our particular attention "X"": only quotes tell where what is called ends
        rf"\bwe\s+(?:call|term|dub|name)\s+[^,.;:()\"“]{{3,60}}?\s+{_QUOTED}(?P<term>(?!))?",
        rf",\s+(?:sometimes|often|also|usually|commonly)\s+called\s+{_TERM}",
        rf"\b(?:is|are)\s+(?:then\s+|often\s+|usually\s+|commonly\s+|also\s+)?called\s+{_TERM}",
        rf"\b(?:refer|referring|refers)\s+to\s+[^,.;()]{{2,60}}?\s+as\s+{_TERM}",
        rf"\bwe\s+(?:will\s+)?define\s+{_TERM}(?=\s+(?:as|to\s+be)\b)",
        rf"(?:^|[,;]\s)(?:(?:The|A|An)\s+){_TERM}(?=\s+(?:is|are)\s+defined\s+(?:as|to\s+be|by)\b)",
        rf"\bby\s+{_TERM}\s+we\s+mean\b",
    )
)
_NO_TERM = frozenset(
    """above below following other same one two first second latter former such this that these those method methods
    approach way case cases problem problems model models result results example figure table section equation set
    paper work it them some any many several various different not also often either both""".split()
)
_BEGINS_NONE = frozenset(
    "being of not also then just simply often to as in on by for with from very more less no".split()
)


def _terms(sentence: str) -> Iterator[str]:
    for form in _FORMS:
        for match in form.finditer(sentence):
            term = " ".join((match["quoted"] or match["term"] or "").split()).strip("’'")
            words = term.lower().split()
            if not words or len(words) > 5 or words[0] in _BEGINS_NONE or words[-1] in _NO_TERM:
                continue
            inside = {*words} & {"a", "an", "the", *_STOPS} - {"of"}
            if not inside and len(term) > 2 and not (len(words) == 1 and words[0].endswith("ly")):
                yield term


# --------------------------------------------------------------------------- symbols

_SYMBOL = r"(?P<symbol>(?:[A-Za-z]|[α-ωΑ-Ωϵϑϕℓ])(?:̂|̃|̄)?(?:[_^](?:\{[^{}\s]{1,12}\}|[\w+*]{1,8}))*)(?:\([\w, ]{1,6}\))?"
_STANDS = r"(?:is|are|denotes?|represents?|stands?\s+for|indicates?)"
_AND_NEXT = r"\band\s+(?:let\s+)?\S{1,12}\s+(?:is|are|denotes?|represents?|stands?|indicates?|be)\b"
_MEANS = rf"(?P<means>(?:the|an?|our|its|all)\s+[^,;:.()={{}}]{{3,90}}?)(?=\s*(?:[,;:.()=]|$|{_AND_NEXT}))"
_SYMBOL_FORMS = (
    re.compile(rf"(?:\bwhere|\bwith|\b[Hh]ere,?|\bin which|, and|,)\s+{_SYMBOL}\s+{_STANDS}\s+{_MEANS}"),
    re.compile(rf"\band\s+{_SYMBOL}\s+{_STANDS}\s+{_MEANS}"),
    re.compile(rf"\b[Ll]et\s+{_SYMBOL}\s+(?:be|denote|represent)\s+{_MEANS}"),
    re.compile(rf"\b[Ww]e\s+(?:write|use)\s+{_SYMBOL}\s+(?:for|to\s+denote|to\s+represent)\s+{_MEANS}"),
)
_MEASURED = re.compile(
    r"(?P<means>\b(?:(?:[a-z][\w-]+ (?:and [a-z][\w-]+ )?of )|(?:[a-z][\w-]+ ){1,2})"
    r"(?:dimension(?:ality)?|rate|size|length|width|depth|matrix|vector|temperature|probability|threshold))"
    rf" {_SYMBOL}(?=[\s,.;:)])(?!\s*[-+·×/∈])"
)
"""``queries and keys of dimension d_k``, ``a learning rate α``: of symbols with an index and Greek letters."""
_TWO = re.compile(
    rf"(?:\b(?:where|with|[Hh]ere|[Ll]et),?|[,;.])\s+(?P<first>{_SYMBOL.replace('?P<symbol>', '')})(?:,| and|, and)\s*$"
)
_OPEN_ENDS = frozenset("that by of as equivalently which to in for with from on".split())
_NO_SYMBOL = frozenset("a i A I".split())
_FEWEST_WORDS = 3
_VERBS = frozenset(("has", "have", "had", "use", "used", "uses", "using", "set", "choose", "vary"))
_FILLING = frozenset(("the", "a", "an", "with", "by", "for", "in", "on", "to", "is", "are", "same", "each", "all"))


def _symbols(sentence: str) -> Iterator[tuple[str, str]]:
    for form in _SYMBOL_FORMS:
        for match in form.finditer(sentence):
            means = " ".join(match["means"].split())
            if match["symbol"] in _NO_SYMBOL or (
                len(means.split()) < _FEWEST_WORDS and sentence[match.end() :][:1] == ","
            ):
                continue  # "a nonlinear, potentially multi-layered, function"
            # "where x and y are the input and output": what stands for both is said of both
            means = (
                "" if means.split()[-1] in _OPEN_ENDS else means
            )  # a formula comes, or a comma: the sentence says it
            both = re.match(r"[^a-z]*(?:\([^)]*\)\s*)?(?:are|denote|represent|be)\b", sentence[match.end("symbol") :])
            two = _TWO.search(sentence[: match.start("symbol")]) if both else None
            if two and two["first"] not in _NO_SYMBOL:
                yield two["first"], means
            yield match["symbol"], means
    for match in _MEASURED.finditer(sentence):
        symbol, means = match["symbol"], match["means"].removeprefix("and ")
        telling = not (_FILLING | _VERBS) & {*means.split()[:-1]}
        if telling and ("_" in symbol or not symbol[0].isascii()):
            yield symbol, means
