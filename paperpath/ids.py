"""Text → :class:`PaperId`: arXiv ids old and new, versions, URLs, DOIs.

One list of patterns, tried in order on text that has been trimmed of what people copy along with an id. arXiv's own
rules (arXiv identifier scheme, arXiv/arxiv-docs ``help/arxiv_identifier.md``): ids from 0704 to 1412 have four digits
after the point, from 1501 five; before that, ``archive/YYMMNNN``, where a subject class (``math.GT/0309136``) may be
written but is not part of the id.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, unquote, urlsplit

from paperpath.errors import NotAnId
from paperpath.model import PaperId

ARCHIVES = frozenset(
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga"
    " econ eess funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics"
    " plasm-ph q-alg q-bio q-fin quant-ph solv-int stat supr-con".split()
)
"""Archives that ids of the old form may begin with."""

LONGEST = 2048
"""Characters; longer than any address that servers accept, so nobody's whole paragraph is taken for an id."""

_NEW = re.compile(r"(?P<yymm>\d{4})\.(?P<number>\d{4,5})(?:v(?P<version>[1-9]\d?))?", re.ASCII)
_OLD = re.compile(
    r"(?P<archive>[a-z]+(?:-[a-z]+)?)(?:\.[a-z-]{2,8})?/(?P<number>\d{7})(?:v(?P<version>[1-9]\d?))?", re.ASCII | re.I
)
_DOI = re.compile(r"10\.\d{4,9}/\S+", re.ASCII)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(?P<id>\S+)", re.I)
_PREFIX = re.compile(r"^(?:arxiv|doi)(?:\s*:\s*|\s+)", re.I)
_STAMP = re.compile(r"(?P<id>\S+)\s+\[[a-z]+(?:-[a-z]+)?(?:\.[a-z-]{2,8})?\]?(?:\s+\d{1,2} [a-z]{3} \d{4})?", re.I)
"""``1706.03762v7 [cs.CL] 2 Aug 2023``: the stamp on a first page, and the form in which arXiv asks to be cited."""
_ARXIV_HOSTS = ("arxiv.org", "ar5iv.org", "alphaxiv.org", "xxx.lanl.gov")
"""With everything below them: ``export.``, ``www.``, ``ar5iv.labs.`` and the old mirrors ``fr.``, ``de.`` …"""
_DOI_HOSTS = ("doi.org",)
_OPENERS, _CLOSERS = "([{<", ")]}>"
_ARXIV_PATH = re.compile(r"^/(?:abs|pdf|html|ps|format|e-print|src|bibtex)/(?P<id>.+?)(?:\.pdf)?/?$", re.I)


def parse_id(text: str) -> PaperId:
    """The identifier that ``text`` is, from an id, a DOI or a URL in any of the forms people paste.

    Raises:
        NotAnId: the text is none of these, or has the form of an arXiv id but cannot be one.
    """
    if len(text) > LONGEST:
        raise NotAnId(f"{text[:40]!r}… is no arXiv id, DOI or URL: it has {len(text):,} characters.")
    wanted = _trim(text)
    if (parts := _split_url(wanted)) is not None:
        host = parts.hostname or ""
        if _is_below(host, _ARXIV_HOSTS):
            if match := _ARXIV_PATH.match(unquote(parts.path)):
                return arxiv_id(match["id"])
            raise NotAnId(f"{text!r} is a page of arXiv, but not of a paper. Copy the address of the abstract page.")
        if not _is_below(host, _DOI_HOSTS):
            return PaperId("url", wanted)
        wanted = unquote(parts.path).lstrip("/")
    bare = unquote(_PREFIX.sub("", wanted)).strip()
    if match := _STAMP.fullmatch(bare):
        bare = match["id"]
    if match := _ARXIV_DOI.fullmatch(bare):
        return arxiv_id(match["id"])
    if _DOI.fullmatch(bare):
        return PaperId("doi", bare.lower())
    return arxiv_id(bare, shown=text)


def arxiv_id(text: str, shown: str | None = None) -> PaperId:
    """The arXiv identifier ``text``, without prefix or URL around it.

    Args:
        text: ``1706.03762v7``, ``math.GT/0309136`` …
        shown: what the user typed, for the error message.

    Raises:
        NotAnId: no arXiv paper can have this id.
    """
    bare = text.strip()
    bare = bare[:-4] if bare.lower().endswith(".pdf") else bare
    if match := _NEW.fullmatch(bare):
        year, month, digits = int(match["yymm"][:2]), int(match["yymm"][2:]), len(match["number"])
        began = (year, month) >= (7, 4)
        if began and 1 <= month <= 12 and digits == (5 if year >= 15 else 4) and int(match["number"]):
            return PaperId("arxiv", f"{match['yymm']}.{match['number']}", _version(match["version"]))
    elif match := _OLD.fullmatch(bare):
        archive, number = match["archive"].lower(), match["number"]
        year, month = int(number[:2]), int(number[2:4])
        dated = 1 <= month <= 12 and (year >= 91 or (year, month) <= (7, 3))
        if archive in ARCHIVES and dated and int(number[4:]):
            return PaperId("arxiv", f"{archive}/{number}", _version(match["version"]))
    raise NotAnId(
        f"{shown or text!r} is no arXiv id, DOI or URL."
        " Ids look like 1706.03762, hep-th/9901001v2 or 10.1038/nature14539."
    )


def looks_like_id(text: str) -> bool:
    """Whether :func:`parse_id` would accept ``text``."""
    try:
        parse_id(text)
    except NotAnId:
        return False
    return True


def _trim(text: str) -> str:
    """``text`` without the quotes, brackets and full stops that were copied along with it.

    A closing bracket goes only while it has no partner: ``10.1016/0004-3702(78)90002-(x)`` keeps its own.
    """
    before = None
    while before != text:
        before = text
        text = text.strip().strip("\"'“”‘’«»,;").rstrip(".").lstrip(_OPENERS)
        for opener, closer in zip(_OPENERS, _CLOSERS, strict=True):
            if text.endswith(closer) and text.count(closer) > text.count(opener):
                text = text[:-1]
    return text


def _is_below(host: str, roots: tuple[str, ...]) -> bool:
    """Whether ``host`` is one of ``roots`` or a name below it."""
    return any(host == root or host.endswith(f".{root}") for root in roots)


def _split_url(text: str) -> SplitResult | None:
    """The parts of an http(s) URL or of a bare ``arxiv.org/…`` or ``doi.org/…``; None for anything else."""
    host = text.split("/", 1)[0].lower()
    if "/" in text and _is_below(host, _ARXIV_HOSTS + _DOI_HOSTS):
        text = f"https://{text}"
    if not re.match(r"https?://[^\s/]+", text, re.I) or any(c.isspace() for c in text):
        return None
    try:
        return urlsplit(text)
    except ValueError:  # "http://[::" : an address that is none
        return None


def _version(digits: str | None) -> int | None:
    return int(digits) if digits else None
