"""``zero-to-hero`` is whole, in a sensible order, and says nothing about a paper that was not checked."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from paperpath.formats.citekeys import base_key
from paperpath.ids import parse_id

from .conftest import BIB, PLAN, TABLE

if TYPE_CHECKING:
    from paperpath.model import Paper, ReadingList

    from .conftest import Row

FOUNDATIONS = (
    "Attention Is All You Need",
    "Adam: A Method for Stochastic Optimization",
    "Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift",
    "Layer Normalization",
    "Deep Residual Learning for Image Recognition",
    "Efficient Estimation of Word Representations in Vector Space",
    "Sequence to Sequence Learning with Neural Networks",
    "Neural Machine Translation by Jointly Learning to Align and Translate",
    "Language Models are Few-Shot Learners",
    "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
    "An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale",
    "Denoising Diffusion Probabilistic Models",
    "Generative Adversarial Nets",
    "Auto-Encoding Variational Bayes",
    "Playing Atari with Deep Reinforcement Learning",
    "Proximal Policy Optimization Algorithms",
    "LoRA: Low-Rank Adaptation of Large Language Models",
    "Distilling the Knowledge in a Neural Network",
    "FlashAttention: Fast and Memory-Efficient Exact Attention with IO-Awareness",
    "Scaling Laws for Neural Language Models",
    "Learning Transferable Visual Models From Natural Language Supervision",
    "U-Net: Convolutional Networks for Biomedical Image Segmentation",
)
CLASSICS = {
    "Computing Machinery and Intelligence": 1950,
    "A Mathematical Theory of Communication": 1948,
    "The Perceptron: A Probabilistic Model for Information Storage and Organization in the Brain": 1958,
    "Maximum Likelihood from Incomplete Data via the EM Algorithm": 1977,
    "Learning Representations by Back-Propagating Errors": 1986,
    "Q-Learning": 1992,
    "Simple Statistical Gradient-Following Algorithms for Connectionist Reinforcement Learning": 1992,
    "Support-Vector Networks": 1995,
    "Long Short-Term Memory": 1997,
    "Gradient-Based Learning Applied to Document Recognition": 1998,
    "Learning to Forget: Continual Prediction with LSTM": 2000,
    "Random Forests": 2001,
    "A Neural Probabilistic Language Model": 2003,
    "A Fast Learning Algorithm for Deep Belief Nets": 2006,
    "Understanding the Difficulty of Training Deep Feedforward Neural Networks": 2010,
    "ImageNet Classification with Deep Convolutional Neural Networks": 2012,
    "Random Search for Hyper-Parameter Optimization": 2012,
    "Dropout: A Simple Way to Prevent Neural Networks from Overfitting": 2014,
    "Improving Language Understanding by Generative Pre-Training": 2018,
    "Language Models Are Unsupervised Multitask Learners": 2019,
}
"""Not on arXiv, with their year."""

ROOTS = {"rosenblatt1958perceptron", "watkins1992qlearning"}
"""Papers after the fundamentals that need none before them."""

SUBJECTS = (
    "mathematics", "python", "fundamentals", "deep learning", "optimisation", "convolutional", "recurrent", "attention",
    "graph", "generative", "reinforcement", "words", "language models", "vision", "speech", "efficiency", "safety",
    "practice",
)  # fmt: skip
"""A word of the title of each stage, in their order."""

WITHOUT_PAPERS = ["Python and tools"]
"""Stages of resources alone."""

OFF_METADATA = {"srivastava2015training", "zeiler2014visualizing"}
"""Their arXiv ids come from citations; the corpus has no record of them."""

RETITLED = {"loshchilov2019decoupled": "Fixing Weight Decay Regularization in Adam"}
"""Published under another title than the one that the corpus has of them."""

WITHOUT_PUBLISHER = {
    "kingma2014auto", "bahdanau2015neural", "goodfellow2015explaining", "kingma2015adam", "simonyan2015very",
    "lillicrap2016continuous", "radford2016unsupervised", "han2016deep",
}  # fmt: skip
"""In proceedings that had none: those of the International Conference on Learning Representations before 2017."""

WITHOUT_PAGES = {
    "kingma2014auto", "bahdanau2015neural", "goodfellow2015explaining", "kingma2015adam", "simonyan2015very",
    "lillicrap2016continuous", "radford2016unsupervised", "kipf2017semi", "zhang2017understanding",
    "loshchilov2019decoupled", "xu2019powerful", "song2021denoising", "hu2022lora", "felzenszwalb2008discriminatively",
    "han2016deep", "madry2018deep", "wang2019glue", "gu2022efficiently",
}  # fmt: skip
"""In proceedings without page numbers, or whose pages none of the sources has."""

NAMED_SOURCE = re.compile(
    r"[\w-]+/[\w.-]+@[0-9a-f]{7}|DBLP:[\w/-]+|references? (\[\d+\] (and \[\d+\] )?)?of (arXiv:|LeCun)"
)
"""A repository at a commit, a record of DBLP, or the reference list of a paper."""


def plain(text: str) -> str:
    """Letters and digits alone, so that capitals, accents, dashes and spaces don't count."""
    text = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L"))
    return re.sub(r"[\W_]", "", "".join(c for c in text if not unicodedata.combining(c))).lower()


def link(paper: Paper) -> str:
    """Where a paper that is not on arXiv can be found."""
    return paper.doi or paper.url or ""


# --------------------------------------------------------------------------- the facts


def test_every_paper_is_what_the_checked_table_says(papers: dict[str, Paper], table: dict[str, Row]) -> None:
    found = {
        (key, paper.arxiv_id or "", plain(paper.title), paper.authors[0].surname, str(paper.year), link(paper))
        for key, paper in papers.items()
    }
    checked = {
        (row.key, row.arxiv_id, plain(row.title), row.first_author, row.year, row.doi_or_url) for row in table.values()
    }
    assert found - checked == set()
    assert checked - found == set()


def test_every_row_of_the_table_names_its_source(table: dict[str, Row]) -> None:
    assert [row.key for row in table.values() if len(row.source) < 10] == []


def test_what_the_corpus_cannot_check_has_a_source_that_can_be_looked_up(table: dict[str, Row]) -> None:
    off_corpus = [row for row in table.values() if not row.arxiv_id or row.key in RETITLED]
    assert [row.key for row in off_corpus if not NAMED_SOURCE.search(row.source)] == []


def test_all_authors_are_named() -> None:
    assert " and others}" not in BIB.read_text(encoding="utf-8")


def test_ids_are_ids_and_stand_once(papers: dict[str, Paper]) -> None:
    ids = [str(found) for paper in papers.values() for found in paper.ids]
    assert [text for text in ids if str(parse_id(text)) != text] == []
    assert len(set(ids)) == len(ids)


def test_papers_that_are_not_on_arxiv_have_a_doi_or_a_link(papers: dict[str, Paper]) -> None:
    for key, paper in papers.items():
        if not paper.arxiv_id:
            assert link(paper), f"{key} can't be found by anybody"
            assert parse_id(link(paper)).scheme in ("doi", "url")


def test_unpublished_papers_bear_the_date_of_their_id(papers: dict[str, Paper]) -> None:
    for paper in papers.values():
        if paper.arxiv_id and not paper.venue:
            assert str(paper.year)[2:] == paper.arxiv_id.rpartition("/")[2][:2], paper.key
            assert paper.month, paper.key


def test_types_fit_what_is_known_of_the_venue(papers: dict[str, Paper]) -> None:
    for paper in papers.values():
        if paper.entry_type == "techreport":
            assert dict(paper.extra)["institution"]
        else:
            assert (paper.entry_type in ("article", "inproceedings", "incollection")) == bool(paper.venue), paper.key
            assert paper.venue or paper.entry_type == "misc"


def test_papers_in_proceedings_have_publisher_and_pages(papers: dict[str, Paper]) -> None:
    printed = [paper for paper in papers.values() if paper.entry_type in ("inproceedings", "incollection")]
    assert {paper.key for paper in printed if not paper.publisher} == WITHOUT_PUBLISHER
    assert {paper.key for paper in printed if not paper.pages} == WITHOUT_PAGES


def test_publishers_have_one_name_each(papers: dict[str, Paper]) -> None:
    names = {paper.publisher for paper in papers.values() if paper.publisher}
    assert len({plain(name).removesuffix("inc").removesuffix("org") for name in names}) == len(names)
    assert all(paper.publisher == "PMLR" for paper in papers.values() if "mlr.press" in (paper.url or ""))


def test_abstracts_come_with_the_package(papers: dict[str, Paper]) -> None:
    with_abstract = [paper for paper in papers.values() if paper.abstract]
    assert len(with_abstract) >= 50
    assert [paper.key for paper in with_abstract if not paper.arxiv_id] == []  # only arXiv's are free to copy


def test_keys_are_those_that_paperpath_makes(papers: dict[str, Paper]) -> None:
    made = {key: base_key(paper) for key, paper in papers.items()}
    assert {key: formula for key, formula in made.items() if key != formula} == {}


# --------------------------------------------------------------------------- the plan


def test_the_bib_holds_the_papers_of_the_plan_in_its_order(plan: ReadingList) -> None:
    in_bib = re.findall(r"^@\w+\{(.+),$", BIB.read_text(encoding="utf-8"), re.M)
    assert in_bib == [entry.key for entry in plan.entries]


def test_the_list_is_long_enough_and_has_no_empty_stage(plan: ReadingList) -> None:
    assert len(plan.entries) >= 60
    for stage in plan.stages:
        assert len(stage.entries) >= 5 or stage.title in WITHOUT_PAPERS
        assert stage.title
        assert stage.about.endswith(".")
    assert [stage.title for stage in plan.stages if not stage.entries] == WITHOUT_PAPERS


def test_every_subject_has_a_stage_of_its_own(plan: ReadingList) -> None:
    titles = [stage.title.lower() for stage in plan.stages]
    assert len(titles) == len(SUBJECTS)
    assert [subject for subject, title in zip(SUBJECTS, titles, strict=True) if subject not in title] == []


def test_no_paper_needs_one_of_a_later_stage(plan: ReadingList) -> None:
    stage_of = {entry.key: number for number, stage in enumerate(plan.stages) for entry in stage.entries}
    needed = [(entry.key, need) for entry in plan.entries for need in entry.needs]
    assert len(needed) > len(plan.entries)
    assert [(key, need) for key, need in needed if stage_of[need] > stage_of[key]] == []


def test_foundations_and_classics_are_there(papers: dict[str, Paper]) -> None:
    titles = {plain(paper.title): paper for paper in papers.values()}
    assert [title for title in FOUNDATIONS if plain(title) not in titles] == []
    for title, year in CLASSICS.items():
        paper = titles[plain(title)]
        assert (paper.year, paper.arxiv_id) == (year, None)


def test_needs_point_to_earlier_papers(plan: ReadingList) -> None:
    seen: set[str] = set()
    for entry in plan.entries:
        assert set(entry.needs) <= seen, f"{entry.key} needs papers that come later or not at all"
        assert len(set(entry.needs)) == len(entry.needs)
        seen.add(entry.key)


def test_after_the_fundamentals_papers_build_on_others(plan: ReadingList) -> None:
    later = plan.stages[SUBJECTS.index("deep learning") :]
    assert {entry.key for stage in later for entry in stage.entries if not entry.needs} == ROOTS


def test_the_way_to_the_transformer_leads_past_what_it_is_made_of(plan: ReadingList) -> None:
    needs = {entry.key: entry.needs for entry in plan.entries}
    before: set[str] = set()
    todo = ["vaswani2017attention"]
    while todo:
        for key in needs[todo.pop()]:
            if key not in before:
                before.add(key)
                todo.append(key)
    made_of = {"rumelhart1986learning", "hochreiter1997long", "bahdanau2015neural", "he2016deep", "ba2016layer"}
    assert made_of <= before
    assert len(before) < len(plan.entries) / 4  # a path, not the whole list


def test_every_paper_says_why_in_whole_sentences(plan: ReadingList) -> None:
    for entry in plan.entries:
        assert re.fullmatch(r"[A-Z].{60,}\.", entry.why), entry.key
        assert len(entry.why) <= 400, entry.key
        assert "—" not in entry.why


def test_a_technique_has_one_origin(plan: ReadingList) -> None:
    origin: dict[str, str] = {}
    for entry in plan.entries:
        for technique in entry.introduces:
            assert technique == technique.strip()
            assert technique.lower() not in origin, f"{technique} comes from {origin[technique.lower()]} already"
            origin[technique.lower()] = entry.key
    assert origin["transformer"] == "vaswani2017attention"
    assert origin["dropout"] == "hinton2012improving"
    assert len(origin) > len(plan.entries)


# --------------------------------------------------------------------------- the files


@pytest.mark.parametrize("path", [PLAN, BIB, TABLE], ids=lambda path: path.name)
def test_files_are_clean_text(path: Path) -> None:
    data = path.read_bytes()
    text = data.decode("utf-8")
    assert unicodedata.normalize("NFC", text) == text
    assert b"\r" not in data
    assert data.endswith(b"\n")


def test_the_bib_is_plain_ascii_with_one_field_a_line() -> None:
    text = BIB.read_text(encoding="utf-8")
    assert text.isascii()
    shape = re.compile(r"@[a-z]+\{[a-z]+\d{4}[a-z0-9]+,|  [a-z]+ += (\{.*\}|[a-z]{3}),|\}|%.*|")
    assert [line for line in text.splitlines() if not shape.fullmatch(line)] == []


# --------------------------------------------------------------------------- against the real records


@pytest.mark.corpus
def test_ids_titles_and_authors_are_those_of_the_records(papers: dict[str, Paper], table: dict[str, Row]) -> None:
    from .check import metadata  # which imports from here

    corpus = Path(os.environ["PAPERPATH_CORPUS"])
    records = metadata(corpus)
    mismatches = []
    for key, paper in papers.items():
        if not paper.arxiv_id or key in OFF_METADATA:
            continue
        record = records[paper.arxiv_id]
        title, authors = plain(record["title"]), [latin(name) for name in record["authors"] or ()]
        if title != plain(RETITLED.get(key, paper.title)) or plain(paper.title) != plain(table[key].title):
            mismatches.append((key, record["title"]))
        if authors and [plain(name) for name in authors] != [plain(str(author)) for author in paper.authors]:
            mismatches.append((key, authors))
        if record["published"] and not paper.venue and record["published"][:4] != str(paper.year):
            mismatches.append((key, record["published"]))
    assert mismatches == []
    assert {row.arxiv_id for row in table.values() if row.arxiv_id} - records.keys() == {
        table[key].arxiv_id for key in OFF_METADATA
    }


def latin(name: str) -> str:
    """A record's name without the traces of its way: LaTeX of DBLP, and UTF-8 once read as Latin-1."""
    name = name.replace("{-}", "-").replace(r"{\'{e}}", "é")
    try:
        return name.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return name
