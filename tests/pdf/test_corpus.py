"""Real papers, from the folder that PAPERPATH_CORPUS names.

In it are ``pdf``, ``hostile_pdf``, ``groundtruth`` and ``structure_truth.jsonl``.
"""

from __future__ import annotations

import json
import os
import re
import runpy
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from paperpath import pdf
from paperpath.errors import ParseFailed
from paperpath.model import ParsedPaper
from paperpath.pdf import captions, layout, pages, pictures, prose
from paperpath.pdf.boxes import height, overlap, width
from paperpath.pdf.lines import Role
from paperpath.pdf.workers import Parsers
from tests.pdf.scoring import Score, joined, letters, linked, measure, total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from paperpath.pdf.lines import Box

pytestmark = pytest.mark.corpus

LEAST = {"references": 0.99, "headings": 0.96, "captions": 0.99, "title": 0.97, "authors": 0.95}
"""A little under what was measured with marks and without; a heuristic that breaks other papers is seen here. The
headings that are found too many are printed ones that the truth leaves out: chapters of a book, an appendix."""


@pytest.fixture(scope="module")
def corpus() -> Path:
    return Path(os.environ["PAPERPATH_CORPUS"])


@pytest.fixture(scope="module")
def parsers() -> Iterator[Parsers]:
    with Parsers(2) as made:
        yield made


def unmarked(source: Path, folder: Path) -> Path:
    """A copy without bookmarks, destinations and links, as most papers before 2000 come."""
    import pypdf

    writer = pypdf.PdfWriter()
    for page in pypdf.PdfReader(source).pages:
        page.pop("/Annots", None)
        writer.add_page(page)
    target = folder / source.name
    writer.write(target)
    return target


def scores(corpus: Path, parsers: Parsers, prepare: Callable[[Path], Path]) -> dict[str, Score]:
    rows = [json.loads(line) for line in (corpus / "structure_truth.jsonl").read_text(encoding="utf-8").splitlines()]
    waiting = [(row, parsers.submit(prepare(corpus / "pdf" / row["file"]))) for row in rows]
    return total(measure(row, future.result()) for row, future in waiting)


def test_structure_with_marks(corpus: Path, parsers: Parsers) -> None:
    found = scores(corpus, parsers, lambda path: path)
    assert {name: score for name, score in found.items() if score.f1 < LEAST[name]} == {}


def test_structure_from_the_printed_page_alone(corpus: Path, parsers: Parsers, tmp_path: Path) -> None:
    found = scores(corpus, parsers, lambda path: unmarked(path, tmp_path))
    assert {name: score for name, score in found.items() if score.f1 < LEAST[name]} == {}


def test_citations_lead_where_the_links_did(corpus: Path, parsers: Parsers, tmp_path: Path) -> None:
    waiting = []
    for path in sorted((corpus / "pdf").glob("*.pdf")):
        with pages.opened(path) as document:
            marks = document.anchors(page for i in range(len(document)) if (page := document.read(i)))
        if len(marks.links) >= 5:
            waiting.append((marks, parsers.submit(unmarked(path, tmp_path))))
    scores = []
    for marks, future in waiting:
        parsed = future.result()
        if wanted := linked(marks, parsed.references):
            scores.append({"citations": joined(parsed, wanted)})
    assert len(scores) >= 10
    assert total(scores)["citations"].f1 >= 0.97


def test_fields_of_labelled_references(corpus: Path) -> None:
    program = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "reference_fields.py"))
    folder = corpus / "groundtruth" / "grobid_citation"
    entries = [entry for path in sorted(folder.glob("*.xml")) for entry in program["labelled"](path)]
    scores = dict(part[:2] for part in program["score"](entries, [program["read"](entry.text) for entry in entries]))
    least = {"title": 0.92, "authors": 0.93, "first author": 0.97, "year": 0.97, "arxiv": 0.97, "doi": 0.97}
    assert {name: scores[name].f1 for name, wanted in least.items() if scores[name].f1 < wanted} == {}


def test_running_text_against_texts_of_others(corpus: Path) -> None:
    program = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "text.py"))
    least = {"attention": (0.985, 0.99), "grobid": (0.965, 0.99), "s2orc": (0.965, 0.99)}
    for name, (f1, order) in least.items():
        pair = program["PAIRS"][name]
        found = program["score"](pair.truth(corpus), program["words"](program["paperpath_text"](pair.paper(corpus))))
        assert found.f1 >= f1, name
        assert found.order >= order, name


def test_every_hostile_file_is_answered(corpus: Path, parsers: Parsers) -> None:
    answers = {path.name: parsers.submit(path) for path in sorted((corpus / "hostile_pdf").iterdir())}
    assert len(answers) > 50
    for name, future in answers.items():
        error = future.exception()
        if error is None:
            text = json.dumps(future.result().to_dict(), ensure_ascii=False)
            assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in text), name
        else:
            assert isinstance(error, ParseFailed), name
            assert "\n" not in str(error), name


def test_every_paper_survives_its_own_json(corpus: Path, parsers: Parsers) -> None:
    for future in [parsers.submit(path) for path in sorted((corpus / "pdf").glob("*.pdf"))]:
        parsed = future.result()
        assert ParsedPaper.from_dict(json.loads(json.dumps(parsed.to_dict()))) == parsed
        assert all(i < len(parsed.references) for c in parsed.citations for i in c.references)


def test_captions_have_their_pictures(corpus: Path) -> None:
    """Of all captions at least 9 in 10, and of them hardly one with running text in it."""
    found = missing = 0
    for path in sorted((corpus / "pdf").glob("*.pdf")):
        manuscript, _, _ = pdf._load(path)
        for step in (layout.tidy, captions.find):
            step(manuscript)
        with pages.opened(path) as document:
            regions = pictures.find(manuscript, lambda number, opened=document: opened.drawn(number - 1))
        for region in regions:
            good = region.box is not None and height(region.box) > 14 and width(region.box) > 20
            running = [
                line.box
                for line in manuscript.lines
                if line.page == region.caption.page and line.role is Role.TEXT and prose.is_prose(manuscript, line)
            ]
            if region.box is not None and region.caption.box is not None:
                good = good and shared(region.box, region.caption.box) < 0.05
                good = good and sum(shared(region.box, line) > 0.2 for line in running) < 3
            found, missing = found + good, missing + (not good)
    assert found > 250
    assert found / (found + missing) >= 0.97


def shared(box: Box, line: Box) -> float:
    """How much of a line's box is in another one."""
    across, down = overlap(box[0], box[2], line[0], line[2]), overlap(box[1], box[3], line[1], line[3])
    return max(0.0, across) * max(0.0, down) / max(1.0, width(line) * height(line))


def test_a_scan_is_said_to_be_one(corpus: Path) -> None:
    parsed = pdf.parse(corpus / "pdf" / "flajolet1985_scanned-no-text.pdf")
    assert parsed.pages == 28
    assert any("looks like a scan" in warning for warning in parsed.warnings)


def test_attention_reads_from_top_to_bottom(corpus: Path) -> None:
    parsed = pdf.parse(corpus / "pdf" / "1706.03762v7.pdf")
    assert [a.name.split()[-1] for a in parsed.authors][:3] == ["Vaswani", "Shazeer", "Parmar"]
    assert parsed.arxiv_id == "1706.03762v7"
    assert parsed.abstract is not None
    assert parsed.abstract.startswith("The dominant sequence transduction")
    assert parsed.abstract.endswith("limited training data.")
    by_number = {s.number: s for s in parsed.sections}
    assert "linear transformations with a ReLU activation in between." in by_number["3.3"].text
    # One paragraph over a page break and a figure.
    split = next(p for p in by_number["3.2"].text.split("\n\n") if p.startswith("An attention function"))
    assert "computed as a weighted sum of the values" in split
    cited = {i for c in parsed.citations for i in c.references}
    assert len(cited) >= 38
    assert letters(parsed.references[12].title or "") == "longshorttermmemory"


def test_a_paper_of_drawn_letters_keeps_its_years_and_words(corpus: Path) -> None:
    paper = pdf.parse(corpus / "pdf" / "lecun1998_gradient-based-learning.pdf")
    texts = [section.text for section in paper.sections]
    texts += [reference.text for reference in paper.references]
    assert sum(len(re.findall(r"[a-z]{2}- [a-z]{3}", text)) for text in texts) < 10, "words divided at the end of a row"
    by_number = [
        section.number for section in paper.sections if section.number in ("I", "II", "III", "IV", "V", "VI", "VII")
    ]
    assert by_number == ["I", "II", "III", "IV", "V", "VI", "VII"], "in small capitals of a font without a name"
    assert "Y^p = F (Z^p W)" in " ".join(texts)
    dated = sum(reference.year is not None for reference in paper.references)
    assert dated > 0.98 * len(paper.references) > 100
