"""One entry of a bibliography → its fields.

Styles differ in what parts the fields, not in what comes first: nearly all begin with the authors. So the authors are
read by what names look like, and what follows them says which style it is: a year, a quoted title, a colon, a full
stop, or a comma.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from paperpath.model import Reference
from paperpath.pdf.reference_names import is_authors, is_name, names

_YEAR = r"(?:1[6-9]|20)\d\d"
_ARCHIVE = (
    r"(?:astro-ph|cond-mat|cs|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|nlin|nucl-ex|nucl-th|physics"
    r"|q-bio|q-fin"
    r"|quant-ph|stat|eess|econ|cmp-lg|chao-dyn|solv-int|q-alg|alg-geom)(?:\.[A-Z]{2})?/\d{7}"
)
_ARXIV = re.compile(
    rf"(?:ar\s?xiv(?:\.org/(?:abs|pdf)/|\s*(?:e-?prints?"
    rf"|preprint)?[\s:,\[(/]*(?:preprint\s*)?(?:ar\s?xiv[:\s]*)?)|\babs/|10\.48550/arXiv\.)"
    rf"\s*(?P<id>\d{{4}}\.\s?\d{{4,5}}|{_ARCHIVE})(?:v\d+)?"
    rf"|(?P<bare>\b{_ARCHIVE})(?:v\d+)?|\b(?:corr|arxiv)\b[,:\s]*(?:abs/)?\s*(?P<corr>\d{{4}}\.\d{{4,5}})(?:v\d+)?",
    re.I,
)
_DOI = re.compile(r"(?:doi\s*[:.]?\s*|doi\.org/\s?)?\b(10\.\d{4,9}/[^\s\"<>,;]+)", re.I)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.I)
_LABEL = re.compile(
    r"\s*(?:\[(?P<square>[^\]]{1,40})\]|\((?P<round>\d{1,3})\)|(?P<dot>\d{1,3})[.)](?=\s)"
    r"|(?P<plain>\d{1,3})(?=\s+[A-Z]))\s*"
)
_QUOTED = re.compile(
    r"(?:[“\"„«]|‘‘|``|‘(?=[A-Z]))\s?(?P<title>.{8,300}?)[,.]?\s?(?:[”\"“»]|’’|''|(?<=[,.?!])’)(?!\w)",
)
_JOURNAL = (
    r"(?:Phys|Nucl|Astrophys|Astron|ApJ|MNRAS|JHEP|JCAP|Class|Mod|Eur|Commun|Comm|Adv|Ann|Rev|Prog|Rept|Mon|Int"
    r"|Acta|Bull|Nature|Science"
    r"|Annals|Proc|Chem|Lett|PRL|New|Living|Z\. Phys|J\. ?(?:Math|Phys|Chem|Stat|High|Opt|Low|Am|Amer|Geom"
    r"|Funct|Appl|Cosmol|Fluid|Exp|Theor|Geophys)"
    r")\b(?:\.\s?[A-Z]|\s\d|\s(?:Phys|J)\b|,\s\d)"
)
_SENTENCE = re.compile(
    r"(?<![\s.(][A-Z])(?<!^[A-Z])(?<!-[A-Z])(?<!\bet al)(?<!\bvs)(?<!\bProc)(?<!\bSt)(?<!\bDr)(?<!\bJr)"
    r"(?<!\bJ)(?<!\bNo)[.?!](?=\s+[^\sa-z]|\s*$|\s+(?:arXiv|in |a |e)\b)"
)


class _Parts(NamedTuple):
    authors: str
    title: str | None
    rest: str


def read(text: str, page: int) -> Reference:
    """The reference that ``text`` is; a field that cannot be told is left empty."""
    label = _LABEL.match(text)
    body = text[label.end() :] if label else text
    body = re.sub(r"^[,.;:\s—–-]+", "", body)
    arxiv = _arxiv(body)
    doi = _doi(body)
    url = _url(body)
    parts = _parts(body)
    authors = parts.authors
    if re.search(r"\b[A-Z]$", authors) and body.startswith(f"{authors}."):
        authors += "."  # the full stop of the last initial ended the list too
    return Reference(
        label=next((g for g in label.groups() if g), None) if label else None,
        text=text,
        page=page,
        authors=tuple(names(authors)),
        title=parts.title,
        venue=_venue(parts.rest) if parts.title or parts.rest else None,
        year=_year(body),
        arxiv_id=arxiv,
        doi=doi,
        url=url,
    )


# ------------------------------------------------------------------ identifiers


def _arxiv(text: str) -> str | None:
    match = _ARXIV.search(text)
    if not match:
        return None
    found = (match["id"] or match["bare"] or match["corr"]).replace(" ", "")
    if "/" in found:
        archive, number = found.rsplit("/", 1)
        return f"{archive.split('.')[0].lower()}/{number}"
    return found if 1 <= int(found[2:4]) <= 12 else None


def _doi(text: str) -> str | None:
    match = _DOI.search(text.replace("doi.org/ ", "doi.org/"))
    if not match:
        return None
    doi = match[1].rstrip(".)]}").lower()
    return None if doi.startswith("10.48550/arxiv") else doi


def _url(text: str) -> str | None:
    for match in _URL.finditer(text):
        url = match[0].rstrip(".,;)]}’”")
        if "doi.org/" not in url and "arxiv.org/" not in url:
            return url if url.startswith("http") else f"http://{url}"
    return None


def _year(text: str) -> int | None:
    """In parentheses, after the authors, or else the last number that can be one."""
    bare = _URL.sub(" ", _DOI.sub(" ", _ARXIV.sub(" ", text)))
    if match := re.search(
        rf"\((?:[A-Z][a-z]{{2,8}}\.?,? ?(?:\d{{1,2}},? )?)?({_YEAR})[a-z]?(?:,[^)]{{0,20}})?\)", bare
    ):
        return int(match[1])
    if match := re.match(rf".{{3,220}}?[.,] ({_YEAR})[a-z]?[.,:;]\s", bare):
        return int(match[1])
    years: list[str] = re.findall(rf"(?<![\d.:/–-])({_YEAR})[a-z]?(?![\d/–-]|-\d)", bare)
    if not years and (dated := re.search(r"\b(\d\d)(?:0[1-9]|1[0-2])\.\d{4,5}\b", text)):  # only an arXiv id tells
        return 2000 + int(dated[1])
    return int(years[-1]) if years else None


# ------------------------------------------------------------------ authors, title, venue


def _parts(body: str) -> _Parts:
    for style in (_quoted, _dated, _colon, _journal, _sentences, _commas):
        if parts := style(body):
            return parts
    head = re.match(r"[^\d]{3,200}?(?=,\s|\.\s)", body)
    return _Parts(head[0] if head and is_authors(head[0]) else "", None, "")


def _quoted(body: str) -> _Parts | None:
    match = _QUOTED.search(body)
    if not match or match.start() > 600 or len(match["title"].split()) < 2:
        return None
    before = re.sub(rf"[\s,.]*\(?{_YEAR}?[a-z]?\)?[\s,.:]*$", "", body[: match.start()])
    return _Parts(before if is_authors(before) else "", _tidy(match["title"]), body[match.end() :])


def _dated(body: str) -> _Parts | None:
    """``Authors (2017). Title. Venue`` and ``Authors. 2017. Title. Venue``."""
    for pattern in (
        (
            rf"(?P<a>.{{3,900}}?)[.,]?\s\((?:{_YEAR}|in press"
            rf"|n\.d\.)[a-z]?(?:, [A-Z][a-z]+\.?(?: \d+)?)?\)[.,:]?\s+(?P<t>.{{8,}})$"
        ),
        rf"(?P<a>.{{3,900}}?)[.,]\s{_YEAR}[a-z]?[.,:]\s+(?P<t>.{{8,}})$",
    ):
        match = re.match(pattern, body)
        if match and is_authors(match["a"]) and not re.match(r"(?:pp?\.|pages|\d|In\b|vol)", match["t"]):
            title, rest = _first_sentence(match["t"])
            return _Parts(match["a"], title, rest)
    return None


def _colon(body: str) -> _Parts | None:
    """``Author, A., Author, B.: Title. Venue``."""
    match = re.match(r"(?P<a>[^:]{3,400}?(?:[A-Z]\.|[a-z]{2,}|al\.)):\s+(?P<t>.{8,})$", body)
    if not match or not is_authors(match["a"]) or not re.search(r"[A-Z]\.|,|\band\b", match["a"]):
        return None
    title, rest = _first_sentence(match["t"])
    return _Parts(match["a"], title, rest)


def _journal(body: str) -> _Parts | None:
    """``A. Author, Phys. Rev. Lett. 85, 1158 (2000)``: physics leaves the title out."""
    for match in re.finditer(rf"[.,]\s+(?={_JOURNAL})", body[:400]):
        if is_authors(body[: match.start() + 1]):
            return _Parts(body[: match.start() + 1].rstrip(","), None, body[match.end() :])
    return None


def _sentences(body: str) -> _Parts | None:
    """``Authors. Title. Venue, year``."""
    for stop in _SENTENCE.finditer(body):
        head, tail = body[: stop.start()], body[stop.end() :].strip()
        if not is_authors(head):
            break
        if len(tail) > 8 and not re.match(r"(?:[A-Z]\.|and\b|&)", tail):
            title, rest = _first_sentence(tail)
            return _Parts(head, title, rest)
    # "V. Mnih et al. Title", "Cho, K. Title": the full stop of an initial ends the list too.
    for stop in re.finditer(
        r"(?<=\b[A-Z])\.\s+(?=(?:[A-Z][\w-]+|A|An|On|The)(?:\s+|:\s)(?!and\b|&)[a-z(A-Z])|(?<=et al)\.,?\s+", body
    ):
        head, tail = body[: stop.start()], body[stop.end() :].strip()
        if is_authors(head) and len(re.findall(r"\w+", head)) >= 2 and len(re.findall(r"\b[a-z]{3,}", tail[:80])) >= 1:
            if re.match(r"[A-Z][\w-]+,|[A-Z][\w-]+ and\b|[A-Z]\.", tail):
                continue
            title, rest = _first_sentence(tail)
            return _Parts(head, title, rest)
    return None


def _commas(body: str) -> _Parts | None:
    """``A. Author, B. Author, Title, Journal 12 (1998)``: names as long as they look like names."""
    pieces = re.split(r",\s+", body)
    count = 0
    for piece in pieces:
        name = re.sub(r"^(?:and|&)\s+|\s+et al\.?$", "", piece)
        inner = re.split(r"\s+(?:and|&)\s+", name)
        if not all(is_name(n) for n in inner):
            break
        count += 1
    if not count or count == len(pieces):
        return None
    authors, tail = ", ".join(pieces[:count]), ", ".join(pieces[count:])
    first = pieces[count]
    # Physics leaves the title out: "A. Author, Phys. Rev. Lett. 85, 1158 (2000)".
    if re.search(r"\d", first) or re.search(r"\b[A-Z][a-z]*\.\s?[A-Z]", first) or len(first.split()) < 3:
        return _Parts(authors, None, tail)
    return _Parts(authors, _tidy(first), ", ".join(pieces[count + 1 :]))


def _first_sentence(text: str) -> tuple[str | None, str]:
    """(the title, what follows it)."""
    text = text.strip(" ,.")
    for stop in _SENTENCE.finditer(text):
        if stop.start() < 8:
            continue
        return _tidy(text[: stop.start() + (stop[0] in "?!")]), text[stop.end() :]
    if match := re.match(r"(.{8,}?),\s+(?=(?:In|in)\s+[A-Z]|arXiv|Ph\.?D|Proc|[A-Z][a-z]+\.? \d|\d)", text):
        return _tidy(match[1]), text[match.end() :]
    return _tidy(text), ""


def _tidy(title: str) -> str | None:
    title = _URL.sub("", title).strip(" ,.;:“”\"'‘’")
    title = re.sub(rf",?\s*\(?{_YEAR}[a-z]?\)?$", "", title).rstrip(" ,")
    return title if len(title) > 3 else None


def _venue(rest: str) -> str | None:
    text = _URL.sub(" ", _DOI.sub(" ", rest)).strip(" ,.;")
    text = re.sub(rf"^\[?{_ARCHIVE}\]?", "arXiv", text)
    text = re.sub(r"^(?:In|in|Presented at)(?::|\s)\s*", "", text)
    if re.match(r"(?:ar\s?xiv|corr\b|abs/)", text, re.I):
        return "arXiv"
    text = re.split(
        rf",?\s*(?:\(?\b{_YEAR}\b|\bpp?\.|\bpages?\b|\bvol(?:ume|\.)|,\s*\d|\s\d+\s*[(,:]|\s\d+$|\barXiv\b)",
        text,
        maxsplit=1,
        flags=re.I,
    )[0]
    text = re.sub(r"\s+", " ", text).strip(' ,.;:(“”"')
    return text if len(text) > 2 and re.search(r"[^\W\d_]{2}", text) else None
