"""What people paste, and the identifier that it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.errors import NotAnId
from paperpath.ids import ARCHIVES, LONGEST, arxiv_id, looks_like_id, parse_id
from paperpath.model import PaperId

ATTENTION = PaperId("arxiv", "1706.03762")


@pytest.mark.parametrize(
    ("text", "value", "version"),
    [
        ("1706.03762", "1706.03762", None),
        ("1706.03762v7", "1706.03762", 7),
        ("0704.0001", "0704.0001", None),
        ("1412.6980v12", "1412.6980", 12),
        ("1501.00001", "1501.00001", None),
        ("2401.01234", "2401.01234", None),
        ("hep-th/9901001", "hep-th/9901001", None),
        ("hep-th/9901001v2", "hep-th/9901001", 2),
        ("math.GT/0309136", "math/0309136", None),
        ("Math.GT/0309136v1", "math/0309136", 1),
        ("physics.acc-ph/9901002", "physics/9901002", None),
        ("cs/0703001", "cs/0703001", None),
        ("arXiv:1706.03762", "1706.03762", None),
        ("ARXIV: 1706.03762v2", "1706.03762", 2),
        ("arXiv 1706.03762", "1706.03762", None),
        ("arXiv:1706.03762 [cs.CL]", "1706.03762", None),
        ("arXiv:1706.03762v7 [cs.CL] 2 Aug 2023", "1706.03762", 7),
        ("arXiv:hep-th/9901001v1  [hep-th]", "hep-th/9901001", 1),
        ("https://arxiv.org/abs/1706.03762", "1706.03762", None),
        ("http://arxiv.org/abs/1706.03762v3", "1706.03762", 3),
        ("https://arxiv.org/pdf/1706.03762", "1706.03762", None),
        ("https://arxiv.org/pdf/1706.03762v7.pdf", "1706.03762", 7),
        ("https://arxiv.org/pdf/1706.03762v7.pdf#page=3", "1706.03762", 7),
        ("https://arxiv.org/html/1706.03762v7", "1706.03762", 7),
        ("https://arxiv.org/abs/1706.03762?context=cs.LG", "1706.03762", None),
        ("https://arxiv.org/abs/math/0309136/", "math/0309136", None),
        ("https://export.arxiv.org/abs/hep-th/9901001v2", "hep-th/9901001", 2),
        ("https://fr.arxiv.org/abs/hep-th/9901001", "hep-th/9901001", None),
        ("http://xxx.lanl.gov/abs/hep-th/9901001", "hep-th/9901001", None),
        ("https://ar5iv.labs.arxiv.org/html/1706.03762", "1706.03762", None),
        ("https://www.alphaxiv.org/abs/1706.03762", "1706.03762", None),
        ("arxiv.org/abs/1706.03762", "1706.03762", None),
        ("ArXiv.org/pdf/1706.03762", "1706.03762", None),
        ("10.48550/arXiv.1706.03762", "1706.03762", None),
        ("doi:10.48550/ARXIV.1706.03762", "1706.03762", None),
        ("https://doi.org/10.48550/arXiv.hep-th/9901001", "hep-th/9901001", None),
        ("  <https://arxiv.org/abs/1706.03762>,  ", "1706.03762", None),
        ("(arXiv:1706.03762).", "1706.03762", None),
        ("“1706.03762”", "1706.03762", None),
        ("[1706.03762v1]", "1706.03762", 1),
        ("https://arxiv.org/abs/1706.03762.", "1706.03762", None),
    ],
)
def test_arxiv_ids_in_every_form(text: str, value: str, version: int | None) -> None:
    assert parse_id(text) == PaperId("arxiv", value, version)


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1038/nature14539", "10.1038/nature14539"),
        ("10.1038/NATURE14539", "10.1038/nature14539"),
        ("doi:10.1038/nature14539", "10.1038/nature14539"),
        ("DOI 10.1038/nature14539.", "10.1038/nature14539"),
        ("https://doi.org/10.1038/nature14539", "10.1038/nature14539"),
        ("http://dx.doi.org/10.1038/nature14539", "10.1038/nature14539"),
        ("doi.org/10.1038/nature14539", "10.1038/nature14539"),
        ("https://doi.org/10.1162%2Fneco.1997.9.8.1735", "10.1162/neco.1997.9.8.1735"),
        ("(10.1016/0893-6080(89)90020-8)", "10.1016/0893-6080(89)90020-8"),
        ("10.1000/abc(1)", "10.1000/abc(1)"),
        ("(see 10.1000/abc(1)", None),
        ("10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2", None),
    ],
)
def test_dois(text: str, doi: str | None) -> None:
    if doi is None and text.startswith("(see"):
        with pytest.raises(NotAnId):
            parse_id(text)
    else:
        assert parse_id(text) == PaperId("doi", doi or text.lower())


@pytest.mark.parametrize(
    "url",
    [
        "https://openreview.net/forum?id=abc",
        "https://en.wikipedia.org/wiki/Attention_(machine_learning)",
        "https://proceedings.neurips.cc/paper/2017/file/x-Paper.pdf",
        "https://notarxiv.org/abs/1706.03762",
        "http://arxiv.org.evil.example/abs/1706.03762",
    ],
)
def test_other_addresses_stay_as_they_are(url: str) -> None:
    assert parse_id(url) == PaperId("url", url)
    assert parse_id(f"<{url}>.") == PaperId("url", url)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "attention",
        "1706.3762",  # five digits since 2015
        "1412.69801",  # four before
        "1713.00001",  # no such month
        "1700.00001",
        "0703.0001",  # the new form began in April 2007
        "1706.00000",
        "1706.03762v0",
        "1706.03762v100",
        "1706.03762x",
        "hep-th/0704001",  # the old form ended in March 2007
        "hep-th/9913001",
        "hep-th/9901000",
        "hep-xx/9901001",
        "math/12345",
        "10.1038",
        "10.1038/",
        "https://arxiv.org/",
        "https://arxiv.org/list/cs.CL/recent",
        "https://arxiv.org/abs/1713.00001",
        "https://",
        "http://[::",
        "vaswani2017attention",
        "١٧٠٦.٠٣٧٦٢",  # digits, but not arXiv's
        "x" * (LONGEST + 1),
        ")" * LONGEST,
    ],
)
def test_what_is_no_id(text: str) -> None:
    with pytest.raises(NotAnId) as caught:
        parse_id(text)
    assert len(str(caught.value)) < LONGEST + 200
    assert str(caught.value).endswith(".")
    assert not looks_like_id(text)


def test_the_message_shows_what_was_typed_without_its_control_characters() -> None:
    with pytest.raises(NotAnId, match=r"\\x1b") as caught:
        parse_id("\x1b]0;pwned\x07")
    assert "\x1b" not in str(caught.value)


new_ids = st.builds(
    lambda year, month, number: f"{year:02}{month:02}.{number:0{5 if year >= 15 else 4}}",
    st.integers(8, 99),
    st.integers(1, 12),
    st.integers(1, 9999),
)
old_ids = st.builds(
    lambda archive, year, month, number: f"{archive}/{year:02}{month:02}{number:03}",
    st.sampled_from(sorted(ARCHIVES)),
    st.sampled_from([91, 95, 99, 0, 6]),
    st.integers(1, 12),
    st.integers(1, 999),
)
versions = st.none() | st.integers(1, 99)


@given(new_ids | old_ids, versions)
def test_every_spelling_of_an_id_is_the_same_paper(value: str, version: int | None) -> None:
    written = value + (f"v{version}" if version else "")
    expected = PaperId("arxiv", value, version)
    assert arxiv_id(written) == expected
    for spelling in (
        written,
        str(expected),
        f"https://arxiv.org/abs/{written}",
        f"https://arxiv.org/pdf/{written}.pdf",
        f"10.48550/arXiv.{written}",
        f"({written}).",
    ):
        assert parse_id(spelling) == expected


@given(st.text(max_size=60))
def test_any_text_is_an_id_or_refused_and_an_id_names_itself(text: str) -> None:
    try:
        found = parse_id(text)
    except NotAnId:
        return
    assert parse_id(str(found)) == found
