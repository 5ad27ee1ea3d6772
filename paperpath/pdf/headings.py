"""Which lines are headings, their numbers and their levels.

Marks come first: where the outline or ``section.…`` anchors exist, they say which lines are headings. The printed page
alone has to do for the rest, by three signs that must agree: a number that follows its predecessor, a style that
stands out from the running text, and the same style as the other headings of that depth.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from paperpath.pdf.heading_marks import in_small_capitals, is_strong, marked_lines
from paperpath.pdf.heading_numbers import ROMAN, HeadingNumber, follows, read_label
from paperpath.pdf.lines import Heading, Line, Manuscript, Role
from paperpath.pdf.text import join

if TYPE_CHECKING:
    from collections.abc import Iterator


_CHAPTER = re.compile(r"(?:chapter|part)\s+(?P<number>\d{1,2}|[IVXL]+)\s*$", re.I)
_KNOWN = re.compile(
    r"(?:abstract|summary|(?:general )?introduction|related works?|prior work|background|preliminaries"
    r"|motivation|methods?|methodology"
    r"|materials and methods|methods and materials|models?|experiments?|experimental (?:results|setup)"
    r"|results?(?: and discussion)?|evaluation|analysis|discussion(?: and .*)?"
    r"|(?:summary and )?conclusions?(?: and .*)?|concluding remarks|future work|acknowled?ge?ments?|references"
    r"|bibliography|literature cited"
    r"|appendix|appendices|supplementary (?:materials?|information)|supplemental material|keywords?|index terms"
    r"|references and notes|limitations|ethics statement"
    r"|ethical considerations|broader impacts?(?: statement)?|reproducibility statement|author contributions"
    r"|contents|table of contents|data availability"
    r"|funding|competing interests|conflicts? of interest|notation|related literature|contributions|preface"
    r"|foreword)\s*[.:]?",
    re.I,
)
_RUN_IN = re.compile(
    r"(?P<name>acknowled?ge?ments?|funding|(?:competing|conflicts? of) interests?|data availability"
    r"|author contributions"
    r"|key\s?-?words(?: and phrases)?|index terms|general terms|categories and subject descriptors|ccs concepts"
    r"|acm reference format)\s*[.:—–-]*\s*",
    re.I,
)
"""Headings that many styles set at the beginning of their own text."""
_MATH = re.compile(r"[=≤≥∑∏∈∀∃√∞→←⇒∂∫⊆⊂∪∩≈≡]|\d\.\d+\s+\d")
_WORDS_FIRST = re.compile(r"(?:[^\W\d_]{2,}\s+){2}")
"""How a heading with a formula begins: "4.1 Global Optimality of p_g = p_data" (1406.2661)."""
_THEOREM = re.compile(
    r"(?:theorem|lemma|proposition|corollary|definition|example|remark|proof|claim|conjecture|observation"
    r"|property|case|step"
    r"|question|exercise|problem|assumption|axiom|fact|note|notation|figure|table|algorithm|input"
    r"|output)\b.{0,3}(?:\d|:|\()",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    index: int
    label: HeadingNumber | None
    title: str
    run_in: bool = False
    marked: bool = False
    level: int = 0
    """From the outline; 0 when only the page is known."""


def find(m: Manuscript) -> None:
    """Fill ``m.headings`` and claim their lines."""
    marks = marked_lines(m)
    numbered = _no_loners(m, _in_sequence(_in_style(m, list(_numbered(m, marks)))))
    taken = {c.index for c in numbered}
    plain = [c for c in _unnumbered(m, numbered, marks) if c.index not in taken]
    chosen = sorted([*numbered, *plain], key=lambda c: c.index)
    levels = _levels(m, chosen)
    certain = {c.index for c in chosen if c.label or c.level or (c.title[:1].isupper() and _KNOWN.fullmatch(c.title))}
    used: set[int] = set()
    splits: dict[int, Line] = {}
    for candidate in chosen:
        if candidate.index in used:
            continue
        lines = [m.lines[i] for i in _extent(m, candidate, certain)]
        used.update(range(candidate.index, candidate.index + len(lines)))
        title = candidate.title
        if candidate.run_in:
            splits[candidate.index] = _rest(lines[0])
        else:
            title = join([title, *(line.text for line in lines[1:])], m.words)
        for line in lines:
            line.role = Role.HEADING
        number = candidate.label.printed if candidate.label else None
        m.headings.append(Heading(number, title.strip(" .:—–") or title, levels[candidate.index], tuple(lines)))
    m.lines = [part for i, line in enumerate(m.lines) for part in ((line, splits[i]) if i in splits else (line,))]


def _rest(line: Line) -> Line:
    """The text that goes on behind a heading on its line; the heading's line keeps the heading alone."""
    rest = replace(line, text=line.text[line.lead :].strip(), x0=line.x0 + 12, lead=0, bold=False, role=Role.TEXT)
    line.text = line.text[: line.lead]
    return rest


# ------------------------------------------------------------------ the printed page


def _numbered(m: Manuscript, marks: dict[int, int]) -> Iterator[_Candidate]:
    """Every line that could be a numbered heading by its own looks."""
    for i, line in enumerate(m.lines):
        text = line.text.strip()
        if line.role is not Role.TEXT or (len(text) > 140 and not line.lead):
            continue
        marked = i in marks
        if chapter := _CHAPTER.match(text):
            if (line.bold or line.size > m.body + 3) and i + 1 < len(m.lines) and m.lines[i + 1].page == line.page:
                value = ROMAN.get(chapter["number"]) or (int(chapter["number"]) if chapter["number"].isdigit() else 0)
                yield _Candidate(i, HeadingNumber("digits", (value,), chapter["number"], ""), "", marked=marked)
            continue
        label = read_label(text)
        if label is None:
            continue
        if end := _run_in_end(line, label):
            line.lead = end
            title = read_label(line.text[:end])
            if (len(label.parts) > 1 or marked) and title and len(title.title) > 3:
                yield _Candidate(i, title, title.title, run_in=True, marked=marked, level=marks.get(i, 0))
            continue
        if 0 < line.lead < 0.5 * len(line.text) and not marked:
            continue  # emphasis at the start of a line of text
        if marked or (is_strong(m, line) and _plausible(m, i, line, label)):
            yield _Candidate(i, label, label.title, marked=marked, level=marks.get(i, 0))


def _run_in_end(line: Line, label: HeadingNumber) -> int:
    """Where a heading ends that is only the first words of its line; 0 when it is not one.

    ``2.2 Time Delays. Other methods …``, ``3.1.2 Outline of Hochreiter’s Analysis (1991, pp. 19–21). Suppose …`` (LSTM)
    """
    if line.bold or not len(label.printed) + 4 < line.lead < len(line.text) - 6:
        return 0
    if line.text[: line.lead].rstrip()[-1:] in ".:?!":
        return line.lead
    aside = re.match(r"\s*\([^()]{1,60}\)\.", line.text[line.lead :])
    return line.lead + aside.end() if aside else 0


def _plausible(m: Manuscript, i: int, line: Line, label: HeadingNumber) -> bool:
    """Whether an emphasised line with a number reads like a heading and not like a table row, formula or list item."""
    title = label.title
    if not re.match(r"[^\W\d_]|[“\"'‘(\d]", title) or (title[:1].islower() and len(label.parts) < 2):
        return False
    if len(re.findall(r"[^\W\d_]", title)) < 3 or not re.search(r"[^\W\d_]{3}", title):
        return False
    if _MATH.search(title) and not (line.bold and _WORDS_FIRST.match(title)):
        return False
    if line.size < m.body - 0.3 and not line.capitals:
        return False
    if re.search(r"\.\s*\.\s*\.|[,;]$", title):
        return False
    if title.endswith(".") and len(title) > 60:
        return False
    bigger = line.size > m.body + 0.4
    loud = line.bold or bigger or line.capitals or in_small_capitals(line)
    if label.scheme in ("letter", "roman") and not loud and not line.italic:
        return False
    if label.scheme == "letter" and len(label.parts) == 1 and re.match(r"[A-Z]\.? [A-Z][a-z]+,", line.text):
        return False  # an author's initial
    return bigger or loud or _apart(m, i)


def _apart(m: Manuscript, i: int) -> bool:
    """Whether there is more space above the line than between lines of text."""
    if i == 0:
        return True
    line, before = m.lines[i], m.lines[i - 1]
    if before.page != line.page or before.column != line.column or before.role is not Role.TEXT:
        return True
    drop = before.base - line.base
    return drop < 0 or drop > 1.25 * max(line.size, before.size)


def _style(line: Line) -> tuple[float, bool, bool, bool]:
    return (round(line.size * 2) / 2, line.bold, line.capitals, line.italic)


def _in_style(m: Manuscript, candidates: list[_Candidate]) -> list[_Candidate]:
    """Without those that look unlike the others of their depth: emphasised rows and list items."""
    usual: dict[tuple[str, int], Counter[tuple[float, bool, bool]]] = {}
    for c in candidates:
        if c.label:
            usual.setdefault((c.label.scheme, len(c.label.parts)), Counter())[
                (*_style(m.lines[c.index])[:2], c.run_in)
            ] += 1
    kept = []
    for c in candidates:
        assert c.label
        counts = usual[c.label.scheme, len(c.label.parts)]
        (style, most), total = counts.most_common(1)[0], counts.total()
        mine = (*_style(m.lines[c.index])[:2], c.run_in)
        stronger = mine[0] > style[0] or (mine[1] and not style[1])
        if c.marked or most < 3 or most < 0.6 * total or mine == style or stronger:
            kept.append(c)
    return kept


def _in_sequence(candidates: list[_Candidate]) -> list[_Candidate]:
    """Those whose number follows the one before, in each scheme."""
    last: dict[str, tuple[int, ...]] = {}
    kept: list[_Candidate] = []
    under_roman = False
    for c in candidates:
        assert c.label
        scheme, parts = c.label.scheme, c.label.parts
        if (
            scheme == "roman"
            and parts[0] in (5, 10)
            and "letter" in last
            and last["letter"][0] == parts[0] * 0 + ord(c.label.printed[0]) - 65
        ):
            scheme = "letter"  # "V" after "U"
            parts = (ord(c.label.printed[0]) - 64,)
        if scheme == "letter" and under_roman and len(parts) == 1 and parts[0] == 1:
            last.pop("letter", None)
        if c.marked or follows(last.get(scheme), parts):
            kept.append(c)
            last[scheme] = parts
            under_roman = under_roman or scheme == "roman"
    return kept


def _no_loners(m: Manuscript, numbered: list[_Candidate]) -> list[_Candidate]:
    """Without an "I" or "A" that stays alone: the initial of an author, or an article ("A Note on …", 1410.8206)."""
    schemes = Counter(c.label.scheme for c in numbered if c.label)
    references = next((i for i, line in enumerate(m.lines) if line.role is Role.REFERENCE), len(m.lines))
    return [
        c
        for c in numbered
        if not c.label
        or schemes[c.label.scheme] > 1
        or c.label.scheme in ("digits", "appendix")
        or (c.label.scheme == "letter" and c.index > references)
    ]


# ------------------------------------------------------------------ headings without a number


def _unnumbered(m: Manuscript, numbered: list[_Candidate], marks: dict[int, int]) -> Iterator[_Candidate]:
    """Headings with well-known names, and those set in the style of a heading."""
    sections = [c for c in numbered if c.label and len(c.label.parts) == 1 and not c.run_in]
    styles = {s for c in sections if (s := _full_style(m.lines[c.index]))[0] > m.body + 0.4 or s[1] or s[2]}
    outlined = any(level for level in marks.values())
    first = min((c.index for c in numbered), default=0)
    own = _own_styles(m) if len(numbered) < 3 and not outlined else set()
    fonts = {font for *_, font in own | styles}  # the rest of a style takes longer to tell
    front = _end_of_front(m)
    # Authors leave sections behind the references out of the outline ("Attention Visualizations", 1706.03762).
    appendix = max((i for i, line in enumerate(m.lines) if line.role is Role.REFERENCE), default=len(m.lines))
    for i, line in enumerate(m.lines):
        text = line.text.strip()
        if line.role is not Role.TEXT:
            continue
        found = _RUN_IN.match(text)
        if 0 < line.lead < 0.8 * len(text) and i not in marks and not found:
            continue
        if i in marks:
            yield from _marked(i, line, marks[i])
        elif found and (line.lead >= found.end("name") - 1 or line.bold) and _apart(m, i):
            if len(text) > found.end() + 2:
                line.lead = found.end()
            yield _Candidate(i, None, found["name"], run_in=len(text) > found.end() + 2)
        elif text[:1].isupper() and _KNOWN.fullmatch(text):
            if is_strong(m, line) or (_apart(m, i) and _short(m, line) and line.font != m.font):
                yield _Candidate(i, None, text)
        elif i < front or (outlined and i < appendix) or line.font not in fonts:
            continue
        elif _full_style(line) in own:
            if _titled(text) and _apart(m, i):
                yield _Candidate(i, None, text)
        elif i > first and _full_style(line) in styles and _titled(text) and _apart(m, i) and line.page > m.front:
            yield _Candidate(i, None, text)


def _end_of_front(m: Manuscript) -> int:
    """Index of the first line of text on the front page: what stands out above it are names."""
    for i, line in enumerate(m.lines):
        words = line.text.split()
        if line.page == m.front and len(words) > 9 and sum(word[:1].islower() for word in words) > 5:
            return i
        if line.page > m.front:
            return i
    return 0


def _marked(i: int, line: Line, level: int) -> Iterator[_Candidate]:
    text = line.text.strip()
    if 3 < line.lead < len(text) - 6 and not line.bold:
        yield _Candidate(i, None, text[: line.lead], run_in=True, marked=True, level=level)
    elif len(text) < 160 and read_label(text) is None:
        yield _Candidate(i, None, text, marked=True, level=level)


def _full_style(line: Line) -> tuple[float, bool, bool, bool, str]:
    return (*_style(line), line.font)


def _short(m: Manuscript, line: Line) -> bool:
    return line.width < 0.6 * m.sheet(line.page).width


def _titled(text: str) -> bool:
    """Whether the words could be a heading."""
    letters = sum(c.isalpha() for c in text)
    if not 3 <= len(text) <= 120 or letters < 0.6 * len(text.replace(" ", "")) or _MATH.search(text):
        return False
    if _THEOREM.match(text):
        return False
    return bool(re.match(r"[“\"‘']?[^\W\d_a-z]", text)) and not re.search(r"[.,;\u00ad-]$|\.\s?\.\s?\.|@", text)


def _own_styles(m: Manuscript) -> set[tuple[float, bool, bool, bool, str]]:
    """Styles in which short lines stand alone above running text, in a paper whose headings have no numbers."""
    alone: Counter[tuple[float, bool, bool, bool, str]] = Counter()
    seen: Counter[tuple[float, bool, bool, bool, str]] = Counter()
    for i, line in enumerate(m.lines):
        if line.role is not Role.TEXT or line.size < m.body - 0.2:
            continue
        if not ((line.bold and line.font != m.font) or line.size > m.body + 0.9 or line.capitals):
            continue
        style = _full_style(line)
        seen[style] += 1
        follow = m.lines[i + 1] if i + 1 < len(m.lines) else None
        onto_text = follow is not None and (abs(follow.size - m.body) < 0.4 or _full_style(follow) != style)
        if (
            _titled(line.text.strip())
            and _apart(m, i)
            and onto_text
            and not (line.page <= m.front and line.base > 0.8 * m.front_page.height)
        ):
            alone[style] += 1
    return {style for style, n in alone.items() if n >= 2 and n >= 0.4 * seen[style]}


# ------------------------------------------------------------------ extent and level


def _extent(m: Manuscript, candidate: _Candidate, starts: set[int]) -> list[int]:
    """Indices of the lines that one heading takes."""
    found = [candidate.index]
    first = m.lines[candidate.index]
    if candidate.run_in:
        return found
    for i in range(candidate.index + 1, min(len(m.lines), candidate.index + 4)):
        line, before = m.lines[i], m.lines[i - 1]
        follows_chapter = not candidate.title and i == candidate.index + 1
        near = 0 < before.base - line.base < (4.5 if follows_chapter else 1.65) * max(line.size, before.size)
        alike = (
            abs(line.size - first.size) < 0.35
            and line.bold == first.bold
            and line.font == first.font
            and line.lead == 0
        )
        if follows_chapter and near and line.size > m.body + 1 and line.role is Role.TEXT and line.page == first.page:
            found.append(i)
            first = line
            continue
        if line.role is not Role.TEXT or line.page != first.page or not near or not alike:
            break
        known = _KNOWN.fullmatch(line.text.strip()) is not None and not _breaks_in(m, candidate, before)
        if (
            not is_strong(m, line)
            or read_label(line.text)
            or known
            or (i in starts and not _KNOWN.fullmatch(line.text))
        ):
            break
        if line.column != first.column and first.column:
            break
        found.append(i)
    return found


def _breaks_in(m: Manuscript, candidate: _Candidate, line: Line) -> bool:
    """Whether a heading with a number goes on behind ``line``, which is full: "III. Results and … Other | Methods"."""
    return candidate.label is not None and line.width > 0.75 * m.column(line).width


def _levels(m: Manuscript, chosen: list[_Candidate]) -> dict[int, int]:
    """Level of each heading: its depth by number, or else by the outline, or else by the rank of its style."""
    chapters = any(c.label and _CHAPTER.match(m.lines[c.index].text.strip()) for c in chosen)
    roman = any(c.label and c.label.scheme == "roman" for c in chosen)
    by_style: dict[tuple[float, bool], int] = {}
    levels: dict[int, int] = {}
    for c in chosen:
        if c.label:
            level = len(c.label.parts) + (roman and c.label.scheme == "letter" and not chapters)
            levels[c.index] = level
            by_style.setdefault(_style(m.lines[c.index])[:2], level)
    ranks = sorted({_style(m.lines[c.index])[:2] for c in chosen if not c.label}, reverse=True)
    for c in chosen:
        if not c.label:
            style = _style(m.lines[c.index])[:2]
            known = _KNOWN.fullmatch(c.title) and not by_style
            levels[c.index] = (
                c.level or by_style.get(style) or (1 if known and len(ranks) == 1 else min(3, ranks.index(style) + 1))
            )
            if by_style and not c.level and style not in by_style:
                levels[c.index] = 1
    return levels
