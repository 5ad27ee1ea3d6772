"""One .bib file that is edited in place: what nobody touched goes back byte for byte.

A reader's own refs.bib has an order, comments, macros, line ends and perhaps an encoding of 1995, and its history in
Git shows each line that a program changed without being asked. So the file is kept as the texts of its blocks, which
cover it exactly, and an edit replaces the text of one. Like all formats this is a function from bytes to bytes: it
opens no file.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from bibtexparser.model import ImplicitComment

from paperpath.formats.bibtex_layout import enclosed, spans, with_field, without_field
from paperpath.formats.bibtex_split import Scanned, scan

if TYPE_CHECKING:
    from collections.abc import Iterator

Encoding = Literal["utf-8", "utf-8-sig", "latin-1"]

_NEWLINE = re.compile(r"\r\n|\r|\n")
_REST_OF_LINE = re.compile(r"[^\r\n]*+")
_EMPTY_LINES = re.compile(r"(?:[ \t]*+(?:\r\n|\r|\n)){1,2}")


class BibFile:
    """A .bib file and the edits made to it. A key is sought as it is typed, or else without regard to case."""

    encoding: Encoding
    """UTF-8 without or with a byte order mark, or Latin-1 for what is not UTF-8: any bytes can be read as that."""
    newline: str
    """The line end that most lines have; new text gets it."""

    def __init__(self, text: str = "", encoding: Encoding = "utf-8") -> None:
        ends = _NEWLINE.findall(text)
        self.encoding = encoding
        self.newline = max(("\n", "\r\n", "\r"), key=ends.count)
        self._blocks: list[str] = []  # their sum is the file; an entry that was removed is an empty one
        self._places: dict[str, int] = {}  # of entries by key; of several with one key the first, as BibTeX reads it
        for block in _cut(text):
            if block.key:
                self._places.setdefault(block.key, len(self._blocks))
            self._blocks.append(block.raw)

    @classmethod
    def read(cls, data: bytes) -> BibFile:
        """The file that ``data`` is; never raises, whatever the bytes are."""
        encoding: Encoding = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
        try:
            return cls(data.decode(encoding), encoding)
        except UnicodeDecodeError:
            return cls(data.decode("latin-1"), "latin-1")

    def to_bytes(self) -> bytes:
        """The file as it is now, in its own encoding."""
        return self.text.encode(self.encoding)

    @property
    def text(self) -> str:
        """The file as it is now, for :func:`paperpath.formats.bibtex.read`."""
        return "".join(self._blocks)

    @property
    def keys(self) -> tuple[str, ...]:
        """The citation keys in the order of the file, each once; entries that cannot be read have none."""
        return tuple(sorted(self._places, key=self._places.__getitem__))

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._find(key) is not None

    def entry(self, key: str) -> str:
        """The text of an entry, from its ``@`` to its last brace.

        Raises:
            KeyError: no entry that can be read has this key.
        """
        return self._blocks[self._places[self._key(key)]]

    def fields(self, key: str) -> dict[str, str]:
        """The values of an entry as they are typed, delimiters included, by lower-case name.

        Raises:
            KeyError: no entry that can be read has this key.
        """
        return _fields(self.entry(key))

    def set_entry(self, key: str, text: str) -> None:
        """Put ``text`` in the place of an entry; it may have another key.

        Raises:
            KeyError: no entry that can be read has this key.
            ValueError: ``text`` is not exactly one readable entry, its key is another entry's, or it has characters
                that the file's encoding lacks.
        """
        old = self._key(key)
        new, text = self._checked(text)
        if (holder := self._find(new)) is not None and holder != old:
            raise ValueError(f"The key {new!r} is that of another entry.")
        place = self._places[old]
        self._put(place, 1, [text])
        del self._places[old]
        self._places[new] = place

    def add_entry(self, text: str) -> None:
        """Put a new entry behind the last one, an empty line between them, or at the end of a file that has none.

        Raises:
            ValueError: ``text`` is not exactly one readable entry, its key is taken, or it has characters that the
                file's encoding lacks.
        """
        key, text = self._checked(text)
        if key in self:
            raise ValueError(f"The key {key!r} is taken.")
        if not self._places:
            self._append(text)
            self._places[key] = len(self._blocks) - 2
            return
        last = max(self._places.values())
        following = "".join(self._blocks[last + 1 : last + 2])
        line = _REST_OF_LINE.match(following)
        for cut in (line.end() if line and not following.startswith("@") else 0, 0):
            try:  # what is on the last entry's line stays there, unless it would swallow the new one
                self._put(last + 1, 1, [following[:cut] + self.newline * 2, text, following[cut:]])
            except ValueError:
                if not cut:
                    raise
            else:
                self._places[key] = last + 2
                return

    def remove_entry(self, key: str) -> None:
        """Take an entry out, and the empty line that set it off; a second entry of that key then counts.

        Raises:
            KeyError: no entry that can be read has this key.
            ValueError: without it, the texts around it would be read as something else.
        """
        found = self._key(key)
        place = self._places[found]
        alone = not place or self._blocks[place - 1].endswith(("\n", "\r"))
        after = "".join(self._blocks[place + 1 : place + 2])
        lines = _EMPTY_LINES.match(after) if alone else None
        self._put(place, 2, ["", after[lines.end() :] if lines else after])
        del self._places[found]
        for at, raw in enumerate(self._blocks[place:], place):
            if found in raw and next(_cut(raw)).key == found:
                self._places[found] = at  # the second entry of that key
                break

    def set_field(self, key: str, name: str, value: str, *, bare: bool = False) -> None:
        """Give a field of an entry another value, or the entry another field; the rest of the entry keeps its layout.

        Args:
            key: of the entry.
            name: of the field, in any case.
            value: LaTeX for this file, without delimiters.
            bare: for a macro such as ``jan``, or macros and texts joined by ``#``: it is written without delimiters.

        Raises:
            KeyError: no entry that can be read has this key.
            ValueError: the name or the value cannot stand in a .bib file, or not in the encoding of this one.
        """
        fields = self.fields(key)
        written = value if bare else enclosed(value, fields.get(name.lower(), ""))
        written = _NEWLINE.sub(self.newline, written)
        text = with_field(self.entry(key), name, written, newline=self.newline)
        fields[name.lower()] = written
        if not written or not _is_entry(text) or _fields(text) != fields:
            raise ValueError(f"{name} = {written} is no field of a .bib file.")
        self.set_entry(key, text)

    def remove_field(self, key: str, name: str) -> None:
        """Take a field out of an entry, with its line; nothing happens if it is not there.

        Raises:
            KeyError: no entry that can be read has this key.
        """
        self.set_entry(key, without_field(self.entry(key), name))

    def _find(self, key: str) -> str | None:
        """The key as the file has it."""
        if key in self._places:
            return key
        folded = key.lower()
        return next((known for known in self._places if known.lower() == folded), None)

    def _key(self, key: str) -> str:
        if (found := self._find(key)) is None:
            raise KeyError(key)
        return found

    def _checked(self, text: str) -> tuple[str, str]:
        """Key and text of a new entry, with this file's line ends."""
        text = _NEWLINE.sub(self.newline, text.strip())
        if not _is_entry(text):
            raise ValueError(f"{text[:40]!r} is not one entry with a key.")
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError as error:
            raise ValueError(
                f"{text[error.start]!r} cannot be written in {self.encoding}; LaTeX can say it."
            ) from error
        return next(_cut(text)).key, text

    def _append(self, text: str) -> None:
        """Put an entry at the end of a file without entries, an empty line before it."""
        before = self.text
        ends = len(_NEWLINE.findall(before[len(before.rstrip("\r\n")) :]))
        self._put(len(self._blocks), 0, [self.newline * max(0, 2 - ends) if before else "", text, self.newline])

    def _put(self, place: int, count: int, texts: list[str]) -> None:
        """Put ``texts`` in the place of ``count`` blocks.

        Raises:
            ValueError: together with their neighbours they would be read as something else than each by itself.
        """
        before = next(filter(None, reversed(self._blocks[:place])), "")
        after = next(filter(None, self._blocks[place + count :]), "")
        around = [before, *texts, after]
        if _seen("".join(around)) != [raw for text in around for raw in _seen(text)]:
            raise ValueError("With that the text around it would be read as something else.")
        self._blocks[place : place + count] = texts


class _Block(NamedTuple):
    key: str
    """Empty for what is no entry, cannot be read or has no key."""
    raw: str
    between: bool
    """Whether it is text between blocks."""


def _cut(text: str) -> Iterator[_Block]:
    """The blocks of ``text``. A carriage return alone ends lines too; the blocks have it back."""
    at = 0
    for block in scan(text.replace("\r", "\n")):
        end = at + len(block.raw or "")
        key = block.key if isinstance(block, Scanned) else ""
        yield _Block(key, text[at:end], isinstance(block, ImplicitComment))
        at = end


def _seen(text: str) -> list[str]:
    return [block.raw for block in _cut(text) if not block.between]


def _is_entry(text: str) -> bool:
    blocks = list(_cut(text))
    return len(blocks) == 1 and bool(blocks[0].key)


def _fields(entry: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for span in spans(entry):
        values.setdefault(span.name, entry[span.value : span.end])
    return values
