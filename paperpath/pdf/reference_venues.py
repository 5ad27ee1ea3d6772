"""Where a reference says it was published: what journals, proceedings and publishers look like.

A journal is told by its shape and not by a list of all journals: capitalised or abbreviated words, no small ones but
"of" and "the", and a volume right behind them.
"""

from __future__ import annotations

import re
from functools import lru_cache

YEAR = r"(?:1[6-9]|20)\d\d"
"""A year in which something was printed."""
_SMALL = (
    r"(?:of|the|and|und|for|in|on|de|des|du|la|le|les|der|die|für|et|di|del|della|da|its|with|to|from|an|y"
    r"|i|&|et al\.?)"
)
_WORD = r"(?:[A-ZÀ-ÞŁŠŽ][\w'’&/-]*(?![\w-])\.?|&|\([A-Z][\w. ]{0,40}\))"
_NAME = rf"{_WORD}(?:(?: |: ?|(?<=\.))(?:{_SMALL} ){{0,2}}{_WORD}){{0,14}}"
_VOLUME = (
    r"\.?[\s,]*(?:\(?(?:Ser(?:ies)?\.? ?[A-Z\d]+|Sect(?:ion|\.) ?[A-Z])\)?,? ?)?"
    rf"(?:(?:[Vv]ol(?:ume)?|[Nn]o|[Ii]ss(?:ue)?|[Bb]d|[Tt]ome|t|n[°o])[.s]?\s*[A-Z]?\d+"
    rf"|[A-Z]{{0,2}}\s?(?!{YEAR}\b)\d+[A-Z]?\b"
    r"|\(\d{1,3}\)|[A-Z]?\d+:[eE]?\d+)"
)
_JOURNAL = re.compile(rf"(?P<name>{_NAME})(?P<volume>{_VOLUME})")
_STRONG = re.compile(rf"{_NAME}{_VOLUME}\s?(?:\(\d+(?:[–-]\d+)?\)|[,:]\s?\(?[A-Z]?\d+|\(?{YEAR}|\s\(?{YEAR})")
"""A volume and behind it an issue, a page or a year: nothing but a journal has these."""
_SERIAL = re.compile(
    r"(?:the )?(?:[^\W\d_]+ ){0,2}(?:journal|transactions|annals|bulletin|archives?|letters|proceedings) (?:of"
    r"|on|in|for)\b"
    rf"(?:[^.]{{3,80}}?[\s,(](?:vol(?:ume|\.)?\s?)?\d+\s?[,:(]|[\w ]{{3,40}}, [A-Z][a-z]{{2,8}}\.? ?{YEAR})",
    re.I,
)
_ISSUE = re.compile(
    rf"PoS ?[A-Z(]|[a-z]{{3,6}}\. [a-z]{{3,6}}\. |[A-Z]{{4,}}(?: (?:AND |OF |IN "
    rf"|ON )?[A-Z]{{3,}}){{1,5}},? (?:VOL|Vol|\d+[,(]|[A-Z][a-z]+\.? ?{YEAR})"
    rf"|(?:[A-Z]\w{{3,}}|Die|Der|The)(?: (?:and |of |in |der )?[A-Z]\w{{2,}}){{0,4}}"
    rf"(?:,? [Vv]ol\. ?\d|,? \d+ ?\({YEAR}\)|,? \d+ ?, ?\d+[–-]\d| \(?{YEAR}\)?[.,] ?\d+ ?[,:])"
)
_DATED = re.compile(rf"(?P<name>{_NAME})[\s,.]*\(?{YEAR}[a-z]?\)?")
_KNOWN = re.compile(
    r"\b(?:journal|review|reviews|letters?|lett|phys|rev|nucl|chem|math|astron|astrophys|proc|proceedings|trans"
    r"|transactions|annals|annales|annual|ann|bulletin|bull|archives?|arch|zeitschrift|acta|nature|science|sci"
    r"|communications?|commun|comm|reports?|rept|advances|adv|magazine|quarterly|tetrahedron|biol|med|psychol|econ"
    r"|j|ieee|acm|siam|int|mon|soc|acad|am|eur|jpn|can|aust|helv|chim|pnas|mnras|apj|apjs|apjl|aj|a&a|a&as|pasp|pasj"
    r"|jhep|jcap|prl|prd|epl|jetp|aiaa|opt|appl|nat|proc|plos|bmc|physica|instrum|meth|methods|theor|mod|class|quantum"
    r"|grav|living|pos|nuovo|cimento|usp|conference|symposium|workshop|fusion|matter|cell|lancet|jama|neuron"
    r"|biometrika|econometrica|studies)\b",
    re.I,
)
_LOCATED = re.compile(
    r"(?:[Ii]n[: ]\s*(?:[A-Z“\"\d(]|the |press)|(?:The )?Proc(?:eedings|s?\.)|(?:CoRR|arXiv|bioRxiv|medRxiv"
    r"|SSRN)\b|(?:e-?)?[Pp]reprint"
    r"|Ph\.? ?D|PhD|[Mm]aster'?s?|M\.?Sc|[Dd]octoral|[Dd]issertation|[Tt]hesis|Diplom|Bachelor"
    r"|Tech(?:nical|\.)? [Rr]ep|[Tt]echnical [Nn]ote|[Rr]esearch [Rr]eport|[Ww]orking [Pp]aper|Lecture Notes"
    r"|LNCS|Springer\b|Elsevier\b"
    r"|Wiley\b|(?:[A-Z]\. ?)*(?:(?:[A-Z][\w'-]+|&) ){0,4}(?:[Pp]ress|Publish(?:ing|ers)|Publications|Verlag"
    r"|Sons|Inc\.|Freeman)\b|(?:[A-Z][\w&'-]* ){0,3}(?:University|Univ\.?|Academic|MIT|CRC|IEEE|ACM|IOS|AAAI"
    r"|SIAM|Clarendon|Plenum"
    r"|Birkh[äa]user)[ -]*Pr(?:ess|\.)|Academic\b|Addison|McGraw|Prentice|North[ -]Holland|World Scientific"
    r"|Cambridge U|Oxford U|Morgan Kauf"
    r"|O['’]Reilly|Dover\b|Kluwer|Birkh|Chapman|Taylor|Routledge|Sage\b|Gordon and|Benjamin|Freeman|Curran|PMLR"
    r"|JMLR|ISBN|ISSN|[Ee]d(?:ited|s?\.)? by|edited by"
    r"|[Ee]ds?\.|(?:[Ff]irst|[Ss]econd|[Tt]hird|\d(?:st|nd|rd|th)) ed|[Vv]ol(?:ume|s?\.) ?[\dIVX]|[Pp]p?\. ?\d"
    r"|[Pp]ages? \d|[Cc]h(?:ap(?:ter)?|\.)? \d"
    r"|[Ss]ubmitted|[Tt]o appear|[Ii]n press|[Uu]npublished|[Aa]ccepted|[Ff]orthcoming|U\.?S\.? [Pp]atent|[Pp]atent"
    r"|(?:Report )?[A-Z]{3,}(?:-[A-Z]+)*-\d{2,}-?\d*|NIPS|NeurIPS|ICML|ICLR|CVPR|ICCV|ECCV|ACL\b|EMNLP|NAACL"
    r"|COLING|AAAI|IJCAI|AISTATS|UAI\b|KDD|SIGIR|INTERSPEECH"
    r"|ICASSP|VLDB|SIGMOD|STOC|FOCS|SODA|USENIX|[Uu]niversit[yäé]|Institut|Department|Dept|RAND\b|Bell Lab"
    r"|Technical University)"
)
_PARENTHESES = re.compile(
    rf"\((?:[^()]{{0,80}}[ ,])?{YEAR}\)|\((?:Springer|Wiley|[A-Z][\w. ]*Press|Elsevier)[^()]*\)|\(\d+ ?pp\)"
)
_FIRST_YEAR = re.compile(rf"^\(?{YEAR}\)?[.,]?\s+(?=[A-Z])")
_BEHIND_NAME = re.compile(
    rf",?\s*(?:\(?\b{YEAR}\b|\bpp?\.|\bpages?\b|\b[Vv]ol(?:ume|\.)|\b[Nn]o\.|,\s*\d|\s\d+\s*[(,:]"
    rf"|\s\d+\.?$|\barXiv\b)"
)
_ACRONYM = re.compile(rf"[A-Z]{{2,6}},? \(?{YEAR}")
_ONLY_NUMBERS = re.compile(rf"[\s(),.;:\[\]–-]*(?:{YEAR}[a-z]?|\d+|pp?\.?|[a-z])?[\s(),.;:\[\]\d–-]*$")


@lru_cache(maxsize=64)
def _name_at(text: str) -> re.Match[str] | None:
    """The name with a volume or a year that ``text`` begins with; each question here asks for it again."""
    return _JOURNAL.match(text) or _DATED.match(text)


@lru_cache(maxsize=64)
def _is_strong(text: str) -> bool:
    return _STRONG.match(text) is not None


def is_journal(text: str) -> bool:
    """Whether ``text`` begins with a journal and its volume, as entries do that leave the title out."""
    if _SERIAL.match(text):
        return True
    match = _name_at(text)
    if not match:
        return False
    name = match["name"]
    words = re.findall(r"[^\W\d_]+\.?", name)
    strong = _is_strong(text)
    known = bool(_KNOWN.search(name))
    if len(words) > 12 or (len(words) > 3 and not known and not strong and "." not in name):
        return False
    return (
        known or strong or (len(words) <= 2 and _JOURNAL.match(text) is not None) or name.count(".") * 2 >= len(words)
    )


def journal_at(text: str) -> bool:
    """Whether ``text`` begins with what can be a journal behind a title, with a volume or a year."""
    match = _name_at(text)
    return match is not None and len(match["name"].split()) <= 12


def is_issue(text: str) -> bool:
    """Whether the whole entry is a journal with its volume: no authors stand before it."""
    if _ISSUE.match(text):
        return True
    match = _JOURNAL.match(text)
    if not match or not _is_strong(text):
        return False
    person = re.match(r"(?P<initials>(?:[A-Z]\. ?-?)+)(?P<family>[A-Z][\w'’-]+)(?P<dot>\.?)", text)
    if person and (not person["dot"] or person["family"].isupper() or person["initials"].count(".") > 1):
        return False
    name = match["name"]
    return bool(_KNOWN.search(name)) or len(re.findall(r"[a-z]\.", name)) > 1 or " and " in name or " for " in name


def is_located(text: str) -> bool:
    """Whether ``text`` begins with proceedings, a publisher or the like, which no title does."""
    return bool(_LOCATED.match(text) or _PARENTHESES.match(text) or _is_strong(text))


def begins_venue(text: str) -> bool:
    """Whether only a place of publication can begin like ``text``."""
    text = _FIRST_YEAR.sub("", text)
    if _ACRONYM.match(text) or _ONLY_NUMBERS.match(text) or is_located(text) or is_journal(text):
        return True
    return journal_at(text) and _KNOWN.search(text[:60]) is not None


def is_publication(text: str) -> bool:
    """Whether ``text`` names a journal, proceedings or a publisher."""
    return bool(text) and (is_journal(text) or bool(_LOCATED.match(text)) or bool(_KNOWN.search(text)))


def venue_name(rest: str) -> str | None:
    """The journal, proceedings or publisher at the beginning of ``rest``, without volume, pages and year."""
    text = rest.strip(" ,.;:(”’\"'")
    text = re.sub(r"^(?:In|in|Presented at)(?::|\s)\s*", "", text)
    if re.match(r"(?:ar\s?xiv|corr\b|abs/)", text, re.I):
        return "arXiv"
    if (match := _JOURNAL.match(text)) and len(match["name"].split()) <= 12:
        text = match["name"]
    text = _BEHIND_NAME.split(text, maxsplit=1)[0]
    text = re.sub(r"\s+", " ", text).strip(' ,.;:(“”"[')
    return text if len(text) > 1 and re.search(r"[^\W\d_]{2}", text) else None
