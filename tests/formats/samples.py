"""Papers that between them touch every rule of the exported .bib files; the golden files show what becomes of them."""

from __future__ import annotations

from paperpath.model import Author, Paper

ATTENTION = Paper(
    "Attention Is All You Need",
    (Author("Vaswani", "Ashish"), Author("Shazeer", "Noam"), Author("Gomez", "Aidan N."), Author("Kaiser", "Łukasz")),
    key="vaswani2017attention",
    year=2017,
    month=6,
    url="https://arxiv.org/abs/1706.03762v7",
    arxiv_id="1706.03762",
    arxiv_version=7,
    primary_category="cs.CL",
    categories=("cs.CL", "cs.LG"),
    abstract="Not exported.",
    comment="15 pages, 5 figures",
)
ADAM = Paper(
    "Adam: A Method for Stochastic Optimization",
    (Author("Kingma", "Diederik P."), Author("Ba", "Jimmy")),
    key="kingma2015adam",
    entry_type="inproceedings",
    year=2015,
    venue="3rd International Conference on Learning Representations",
    arxiv_id="1412.6980",
    primary_category="cs.LG",
    url="http://arxiv.org/abs/1412.6980",
)
TSNE = Paper(
    "Visualizing Data using t-SNE",
    (Author("Maaten", "Laurens", "van der"), Author("Hinton", "Geoffrey")),
    key="maaten2008visualizing",
    entry_type="article",
    year=2008,
    month=11,
    venue="Journal of Machine Learning Research",
    volume="9",
    number="86",
    pages="2579-2605",
    url="https://jmlr.org/papers/v9/a_b%20c.html?x=1&y=2#~frag",
)
SCHRODINGER = Paper(
    "Über die  Schrödinger-Gleichung &amp; 50% von O’Neil’s “Fragen”: #1_x\u200b",
    (Author("Erdős", "Pál"), Author("Çağlar", "Gülçehre"), Author("King", "Martin Luther", suffix="Jr.")),
    key="erdos1950uber",
    entry_type="article",
    year=1950,
    venue="Zeitschrift für Physik",
    volume="12",
    pages="12–1–12–17",
    doi="10.1038/nature14539",
    arxiv_id="math/0309136",
    primary_category="math.GT",
)
FORMULA = Paper(
    r"An $O(n\log n)$ bound on $\ell_2$-norms over ℝ for α-stable processes with a price of $5",
    (Author("The ATLAS Collaboration", literal=True), Author("Barnes and Noble", literal=True), Author("others")),
    key="atlas2012bound",
    entry_type="techreport",
    year=2012,
    extra=(("institution", "CERN"), ("keywords", "left out"), ("file", "/home/me/left-out.pdf")),
)
LEFTOVER = Paper(
    r"L\'{e}vy flights: {BERT} and the {\em sparse} case---a \mystery",
    (Author("R{\\'{e}}", "Christopher"),),
    key="Re:2019/levy.2",
    year=2019,
    arxiv_id="1901.00001",
    primary_category="stat.ML",
    journal_ref="Phys. Rev. Lett. 119 (2019) 123",
)
NO_JOURNAL = Paper(
    "A note on playing Atari with small networks",
    (Author("Smith", "Ann"),),
    key="smith1999note",
    entry_type="article",
    year=1999,
    pages="3",
)
BOOK = Paper(
    "The Elements of Statistical Learning",
    (Author("Hastie", "Trevor"), Author("Tibshirani", "Robert")),
    key="hastie2009elements",
    entry_type="book",
    year=2009,
    publisher="Simon and Schuster",
    extra=(("edition", "2"), ("isbn", "978-0-387-84857-0"), ("issn", "1234-5678"), ("address", "New York")),
)
THESIS = Paper(
    "Untersuchungen zu dynamischen neuronalen Netzen",
    (Author("Hochreiter", "Sepp"),),
    key="hochreiter1991untersuchungen",
    entry_type="phdthesis",
    year=1991,
    extra=(("school", "Technische Universität München"), ("type", "Diplomarbeit")),
)
PROCEEDINGS = Paper(
    "ImageNet Classification with Deep Convolutional Neural Networks",
    (Author("Krizhevsky", "Alex"),),
    key="krizhevsky2012imagenet",
    entry_type="inproceedings",
    year=2012,
    venue="Advances in Neural Information Processing Systems 25",
    volume="25",
    number="1",
    pages="1097--1105",
    extra=(("editor", "Pereira, F. and {The Editors} and others"),),
)
CHINESE = Paper(
    "深度学习 (Deep Learning)", (Author("李", "明"), Author("Иванов", "Иван")), key="", year=2020, doi="10.1000/X"
)
NOBODY = Paper("Introduction to tropical algebraic geometry", key="introduction", arxiv_id="1207.1925")
TWIN = Paper("Attention, again", (Author("Vaswani", "Ashish"),), key="Vaswani2017Attention", year=2017)

PAPERS = (
    ATTENTION, ADAM, TSNE, SCHRODINGER, FORMULA, LEFTOVER, NO_JOURNAL, BOOK, THESIS, PROCEEDINGS, CHINESE, NOBODY, TWIN,
)  # fmt: skip
