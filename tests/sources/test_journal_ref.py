"""Journal references as authors type them, taken apart or left alone."""

from __future__ import annotations

import json
import os
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.sources.providers.journal_ref import LONGEST, parse_journal_ref


@pytest.mark.parametrize(
    ("text", "journal", "volume", "number", "pages", "year"),
    [
        # as INSPIRE writes them
        ("Phys.Lett. B716 (2012) 1-29", "Phys. Lett. B", "716", None, "1--29", 2012),
        ("Adv.Theor.Math.Phys.2:231-252,1998", "Adv. Theor. Math. Phys.", "2", None, "231--252", 1998),
        ("Astrophys.J.665:L85-L88, 2007", "Astrophys. J.", "665", None, "L85--L88", 2007),
        ("Phys.Rev.D75:094019,2007", "Phys. Rev. D", "75", None, "094019", 2007),
        ("JHEP0710:023,2007", "JHEP", "10", None, "023", 2007),
        ("JHEP 9711:001,1997", "JHEP", "11", None, "001", 1997),
        # as people write them
        ("Phys. Rev. A 77, 043813 (2008)", "Phys. Rev. A", "77", None, "043813", 2008),
        ("Phys. Rev. A 76, 021601(R) (2007)", "Phys. Rev. A", "76", None, "021601(R)", 2007),
        ("Phys. Rev. A vol. 76, 032103 (2007)", "Phys. Rev. A", "76", None, "032103", 2007),
        ("J. Algebra 321 (2009), 3450-3468.", "J. Algebra", "321", None, "3450--3468", 2009),
        ("Math. Res. Lett. 15 (2008), no. 5, 1027--1037", "Math. Res. Lett.", "15", "5", "1027--1037", 2008),
        ("Nature 522, 68-72 (04 June 2015)", "Nature", "522", None, "68--72", 2015),
        ("EPL, 78(2007)48001", "EPL", "78", None, "48001", 2007),
        ("New J. Phys. 9 206 (2007)", "New J. Phys.", "9", None, "206", 2007),
        ("J.Opt.Soc.Am.A 23(10): 2578-2591 (2006)", "J. Opt. Soc. Am. A", "23", "10", "2578--2591", 2006),
        ("Asymptotic Analysis, 57 No. 1-2, 1-27, 2008", "Asymptotic Analysis", "57", "1--2", "1--27", 2008),
        ("MNRAS (May 21, 2016) 458 (3): 3060-3074", "MNRAS", "458", "3", "3060--3074", 2016),
        ("Eur. Phys. J. Plus (2015) 130:27", "Eur. Phys. J. Plus", "130", None, "27", 2015),
        ("J. Phys. A: Math. Theor. 40 (2007) 8265-8288.", "J. Phys. A: Math. Theor.", "40", None, "8265--8288", 2007),
        ("Physica A, V. 387, Issues 2-3 (2008), Pages 385-406", "Physica A", "387", "2--3", "385--406", 2008),
        ("Kettles Today 2008, Vol. 18, No. 3, 1026-1058", "Kettles Today", "18", "3", "1026--1058", 2008),
        ("J. Kettles, Series A 115 (2008) 777-798", "J. Kettles, Series A", "115", None, "777--798", 2008),
    ],
)
def test_a_reference_in_a_known_form(
    text: str, journal: str, volume: str, number: str | None, pages: str, year: int
) -> None:
    place = parse_journal_ref(text)
    assert place is not None
    assert (place.journal, place.volume, place.number, place.pages, place.year) == (
        journal,
        volume,
        number,
        pages,
        year,
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Kettles Today",
        "Phys.Rev.D75:124007,2007; Erratum-ibid.D82:069904,2010",
        "Gen.Rel.Grav.39:1545-1550,2007; Int.J.Mod.Phys.D17:685-690,2008",
        "Phys. Rev. B 75, 132101 (2007) (Brief Report)",
        "SIGMA 6 (2010), 014, 36 pages",
        "AIP Conf.Proc.921:325-326,2007",
        "AIPConf.Proc.335:57-74,1995",
        "LNCS 4978, TAMC 2008, pp 282-293",
        "Proc. 6th European Dependable Computing Conference (EDCC-6), Coimbra (Portugal), (18/10/2006) 39-44",
        "Submitted to Kettles Today 12 (2008) 1-10",
        "to appear in Kettles Today 12 (2008) 1-10",
        "published in Journal of Noncommutative Geometry, 2 (2008), 53-123",
        "JHEP 0710:023,2009",  # the month of another year
        "Optics Letters 32, 15 (2007) 2206-2208",  # issue or page
        "2009 Chinese Phys. B 18 506-515",
        "Progress in quantum electronics 30 (12/2006) 89-126",
    ],
)
def test_what_can_be_read_in_another_way_is_left_alone(text: str) -> None:
    assert parse_journal_ref(text) is None


@given(st.text(max_size=2 * LONGEST))
def test_no_text_is_too_odd(text: str) -> None:
    place = parse_journal_ref(text)
    assert place is None or (place.volume.isdigit() and place.journal and 1900 <= place.year < 2100)


@pytest.mark.parametrize("piece", ["A ", "1", "1-", "(", " ", "A. ", "A 1, ", "A1:1,", "A: B", ", Series A"])
def test_hostile_references_take_no_time(piece: str) -> None:
    text = (piece * LONGEST)[:LONGEST]
    begun = time.perf_counter()
    for _ in range(20):
        parse_journal_ref(text)
    assert time.perf_counter() - begun < 1


@pytest.mark.corpus
def test_real_references_agree_with_what_their_dois_spell_out() -> None:
    """DOIs of the American Physical Society and of IOP hold the volume, those of the former the first page too."""
    corpus = Path(os.environ["PAPERPATH_CORPUS"])
    lines = [
        json.loads(line)
        for name in ("arxiv_metadata.jsonl", "arxiv_abs_legacy.jsonl")
        for line in (corpus / name).read_text(encoding="utf-8").splitlines()
    ]
    records = [(line["journal_ref"], line.get("doi") or "") for line in lines if line.get("journal_ref")]
    places = [(text, doi, parse_journal_ref(text)) for text, doi in records]
    read = [(text, doi, place) for text, doi, place in places if place]
    assert len(read) >= 0.85 * len(records)
    checked, wrong = 0, []
    for text, doi, place in read:
        aps = re.fullmatch(r"10\.1103/PhysRev\w*\.(\d+)\.(\w+)", doi)
        iop = re.fullmatch(r"10\.1088/\d{4}-\d{3}[\dX]/(\d+)/(\d+)/\w+", doi)
        if aps:
            page = re.split(r"--|\(", place.pages)[0].strip()
            agrees = (place.volume, page) == (aps[1], aps[2])
        elif iop and not place.journal.startswith(("JHEP", "JCAP")):  # there the year takes the place of the volume
            agrees = place.volume == iop[1]
        else:
            continue
        checked += 1
        wrong += [] if agrees else [(text, doi)]
    assert checked >= 200
    # One slip of an author: volume 75 for 76. The check against the DOI tells it as uncertain.
    assert [text for text, _ in wrong] == ["Phys. Rev. B 75, 024519 (2007)"]
