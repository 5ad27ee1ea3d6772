from __future__ import annotations

import bibtexparser
import pytest
from bibtexparser.model import ParsingFailedBlock
from hypothesis import given
from hypothesis import strategies as st

from paperpath.formats import bibtex
from paperpath.formats.bibtex_split import split
from paperpath.model import Author, Paper


def one(text: str) -> Paper:
    result = bibtex.read(text)
    assert not result.problems
    (paper,) = result.papers
    return paper


def test_plain_entry() -> None:
    paper = one("""
        @Article{lecun2015deep,
          Author = {LeCun, Yann and Bengio, Y. and van der Maaten, Laurens and King, Jr., Martin},
          title = {Deep {L}earning and {BERT}}, journal = "Nature", volume = 521, number = {7553},
          pages = {436--444}, year = 2015, month = may, publisher = {Springer}, doi = {https://doi.org/10.1038/Nature14539},
          abstract = {An abstract.}, keywords = {a, b}, file = {C:\\papers\\x_1.pdf}}
    """)
    assert paper == Paper(
        "Deep Learning and BERT",
        (
            Author("LeCun", "Yann"),
            Author("Bengio", "Y."),
            Author("Maaten", "Laurens", "van der"),
            Author("King", "Martin", suffix="Jr."),
        ),
        key="lecun2015deep",
        entry_type="article",
        year=2015,
        month=5,
        venue="Nature",
        volume="521",
        number="7553",
        pages="436–444",
        publisher="Springer",
        doi="10.1038/nature14539",
        abstract="An abstract.",
        extra=(("keywords", "a, b"), ("file", "C:\\papers\\x_1.pdf")),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "arxiv_id", "version"),
    [
        ("eprint = {1706.03762}, archiveprefix = {arXiv}", "1706.03762", None),
        ("eprint = {1706.03762v5}, eprinttype = {arxiv}", "1706.03762", 5),
        ("eprint = {arXiv:hep-th/9901001}", "hep-th/9901001", None),
        ("journal = {arXiv preprint arXiv:1503.02531}", "1503.02531", None),
        ("journal = {CoRR}, volume = {abs/1409.0473}", "1409.0473", None),
        ("journal = {arXiv:1409.0473 [cs.CL]}", "1409.0473", None),
        ("url = {https://arxiv.org/abs/1706.03762v7}", "1706.03762", 7),
        ("doi = {10.48550/arXiv.1706.03762}", "1706.03762", None),
        ("howpublished = {arXiv:1412.6980}", "1412.6980", None),
        ("note = {arXiv preprint arXiv:1412.6980}", "1412.6980", None),
        ("arxivid = {1412.6980}, archiveprefix = {arXiv}", "1412.6980", None),
    ],
)
def test_arxiv_id_is_found_wherever_people_put_it(fields: str, arxiv_id: str, version: int | None) -> None:
    paper = one(f"@article{{a, title = {{T}}, {fields}}}")
    assert (paper.arxiv_id, paper.arxiv_version) == (arxiv_id, version)
    assert (paper.venue, paper.doi, paper.url, paper.volume) == (None, None, None, None)
    assert paper.extra == ()


def test_other_eprints_and_journals_stay_what_they_are() -> None:
    paper = one("@article{a, title = {T}, eprint = {123456}, eprinttype = {jstor}, journal = {Corrosion Science}}")
    assert paper.arxiv_id is None
    assert paper.venue == "Corrosion Science"
    assert paper.extra == (("eprint", "123456"), ("eprinttype", "jstor"))


def test_addresses_are_never_decoded() -> None:
    paper = one(r"@misc{a, title = {T}, url = {https://x.org/a\_b%20c?d=1&e~f}, file = {a_b~c--d}}")
    assert paper.url == "https://x.org/a_b%20c?d=1&e~f"
    assert paper.extra == (("file", "a_b~c--d"),)


def test_macros_and_concatenation() -> None:
    text = '@string{jml = "J. ML"} @string{full = jml # { Research}} @misc{a, title = "A" # { b} # "C", journal = full}'
    paper = one(text)
    assert paper.title == "A bC"
    assert paper.venue == "J. ML Research"


def test_undefined_macro_is_kept_and_told() -> None:
    result = bibtex.read("@article{a, title = {T},\n journal = nosuch, month = jan}")
    assert result.papers[0].venue == "nosuch"
    assert [problem.line for problem in result.problems] == [1]
    assert "No @string above defines 'nosuch'" in result.problems[0].message


def test_crossref_and_xdata_are_inherited() -> None:
    text = """@inproceedings{a, title = {T}, crossref = {proc}, xdata = {springer}}
        @proceedings{proc, title = {Proceedings}, subtitle = {Of all}, editor = {Ed, A.}, year = 1999,
            doi = {10.1000/9}}
        @xdata{springer, publisher = {Springer}, address = {Berlin}}"""
    paper, proceedings = bibtex.read(text).papers
    assert (paper.venue, paper.year, paper.publisher, paper.doi) == ("Proceedings: Of all", 1999, "Springer", None)
    assert paper.extra == (("address", "Berlin"), ("editor", "Ed, A."))
    assert proceedings.title == "Proceedings: Of all"


def test_crossref_into_nowhere_and_in_a_circle() -> None:
    circle = "@misc{a, title={T}, crossref={b}} @misc{b, title={U}, crossref={a}}"
    result = bibtex.read(f"{circle} @misc{{c, title={{V}}, crossref={{d}}}}")
    assert [paper.title for paper in result.papers] == ["T", "U", "V"]
    assert "'d', which is not in the file" in result.problems[0].message


def test_biblatex_vocabulary() -> None:
    paper = one("""@thesis{a, title = {T}, subtitle = {Sub}, author = {family=Deuring, given=Max and Nobody, A.},
        type = {phdthesis}, institution = {ETH}, date = {1936-05-02}, location = {Zürich}}""")
    assert (paper.title, paper.entry_type, paper.year, paper.month) == ("T: Sub", "phdthesis", 1936, 5)
    assert paper.authors[0] == Author("Deuring", "Max")
    assert paper.extra == (("date", "1936-05-02"), ("address", "Zürich"), ("school", "ETH"))


def test_names_keep_what_braces_mean() -> None:
    paper = one(
        r"@misc{a, title={T}, author = {{Google Research and Co} and {\'E}mile Zola and {Amazon, Inc.} and others}}"
    )
    assert paper.authors == (
        Author("Google Research and Co", literal=True),
        Author("Zola", "Émile"),
        Author("Amazon, Inc.", literal=True),
        Author("others"),
    )


@pytest.mark.parametrize(
    ("broken", "keys", "told"),
    [
        ("@article{b, title={T}, year=2000\n", ["a", "c"], "'year' must be followed by a comma or '}'"),
        ("@article{b, title={T, year=2000}\n", ["a", "c"], "must be followed by a comma"),
        ('@article{b, title="T, year=2000}\n', ["a", "c"], "a quotation mark is never closed"),
        ("@article{b, title {T}, year=2000}", ["a", "c"], "a field must read name = {text}"),
        ("@article{b b, title={T}}", ["a", "c"], "after the key there must be a comma"),
        ("@string{x}", ["a", "c"], "@string{name = {text}}"),
        ("@article{b}", ["a", "c"], "has no fields"),
        ("@article{b, title={T} author={X}}", ["a", "b", "c"], "the comma after 'title' is missing"),
        ("@article{b, title={T}, title={U}}", ["a", "b", "c"], "has 'title' twice"),
        ("@article{, title={T}}", ["a", "", "c"], "it has no key"),
        ("@article{title={T}}", ["a", "", "c"], "it has no key"),
        ("@article{A, title={T}}", ["a", "", "c"], "The key 'A' is used twice, first on line 1"),
        ("@article{b, year = 2000}", ["a", "b", "c"], "has no title"),
    ],
)
def test_broken_entry_costs_itself_alone(broken: str, keys: list[str], told: str) -> None:
    result = bibtex.read(f"@misc{{a, title={{One}}}}\n{broken}\n@misc{{c, title={{Three}}}}")
    assert [paper.key for paper in result.papers] == keys
    (problem,) = result.problems
    assert problem.line == 2
    assert told in problem.message


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff@misc{a, title={T}}",
        "@misc{a,\r\n title={T}}\r\n",
        "@misc\n{a, title={T}}",
        "@ misc {a, title={T}}",
        "@misc(a, title={T})",
        "@misc{a, title={T},,}",
        "@misc{a,\n % a comment\n title={T}}",
        "free text me@example.com\n@comment{x{y}@misc{z, title={no}}}\n@preamble{\"x\" # {y}}@misc{a, title={T}}",
        "@MISC{a, TITLE={T}}",
        "@misc{a, title={T}, year=, note=\"\"}",
        "@misc{a, title=" + "{" * 40 + "T" + "}" * 40 + "}",
    ],
)  # fmt: skip
def test_odd_but_good(text: str) -> None:
    assert one(text).title == "T"
    assert one(text).key == "a"


def test_unusual_entry_types_are_kept() -> None:
    assert [one(f"@{kind}{{a, title={{T}}}}").entry_type for kind in ("in-press", "commented", "software")] == [
        "in-press",
        "commented",
        "software",
    ]


BIB_LIKE = st.text(st.sampled_from('@{}(),="#\\% \naAmisc1~$&é'), max_size=200)


@given(BIB_LIKE | st.text())
def test_blocks_cover_the_source(text: str) -> None:
    assert "".join(block.raw or "" for block in split(text)) == text


@given(BIB_LIKE | st.text())
def test_nothing_makes_it_raise(text: str) -> None:
    for problem in bibtex.read(f"@misc{{a, title = {{{text}}}}}\n{text}").problems:
        assert problem.line >= 1
        assert problem.message.endswith(".")


def test_plain_files_split_as_bibtexparser_splits_them() -> None:
    text = "\n".join(
        f'@article{{key{i}, title = {{A {{B}} title {i}}}, author = "A. B. and C, D.", year = {i}, month = jan}}'
        for i in range(20)
    )
    theirs = bibtexparser.parse_string(text, parse_stack=[]).entries
    ours = [block for block in split(text) if not isinstance(block, ParsingFailedBlock)]
    assert [(e.key, e.entry_type, [f.key for f in e.fields]) for e in theirs] == [
        (e.key, e.entry_type, [f.key for f in e.fields]) for e in ours if hasattr(e, "fields")
    ]
