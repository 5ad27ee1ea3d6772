from __future__ import annotations

from pathlib import Path

from paperpath.formats import markdown
from paperpath.model import Author, Caption, Footnote, Paper, ParsedAuthor, ParsedPaper, Reference, Section
from tests.formats import samples

GOLDEN = Path(__file__).parent.parent / "data" / "golden" / "formats"

PARSED = ParsedPaper(
    title="As printed",
    authors=(ParsedAuthor("Ashish Vaswani"),),
    abstract="The dominant models.\n\nAre complex.",
    sections=(
        Section("1", "Introduction", 1, 1, "First paragraph.\n\n- not a list\n\n1. not numbered\n\n# no heading"),
        Section("3.2", "Attention <script>", 2, 3, "With $x_i$ and *stars*.\n\n> no quote\x1b[31m"),
        Section(None, "Conclusion", 1, 8, ""),
    ),
    references=(
        Reference("1", "[1] Jimmy Lei Ba. Layer normalization. arXiv preprint arXiv:1607.06450, 2016.", 10),
        Reference(None, "Kim, Y. Structured attention networks, 2017.", 10),
    ),
    captions=(
        Caption("figure", "1", "The Transformer.", 3),
        Caption("table", "2", "BLEU scores.", 7),
        Caption("figure", "A.1", "After the\nend.", 12),
    ),
    footnotes=(Footnote(1, "Equal contribution."),),
    pages=15,
)


def test_reference_list_golden() -> None:
    assert markdown.write(samples.PAPERS) == (GOLDEN / "papers.md").read_text("utf-8")


def test_paper_text_golden() -> None:
    assert markdown.paper_text(samples.ATTENTION, PARSED) == (GOLDEN / "paper_text.md").read_text("utf-8")


def test_captions_follow_the_section_of_their_page() -> None:
    blocks = markdown.paper_text(samples.ATTENTION, PARSED).split("\n\n")
    headings = {block.split(" ", 1)[1]: i for i, block in enumerate(blocks) if block.startswith("#")}
    figure = blocks.index("> **Figure 1.** The Transformer.")
    assert headings["3.2 Attention \\<script>"] < figure < blocks.index("> **Table 2.** BLEU scores.")
    assert blocks.index("> **Table 2.** BLEU scores.") < headings["Conclusion"]
    assert headings["Conclusion"] < blocks.index("> **Figure A.1.** After the end.")


def test_what_the_pdf_says_stands_in_for_missing_metadata() -> None:
    text = markdown.paper_text(Paper(""), PARSED)
    assert text.startswith("# As printed\n\nAshish Vaswani\n\n## Abstract\n\nThe dominant models.\n\nAre complex.\n")
    assert markdown.paper_text(Paper(""), ParsedPaper()) == "# Untitled\n"


def test_nothing_that_a_terminal_obeys_is_passed_on() -> None:
    assert "\x1b" not in markdown.paper_text(samples.ATTENTION, PARSED)


def test_caption_before_any_section_follows_the_abstract() -> None:
    caption = Caption("figure", "1", "F.", 1)
    parsed = ParsedPaper(abstract="A.", sections=(Section("1", "I", 1, 2, "T"),), captions=(caption,))
    text = markdown.paper_text(Paper("T"), parsed)
    assert text.index("A.") < text.index("Figure 1") < text.index("## 1 I")


def test_the_rows_of_a_table_follow_its_caption_as_they_are() -> None:
    table = Caption("table", "1", "Kettles.", 2, content="Kettle  Cups\n```copper*  4\x1b[31m\n\nsteel     12")
    parsed = ParsedPaper(sections=(Section("1", "I", 1, 1, "T"),), captions=(table,))
    text = markdown.paper_text(Paper("T"), parsed)
    assert "> **Table 1.** Kettles.\n\n````\nKettle  Cups\n```copper*  4[31m\n\nsteel     12\n````\n" in text


def test_long_author_lists_are_cut() -> None:
    paper = Paper("Many?", tuple(Author(f"Name{chr(65 + i)}", "A.") for i in range(12)), year=2000)
    assert "A. NameJ et al. (2000). **Many?**\n" in markdown.write([paper])


def test_markup_in_titles_is_escaped() -> None:
    assert markdown.write([Paper("A*_[x] <b $a_b$")]) == "- **A\\*\\_\\[x\\] \\<b $a_b$**.\n"


def test_the_heading_of_the_references_stands_over_them_and_nowhere_else() -> None:
    sections = (Section("1", "End", 1, 1, "It ends."), Section(None, "References", 1, 1, ""))
    parsed = ParsedPaper(
        sections=sections, footnotes=(Footnote(1, "A note."),), references=(Reference("1", "[1] A.", 1),)
    )
    text = markdown.paper_text(Paper("T"), parsed)
    assert text.index("## Footnotes") < text.index("## References") < text.index("[1] A.")
    assert text.count("References") == 1
    assert "## References" in markdown.paper_text(Paper("T"), ParsedPaper(sections=sections)), "nothing else has it"


def test_formulas_and_lists_are_those_of_markdown() -> None:
    text = "We do:\n\n• one * two\n\n2) three\n\ny_t = W * x_t\nz_t = y_t    (1)"
    section = Section(None, "Method", 1, 1, text, ("text", "item", "item", "equation"), (1, 1, 1, 1))
    written = markdown.paper_text(Paper(title="T"), ParsedPaper(sections=(section,)))
    assert "\n- one * two\n" in written
    assert "\n2. three\n" in written
    assert "\n    y_t = W * x_t\n    z_t = y_t    (1)\n" in written
