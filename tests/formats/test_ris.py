"""What RIS must be like that we write, and what others write that must be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.formats import ris
from paperpath.model import Author, Paper
from tests.formats import samples

GOLDEN = Path(__file__).parent.parent / "data" / "golden" / "formats"
RECORD = """TY  - JOUR
AU  - Potter, Ada
TI  - Boiling
ER  -
"""
BOILING = Paper("Boiling", (Author("Potter", "Ada"),), entry_type="article")


def one(text: str) -> Paper:
    result = ris.read(text)
    assert result.problems == ()
    (paper,) = result.papers
    return paper


def test_golden() -> None:
    assert ris.write(samples.PAPERS) == (GOLDEN / "papers.ris").read_text("utf-8")


def test_every_line_is_a_tag_and_a_value() -> None:
    lines = ris.write(samples.PAPERS).splitlines()
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*|", line) for line in lines)
    assert all(line != f"{line[:6]}" or line == "ER  - " for line in lines if line)
    assert [line[:2] for line in lines].count("TY") == [line[:2] for line in lines].count("ER") == len(samples.PAPERS)


def test_a_publishers_record() -> None:
    paper = one(
        "TY  - JOUR\r\nT1  - Boiling without Observation\r\nA1  - Potter, Ada\r\nAU  - van der Meer, Bo\r\n"
        "AU  - King, Martin Luther, Jr.\r\nAU  - Tea Group,\r\nED  - Wheel, C.\r\nPY  - 2014\r\nDA  - 2014/12/09\r\n"
        "JF  - Journal of Tea\r\nJO  - J. Tea\r\nVL  - 9\r\nIS  - 2\r\nSP  - 1\r\nEP  - 17\r\nSN  - 1234-5679\r\n"
        "SN  - 978-0-387-84857-0\r\nDO  - https://doi.org/10.1000/Kettle.7\r\nUR  - https://tea.example/7\r\n"
        "UR  - https://tea.example/7.pdf\r\nKW  - steam\r\nKW  - heat\r\nN2  - We boil.\r\nPB  - Kettle Press\r\n"
        "C1  - hot\r\nID  - potter2014\r\nER  - \r\n\r\n"
    )
    assert paper == Paper(
        "Boiling without Observation",
        (
            Author("Meer", "Bo", "van der"), Author("King", "Martin Luther", suffix="Jr."),
            Author("Tea Group", literal=True), Author("Potter", "Ada"),
        ),
        key="potter2014", entry_type="article", year=2014, month=12, venue="Journal of Tea", volume="9", number="2",
        pages="1–17", publisher="Kettle Press", doi="10.1000/kettle.7", url="https://tea.example/7",
        abstract="We boil.",
        extra=(
            ("shortjournal", "J. Tea"), ("date", "2014-12-09"), ("editor", "Wheel, C."), ("issn", "1234-5679"),
            ("isbn", "978-0-387-84857-0"), ("ris-ur", "https://tea.example/7.pdf"), ("keywords", "steam, heat"),
            ("ris-c1", "hot"),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    "fields",
    [
        "AN  - arXiv:1706.03762 [cs.CL]\nDB  - arXiv\nPB  - arXiv",
        "JO  - CoRR\nVL  - abs/1706.03762\nM2  - arXiv:1706.03762 [cs.CL]",
        "T2  - arXiv:1706.03762 [cs.CL]",
        "DO  - 10.48550/arXiv.1706.03762\nN1  - arXiv:1706.03762 [cs.CL]",
        "UR  - http://arxiv.org/abs/1706.03762\nM1  - arXiv:1706.03762 [cs.CL]",
    ],
)
def test_arxiv_ids_wherever_they_are(fields: str) -> None:
    assert one(f"TY  - JOUR\nTI  - T\n{fields}\nER  - \n") == Paper(
        "T", arxiv_id="1706.03762", primary_category="cs.CL"
    )


@pytest.mark.parametrize("tag", ["{} - {}", "{}- {}", "{}  - {}", " {}  - {}", "{} - {}\t", "{}  - {}\r"])
def test_spaces_around_the_hyphen(tag: str) -> None:
    text = "\n".join(tag.format(*line.split("  - ")) for line in RECORD.strip().splitlines()[:3])
    assert one(f"\ufeff{text}\nER  -") == BOILING


def test_values_go_on_in_the_next_line() -> None:
    paper = one(
        "TY  - JOUR\nTI  - Boiling\n  without Observation\nKW  - steam\nheat\nAB  - We boil\n\nAI- driven kettles\n"
        "an - other way\nER  - \n"
    )
    assert paper.title == "Boiling without Observation"
    assert paper.abstract == "We boil AI- driven kettles an - other way"
    assert paper.extra == (("keywords", "steam, heat"),)


@pytest.mark.parametrize(
    ("text", "count", "line", "message"),
    [
        ("TY  - JOUR\nTI  - A\n" + RECORD, 2, 3, "has no ER line"),
        (RECORD.replace("ER  -", ""), 1, 1, "has no ER line"),
        (RECORD.replace("TY  - JOUR\n", ""), 1, 1, "without a TY line"),
        (RECORD.replace("TI  - Boiling\n", ""), 1, 1, "has no title"),
        ("Exported by Kettle\nfor nobody\n\n" + RECORD, 1, 1, "'Exported by Kettle' belongs to no record"),
        ("ty  - jour\nau  - Potter, Ada\nti  - Boiling\ner  - \n", 1, 1, "small letters"),
        ("".join(RECORD.replace("ER", f"ID  - {key}\nER") for key in "abA"), 3, 11, "used twice"),
    ],
)  # fmt: skip
def test_what_is_mended_is_told(text: str, count: int, line: int, message: str) -> None:
    result = ris.read(text)
    assert len(result.papers) == count
    (problem,) = result.problems
    assert (problem.line, message in problem.message) == (line, True)


@pytest.mark.parametrize(
    ("kind", "fields", "entry_type"),
    [
        ("CONF", "T2  - Tea 7", "inproceedings"), ("CONF", "", "proceedings"), ("CPAPER", "", "inproceedings"),
        ("THES", "M3  - PhD thesis", "phdthesis"), ("UNPB", "", "unpublished"), ("KETTLE", "", "misc"),
        ("EJOUR", "T2  - Tea", "article"),
    ],
)  # fmt: skip
def test_types(kind: str, fields: str, entry_type: str) -> None:
    assert one(f"TY  - {kind}\nTI  - T\n{fields}\nER  - \n").entry_type == entry_type


def test_a_type_that_is_not_known_is_kept() -> None:
    assert one("TY  - KETTLE\nTI  - T\nER  - \n").extra == (("type", "KETTLE"),)


def test_a_book_of_endnote_has_its_title_in_bt() -> None:
    paper = one("TY  - BOOK\nBT  - Kettles\nT2  - Tea Series\nPY  - 2012///\nER  - \n")
    assert (paper.title, paper.year, paper.extra) == ("Kettles", 2012, (("series", "Tea Series"),))


@pytest.mark.parametrize(
    ("fields", "pages"),
    [("SP  - 1-9\nEP  - 9", "1–9"), ("EP  - 9", "9"), ("SP  - 5\nEP  - 5", "5"), ("SP  - L12", "L12")],
)
def test_pages(fields: str, pages: str) -> None:
    assert one(f"TY  - JOUR\nTI  - T\n{fields}\nER  - \n").pages == pages


def test_old_files_have_the_doi_in_m3() -> None:
    paper = one("TY  - JOUR\nTI  - T\nM3  - 10.1000/kettle.7\nER  - \n")
    assert (paper.doi, paper.extra) == ("10.1000/kettle.7", ())


def test_nothing_to_read_or_write() -> None:
    assert ris.write([]) == ""
    assert ris.read("\n \n")[:2] == ((), ())


def test_long_values_and_many_records_take_linear_time() -> None:
    assert len(ris.read("TY  - JOUR\nTI  - " + "T\nKW  - x\nAB  - y\n  z\n" * 5_000).papers) == 1
    assert len(ris.read("TY  - A\n" * 5_000).papers) == 5_000


@given(st.text(st.sampled_from("TYERAUSPIDKW -  \n\r12/,;arXiv:é"), max_size=200))
def test_reading_never_raises(text: str) -> None:
    ris.read(text)
    assert len(ris.read(f"TY  - JOUR\n{text}").papers) >= 1
