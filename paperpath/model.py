"""The nouns: what a paper, a parsed paper, a reading list and a reader's marks are.

Frozen dataclasses with plain attributes; no input, no output, nothing imported from the rest of the package. Texts are
Unicode (NFC) as a person reads them; LaTeX exists only inside ``$…$`` and in the formats that write it.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Status = Literal["unread", "skimmed", "reading", "read"]
STATUSES: tuple[Status, ...] = ("unread", "skimmed", "reading", "read")


@dataclass(frozen=True, slots=True)
class PaperId:
    """What names a paper in the outside world."""

    scheme: Literal["arxiv", "doi", "url"]
    value: str
    """``1706.03762``, ``hep-th/9901001``, ``10.1038/nature14539`` (lower case) or an absolute URL."""
    version: int | None = None
    """The arXiv version that was asked for; None means the latest."""

    def __str__(self) -> str:
        """``arXiv:1706.03762v7``, ``doi:10.1038/nature14539`` or the URL itself."""
        if self.scheme == "url":
            return self.value
        prefix = "arXiv" if self.scheme == "arxiv" else self.scheme
        return f"{prefix}:{self.value}" + (f"v{self.version}" if self.version else "")


@dataclass(frozen=True, slots=True)
class Author:
    """A name in the four parts that BibTeX knows, or a corporate name as ``family`` alone with ``literal`` set."""

    family: str
    given: str = ""
    particle: str = ""
    """``van der``, ``de``, ``von``: written before the family name, not sorted by it."""
    suffix: str = ""
    """``Jr.``, ``III``."""
    literal: bool = False
    """A corporate or single name such as ``OpenAI`` that must never be taken apart."""

    def __str__(self) -> str:
        """The name in reading order: ``Laurens van der Maaten``, ``Martin Luther King, Jr.``."""
        name = " ".join(part for part in (self.given, self.particle, self.family) if part)
        return f"{name}, {self.suffix}" if self.suffix else name

    @property
    def surname(self) -> str:
        """The family name with its particle: ``van der Maaten``."""
        return f"{self.particle} {self.family}" if self.particle else self.family


@dataclass(frozen=True, slots=True)
class Paper:
    """What is known about a paper from its metadata; the field names are those of BibTeX and arXiv."""

    title: str
    authors: tuple[Author, ...] = ()
    key: str = ""
    """The citation key; empty until the library gives one."""
    entry_type: str = "misc"
    """BibTeX's entry type: ``article``, ``inproceedings``, ``book``, ``misc`` …"""
    year: int | None = None
    month: int | None = None
    venue: str | None = None
    """Journal for an article, book title for a paper in proceedings."""
    volume: str | None = None
    number: str | None = None
    pages: str | None = None
    publisher: str | None = None
    doi: str | None = None
    """Bare, lower case: ``10.1038/nature14539``; never arXiv's own ``10.48550/arXiv.…``."""
    url: str | None = None
    arxiv_id: str | None = None
    """Without the version: ``1706.03762``, ``math/0309136``."""
    arxiv_version: int | None = None
    primary_category: str | None = None
    categories: tuple[str, ...] = ()
    abstract: str | None = None
    comment: str | None = None
    """The authors' comment on arXiv: ``15 pages, 5 figures``."""
    journal_ref: str | None = None
    """Where arXiv says it was published, as its authors typed it."""
    published: str | None = None
    """Date of the first arXiv version, ISO 8601."""
    updated: str | None = None
    """Date of the latest arXiv version, ISO 8601."""
    extra: tuple[tuple[str, str], ...] = ()
    """Further bibliographic fields as (lower-case name, text): editor, series, isbn, school …"""

    @property
    def ids(self) -> tuple[PaperId, ...]:
        """Every identifier that the metadata gives, the strongest first."""
        found = []
        if self.arxiv_id:
            found.append(PaperId("arxiv", self.arxiv_id))
        if self.doi:
            found.append(PaperId("doi", self.doi.lower()))
        return tuple(found)

    @property
    def web_page(self) -> str | None:
        """Where it can be seen on the web: on arXiv, at its DOI, or at an address of its own."""
        if self.arxiv_id:
            return f"https://arxiv.org/abs/{self.arxiv_id}"
        if self.doi:
            return f"https://doi.org/{self.doi}"
        return self.url if self.url and self.url.startswith(("https://", "http://")) else None

    @property
    def byline(self) -> str:
        """Authors for a narrow column: ``Vaswani +7``, ``Kingma & Ba``, ``LeCun``, ``Silver & al.``; empty without.

        The last form is for lists that end in "and others", as BibTeX writes those who are not named.
        """
        names = [author.surname for author in self.authors]
        if len(names) > 1 and names[-1] == "others":
            return f"{names[0]} & al."
        if len(names) > 2:
            return f"{names[0]} +{len(names) - 1}"
        return " & ".join(names)


# --------------------------------------------------------------------------- what a PDF says


@dataclass(frozen=True, slots=True)
class ParsedAuthor:
    """An author as printed on the first page."""

    name: str
    affiliation: str | None = None


ParagraphKind = Literal["text", "equation", "item"]
"""Running text, a displayed formula with its number, or an item of a list."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a section."""

    start: int
    """Where it begins in the section's text."""
    text: str
    kind: ParagraphKind | None
    page: int | None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text under it, up to the next heading of any level."""

    number: str | None
    """``3.2.1``, ``A``, ``IV``; None for an unnumbered section."""
    title: str
    level: int
    """1 for a section, 2 for a subsection …"""
    page: int
    """The page of the heading, from 1."""
    text: str
    """Paragraphs separated by one empty line; ligatures resolved, line-end hyphens joined, NFC."""
    kinds: tuple[ParagraphKind, ...] = ()
    """What each paragraph of the text is; empty in files of older parsers."""
    pages: tuple[int, ...] = ()
    """The page on which each paragraph of the text begins; empty in files of older parsers."""

    @property
    def heading(self) -> str:
        """``3.2.1 Scaled Dot-Product Attention``."""
        return f"{self.number} {self.title}" if self.number else self.title

    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs of the text, in order; without kind and page where they are not known."""
        start = 0
        parts = self.text.split("\n\n")
        known = len(parts) == len(self.kinds) == len(self.pages)
        for i, part in enumerate(parts):
            if part.strip():
                yield Paragraph(start, part, self.kinds[i] if known else None, self.pages[i] if known else None)
            start += len(part) + 2


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the bibliography."""

    label: str | None
    """As printed: ``12``, ``AAB+15``; None in author–year lists."""
    text: str
    """The whole entry, label included where it is printed."""
    page: int
    authors: tuple[str, ...] = ()
    title: str | None = None
    venue: str | None = None
    year: int | None = None
    volume: str | None = None
    """As printed, with the letter of a section that is joined to it: ``9``, ``B437``, ``PAMI-12``."""
    issue: str | None = None
    """``8``, ``2–3``, ``Suppl 1``."""
    pages: str | None = None
    """``1735–1780``, ``191–6``, or the number of an article: ``L12``, ``e1004``. Ranges have an en dash without spaces,
    which the export to BibTeX writes as ``--``; for the rest they are as printed."""
    arxiv_id: str | None = None
    doi: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in the text that cites."""

    page: int
    text: str
    references: tuple[int, ...]
    """Indices into ``ParsedPaper.references``, from 0."""


@dataclass(frozen=True, slots=True)
class Caption:
    """The caption of a figure, table or algorithm."""

    kind: Literal["figure", "table", "algorithm"]
    label: str
    """``3``, ``A.1``, ``IV``: without the word before it."""
    text: str
    """What the caption says after ``Figure 3:``."""
    page: int
    box: tuple[float, float, float, float] | None = None
    """x0, y0, x1, y1 of the caption in PDF points, origin bottom left."""
    content: str | None = None
    """The rows of a table, its columns aligned, or the steps of an algorithm; None where there are none to be read."""

    @property
    def name(self) -> str:
        """``Figure 3``."""
        return f"{self.kind.capitalize()} {self.label}"


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote, kept apart from the text."""

    page: int
    text: str


_REFERENCES = ("references", "bibliography", "literature cited", "references and notes", "works cited")


@dataclass(frozen=True, slots=True)
class ParsedPaper:
    """The structure of one PDF; ``to_dict`` is the shape that ``parse --json`` and ``parsed.json`` promise."""

    title: str | None = None
    authors: tuple[ParsedAuthor, ...] = ()
    abstract: str | None = None
    arxiv_id: str | None = None
    """From the stamp on the first page, with its version: ``1706.03762v7``."""
    doi: str | None = None
    sections: tuple[Section, ...] = ()
    references: tuple[Reference, ...] = ()
    citations: tuple[Citation, ...] = ()
    captions: tuple[Caption, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    pages: int = 0
    warnings: tuple[str, ...] = ()
    """What is missing or uncertain, each a sentence for the reader."""

    def heads_references(self, section: Section) -> bool:
        """Whether ``section`` is nothing but the heading over :attr:`references`, which have a place of their own."""
        named = section.title.strip().rstrip(".:").casefold() in _REFERENCES
        return named and not section.text.strip() and bool(self.references)

    def to_dict(self) -> dict[str, Any]:
        """The paper as plain lists and dictionaries, ready for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> ParsedPaper:
        """The inverse of :meth:`to_dict`; unknown keys are ignored, so that newer files still open.

        Raises:
            KeyError, TypeError, ValueError: the data has not the promised shape.
        """

        def rows(kind: type[Any], name: str) -> tuple[Any, ...]:
            known = kind.__dataclass_fields__
            return tuple(
                kind(**{k: tuple(v) if isinstance(v, list) else v for k, v in row.items() if k in known})
                for row in data.get(name, ())
            )

        return cls(
            title=data.get("title"),
            authors=rows(ParsedAuthor, "authors"),
            abstract=data.get("abstract"),
            arxiv_id=data.get("arxiv_id"),
            doi=data.get("doi"),
            sections=rows(Section, "sections"),
            references=rows(Reference, "references"),
            citations=rows(Citation, "citations"),
            captions=rows(Caption, "captions"),
            footnotes=rows(Footnote, "footnotes"),
            pages=int(data.get("pages", 0)),
            warnings=tuple(data.get("warnings", ())),
        )


# --------------------------------------------------------------------------- reading lists


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One paper of a reading list, with our words about it."""

    key: str
    """Citation key of the entry in the list's own .bib; in the library, the paper's key there."""
    why: str
    """Why it matters, one or two sentences."""
    introduces: tuple[str, ...] = ()
    """Techniques that this paper introduced: ``multi-head attention``."""
    needs: tuple[str, ...] = ()
    """Keys of papers in the same list that should be read first."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of a reading list."""

    title: str
    about: str
    entries: tuple[ListEntry, ...]


@dataclass(frozen=True, slots=True)
class ReadingList:
    """Papers in an order worth following."""

    name: str
    """What a person types: ``zero-to-hero``."""
    title: str
    about: str
    stages: tuple[Stage, ...]

    @property
    def entries(self) -> tuple[ListEntry, ...]:
        """All entries, in reading order."""
        return tuple(entry for stage in self.stages for entry in stage.entries)


# --------------------------------------------------------------------------- guides


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask oneself after reading."""

    ask: str
    section: str
    """Where the text answers it, as the paper numbers or names it: ``3.2.1``, ``Abstract``, ``Table 2``."""
    answer: str


@dataclass(frozen=True, slots=True)
class Guide:
    """What we say about reading one paper, whatever list it is on; everything but the key may be missing."""

    key: str
    """As :attr:`ListEntry.key`."""
    look_for: str = ""
    """What to watch while reading, one or two sentences."""
    know: tuple[str, ...] = ()
    """Ids of topics to know before, which are no papers."""
    minutes: int | None = None
    """A careful first reading."""
    skim: tuple[str, ...] = ()
    """Sections, figures and tables for the first pass."""
    understand: tuple[str, ...] = ()
    """For the second."""
    implement: tuple[str, ...] = ()
    """For the third."""
    task: str = ""
    """Something to build or to try out, one to three sentences."""
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to know that is no paper of a list: ``softmax``."""

    id: str
    name: str
    about: str
    learn: tuple[str, ...] = ()
    """Ids of resources that teach it."""


ResourceKind = Literal["book", "course", "guide", "competition", "article"]
RESOURCE_KINDS: tuple[ResourceKind, ...] = ("book", "course", "guide", "competition", "article")


@dataclass(frozen=True, slots=True)
class Resource:
    """What to learn from beside papers."""

    id: str
    title: str
    kind: ResourceKind
    link: str
    stage: str
    """Title of the stage of a reading list that it goes with."""
    about: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    source: str = ""
    """Where these facts are from: ``repo@commit:file``."""


# --------------------------------------------------------------------------- the reader's side


@dataclass(frozen=True, slots=True)
class Position:
    """Where a reader stopped, in words that survive another width and another parse."""

    section: int
    """Index into ``ParsedPaper.sections``; -1 in the abstract or before."""
    offset: int
    """Characters into that section's text."""
    fraction: float
    """How much of the paper lies before it, 0 to 1."""


_HASHTAG = re.compile(r"(?<![\w#&/])#(?!\d+(?![\w/-]))(\w(?:[\w/-]*\w)?)")
"""As Obsidian reads them, to which notes are exported; ``a#b`` and the end of an address are none."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A passage that the reader marked, anchored by what it says and what stands around it."""

    quote: str
    prefix: str = ""
    """Up to 40 characters before the quote, to tell equal quotes apart."""
    suffix: str = ""
    """Up to 40 characters after the quote."""
    section: str = ""
    """Title of the section it was made in; a hint, not the anchor."""
    page: int | None = None
    colour: str = "yellow"
    comment: str = ""
    created: str = ""
    """ISO 8601, UTC."""
    id: int | None = None
    """The library's number for it; None before it is kept."""

    @property
    def tags(self) -> tuple[str, ...]:
        """Its tags: the words of the comment that begin with ``#``, without it, each once in lower case.

        A number alone, as in ``#3``, is none.
        """
        return tuple(dict.fromkeys(word.casefold() for word in _HASHTAG.findall(self.comment)))


@dataclass(frozen=True, slots=True)
class StoredPdf:
    """The PDF file of a paper, as it was when it was published into the library."""

    sha256: str
    bytes: int
    pages: int
    fetched: str
    """ISO 8601, UTC."""
    version: int | None = None
    """arXiv version, where the source told it."""
    source: str = ""
    """URL or path that it came from."""


@dataclass(frozen=True, slots=True)
class Record:
    """A paper of the library with everything the library knows about it."""

    paper: Paper
    status: Status = "unread"
    tags: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    """Names of the reading lists that hold it."""
    added: str = ""
    """ISO 8601, UTC."""
    position: Position | None = None
    pdf: StoredPdf | None = None
    parsed: str | None = None
    """Version of the parser that made the stored text; None while there is none."""
    problem: str | None = None
    """Why the last fetch or parse failed; None once it worked."""
    highlights: tuple[Highlight, ...] = field(default=())

    @property
    def key(self) -> str:
        """The citation key."""
        return self.paper.key


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a full-text search found."""

    key: str
    title: str
    kind: Literal["title", "authors", "abstract", "text", "note"]
    section: str
    page: int | None
    passage: str
    """The passage with its matches between U+E000 and U+E001, which no paper uses; front ends colour them."""
    score: float
    """BM25, smaller is better."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the library's history."""

    id: int
    at: str
    """ISO 8601, UTC."""
    what: str
    """One line for a person: ``status of vaswani2017attention: unread → read``."""
    state: Literal["done", "undone", "dropped"]
    """``dropped``: it was undone and then another change took its place, so it can't be made again."""


# --------------------------------------------------------------------------- question cards

Grade = Literal["again", "hard", "good", "easy"]
"""How well an answer was remembered, in the words of Anki and FSRS."""
GRADES: tuple[Grade, ...] = ("again", "hard", "good", "easy")
"""From 1 to 4, which is also how FSRS counts them."""
CardOrigin = Literal["guide", "highlight", "own"]
MemoryState = Literal["learning", "review", "relearning"]
"""FSRS's words: seen lately and asked again within minutes; asked again after days; forgotten and learnt anew."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """What FSRS knows about the memory of one card, and when it asks again."""

    state: MemoryState
    step: int | None
    """Index into the steps of minutes; None while in ``review``."""
    stability: float
    """Days until the chance to remember has fallen to 90 %."""
    difficulty: float
    """1 to 10."""
    due: str
    """ISO 8601, UTC, to the second."""
    last_review: str
    """ISO 8601, UTC, to the second."""


@dataclass(frozen=True, slots=True)
class Card:
    """A question about a paper, with its answer and the passage that says so."""

    id: str
    """From its source, not its wording: ``guide:vaswani2017attention:3``, ``highlight:12``, ``own:4f2a91c0``."""
    key: str
    """Citation key of the paper."""
    origin: CardOrigin
    question: str
    answer: str
    section: str = ""
    """Where the paper answers it, as the paper numbers or names it."""
    page: int | None = None
    quote: str = ""
    """The passage; empty where none was marked."""
    created: str = ""
    """ISO 8601, UTC; empty for a card that nobody has reviewed or changed yet and that is made anew each time."""
    edited: bool = False
    """Whether the words are the reader's own now, so that those of the source do not replace them."""
    removed: bool = False
    """Whether the reader does not want to be asked this."""
    orphan: bool = False
    """Whether its source is gone: the highlight was removed, the guide has no such question any more."""
    schedule: Schedule | None = None
    """None for a card that was never reviewed."""
    reviews: int = 0
    """How often it was reviewed."""

    @property
    def place(self) -> str:
        """``section 3.2.1, p. 4``; empty where neither is known."""
        numbered = self.section[:1].isdigit() or (len(self.section) > 1 and self.section[1] == ".")
        section = f"section {self.section}" if numbered else self.section
        return ", ".join(part for part in (section, f"p. {self.page}" if self.page else "") if part)


@dataclass(frozen=True, slots=True)
class Review:
    """One answer of the reader, as the log keeps it."""

    card: str
    """The card's id."""
    at: str
    """ISO 8601, UTC, to the second."""
    grade: Grade
