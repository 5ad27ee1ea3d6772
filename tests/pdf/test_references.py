"""Where entries begin, and what stands in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.pdf import reference_fields, reference_names, references
from paperpath.pdf.anchors import Anchors
from paperpath.pdf.lines import Line, Manuscript, Page


def read(text: str):  # type: ignore[no-untyped-def]  # a Reference; the fields are compared below
    return reference_fields.read(text, 1)


@pytest.mark.parametrize(
    ("text", "authors", "title", "year"),
    [
        (
            "[1] J. L. Ba, J. R. Kiros, and G. E. Hinton. Layer normalization. arXiv:1607.06450, 2016.",
            ("J. L. Ba", "J. R. Kiros", "G. E. Hinton"),
            "Layer normalization",
            2016,
        ),
        (
            "Alan Akbik, Duncan Blythe, and Roland Vollgraf. 2018. Contextual string embeddings. In COLING.",
            ("Alan Akbik", "Duncan Blythe", "Roland Vollgraf"),
            "Contextual string embeddings",
            2018,
        ),
        (
            "Hochreiter, S., & Schmidhuber, J. (1997). Long short-term memory. Neural Computation, 9, 1735-1780.",
            ("S. Hochreiter", "J. Schmidhuber"),
            "Long short-term memory",
            1997,
        ),
        (
            "Bahdanau, Dzmitry, Cho, Kyunghyun, and Bengio, Yoshua. Neural machine translation. In ICLR, 2015.",
            ("Dzmitry Bahdanau", "Kyunghyun Cho", "Yoshua Bengio"),
            "Neural machine translation",
            2015,
        ),
        (
            "Kingma, Diederik P and Welling, Max. Auto-encoding variational Bayes. In ICLR, 2013.",
            ("Diederik P Kingma", "Max Welling"),
            "Auto-encoding variational Bayes",
            2013,
        ),
        (
            "[10] A. Graves, “Sequence transduction with recurrent neural networks,” in ICML, 2012.",
            ("A. Graves",),
            "Sequence transduction with recurrent neural networks",
            2012,
        ),
        (
            "3. LeCun, Y., Bottou, L.: Gradient-based learning. Proc. IEEE 86, 2278-2324 (1998)",
            ("Y. LeCun", "L. Bottou"),
            "Gradient-based learning",
            1998,
        ),
        (
            "[Arn94] Vladimir I. Arnold, Topological invariants of plane curves and caustics, AMS, 1994.",
            ("Vladimir I. Arnold",),
            "Topological invariants of plane curves and caustics",
            1994,
        ),
        ("[7] A. Potter and B. Wheel, Phys. Rev. Lett. 85, 1158 (2000).", ("A. Potter", "B. Wheel"), None, 2000),
        (
            "Huang, K.-H.; and Chang, K.-W. 2021. Generating paraphrases. In Proceedings of EACL.",
            ("K.-H. Huang", "K.-W. Chang"),
            "Generating paraphrases",
            2021,
        ),
    ],
)
def test_styles(text: str, authors: tuple[str, ...], title: str | None, year: int) -> None:
    reference = read(text)
    assert (reference.authors, reference.title, reference.year) == (authors, title, year)


@pytest.mark.parametrize(
    ("text", "arxiv", "doi", "url"),
    [
        ("A. B. arXiv preprint arXiv:1607.06450v2, 2016", "1607.06450", None, None),
        ("A. B. CoRR, abs/1409.0473, 2014", "1409.0473", None, None),
        ("A. B. [hep-th/9901001].", "hep-th/9901001", None, None),
        ("A. B. math.GT/0309136", "math/0309136", None, None),
        ("A. B. doi:10.1038/Nature14539.", None, "10.1038/nature14539", None),
        ("A. B. https://doi.org/10.1000/x(1)y, 2001", None, "10.1000/x(1)y", None),
        ("A. B. doi:10.48550/arXiv.1706.03762", "1706.03762", None, None),
        ("A. B. URL http://example.org/a_b.pdf.", None, None, "http://example.org/a_b.pdf"),
        ("A. B. pages 1234.5678", None, None, None),
    ],
)
def test_identifiers(text: str, arxiv: str | None, doi: str | None, url: str | None) -> None:
    reference = read(text)
    assert (reference.arxiv_id, reference.doi, reference.url) == (arxiv, doi, url)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("[12] A. B.", "12"),
        ("[AAB+15] A. B.", "AAB+15"),
        ("3. A. B.", "3"),
        ("(4) A. B.", "4"),
        ("Knuth, D. 1984", None),
    ],
)
def test_labels(text: str, label: str | None) -> None:
    assert read(text).label == label


@given(st.text(max_size=200))
def test_any_text_is_some_reference(text: str) -> None:
    reference = read(text)
    assert reference.text == text
    assert reference.year is None or 1600 <= reference.year < 2100


surname = st.from_regex(r"[A-Z][a-z]{2,9}", fullmatch=True)
author = st.builds(lambda a, b: f"{a}. {b}", st.sampled_from("ABCDEFG"), surname)


@given(st.lists(author, min_size=1, max_size=5, unique=True))
def test_names_come_back_in_order(names: list[str]) -> None:
    text = names[0] if len(names) == 1 else ", ".join(names[:-1]) + f", and {names[-1]}"
    found = reference_names.read(f"{text}. A title")
    assert (found.names, found.end) == (tuple(names), len(text))


def manuscript(lines: list[Line]) -> Manuscript:
    return Manuscript([Page(1, 612, 792, lines)], Anchors(), lines=lines, body=10, font="Roman")


def line(text: str, y: float, x: float = 72, **style: object) -> Line:
    width = 5 * len(text)
    return Line(1, x, y - 2, x + width, y + 7, y, 10, "Roman", text, **style)  # type: ignore[arg-type]


@given(st.integers(2, 40), st.integers(0, 3))
def test_numbered_entries_are_as_many_as_their_labels(count: int, extra: int) -> None:
    rows = [line("References", 2000, bold=True)]
    y = 1980.0
    for n in range(1, count + 1):
        rows.append(line(f"[{n}] A. Author. A title that is number {n}.", y))
        rows += [line(f"goes on in line {k}, 2001.", y - 12 * (k + 1), x=88) for k in range(extra)]
        y -= 12 * (extra + 1)
    m = manuscript(rows)
    references.find(m)
    assert [r.label for r in m.references] == [str(n) for n in range(1, count + 1)]


@given(st.lists(st.integers(1, 4), min_size=3, max_size=25).filter(lambda lengths: lengths.count(1) < len(lengths) - 1))
def test_hanging_entries_begin_at_the_edge(lengths: list[int]) -> None:
    rows, y = [line("References", 3000, bold=True)], 2980.0
    for n, length in enumerate(lengths):
        rows.append(line(f"Author, A. ({1950 + n}). A title that stands here.", y))
        rows += [line("Journal of further words and pages, 12.", y - 12 * k, x=82) for k in range(1, length)]
        y -= 12 * length
    m = manuscript(rows)
    references.find(m)
    assert len(m.references) == len(lengths)


def test_links_in_smaller_letters_are_part_of_their_entry() -> None:
    rows = [line("References", 700, bold=True)]
    for i in range(4):
        y = 680 - 40 * i
        rows.append(line(f"[{i + 1}] A. Kettle and B. Spout, “On singing number {i}”, in Proc. of Kettles,", y))
        rows.append(line("Leeds, United Kingdom, 2013.", y - 11, 86))
        rows.append(line(f"https://doi.org/10.5555/kettle.{i}", y - 20, 86))
        rows[-1].size = 8
    m = manuscript(rows)
    references.find(m)
    assert [reference.doi for reference in m.references] == [f"10.5555/kettle.{i}" for i in range(4)]
