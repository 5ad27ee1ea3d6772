"""Notes in HTML, as Zotero keeps them → Markdown: headings, lists, emphasis, links, quotations; the rest as plain text.

Pictures are named by their alternative text, because their data is in another file. What could begin a tag or a comment
in Markdown is escaped, so that a note can never end a block of ours.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset("p div h1 h2 h3 h4 h5 h6 ul ol li blockquote pre table tr hr section article".split())
_SILENT = frozenset({"script", "style", "head"})
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`", "s": "~~", "del": "~~"}
_DEEPEST = 8
_OPENS = re.compile(r"<(?=[!/?a-zA-Z])")
_UNSAFE = re.compile(r"[\x00- ()<>]")
"""What would end an address in Markdown."""


def markdown(text: str) -> str:
    """The note as Markdown; a text without tags keeps its lines. Never raises."""
    if "<" not in text and "&" not in text:
        return text.strip()
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.text()


def harmless(text: str) -> str:
    """Plain text in which no HTML can begin."""
    return _OPENS.sub(r"\\<", text)


class _Reader(HTMLParser):
    """Writes while it reads. What separates two texts is decided when the second comes, so that nothing doubles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._out: list[str] = []
        self._due = 0
        """Line ends due before the next words: 1 begins a line, 2 a paragraph."""
        self._lists: list[int] = []
        """Of the lists around: the number of the last item, or -1 for one without numbers."""
        self._quotes = 0
        self._quoted_before = 0
        self._silent = 0
        self._pre = 0
        self._links: list[str] = []

    def text(self) -> str:
        return harmless("\n".join(line.rstrip() for line in "".join(self._out).split("\n")).strip("\n"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BLOCKS:
            self._begin(tag)
        elif tag == "br":
            self._due = max(self._due, 1)
        elif tag in _MARKS and not self._pre:
            self._write(_MARKS[tag])
        elif tag == "a":
            self._links.append(dict(attrs).get("href") or "")
            self._write("[" if self._links[-1] else "")
        elif tag == "img":
            self._write(f"[{' '.join((dict(attrs).get('alt') or 'picture').split())}]")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS:
            self._end(tag)
        elif tag in _MARKS and not self._pre:
            self._write(_MARKS[tag])
        elif tag == "a" and self._links and (link := self._links.pop()):
            self._write(f"]({_UNSAFE.sub(lambda found: f'%{ord(found[0]):02X}', link)})")

    def handle_data(self, data: str) -> None:
        if self._pre:
            for number, line in enumerate(data.split("\n")):
                self._due = max(self._due, 1) if number else self._due
                self._write(line)
            return
        words = " ".join(data.split())
        lead = " " if data[:1].isspace() and not self._due and self._out else ""
        self._write(lead + words + (" " if words and data[-1].isspace() else ""))

    def _begin(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self._due = max(self._due, 1 if self._lists else 2)
            if len(self._lists) < _DEEPEST:
                self._lists.append(0 if tag == "ol" else -1)
        elif tag == "li":
            self._item()
        elif tag == "tr":
            self._due = max(self._due, 1)
        elif not self._lists:
            self._due = 2
        if tag == "blockquote":
            self._quotes = min(_DEEPEST, self._quotes + 1)
        elif tag == "pre":
            self._pre += 1
        elif tag[1:].isdigit():
            self._write("#" * int(tag[1]) + " ")

    def _end(self, tag: str) -> None:
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
        elif tag == "pre":
            self._pre = max(0, self._pre - 1)
        self._due = max(self._due, 1 if self._lists or tag in ("li", "tr") else 2)

    def _item(self) -> None:
        self._due = max(self._due, 1)
        if not self._lists:
            self._lists.append(-1)
        if self._lists[-1] >= 0:
            self._lists[-1] += 1
        mark = f"{self._lists[-1]}. " if self._lists[-1] >= 0 else "- "
        self._write("  " * (len(self._lists) - 1) + mark)

    def _write(self, words: str) -> None:
        if self._silent or not words or (self._due and not words.strip()):
            return
        if not self._out:
            self._out.append("> " * self._quotes)
        elif self._due:
            between = min(self._quotes, self._quoted_before)
            gap = "> " * between + "\n" if self._due > 1 else ""
            self._out.append("\n" + gap + "> " * self._quotes)
        self._out.append(words)
        self._due, self._quoted_before = 0, self._quotes
