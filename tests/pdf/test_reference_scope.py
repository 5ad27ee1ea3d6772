"""Volume, issue and pages, in the styles that entries have."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.pdf import reference_fields, reference_scope


def scope(text: str) -> tuple[str | None, str | None, str | None]:
    reference = reference_fields.read(text, 1)
    return reference.volume, reference.issue, reference.pages


NAMED = "A. Potter and B. Wheel. Kettles that were never watched. "
PLAIN = "A. Potter and B. Wheel, "


@pytest.mark.parametrize(
    ("text", "volume", "issue", "pages"),
    [
        (NAMED + "Neural Computation, 9(8):1735–1780, 1997.", "9", "8", "1735–1780"),
        (NAMED + "Neural Computation 9.8 (1997), pp. 1735–1780.", "9", "8", "1735–1780"),
        (NAMED + "Neural Computation 9. 8 (Nov. 1997), pp. 1735-1780.", "9", "8", "1735–1780"),
        (NAMED + "Neural Computation, vol. 9, no. 8, pp. 1735--1780, Nov. 1997.", "9", "8", "1735–1780"),
        (NAMED + "Adv. Math. 223 (2010), no. 1-3, 1107 – 1136.", "223", "1–3", "1107–1136"),
        (NAMED + "J Neurophysiol. 2012; 108(8):2083-91. Epub 2012/07/27.", "108", "8", "2083–91"),
        (NAMED + "Shock. 2005; 24(Suppl 1):7-11.", "24", "Suppl 1", "7–11"),
        (NAMED + "Nature 521 (2015) 436-444.", "521", None, "436–444"),
        (NAMED + "Nature 476 7358:25–6, 2011.", "476", "7358", "25–6"),
        (NAMED + "Proc. IEEE 86, 2278-2324 (1998)", "86", None, "2278–2324"),
        (NAMED + "IEEE Trans. Inform. Theory IT-28 (1982) 129–137.", "IT-28", None, "129–137"),
        (NAMED + "PLoS ONE. 2009; 4(5):e5411.", "4", "5", "e5411"),
        (NAMED + "Proc. London Math. Soc. (3) 92 (2003), no. 2, 345–380.", "92", "2", "345–380"),
        (NAMED + "Archaea. 2016:1-16, 2016.", "2016", None, "1–16"),
        (NAMED + "TPAMI, 33, 2011.", "33", None, None),
        (PLAIN + "Phys. Rev. Lett. 70, 1895 (1993).", "70", None, "1895"),
        (PLAIN + "Phys. Rev. 112, 1900 (1958).", "112", None, "1900"),
        (PLAIN + "Ann. Phys. (N.Y.) 281, 321 (2000).", "281", None, "321"),
        (PLAIN + "Phys. Lett. B437 (1998) 209.", "B437", None, "209"),
        (PLAIN + "Phys. Rev. D 77 (2008) 054502 [arXiv:0801.1857].", "77", None, "054502"),
        (PLAIN + "J. Instrum. 3 (08) (2008) S08002.", "3", "08", "S08002"),
        (PLAIN + "JHEP 0904:076 (2009).", "0904", None, "076"),
        (PLAIN + "JCAP12(2004)012, [astro-ph/0407532].", "12", None, "012"),
        (PLAIN + "PoS LATTICE2012 (2012) 017.", "LATTICE2012", None, "017"),
        (PLAIN + "2012, ApJ, 745, L28", "745", None, "L28"),
        (PLAIN + "Rev. Geophys. 42, RG4002 (2004).", "42", None, "RG4002"),
        (PLAIN + "Chem. Ber. 71B, 600 (1939).", "71B", None, "600"),
        (PLAIN + "J. Chem. Soc. 2674 (1958).", None, None, "2674"),
        (PLAIN + "J. Am. Chem. Soc. 131 (2009).", "131", None, None),
        (NAMED + "BMC Research Notes 5:12, 2012.", "5", None, "12"),
        (PLAIN + "Nucl. Phys. B266 (1986).", "B266", None, None),
        (PLAIN + "Eksp. Teor. Fiz. 49 (1965) 1042 [Sov. Phys. JETP 22 (1966) 725].", "49", None, "1042"),
        ("半田眞理子. 都の生態系, 綠の讀本 第5巻 第47号, 2008.", "5", "47", None),
    ],
)
def test_journals(text: str, volume: str | None, issue: str | None, pages: str | None) -> None:
    assert scope(text) == (volume, issue, pages)


@pytest.mark.parametrize(
    ("text", "volume", "issue", "pages"),
    [
        (NAMED + "In Proc. ICML, pages 123–130, 2013.", None, None, "123–130"),
        (NAMED + "In Proc. of the 27th Conference (ICML 2010), pages 719–726, 2010.", None, None, "719–726"),
        (NAMED + "In Proc. 30th Conference (ICML-13), pp. 118–126, 2013.", None, None, "118–126"),
        (
            NAMED + "In Advances in Neural Information Processing Systems 25, pages 2222–2230, 2012.",
            "25",
            None,
            "2222–2230",
        ),
        (
            NAMED + "In Proc. ACL, Melbourne, July 15–20, 2018, Volume 1: Long Papers, pp. 328–339.",
            "1",
            None,
            "328–339",
        ),
        (NAMED + "In A. Kettle (Ed.), Steam and vapour (pp. 12–34). Springer, 2001.", None, None, "12–34"),
        (NAMED + "Lecture Notes in Mathematics, Vol. 1554, Springer, 1993.", "1554", None, None),
        (NAMED + "Vol. VIII, Addison-Wesley, 1990.", "VIII", None, None),
    ],
)
def test_books_and_proceedings(text: str, volume: str | None, issue: str | None, pages: str | None) -> None:
    assert scope(text) == (volume, issue, pages)


@pytest.mark.parametrize(
    "rest",
    [
        "Springer, Berlin, 2nd edition, 2001.",
        "Springer, xii + 288 pp., 2001.",
        "Technical Report 123, MIT, 2001.",
        "Technical Report MSR-TR-2001-129, 2001.",
        "Tech. Rep. No. CRL 8801, 2001.",
        "In Proc. SRF, Paris, France, 23–27 September 2001.",
        "PhD thesis, MIT, 12 May 2001.",
        "US Patent 7,411,683, 2001.",
        "3GPP TS 25.430, 2001.",
        "Springer, 2001, ISBN 978-3-935702-74-4.",
        "Springer, 2001, Ch. 02.",
        "doi: S0896-6273(09)00744-2, 2001.",
        "Accessed 2001/07/27.",
    ],
)
def test_other_numbers_are_none_of_these(rest: str) -> None:
    assert reference_scope.read(rest, 2001) == (None, None, None)


def test_a_journal_that_was_taken_for_the_end_of_the_title() -> None:
    found = reference_scope.read("(4) (2012) 1546–1552.", 2012, "Winds and their applications 391")
    assert found == ("391", "4", "1546–1552")
    assert reference_scope.read("MIT Press, 2012.", 2012, "100,000+ questions in 12 days") == (None, None, None)


def squeezed(text: str) -> str:
    """Without spaces, and with one kind of dash."""
    return re.sub(rf"[{reference_scope._HYPHENS}]+", "-", re.sub(r"\s", "", text))


number = st.integers(1, 99999).map(str) | st.from_regex(r"(?:[A-Z]{1,2}|e)\d{1,4}|\d{1,4}[-–]\d{1,4}", fullmatch=True)
piece = st.sampled_from(
    " |, |: |(|)|;|.|[|]|-| – |vol. |no. |pp. |Phys. Rev. |Nature|May |2001|(2001)|Suppl |第|号|PoS ".split("|")
)


@given(st.lists(number | piece, max_size=12).map("".join) | st.text(max_size=60), st.none() | st.integers(1900, 2030))
def test_what_is_found_stands_in_the_text(text: str, year: int | None) -> None:
    for found in reference_scope.read(text, year, text):
        assert found is None or (found and squeezed(found) in squeezed(f"{text} {text}"))


@given(st.integers(1, 999), st.integers(1, 12), st.integers(1, 899), st.integers(1, 99), st.integers(1950, 2030))
def test_common_styles_agree(volume: int, issue: int, first: int, length: int, year: int) -> None:
    pages = f"{first}–{first + length}"
    for text in (
        f"Journal of Kettles, {volume}({issue}):{pages}, {year}.",
        f"Journal of Kettles {volume}, no. {issue} ({year}): {pages}.",
        f"J. Kettles, vol. {volume}, no. {issue}, pp. {pages}, Jan. {year}.",
        f"J. Kettles {volume} ({year}), no. {issue}, {pages}.",
        f"J Kettles. {year};{volume}({issue}):{pages}.",
    ):
        assert reference_scope.read(text, year) == (str(volume), str(issue), pages)


HOSTILE = (
    "1|1-|1 A |1.|1,|1st |e|A|A-|(|((1|(a 2001 |2001;|vol. |no. 1/|pp. 1-|Jan 1 |report |doi |ivx + |第1|漢|PoS LAT"
)


@pytest.mark.parametrize("piece", [*HOSTILE.split("|"), "S. 1-", "Chem. Soc. ", "a.", " ", "–", ";"])
def test_long_rows_of_anything_are_read_to_their_end(piece: str) -> None:
    text = piece * (5_000 // len(piece))
    for end in ("", "x"):
        found = reference_scope.read(text + end, 2001, text)
        assert all(value is None or len(value) < 60 for value in found)


ALL_PATTERNS = re.compile(
    "|".join(
        f"(?P<{name}>{pattern})" for name, pattern in reference_scope._PATTERNS.items() if name not in ("plain", "stop")
    )
)
WORDS = st.sampled_from(
    "Kettle Studies vol Vol tome no No issue pp p page art eid Suppl report chap isbn version sec III xii v e ed Mar"
    " May Spring Perkin Trans JHEP PoS nonlinear letters of the 12 1997 9(8) (3) 12–34 e1004 12.34 第 巻 naïve".split()
)


@given(
    st.lists(
        st.tuples(WORDS | st.from_regex(r"[A-Za-z]{1,6}", fullmatch=True), st.sampled_from(" .,;:()-+ ")), max_size=12
    )
)
def test_plain_words_are_those_that_no_other_pattern_would_take(pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + sign for word, sign in pieces)

    def tokens(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
        found = []
        for m in pattern.finditer(text):
            if m.lastgroup == "plain":  # several in a row, with the signs between them
                found += [("mark" if part in ",;:" else "word", part) for part in re.findall(r"[^\s,;:]+|[,;:]", m[0])]
            else:
                found.append(((m.lastgroup or "").replace("stop", "mark"), m[0]))
        return found

    assert tokens(reference_scope._TOKEN) == tokens(ALL_PATTERNS)
