"""The authors at the beginning of a reference.

A list of names keeps to one shape: ``A. B. Author``, ``Author, A. B.``, ``Author AB``, ``Ann B. Author``,
``Author, Ann``. The first name tells which one it is, so that what follows the last comma can be told from one more
name: ``J. L. Moreno, Who Shall Survive?`` has one author, because "Who Shall Survive" has no initials.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from paperpath.pdf.reference_venues import YEAR

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĖĘĚĜĞĠĢĤĦĪĮİĴĶĹĻĽŁŃŅŇŌŐŒŔŖŘŚŜŞŠŢŤŦŪŮŰŲŴŶŸŹŻŽȘȚ"
_PARTICLE = (
    r"(?:(?:[Vv]an|[Vv]on|[Dd]e[rns]?|[Dd][aiou]s?|[Dd]el(?:la)?|[Ll][ae]|[Ee]l|[Aa]l|[Tt]e[rn]|[Zz]u[rm]?|[Bb]in"
    r"|[Ii]bn|[Ss]t\.|y|e|af|Mc|O['’])[ -]|[dl]['’]|[Aa]l-|[Ee]l-|(?:de|van|von|di)(?=[A-Z]))"
)
_FAMILY = rf"{_PARTICLE}{{0,3}}(?!(?:Jr|Sr|JR|SR|II|III)\b)[{_UPPER}][\w'’´`-]*"
_FAMILIES = rf"{_FAMILY}(?:[ -]{_FAMILY})?"
_INITIALS = rf"(?:[{_UPPER}][a-zé]?\.[ -]*){{1,5}}"
_BARE = rf"(?:[{_UPPER}](?:[ -]?[{_UPPER}]){{0,3}})(?![\w])(?!\.[{_UPPER}])"
_GIVEN = rf"(?:[{_UPPER}][\w'’´`-]+|[{_UPPER}]\.?)"
_SUFFIX = r"(?:,? (?:Jr|Sr|JR|SR)\.?|,? (?:II|III|IV)\b|,? [23][nr]d)?"

_SHAPES: dict[str, re.Pattern[str]] = {
    # A. B. Author
    "initials first": re.compile(rf"(?P<given>{_INITIALS})(?P<family>{_FAMILIES}){_SUFFIX}"),
    # Author, A. B.
    "initials last": re.compile(rf"(?P<family>{_FAMILIES}){_SUFFIX},? ?(?P<given>{_INITIALS}){_SUFFIX}"),
    # Author AB
    "letters last": re.compile(rf"(?P<family>{_FAMILIES}),? (?P<given>{_BARE}){_SUFFIX}"),
    # Ann B. Author
    "given first": re.compile(
        rf"(?P<given>{_GIVEN}(?: {_GIVEN}){{0,2}}) (?P<family>{_PARTICLE}{{0,3}}[{_UPPER}][\w'’´`-]+){_SUFFIX}"
    ),
    # Author, Ann
    "given last": re.compile(rf"(?P<family>{_FAMILIES}), (?P<given>[{_UPPER}][\w'’-]+(?: {_GIVEN}){{0,2}}){_SUFFIX}"),
    "alone": re.compile(rf"(?P<family>{_FAMILIES})(?P<given>)"),
    "ideographs": re.compile(
        r"(?P<family>[\u3400-\u9fff\uf900-\ufaff][\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]{1,4}"
        r"(?: [\u3400-\u9fff]{1,3})?"
        r"|[\uac00-\ud7af]{2,5}(?: [\uac00-\ud7af]{1,5})?(?:\([\u3400-\u9fff\uf900-\ufaff]{2,6}\))?)(?P<given>)"
        r"(?=[\s,.，、。;:(（\d·]|外|$)"
    ),
}
_ALLIES: dict[str, tuple[str, ...]] = {
    "initials first": ("initials first",),
    "initials last": ("initials last", "initials first"),
    "letters last": ("letters last",),
    "given first": ("given first", "initials first"),
    "given last": ("given last", "given first", "initials last"),
    "alone": ("alone",),
    "ideographs": ("ideographs",),
}
"""Shapes that may follow in a list whose first name has the shape."""

_OTHERS = re.compile(
    r"(?:and |& |et )?(?:et\.? ?al\b\.?|and others\b|others\b|[^\W\d_]*外 ?\d+[人名]|[等외] ?(?:\d+인)?)"
)
_SAME = re.compile(r"(?:[-–—_]{2,}|[―—])(?=[,.: ])")
_GROUP = re.compile(
    rf"(?:The |the )?(?:[{_UPPER}][\w-]+, )?(?:[{_UPPER}][\w.&-]*(?: (?:of|and|for"
    rf"|the))?[ -]){{0,7}}(?:[Cc]ollaborations?|Consortium|Group|Team"
    r"|Project|Committee)\b(?: [IVX]+\b)?"
)
_JOIN = re.compile(
    r"\s*(?:[,;·/]?\s*(?:\band\b|&|\bet\b(?! al)|\bund\b|\by\b)|[,;·、，/]|\.(?=[\u3400-\u9fff]{2,5}[,.，]))\s*"
)
_PARTED = re.compile(r"\s*(?:[,;:.&(\[“\"]|and\b|et\b|und\b|$|\d)")
_MIDDLE = re.compile(r"\. [^\W\d_][\w'’-]+(?:,| and\b)")
"""What follows an initial inside a name: "Vladimir I. Arnold, …"."""
_LAST = re.compile(r"\band\b|&|\bet\b|\bund\b")
_BRACKET = re.compile(r"\s*(?:\[[^\]]{3,60}[Cc]ollab[^\]]*\]|\([^)]{3,60}[Cc]ollab[^)]*\))")
_AFTER_ALONE = re.compile(rf"\s*(?:,? et al|\(?{YEAR}|,? \d{{4}}[a-z]?[:.,])|: ")
_AFTER_GIVEN = re.compile(rf"\s*(?:\.|,? ?\(?{YEAR}|:|, [“\"‘'])")
_EDITORS = re.compile(r"[\s,]*\(?\b[Ee]d(?:itor)?s?\b\.?\)?")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_NO_NAME = frozenset(
    "the a an on in of for to from and with why how what is are towards toward using abstract chapter proceedings"
    " journal international annual phys rev lett nucl chem math proc trans nature science press university vol"
    " instrum opt appl mech biol med geol astron astrophys soc sci eng climate comput meteorol neurosci mol clin"
    " immunol virol bacteriol electroanal fluid geophys atmos ecol psychol acoust cryst crystallogr polym microbiol am"
    " amer acad roy catal synth organomet inorg biochem pharmacol physiol nutr agric food environ hydrol".split()
)


class Names(NamedTuple):
    """The authors of a reference."""

    names: tuple[str, ...]
    """In reading order; without "et al."."""
    end: int
    """Index behind the last of them; 0 when there are none."""


def read(text: str) -> Names:
    """The authors with whom ``text`` begins."""
    if group := _GROUP.match(text):
        join = _JOIN.match(text, group.end())
        members = read(text[join.end() :]) if join else Names((), 0)
        if members.end and join and re.search(r"[A-Z]\.", text[join.end() :][: members.end]):
            return Names((group[0], *members.names), join.end() + members.end)
        return Names((group[0],), group.end())
    for shape in _SHAPES:
        if (found := _list(text, shape)).end:
            return found
    return Names((), 0)


def _list(text: str, shape: str) -> Names:
    """The list of names that begins with one of ``shape``."""
    found: list[str] = []
    at = end = 0
    final = False
    while True:
        unit = _unit(text, at, (shape,) if not found else _ALLIES[shape], first=not found)
        if unit is None:
            break
        name, end = unit
        if name:
            found.append(name)
        if final:
            break
        if bracket := _BRACKET.match(text, end):
            end = bracket.end()
        join = _JOIN.match(text, end)
        if others := _OTHERS.match(text, join.end() if join else end + (text[end : end + 1] == " ")):
            end = others.end()
            break
        if not join:
            break
        final = bool(_LAST.search(join[0]))
        at = join.end()
    if not found:
        return Names((), end)
    if shape in ("alone", "given last", "given first") and not _settled(text, shape, found, end):
        return Names((), 0)
    if editors := _EDITORS.match(text, end):
        end = editors.end()
    return Names(tuple(found), end)


def _unit(text: str, at: int, shapes: tuple[str, ...], *, first: bool) -> tuple[str, int] | None:
    """(name in reading order, index behind it) at ``at``; the name is empty for a dash that repeats the entry above."""
    if same := _SAME.match(text, at):
        return "", same.end()
    if not first and (group := _GROUP.match(text, at)):
        return group[0], group.end()
    for shape in shapes:
        match = _SHAPES[shape].match(text, at)
        if not match or _is_word(match["family"]) or (shape.startswith("given") and _is_word(match["given"])):
            continue
        end = match.end()
        if shape == "letters last" and (match["given"] in ("II", "III", "IV") or _MIDDLE.match(text, end)):
            continue
        if shape.endswith(" last") and "," not in match[0] and not _PARTED.match(text, end):
            continue  # "Vladimir I. Arnold", "Andrew M Dai"
        family = match["family"]
        if shape == "initials first" and " " in family and re.match(r" (?!and\b|et\b|und\b)[a-zß-ÿ]{2,}", text[end:]):
            cut = len(family.rsplit(" ", 1)[1]) + 1  # "J. Soda Novel instability in …": nothing parts name and title
            family, end = family[:-cut], end - cut
        name = " ".join(f"{match['given'].strip()} {family}".split())
        return name, end - (len(match[0]) - len(match[0].rstrip()))
    return None


def _is_word(text: str) -> bool:
    """Whether this is a word that no name has; ``The`` and ``Phys.`` begin titles and journals."""
    return any(word.casefold() in _NO_NAME for word in _LETTERS.findall(text))


def _settled(text: str, shape: str, found: list[str], end: int) -> bool:
    """Whether names without initials are names: two capitalised words may begin a title or a journal."""
    after = text[end : end + 24]
    if shape == "alone":
        return len(found) == 1 and bool(_AFTER_ALONE.match(after))
    if shape == "given last" and len(found) == 1 and not _AFTER_GIVEN.match(after):
        return False
    words = re.match(r"[\s,.:;]*([^\W\d_]+)", after)
    return not (shape == "given first" and len(found) == 1 and words and words[1][:1].islower() and after[:1] == " ")
