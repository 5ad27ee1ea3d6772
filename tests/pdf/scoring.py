"""How much of a paper's structure was found, against what its author's tools marked or its metadata says.

A truth file has one JSON object a line: ``file`` and any of ``refs``, ``headings``, ``captions``, ``title``,
``authors``. An entry counts as found when its first letters are the truth's; scores are precision, recall and F1 over
all papers together.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from paperpath.model import ParsedPaper, Reference
    from paperpath.pdf.anchors import Anchors

_LABEL = re.compile(r"^\s*(?:\[[^\]]{1,40}\]|\(?\d{1,3}[.)]|\d{1,3}(?=\s+[A-Z]))\s*")
_NUMBER = re.compile(r"^\s*(?:appendix\s+)?(?:[A-Z]|\d{1,2}|[IVX]+)(?:\.\d{1,2})*[.:]?\s+(?=\S)", re.I)
_UNMARKED = re.compile(
    r"abstract|references|bibliography|acknowl|contents|keywords|indexterms|appendi|supplement|authorcontrib|ethics"
    r"|limitations|broaderimpact|reproducib|software|maintext"
)
"""Headings that authors leave out of the outline: found or not, they count neither way."""


@dataclass
class Score:
    """Found, wrongly found and missed."""

    hits: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.hits / max(1, 2 * self.hits + self.extra + self.missed)


def letters(text: str) -> str:
    """What is left for a comparison: small letters and digits without accents."""
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", text.replace("\u00ad", "")).lower())


def measure(truth: dict[str, Any], parsed: ParsedPaper) -> dict[str, Score]:
    """The scores of one paper for everything that the truth knows."""
    scores = {}
    if truth.get("refs"):
        wanted = [w for t in truth["refs"] if len(w := letters(_LABEL.sub("", t))[:22]) >= 8]
        found = [letters(_LABEL.sub("", r.text))[:60] for r in parsed.references]
        scores["references"] = _match(wanted, found, lambda w, f: 0 <= f.find(w[:16]) <= 6)
    if truth.get("headings"):
        titles = dict.fromkeys(letters(_NUMBER.sub("", t))[:18] or letters(t) for t in truth["headings"])
        found = [t for t in dict.fromkeys(letters(s.title) for s in parsed.sections) if t]
        score = _match([t for t in titles if len(t) >= 3], found, _same_heading, _UNMARKED.match)
        scores["headings"] = score
    if truth.get("captions"):
        kinds = {kind for kind, _ in truth["captions"]}
        wanted_labels = {(kind, label) for kind, label in truth["captions"]}
        labels = {(c.kind[:3], _arabic(c.label)) for c in parsed.captions if c.kind[:3] in kinds}
        both = len(wanted_labels & labels)
        scores["captions"] = Score(both, len(labels) - both, len(wanted_labels) - both)
    if truth.get("title"):
        right = SequenceMatcher(None, letters(truth["title"]), letters(parsed.title or "")).ratio() >= 0.95
        scores["title"] = Score(int(right), int(not right), int(not right))
    if truth.get("authors"):
        wanted = [letters(a.split()[-1]) for a in truth["authors"]]
        scores["authors"] = _match(wanted, [letters(a.name.split()[-1]) for a in parsed.authors], str.__eq__)
    return scores


def linked(marks: Anchors, references: Sequence[Reference]) -> set[tuple[int, int]] | None:
    """(page, reference) for every link to an entry; None when the marks cannot be told from each other."""
    places: dict[str, int] = {}
    for page in sorted({reference.page for reference in references}):
        entries = [i for i, reference in enumerate(references) if reference.page == page]
        targets = [target for target in marks.cites if target.page == page]
        if len(targets) != len(entries) or any(target.y is None for target in targets):
            return None
        targets.sort(key=lambda target: ((target.x or 0) > 280, -(target.y or 0)))
        places.update(zip((target.name for target in targets), entries, strict=True))
    return {(link.page, places[link.name]) for link in marks.links if link.name in places}


def joined(parsed: ParsedPaper, wanted: set[tuple[int, int]]) -> Score:
    """How the citations of a paper agree with its links. Of ``[3–36]`` authors link the two ends."""
    found = set()
    for citation in parsed.citations:
        ends = citation.references
        if re.fullmatch(r"\[\d+\s?[–-]\s?\d+\]", citation.text):
            ends = (ends[0], ends[-1])
        found |= {(citation.page, i) for i in ends}
    return Score(len(found & wanted), len(found - wanted), len(wanted - found))


def total(papers: Iterable[dict[str, Score]]) -> dict[str, Score]:
    """The scores of all papers together."""
    sums: defaultdict[str, Score] = defaultdict(Score)
    for paper in papers:
        for name, score in paper.items():
            sums[name].hits += score.hits
            sums[name].extra += score.extra
            sums[name].missed += score.missed
    return dict(sums)


def _match(
    wanted: list[str],
    found: list[str],
    same: Callable[[str, str], bool],
    pardoned: Callable[[str], object] = lambda _: None,
) -> Score:
    used: set[int] = set()
    missed = 0
    for want in wanted:
        place = next((i for i, have in enumerate(found) if i not in used and same(want, have)), None)
        if place is None:
            missed += 1
        else:
            used.add(place)
    return Score(len(used), sum(i not in used and not pardoned(have) for i, have in enumerate(found)), missed)


def _same_heading(want: str, have: str) -> bool:
    return have.startswith(want[:14]) or (len(have) >= 5 and want.startswith(have))


def _arabic(label: str) -> str:
    label = re.sub(r"^S(?=\d)", "", label)
    if not re.fullmatch("[IVXL]+", label):
        return label
    values = [{"I": 1, "V": 5, "X": 10, "L": 50}[c] for c in label]
    return str(sum(-a if b > a else a for a, b in zip(values, [*values[1:], 0], strict=True)))
