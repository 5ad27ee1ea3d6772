"""One entry of a bibliography → its fields.

Styles differ in what parts the fields, not in what comes first: nearly all begin with the authors. So the authors are
read by what names look like (``reference_names.py``). A title follows unless the next words are a journal with its
volume, as physics and chemistry have it; the title ends at the first full stop, comma or parenthesis behind which
stands what can only be a place of publication. The numbers in the rest are left to ``reference_scope.py``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from paperpath.model import Reference
from paperpath.pdf import reference_names, reference_scope
from paperpath.pdf.reference_venues import (
    YEAR,
    begins_venue,
    is_issue,
    is_journal,
    is_located,
    is_publication,
    journal_at,
    venue_name,
)
from paperpath.pdf.scripts import RAISED_DIGITS, flat

_ARCHIVE = (
    r"(?:astro-ph|cond-mat|cs|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|nlin|nucl-ex|nucl-th|physics"
    r"|q-bio|q-fin|quant-ph|stat|eess|econ|cmp-lg|chao-dyn|solv-int|q-alg|alg-geom)(?:\.[A-Z]{2})?\s?/\s?\d{7}"
)
_ARXIV = re.compile(
    rf"(?:ar\s?xiv(?:\.org/(?:abs|pdf)/|\s*(?:e-?prints?"
    rf"|preprint)?[\s:,\[(/]*(?:preprint\s*)?(?:ar\s?xiv[:\s]*)?)|\babs/|10\.48550/arXiv\.)"
    rf"\s*(?P<id>\d{{4}}\s?\.\s?\d{{4,5}}|{_ARCHIVE})(?:v\d+)?"
    rf"|(?P<bare>\b{_ARCHIVE})(?:v\d+)?|\b(?:corr|arxiv)\b[,:\s]*(?:abs/)?\s*(?P<corr>\d{{4}}\.\d{{4,5}})(?:v\d+)?"
    r"|\[\s?(?:[a-z-]+/)?(?P<lone>\d{4}\s?\.\s?\d{4,5})(?:v\d+)?\s?(?:\[[a-z-]+(?:\.[A-Z]{2})?\]\s?)?\]",
    re.I,
)
_ID_DIGITS = re.compile(r"/\s?\d{7}|\d{4}\s?\.\s?\d{4}")
"""What every arXiv id has; asked first, because the whole pattern is slow."""
_DOI = re.compile(r"(?:doi\s*[:.]?\s*|doi\.org/\s?)?\b(10\.\d{4,9}/[^\s\"<>,;]+)", re.I)
_URL = re.compile(r"(?:https?\s?://|www\.)[^\s<>\"]+", re.I)
_LABEL = re.compile(
    rf"\s*(?:\[(?P<square>[^\]]{{1,40}})\]|\((?P<round>\d{{1,3}})\)|(?P<dot>\d{{1,3}})[.)](?=\s)"
    rf"|(?P<high>{RAISED_DIGITS}{{1,3}})|(?P<plain>\d{{1,3}})(?=\s+[A-Z]))\s*"
)
_QUOTED = re.compile(
    r"(?:[“\"„«]|‘‘|``|(?:(?<=[\s,])|^)[‘'](?=[^\W\d_]))\s?(?P<title>.{8,400}?)\s?[,.]?\s?"
    r"(?:[”\"“»]|’’|''|(?<=[\w,.?!)])\s?[’'](?=[\s,.]|$))(?!\w)",
)
_DATE = re.compile(
    rf"[\s,.:;]*(?:cited )?(?:\((?:[A-Z][a-z]+\.? )?(?:{YEAR}|in press|n\.d\."
    rf"|to appear)[a-z]?(?:[,/] ?[^()]{{0,20}})?\)"
    rf"|(?:{YEAR})[a-z]?(?=[.,:;\s]))[\s.,:;]*"
)
_IN_PARENTHESES = re.compile(
    rf"\(\s?(?:[A-Z][a-z]{{2,8}}\.?,? ?(?:\d{{1,2}},? )?)?({YEAR})[a-z]?(?:,[^)]{{0,20}})?\s?\)"
)
_BEHIND_AUTHORS = re.compile(rf".{{3,220}}?[.,] ({YEAR})[a-z]?[.,:;]\s")
_LAST_YEAR = re.compile(rf",?\s*\(?{YEAR}[a-z]?\)?$")
_ANY_YEAR = re.compile(rf"(?<![\d:/–-])(?<!\d\.)({YEAR})[a-z]?(?![\d/]|-\d\d\d?\b(?!\d))")
_TO_YEAR = re.compile(rf"(?P<names>[^\d(:?“\"]{{3,300}}?)[\s,.]*\(?{YEAR}[a-z]?\)?[,.:]")
_STOP = re.compile(
    # The mark first: the engine would try each of these at every letter.
    r"(?P<mark>[.?!。])(?<![\s.(][A-Z].)(?<!^[A-Z].)(?<!-[A-Z].)(?<!\bet al.)(?<!\bvs.)(?<!\bProc.)(?<!\bSt.)(?<!\bDr.)"
    r"(?<!\bJr.)(?<!\bU\.S.)(?<!\bNo.)(?<!\bvol.)(?<!\bVol.)(?<!\bcf.)(?<!\bi\.e.)(?<!\be\.g.)"
    r"[\s,.]*(?=[^\sa-z)]|\s*$|(?:arXiv|in |a |e)\b)"
)
_COMMA = re.compile(r"(?:,|，|;)\s+|\s+(?=\()|\s[-–—]\s")
_NEXT_PART = re.compile(r"(?:Part|[IVX]+|Supplement|Chapter)\b[ .:]")
_NO_TITLE = re.compile(
    r"(?:(?:[A-Z]+ )?internal report|(?:work |manuscript )?in (?:preparation|press)|submitted"
    r"|to (?:be published|appear)|private communication"
    r"|[A-Z]{3,}(?:-[A-Z]+)*-\d{2,}|PoS ?[A-Z(\d]|JHEP ?\d|JCAP ?\d|unpublished|th[èe]se|ph\.?\s?d\.?\b|these "
    r"|master|ibid|op\. cit|à paraître|soumis|see |personal communication)",
    re.I,
)
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

_BROKEN = tuple(
    (sign, re.compile(pattern), replacement)
    for sign, pattern, replacement in (
        (
            "/",
            (
                r"\b(hep|gr|astro|cond|nucl|math|quant|chao|solv|alg|q)\s?-\s?"
                r"(lat|th|ph|ex|qc|mat|dyn|int|geom|alg|bio|fin)\s?/\s?(?=\d{7})"
            ),
            r"\1-\2/",
        ),
        ("/", r"\b10\s?\.\s?(\d{4,9})\s?/\s?(?=\w)", r"10.\1/"),
        ("/", r"(\b10\.\d{4,9}/[^\s,;]+?) ?(-) (?=\d)|(\b10\.\d{4,9}/[^\s,;]+?) (?=[./]\w)", r"\1\2\3"),
        ("[", r"\[(?:doi|pii)\]", " "),
        ("PM", r"\.?\s?PMID:?\s?\d+|PMCID:?\s?\w+", " "),
        ("PubMed", r"\.?\s?PubMed(?: ?Central)?", " "),
        ("http", r"(https?)\s?:\s?//\s?", r"\1://"),
        ("http", r"(https?://\S*\.) (?=[a-z]+\.[a-z]+/)", r"\1"),
    )
)
"""(what a text must hold, what is replaced in it, by what)."""
_SPACES = tuple(
    (sign, re.compile(pattern), replacement)
    for sign, pattern, replacement in (
        ("", r"\s+([.,;:?!)\]”’])", r"\1"),
        (".", r"\.(?<=[a-z].)(?=\d)", ". "),
        ("-", r"(?<=[a-z]) ?-(?<=[ ]-) ?(?=[a-z])|(?<=[a-z])- (?=[a-z])", ""),
        (".", r"\.(?<=[^\W\d_].)(?=[A-Z])(?!S\.|K\.|[A-Z]{2})", ". "),
        ("", r"([;?!])(?<=[^\W\d_)].)(?=[A-Z(])", r"\1 "),
        (",", r",(?=[^\s\d'’”\"])|,(?<=\D.)(?=\d)", ", "),
        ("and", r"\band(?=[A-Z])", "and "),
        (".de", r"\.(?<=\b[A-Z].)(?=de[A-Z])", ". "),
        (" -", r" -(?<=[A-Z]..)(?=\d|[A-Z])", "-"),
        ("", r"(?<=[a-z]{3})(?=\d)|(?<=[a-z)])(?=[(\[])", " "),
        ("", r"(?<=[,;])(?=[“‘])", " "),
        ('"', r"(?<=[\w,.?!])\s?\"(?=\w)(?=[^\"]*$)", '" '),
        ("", r"([(\[“])\s+", r"\1"),
    )
)
"""Likewise."""


class _Parts(NamedTuple):
    authors: tuple[str, ...]
    title: str | None
    rest: str


def read(text: str, page: int) -> Reference:
    """The reference that ``text`` is; a field that cannot be told is left empty."""
    label = _LABEL.match(text)
    body = text[label.end() :] if label else text
    body = _tight(re.sub(r"^(?:\(\W{0,3}\w?\W{0,2}\)|[,.;:\s])+", "", body))
    arxiv = _arxiv(body)
    bare = _bare(body)
    parts = _parts(_spaced(_without_remains(bare)))
    year = _year(bare, arxiv)
    scope = reference_scope.read(parts.rest, year, parts.title)
    return Reference(
        label=flat(next((g for g in label.groups() if g), "")) or None if label else None,
        text=text,
        page=page,
        authors=parts.authors,
        title=parts.title,
        venue=venue_name(parts.rest) or ("arXiv" if arxiv and not is_publication(parts.rest) else None),
        year=year,
        volume=scope.volume,
        issue=scope.issue,
        pages=scope.pages,
        arxiv_id=arxiv,
        doi=_doi(body),
        url=_url(body),
    )


def _spaced(text: str) -> str:
    """The text with one space after each sign and none before it: line ends and old PDFs lose and add some."""
    return " ".join(_replaced(text, _SPACES).split())


def _replaced(text: str, rules: tuple[tuple[str, re.Pattern[str], str], ...]) -> str:
    for sign, pattern, replacement in rules:
        if sign in text:
            text = pattern.sub(replacement, text)
    return text


# ------------------------------------------------------------------ identifiers


def _tight(text: str) -> str:
    """The text with the identifiers whole: lines end within them."""
    return _replaced(text, _BROKEN)


def _bare(text: str) -> str:
    """The text without web addresses, DOIs and arXiv ids."""
    if "//" in text or "www." in text:
        text = _URL.sub(" ", text)
    if "10." in text:
        text = _DOI.sub(" ", text)
    return _ARXIV.sub(" ", text) if _ID_DIGITS.search(text) else text


def _without_remains(bare: str) -> str:
    """The text without the empty brackets and the words that stood around an identifier."""
    text = re.sub(r"\[\s*(?:INSPIRE|[a-z-]+(?:\.[A-Z]{2})?|\s)*\]|\(\s*(?:\[[^\]]*\]\s*)?\)", " ", bare)
    return re.sub(
        r"\(\s*\)|\[\s*(?:\[[^\]]*\]\s*)?\]|\b(?:doi|URL|Available(?: at| from)?)\s*:?\s*(?=[.,;]|\s*$)", " ", text
    )


def _arxiv(text: str) -> str | None:
    for match in _ARXIV.finditer(text) if _ID_DIGITS.search(text) else ():
        found = re.sub(r"\s", "", match["id"] or match["bare"] or match["corr"] or match["lone"])
        if "/" in found:
            archive, number = found.rsplit("/", 1)
            if 1 <= int(number[2:4]) <= 12:
                return f"{archive.split('.')[0].lower()}/{number}"
        elif 1 <= int(found[2:4]) <= 12 and 7 <= int(found[:2]) <= 40:
            return found
    return None


def _doi(text: str) -> str | None:
    match = _DOI.search(text.replace("doi.org/ ", "doi.org/")) if "10." in text else None
    if not match:
        return None
    doi = match[1].rstrip(".]}").lower()
    while doi.endswith(")") and doi.count("(") < doi.count(")"):
        doi = doi[:-1].rstrip(".")
    return None if doi.startswith("10.48550/arxiv") else doi


def _url(text: str) -> str | None:
    for match in _URL.finditer(text):
        url = match[0].replace(" ", "").rstrip(".,;)]}’”")
        if "doi.org/" not in url and "arxiv.org/" not in url:
            return url if url.startswith("http") else f"http://{url}"
    return None


def _year(bare: str, arxiv: str | None) -> int | None:
    """In parentheses, after the authors, or else the last number that can be one."""
    if match := _IN_PARENTHESES.search(bare) or _BEHIND_AUTHORS.match(bare):
        return int(match[1])
    years: list[str] = _ANY_YEAR.findall(bare)
    if not years and arxiv and "/" not in arxiv:  # only the id tells
        return 2000 + int(arxiv[:2])
    return int(years[-1]) if years else None


# ------------------------------------------------------------------ authors, title, venue


def _parts(body: str) -> _Parts:
    """The entry without its identifiers, taken apart."""
    authors = reference_names.read(body)
    quoted = _QUOTED.search(body)
    if quoted and quoted.start() < 600 and len(quoted["title"]) > 9 and (quoted.start() >= authors.end - 2):
        return _Parts(authors.names, _tidy(quoted["title"]), body[quoted.end() :])
    if is_issue(body):
        return _Parts((), None, body)
    rest = body[authors.end :]
    rest = rest[_more_names(rest) :] if authors.end else rest
    if date := _DATE.match(rest):
        rest = rest[date.end() :]
    rest = rest.lstrip(" ,.:;")
    if _IDEOGRAPH.search(rest[:20]):
        return _Parts(authors.names, *_ideographs(rest))
    return _Parts(authors.names, *_title(rest))


def _more_names(rest: str) -> int:
    """How far names go that were not understood (``Maccì o A. V.``), up to the year that ends the list."""
    match = _TO_YEAR.match(rest)
    if not match:
        return 0
    words = re.findall(r"[^\W\d_]+", match["names"])
    initials = re.findall(r"\b[A-Z]\b", match["names"])
    return match.end("names") if 2 * len(initials) > len(words) > 1 else 0


def _title(rest: str) -> tuple[str | None, str]:
    """(the title, what follows it), from what stands behind the authors."""
    if parted := _before_journal(rest):
        return parted
    if not rest or is_journal(rest) or _NO_TITLE.match(rest) or re.match(r"(?:In|in)[: ]\s*\S", rest):
        return None, rest
    ends = sorted(
        [(m.start(), m.end(), m["mark"]) for m in _STOP.finditer(rest)]
        + [(m.start(), m.end(), ",") for m in _COMMA.finditer(rest)]
    )
    for end, begin, mark in ends:
        title, tail = rest[:end], rest[begin:]
        if len(title) < 5 or (len(title.split()) < 2 and mark == "," and not is_located(tail)):
            continue
        if _ends_title(title, tail, mark, after_comma="," in rest[end:begin]):
            return _tidy(title + (mark if mark in "?!" else "")), tail
    if is_publication(rest) and not re.search(r"(?:^|\s)(?!of|and|the|for|in|on|de)[a-z]{2,}", rest):
        return None, rest
    return (_tidy(rest), "") if len(re.findall(r"[^\W\d_]{2,}", rest)) > 1 else (None, rest)


def _before_journal(rest: str) -> tuple[str | None, str] | None:
    """A title in capitals may look like the beginning of the journal behind it: "Th17 Cells. Annu Rev Immunol, 27"."""
    for stop in _STOP.finditer(rest[:300]):
        title, tail = rest[: stop.start()], rest[stop.end() :]
        last = title.rsplit(" ", 1)[-1]
        abbreviated = re.search(r"\b[A-Z][a-z]{0,5}\.", title)
        if (
            len(title.split()) > 1
            and len(last) > 3
            and not abbreviated
            and is_journal(tail)
            and not is_publication(title)
        ):
            return _tidy(title + (stop["mark"] if stop["mark"] in "?!" else "")), tail
    return None


def _ends_title(title: str, tail: str, mark: str, *, after_comma: bool) -> bool:
    """Whether the title is over at ``mark``."""
    if mark == ",":
        return begins_venue(tail)
    if mark in "?!":
        return not tail or after_comma or begins_venue(tail) or journal_at(tail)
    if _NEXT_PART.match(tail) and not begins_venue(tail):
        return False
    # The full stop of an abbreviation inside the title: "Evaluation of vol. 3", "J. S. Bach".
    return not re.search(r"(?:^|\s)(?:[^\W\d_]{1,2}|[IVX]+)$", title) or begins_venue(tail)


def _ideographs(rest: str) -> tuple[str | None, str]:
    """Chinese, Japanese and Korean titles end at the first full stop or comma, or at a gap before the journal."""
    match = re.match(r"(.{4,}?)(?:[.,，。]\s|[.。]|\s(?=[^\s]{2,12}(?:[:：]|\s\d))|$)", rest)
    return (_tidy(match[1]), rest[match.end() :]) if match else (None, rest)


def _tidy(title: str) -> str | None:
    title = title.strip(" ,.;:“”\"'‘’-–—")
    title = _LAST_YEAR.sub("", title).rstrip(" ,(")
    return title if len(title) > 3 else None
