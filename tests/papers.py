"""Makes small PDFs that look like papers, for tests and by hand: ``python -m tests.papers OUTDIR``.

Each function of :data:`PAPERS` writes one kind: one or two columns, numbered or author–year references, with anchors
and outline as hyperref leaves them or with the printed page alone, encrypted, scanned, right-to-left. The text is
nonsense about kettles, so that nobody's paper is shipped.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import letter
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WIDTH, HEIGHT = letter
ROMAN, BOLD, ITALIC = "Times-Roman", "Times-Bold", "Times-Italic"

SENTENCES = (
    "Water that is heated slowly keeps more of its temper than water that is heated in haste.",
    "We compare kettles of copper and of steel over the same flame and find that neither boils when watched.",
    "The effect grows with the number of observers, and it does not depend on whether they are thirsty.",
    "A kettle that has boiled once remembers it for about an hour, which earlier work did not take into account.",
    "Our measurements were repeated on three mornings by people who had not been told what to expect.",
    "No lid was lifted in the course of the experiments, apart from the one described in the next section.",
)


@dataclass
class Paper:
    """A paper that is being written on a canvas, line by line, as LaTeX would set it."""

    path: Path
    columns: int = 1
    size: float = 10.0
    anchors: bool = False
    stamp: str | None = None
    head: str | None = None
    """A running head for every page but the first."""
    encrypt: str | None = None
    page: int = 1
    column: int = 0
    y: float = 720.0
    top: float = 720.0
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        from reportlab.lib.pdfencrypt import StandardEncryption

        lock = StandardEncryption(self.encrypt, canPrint=1) if self.encrypt else None
        # invariant: the same bytes on every run, so that checksums can be compared.
        self.canvas = Canvas(str(self.path), pagesize=letter, invariant=1, encrypt=lock)
        if self.stamp:
            self.canvas.saveState()
            self.canvas.rotate(90)
            self.canvas.setFont(ROMAN, 20)
            self.canvas.drawString(230, -32, self.stamp)
            self.canvas.restoreState()

    # -------------------------------------------------------------- places

    @property
    def measure(self) -> float:
        """The width of a line of text."""
        return 468.0 if self.columns == 1 else 226.0

    @property
    def left(self) -> float:
        """Where lines begin."""
        return 72.0 + self.column * (self.measure + 16.0)

    def room(self, height: float) -> None:
        """Go on in the next column or on the next page when the rest of this one is too small."""
        foot = 90.0 + 11.0 * sum(len(wrap(note, ROMAN, 8, self.measure)) for note in self.notes)
        if self.y - height >= foot:
            return
        self._footnotes()
        if self.column + 1 < self.columns:
            self.column += 1
        else:
            self.end_page()
        self.y = self.top

    def end_page(self) -> None:
        """Finish the page with its number, and begin the next one."""
        self.canvas.setFont(ROMAN, 9)
        self.canvas.drawCentredString(WIDTH / 2, 40, str(self.page))
        self.canvas.showPage()
        self.page += 1
        self.column, self.top, self.y = 0, 720.0, 720.0
        if self.head:
            self.canvas.setFont(ITALIC, 9)
            self.canvas.drawString(72, 750, self.head)

    def save(self) -> Path:
        """Finish the file."""
        self._footnotes()
        self.canvas.setFont(ROMAN, 9)
        self.canvas.drawCentredString(WIDTH / 2, 40, str(self.page))
        self.canvas.save()
        return self.path

    # -------------------------------------------------------------- text

    def line(self, text: str, font: str, size: float, x: float | None = None, stretch: bool = False) -> None:
        """One line at the current height, justified like TeX's when ``stretch`` is set."""
        x = self.left if x is None else x
        spaces = text.count(" ")
        width = self.left + self.measure - x
        extra = (width - stringWidth(text, font, size)) / spaces if stretch and spaces else 0.0
        drawn = self.canvas.beginText(x, self.y)
        drawn.setFont(font, size)
        drawn.setWordSpace(extra)
        drawn.textOut(text)
        self.canvas.drawText(drawn)
        self.y -= 1.2 * size

    def paragraph(
        self, text: str, *, font: str = ROMAN, size: float | None = None, indent: float = 14.0, hang: float = 0.0
    ) -> None:
        """A justified paragraph, words divided where ``\\-`` allows it."""
        size = size or self.size
        lines = wrap(text, font, size, self.measure - hang, self.measure - indent)
        for i, row in enumerate(lines):
            self.room(1.2 * size)
            x = self.left + (indent if i == 0 else hang)
            self.line(row, font, size, x, stretch=i < len(lines) - 1)

    def centred(self, text: str, font: str, size: float, width: float | None = None) -> None:
        """One line in the middle of the page, or of the column."""
        middle = WIDTH / 2 if width is None else self.left + width / 2
        self.canvas.setFont(font, size)
        self.canvas.drawCentredString(middle, self.y, text)
        self.y -= 1.25 * size

    def heading(self, number: str | None, title: str, level: int = 1) -> None:
        """A heading, with an outline entry and an anchor when the paper has them."""
        size = {1: self.size + 2, 2: self.size + 1}.get(level, self.size)
        self.y -= 8
        self.room(3 * size)
        if self.anchors:
            kind = "sub" * (level - 1) + "section"
            name = f"{kind}.{number}" if number else f"{kind}*.{self.page}{int(self.y)}"
            self.canvas.bookmarkHorizontalAbsolute(name, self.y + size, left=self.left)
            self.canvas.addOutlineEntry(f"{number} {title}" if number else title, name, level=level - 1)
        self.line(f"{number} {title}" if number else title, BOLD, size)
        self.y -= 4

    def figure(self, label: str, caption: str, *, words: Sequence[str] = ("input", "kettle", "output")) -> None:
        """Boxes with words in them, and the caption below."""
        self.room(110)
        self.y -= 70
        for i, word in enumerate(words):
            x = self.left + 10 + i * 70
            self.canvas.rect(x, self.y, 60, 50)
            self.canvas.setFont("Helvetica", 7)
            self.canvas.drawString(x + 12, self.y + 22, word)
        self.y -= 16
        self.paragraph(f"Figure {label}: {caption}", size=self.size - 1, indent=0)
        self.y -= 8

    def table(self, label: str, caption: str, rows: Sequence[Sequence[str]]) -> None:
        """The caption, and rows of cells below."""
        self.room(60 + 12 * len(rows))
        self.paragraph(f"Table {label}: {caption}", size=self.size - 1, indent=0)
        self.y -= 4
        for row in rows:
            self.canvas.setFont(ROMAN, self.size - 1)
            for i, cell in enumerate(row):
                self.canvas.drawString(self.left + 8 + i * 72, self.y, cell)
            self.y -= 12
        self.y -= 10

    def footnote(self, text: str) -> None:
        """Small print for the foot of this column."""
        self.notes.append(text)

    def _footnotes(self) -> None:
        y = 68.0 + 9.6 * sum(len(wrap(note, ROMAN, 8, self.measure)) for note in self.notes)
        keep, self.y = self.y, y
        for note in self.notes:
            self.paragraph_at(note)
        self.y = keep
        self.notes.clear()

    def paragraph_at(self, text: str) -> None:
        """Small print at the current height, whatever room there is."""
        for row in wrap(text, ROMAN, 8, self.measure):
            self.line(row, ROMAN, 8)

    def reference(self, text: str, *, key: str, hang: float) -> None:
        """One entry of the bibliography, with its anchor when the paper has them."""
        self.room(1.2 * self.size)
        if self.anchors:
            self.canvas.bookmarkHorizontalAbsolute(f"cite.{key}", self.y + self.size, left=self.left)
        self.paragraph(text, indent=0, hang=hang)
        self.y -= 3

    def cite(self, key: str, x: float) -> None:
        """A link on the line above, as hyperref lays one over a citation."""
        if self.anchors:
            box = (x, self.y + self.size, x + 12, self.y + 2.2 * self.size)
            self.canvas.linkAbsolute("", f"cite.{key}", box, thickness=0)


def wrap(text: str, font: str, size: float, width: float, first: float | None = None) -> list[str]:
    """``text`` in lines no wider than ``width``; ``\\-`` in a word is a place where it may be divided."""
    lines: list[str] = []
    row = ""
    for word in text.split():
        whole = word.replace("\\-", "")
        limit = first if first is not None and not lines else width
        if not row or stringWidth(f"{row} {whole}", font, size) <= limit:
            row = f"{row} {whole}".strip()
            continue
        head, _, tail = word.partition("\\-")
        if tail and stringWidth(f"{row} {head}-", font, size) <= limit:
            lines.append(f"{row} {head}-")
            row = tail.replace("\\-", "")
        else:
            lines.append(row)
            row = whole
    return [*lines, row] if row else lines


def prose(count: int, start: int = 0) -> str:
    """``count`` sentences of running text."""
    return " ".join(SENTENCES[(start + i) % len(SENTENCES)] for i in range(count))


# ------------------------------------------------------------------ the papers

NUMERIC = (
    (
        "potter1998",
        "A. Potter and B. Wheel. On the boiling of watched kettles. Journal of Domestic Physics, 12(3):45-67, 1998.",
    ),
    (
        "steam2015",
        "Clara Steam, Dan Vapour, and Eve Mist. Attention is all a kettle needs. In Proceedings of Tea, 2015.",
    ),
    ("leaf2016", "F. Leaf. Very deep infusions. arXiv preprint arXiv:1601.01234, 2016."),
    (
        "cup2017",
        "G. Cup and H. Saucer. Spills considered harmful. Annals of Crockery, 2017. doi:10.1234/crock.2017.42.",
    ),
)
AUTHOR_YEAR = (
    ("leaf2016", "Leaf, F. (2016). Very deep infusions. arXiv preprint arXiv:1601.01234."),
    (
        "potter1998",
        "Potter, A. and Wheel, B. (1998). On the boiling of watched kettles. Journal of Domestic Physics, 12(3):45-67.",
    ),
    (
        "steam2015",
        "Steam, C., Vapour, D., and Mist, E. (2015). Attention is all a kettle needs. In Proc. of Tea, pages 1-9.",
    ),
    (
        "steam2015b",
        "Steam, C. (2017). Kettles revisited, again and at a length that needs a second line. Tea Letters, 4:1-22.",
    ),
)


def one_column(path: Path, *, anchors: bool = False) -> Path:
    """Numbered sections, numeric references, a figure, a table, a footnote, an arXiv stamp."""
    paper = Paper(path, anchors=anchors, stamp="arXiv:2101.01234v2 [cs.TE] 4 Jan 2021")
    paper.y = 690
    paper.centred("Watched Kettles and When They Boil", BOLD, 17)
    paper.y -= 12
    for name, place in (("Ada Potter", "University of Steam"), ("Bruno van der Wheel", "Institute of Tea")):
        paper.centred(name, BOLD, 11)
        paper.centred(place, ROMAN, 10)
        paper.y -= 6
    paper.y -= 10
    paper.centred("Abstract", BOLD, 12)
    for row in wrap(prose(3), ROMAN, 10, 380):
        paper.line(row, ROMAN, 10, 116)
    paper.heading("1", "Introduction")
    paper.paragraph("Kettles have been watched for a long time [1], and boiled for longer [2, 3]. " + prose(4))
    paper.cite("potter1998", 250)
    paper.footnote("1The kettle of the first author could not be found.")
    paper.paragraph("Infor\\-mation about kettles is rep\\-re\\-sented in tem\\-per\\-atures. " * 6 + prose(4, 2))
    paper.heading("2", "Method")
    paper.figure("1", "A kettle between its input and its output.")
    paper.paragraph(prose(7, 1))
    paper.heading("2.1", "Apparatus", 2)
    paper.paragraph("The apparatus follows earlier work [1-3] closely. " + prose(5, 3))
    paper.table(
        "1",
        "Minutes until boiling.",
        [("Kettle", "Watched", "Not"), ("copper", "never", "3.5"), ("steel", "never", "4.2")],
    )
    paper.heading("3", "Results")
    paper.paragraph(prose(12, 4))
    paper.paragraph("On the interval [0, 1] nothing boils. See [4] for spills. " + prose(6))
    paper.heading(None, "References")
    for i, (key, text) in enumerate(NUMERIC, 1):
        paper.reference(f"[{i}] {text}", key=key, hang=16)
    paper.heading("A", "Proofs")
    paper.paragraph(prose(3))
    return paper.save()


def two_column(path: Path, *, anchors: bool = False) -> Path:
    """Two columns, author–year references, running heads, a figure inside a column."""
    paper = Paper(path, columns=2, anchors=anchors, head="Steam and Vapour: Kettles Revisited")
    paper.canvas.setTitle("Kettles Revisited: A Second Look at the Boiling of Water")
    paper.centred("Kettles Revisited: A Second Look", BOLD, 16)
    paper.centred("at the Boiling of Water", BOLD, 16)
    paper.y -= 6
    paper.canvas.setFont(BOLD, 11)
    paper.canvas.drawString(180, paper.y, "Clara Steam")
    paper.canvas.drawString(360, paper.y, "Dan Vapour")
    paper.y -= 13
    paper.centred("University of Steam", ROMAN, 10)
    paper.y -= 20
    paper.top = paper.y
    paper.centred("Abstract", BOLD, 11, paper.measure)
    paper.paragraph(prose(3), indent=0, size=9)
    paper.heading("1", "Introduction")
    paper.paragraph("Watching was first studied by Potter and Wheel (1998). " + prose(7))
    paper.paragraph("Later work used attention (Steam et al., 2015; Leaf, 2016). " + prose(9, 2))
    paper.figure("1", "A kettle that is being watched by two people.", words=("eye", "kettle"))
    paper.heading("2", "Related Work")
    paper.paragraph(prose(11, 3))
    paper.paragraph("This was revisited by Steam (2017). " + prose(9, 1))
    paper.heading("3", "Experiments")
    paper.heading("3.1", "Setup", 2)
    paper.paragraph(prose(14, 5))
    paper.heading("4", "Conclusion")
    paper.paragraph(prose(5, 2))
    paper.heading(None, "References")
    for key, text in AUTHOR_YEAR:
        paper.reference(text, key=key, hang=10)
    return paper.save()


def _begun(path: Path, title: str, first: str) -> Paper:
    """A paper of one author as far as its first paragraph."""
    paper = Paper(path)
    paper.centred(title, BOLD, 17)
    paper.centred("Ada Potter", BOLD, 11)
    paper.heading("1", "Introduction")
    paper.paragraph(first)
    return paper


def tables(path: Path) -> Path:
    """Tables as papers have them: heads over columns, empty cells, groups, a row that is one object."""
    paper = _begun(path, "Tables of Kettles", "All kettles are in Table 1, Table 2 and Table 3. " + prose(6))
    right = (250.0, 300.0, 350.0, 400.0)

    def row(label: str, *cells: str, drop: float = 11.0) -> None:
        paper.canvas.setFont(ROMAN, 9)
        paper.canvas.drawString(90, paper.y, label)
        for x, cell in zip(right, cells, strict=False):
            paper.canvas.drawRightString(x, paper.y, cell)
        paper.y -= drop

    paper.room(200)
    paper.paragraph("Table 1: Minutes until boiling, by metal and by flame.", size=9, indent=0)
    paper.y -= 8
    paper.canvas.setFont(ROMAN, 9)
    paper.canvas.drawCentredString(262, paper.y, "Watched")
    paper.canvas.drawCentredString(362, paper.y, "Not watched")
    paper.y -= 11
    row("Kettle", "low", "high", "low", "high", drop=16)
    row("copper", "12.5", "9.75", "4", "3.5")
    row("steel", "", "11", "", "4.25")
    row("steel with a lid of glass", "9", "", "3.75", "3", drop=16)
    row("all of them at once", "never", "", "12", "10")
    paper.y -= 10
    paper.paragraph(prose(5, 1))
    paper.y -= 8
    paper.paragraph("Table 2: What people say of kettles.", size=9, indent=0)
    paper.y -= 4
    for who, said in (
        ("Who", "What they say"),
        ("Potter", "No kettle of mine was ever"),
        ("", "seen to boil in company."),
        ("Wheel", "Mine was."),
    ):
        paper.canvas.setFont(ROMAN, 9)
        paper.canvas.drawString(90, paper.y, who)
        paper.canvas.drawString(150, paper.y, said)
        paper.y -= 11
    paper.y -= 10
    paper.paragraph(prose(5, 2))
    paper.y -= 8
    paper.paragraph("Table 3: Rows that are one object each.", size=9, indent=0)
    paper.y -= 4
    for cells in (("Lid", "Taps", "Feet"), ("open", "17", "4"), ("shut", "1.5", "3")):
        drawn = paper.canvas.beginText(90, paper.y)
        drawn.setFont(ROMAN, 9)
        drawn.textOut("")
        # One operator with kerns between the strings, as TeX writes a row.
        drawn._code.append("[" + " -2500 ".join(f"({cell})" for cell in cells) + "] TJ")
        paper.canvas.drawText(drawn)
        paper.y -= 11
    paper.y -= 10
    paper.paragraph(prose(5, 3))
    return paper.save()


def algorithms(path: Path) -> Path:
    """Algorithms as papers have them: numbered with the caption above, and unnumbered with the caption below."""
    paper = _begun(path, "Algorithms for Kettles", "Kettles boil by Algorithm 1 and cool by Algorithm 2. " + prose(6))
    paper.y -= 16
    paper.line("Algorithm 1: Boiling", ROMAN, 10)
    paper.y -= 2
    steps = (
        ("", 0, "Input: a kettle k, water w"),
        ("1:", 1, "fill k with w"),
        ("2:", 1, "while w is cold do"),
        ("3:", 2, "heat k"),
        ("4:", 2, "if somebody watches then"),
        ("5:", 3, "look away, and go on doing so until whoever it was has"),
        ("", 3, "left the room"),
        ("6:", 2, "end if"),
        ("7:", 1, "end while"),
    )
    for number, level, text in steps:
        paper.canvas.setFont(ROMAN, 10)
        paper.canvas.drawRightString(90, paper.y, number)
        paper.line(text, ROMAN, 10, 84 + 12 * level if level else 72)
    paper.y -= 20
    paper.paragraph(prose(8, 1))
    paper.y -= 16
    for level, text in enumerate(("for each kettle do", "if it is warm then", "wait", "return the kettle")):
        paper.line(text, ROMAN, 10, 72 + 12 * (level % 3))
    paper.y -= 6
    paper.line("Algorithm 2: Cooling", ROMAN, 10)
    paper.y -= 20
    paper.paragraph(prose(8, 2))
    return paper.save()


def formulas(path: Path) -> Path:
    """Superscripts, subscripts and fractions inside lines, each drawn by itself as TeX does."""
    paper = _begun(path, "Formulas of Kettles", prose(6))

    def row(*pieces: tuple[str, float]) -> None:
        """Texts with the part of the font size by which they stand higher; what is not 0 is small."""
        x = stacked = paper.left
        for text, rise in pieces:
            large = rise == 0 or abs(rise) > 0.6  # so far from the line stand the terms of displayed fractions
            font, size = ("Symbol" if text in "αβ" else ROMAN, 10.0) if large else (ITALIC, 7.0)
            wide = stringWidth(text, font, size)
            if rise < 0 and stacked > paper.left:
                x = stacked  # below the one before
            stacked = x if rise > 0 else paper.left
            drawn = paper.canvas.beginText(x, paper.y)
            drawn.setFont(font, size)
            drawn.setRise(0)
            drawn.setTextOrigin(x, paper.y + 10 * rise)
            drawn.textOut(text)
            paper.canvas.drawText(drawn)
            x += wide + (0.2 if rise else 0.4)
        paper.y -= 14

    row(
        ("The heat of kettle x", 0),
        ("(k)", 0.36),
        (" is lost by g", 0),
        ("2", 0.36),
        ("t", -0.25),
        (" to the room.", 0),
    )
    row(("A kettle loses about ", 0), ("n", 0.39), ("m", -0.34), (" of its heat in an hour, or ", 0), ("3", 0.39),
        ("4", -0.34), (" if it is old.", 0))  # fmt: skip
    row(("It is given by the sum of ", 0), ("α", 0), ("ij", -0.15), ("h", 0), ("j", -0.15), (" and", 0), (" H", 0),
        ("2", -0.15), ("O of mark", 0), ("1", 0.36), (", where", 0))  # fmt: skip
    row(("lids take x = ", 0), ("α", 0.68), ("β", -0.69), (" and no more.", 0))
    paper.paragraph(prose(6, 3))
    return paper.save()


def letter_style(path: Path) -> Path:
    """No headings at all and a list of references without one, as physics letters have it."""
    paper = Paper(path)
    paper.centred("Boiling without Observation", BOLD, 15)
    paper.y -= 6
    paper.centred("I. Kettle and J. Spout", ROMAN, 11)
    paper.y -= 14
    paper.paragraph("We report that water boils when nobody looks [1, 2]. " + prose(10))
    paper.paragraph("This agrees with theory [3]. " + prose(10, 3))
    paper.y -= 20
    for i, text in enumerate(
        (
            "A. Potter, Phys. Rev. Tea 85, 1158 (2000).",
            "B. Wheel and C. Steam, arXiv:1506.00962.",
            "D. Vapour, hep-th/9901001 (1999).",
        ),
        1,
    ):
        paper.reference(f"[{i}] {text}", key=str(i), hang=16)
    return paper.save()


def scanned(path: Path, pages: int = 2) -> Path:
    """Pages that are pictures: no text at all."""
    paper = Paper(path)
    for i in range(pages):
        paper.canvas.setFillGray(0.9)
        paper.canvas.rect(72, 72, 460, 640, fill=1)
        if i < pages - 1:
            paper.canvas.showPage()
    paper.canvas.save()
    return path


def encrypted(path: Path) -> Path:
    """A paper that nobody can open without the password "tea"."""
    paper = Paper(path, encrypt="tea")
    paper.paragraph(prose(5))
    return paper.save()


def terminal_escapes(path: Path) -> Path:
    """Metadata and text with control characters that would recolour a terminal or ring its bell."""
    paper = Paper(path)
    paper.canvas.setTitle("\x1b[31mRed Kettles\x1b[0m \x07and Bells")
    paper.centred("Red Kettles and Bells", BOLD, 17)
    paper.centred("Ada Potter", BOLD, 11)
    paper.heading("1", "Introduction")
    paper.paragraph(prose(8))
    return paper.save()


def crowded(path: Path, objects: int = 70_000) -> Path:
    """One page with more text operators than a page can have; small on disk."""
    import zlib

    shown = b"".join(b"BT /F 5 Tf %d %d Td (x) Tj ET\n" % (10 + i % 500, 10 + i // 500) for i in range(objects))
    return _raw(path, zlib.compress(shown, 9), b"/FlateDecode")


def bomb(path: Path, megabytes: int = 2_000) -> Path:
    """A page whose content unpacks to gigabytes of spaces; some kilobytes on disk."""
    import zlib

    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b" " * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)  # whole by itself, so it can be repeated
    packed = b"\x78\xda" + block * megabytes + packer.flush() + b"\0\0\0\0"
    return _raw(path, zlib.compress(packed, 9), b"[/FlateDecode /FlateDecode]")


def _raw(path: Path, content: bytes, filters: bytes) -> Path:
    """A PDF of one page with exactly this content."""
    body = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
            b" /Resources << /Font << /F 5 0 R >> >> >>"
        ),
        b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(content), filters, content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
    ]
    return written(path, body)


def written(path: Path, objects: Sequence[bytes]) -> Path:
    """A PDF of exactly these objects, the first of which is its catalogue."""
    out, offsets = b"%PDF-1.4\n", []
    for i, data in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i, data)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    path.write_bytes(out)
    return path


def anchored(path: Path) -> Path:
    """:func:`one_column` with hyperref's marks."""
    return one_column(path, anchors=True)


def anchored_two_column(path: Path) -> Path:
    """:func:`two_column` with hyperref's marks."""
    return two_column(path, anchors=True)


PAPERS: dict[str, Callable[[Path], Path]] = {
    "one_column": one_column,
    "anchored": anchored,
    "two_column": two_column,
    "anchored_two_column": anchored_two_column,
    "tables": tables,
    "algorithms": algorithms,
    "formulas": formulas,
    "letter": letter_style,
    "scanned": scanned,
    "encrypted": encrypted,
    "terminal_escapes": terminal_escapes,
}
"""Name → maker; each takes the path to write and returns it."""


def make(name: str, folder: Path) -> Path:
    """The paper ``name`` in ``folder``."""
    return PAPERS[name](folder / f"{name}.pdf")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.papers", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for name in PAPERS:
        print(make(name, folder))


if __name__ == "__main__":
    main()
