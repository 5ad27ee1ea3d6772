"""The running text of papers against texts that people or publishers made: ``python benchmarks/text.py [FOLDER] [-v]``.

The folder holds ``pdf/`` and ``groundtruth/pairs/``, where a paper has a folder of its own with the text; it is the
argument or PAPERPATH_CORPUS. ``-v`` prints the longest runs of words that paperpath leaves out or adds.

Compared are the words of the abstract and of the paragraphs, in their order. Headings, captions, tables, footnotes,
references and displayed formulas are meant to be in none of the truths. Mathematics in the middle of a sentence is
written in as many ways as there are formats, so that on both sides only words of letters count (two at least, without
digits and scripts). Numbers in brackets, which cite, and raised ones behind a word, which point to footnotes, do not
count, nor does case; a hyphen at the end of a line is taken out before a small letter.

    F1         of the words as a bag; their order does not matter
    recall     the part of the truth's words that was found
    order      of the words that stand once in both texts, the longest run that keeps its order

pypdf and pypdfium2 give everything that is on the page, captions and references and page numbers too, and they promise
nothing else: their F1 says what a reader would have to skip, their recall and order are the fair comparison.

Attention's truth is arXiv's own HTML, made from the LaTeX. GROBID's is the lines of the PDF, marked up by a person: it
ends before the acknowledgements, and where a line ends with a hyphen it cannot say whose that is. S2ORC's is what
GROBID 0.6.1 answered, and nobody looked at it: captions and footnotes stand in the middle of its sentences and a line
is missing, so that nothing right gets 1.0 there.
"""

from __future__ import annotations

import bisect
import logging
import os
import re
import sys
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

import pypdf
import pypdfium2

from paperpath import pdf

if TYPE_CHECKING:
    from collections.abc import Callable

SHOWN = 12


class Score(NamedTuple):
    """How like the truth a text is, each 0 to 1."""

    f1: float
    recall: float
    order: float


# --------------------------------------------------------------------------- measure


def words(text: str) -> list[str]:
    """The words that are compared."""
    text = re.sub(r"(?<=[^\W\d_]{2})([.,;:)”]*)[⁰¹²³⁴-⁹]+", r"\1", text)
    text = unicodedata.normalize("NFKC", re.sub(r"[\ufffe\u00ad\x02]", "-", text))
    text = re.sub(r"[\u2010-\u2012]", "-", text)
    text = re.sub(r"(?<=\w)-[ \t]*\r?\n[ \t]*(?=[a-z])", "", text)
    text = re.sub(r"\[[\d,;\s–-]+\]", " ", text)
    kept = (word for word in text.split() if re.search(r"[A-Za-z]{2}", word) and not re.search(r"[\d_^=√∈×]", word))
    return re.findall(r"\w+", " ".join(kept).casefold())


def score(truth: list[str], found: list[str]) -> Score:
    """Compare two lists of words."""
    wanted, have = Counter(truth), Counter(found)
    both = (wanted & have).total()
    once = {word for word, count in wanted.items() if count == have[word] == 1}
    places = {word: place for place, word in enumerate(found) if word in once}
    kept = _longest_rise([places[word] for word in truth if word in once])
    return Score(2 * both / max(1, len(truth) + len(found)), both / max(1, len(truth)), kept / max(1, len(once)))


def _longest_rise(numbers: list[int]) -> int:
    """How many of ``numbers`` can stay so that they rise."""
    ends: list[int] = []
    for number in numbers:
        at = bisect.bisect_left(ends, number)
        ends[at : at + 1] = [number]
    return len(ends)


def differences(truth: list[str], found: list[str]) -> list[tuple[str, str]]:
    """What stands in one text and not in the other at the same place: (wanted, found), the longest first."""
    matcher = SequenceMatcher(None, truth, found, autojunk=False)
    runs = [(truth[a:b], found[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
    runs.sort(key=lambda run: -len(run[0]) - len(run[1]))
    return [(" ".join(wanted), " ".join(have)) for wanted, have in runs]


# --------------------------------------------------------------------------- truths


class Paragraphs(HTMLParser):
    """The paragraphs of a page that LaTeXML made: abstract and sections, without what is no prose."""

    EMPTY = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"))
    INSIDE = frozenset(("ltx_abstract", "ltx_section", "ltx_appendix"))
    TAGS = frozenset(("math", "table", "figure", "style", "script", "svg"))
    CLASSES = frozenset(("ltx_note", "ltx_bibliography", "ltx_equation", "ltx_tag", "ltx_authors", "ltx_caption"))

    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[str] = []
        self._open: list[tuple[str, set[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.EMPTY:
            return
        self._open.append((tag, set((dict(attrs).get("class") or "").split())))
        if tag == "p":
            self.paragraphs.append("")

    def handle_endtag(self, tag: str) -> None:
        if any(tag == one for one, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        classes = {name for _, names in self._open for name in names}
        tags = {tag for tag, _ in self._open}
        if "ltx_p" in classes and classes & self.INSIDE and not classes & self.CLASSES and not tags & self.TAGS:
            self.paragraphs[-1] += data


def latexml(path: Path) -> str:
    """The prose of arXiv's HTML."""
    parser = Paragraphs()
    parser.feed(path.read_text(encoding="utf-8"))
    return "\n\n".join(part for part in parser.paragraphs if part.strip())


def tei(path: Path) -> str:
    """The prose of a TEI file: its abstract and its paragraphs, with the lines of the PDF where it has them."""
    found = []
    for element in ET.parse(path).iter():
        tag = _tag(element)
        if tag == "p" or (tag == "div" and element.get("type") == "abstract"):
            found.append(_lines(element))
    return "\n\n".join(found)


def _lines(element: ET.Element) -> str:
    parts = [element.text or ""]
    for child in element:
        # A citation is set apart: S2ORC runs two of them together.
        parts += ["\n"] if _tag(child) == "lb" else [" ", _lines(child), " "]
        parts.append(child.tail or "")
    return "".join(parts)


def _tag(element: ET.Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


class Pair(NamedTuple):
    """A paper and the files that have its text."""

    folder: str
    pdf: str
    read: Callable[[Path], str]
    files: tuple[str, ...]

    def truth(self, corpus: Path) -> list[str]:
        """The words of the text that somebody made."""
        folder = corpus / "groundtruth" / "pairs" / self.folder
        return words("\n\n".join(self.read(folder / name) for name in self.files))

    def paper(self, corpus: Path) -> Path | None:
        """The PDF, beside the text or among all papers; None if there is none."""
        beside = corpus / "groundtruth" / "pairs" / self.folder / self.pdf
        return next((path for path in (beside, corpus / "pdf" / self.pdf) if path.is_file()), None)


PAIRS = {
    "attention": Pair("attention_1706.03762v7", "1706.03762v7.pdf", latexml, ("html_1706.03762v7.html",)),
    "grobid": Pair(
        "grobid_0908.0054",
        "0908.0054v1.pdf",
        tei,
        ("1001._0908.0054.training.header.tei.xml", "1001._0908.0054.training.fulltext.tei.xml"),
    ),
    "s2orc": Pair("s2orc_N18-3011", "ammar2018_N18-3011.pdf", tei, ("N18-3011.tei.xml",)),
}


# --------------------------------------------------------------------------- answers


def paperpath_text(path: Path) -> str:
    """Abstract and sections."""
    parsed = pdf.parse(path)
    return "\n\n".join([parsed.abstract or "", *(section.text for section in parsed.sections)])


def pypdf_text(path: Path) -> str:
    """Every page."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def pdfium_text(path: Path) -> str:
    """Every page."""
    document = pypdfium2.PdfDocument(path)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


READERS: dict[str, Callable[[Path], str]] = {
    "paperpath": paperpath_text,
    "pypdf": pypdf_text,
    "pypdfium2": pdfium_text,
}


def main() -> None:
    arguments = [word for word in sys.argv[1:] if not word.startswith("-")]
    corpus = Path(arguments[0] if arguments else os.environ["PAPERPATH_CORPUS"])
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    print(f"{'':22s}  {'F1':>6s}  {'recall':>6s}  {'order':>6s}")
    for name, pair in PAIRS.items():
        path = pair.paper(corpus)
        if path is None:
            print(f"{name}: there is no {pair.pdf}, so it is left out")
            continue
        truth = pair.truth(corpus)
        print(f"{name}, {len(truth):,} words")
        for reader, read in READERS.items():
            found = words(read(path))
            result = score(truth, found)
            print(f"  {reader:20s}  {result.f1:6.3f}  {result.recall:6.3f}  {result.order:6.3f}")
            if reader == "paperpath" and "-v" in sys.argv:
                for wanted, have in differences(truth, found)[:SHOWN]:
                    print(f"      wanted {wanted!r}\n      found  {have!r}")


if __name__ == "__main__":
    main()
