"""Words from another program in a note: marked, so that they are known again when they come a second time.

The mark is a comment, which no renderer shows, with a digest of the words: their reader may edit them and they do not
come again, and words that nobody edited can be taken back.
"""

from __future__ import annotations

import re
from hashlib import blake2b

_MARK = re.compile(r"^<!-- imported ([0-9a-f]{12}) -->\n", re.M)


def piece(text: str) -> str:
    """``text`` with its mark; what would be a comment in it, and so could be a mark of ours, is escaped."""
    words = text.replace("\r\n", "\n").replace("<!--", "&lt;!--").strip()
    return f"<!-- imported {_digest(words)} -->\n{words}"


def holds(note: str, imported: str) -> bool:
    """Whether the note has this :func:`piece`, edited or not."""
    return imported.partition("\n")[0] in note


def is_untouched(tail: str) -> bool:
    """Whether ``tail`` is nothing but pieces as they were written."""
    lead, *parts = _MARK.split(tail.replace("\r\n", "\n"))
    marked = zip(parts[::2], parts[1::2], strict=True)
    return not lead.strip() and bool(parts) and all(_digest(words.strip()) == digest for digest, words in marked)


def _digest(words: str) -> str:
    return blake2b(words.encode("utf-8", "replace"), digest_size=6).hexdigest()
