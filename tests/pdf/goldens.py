"""Write the golden files anew: ``python -m tests.pdf.goldens``; then read the diff before keeping it."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from paperpath import pdf
from tests import papers

FOLDER = Path(__file__).parents[1] / "data" / "golden" / "pdf"
NAMES = ("one_column", "two_column", "letter", "terminal_escapes", "scanned")


def as_text(path: Path) -> str:
    """What the parser makes of one PDF, as a reviewer can read it."""
    return json.dumps(pdf.parse(path).to_dict(), ensure_ascii=False, indent=1) + "\n"


def contents_as_text(path: Path) -> str:
    """The tables and algorithms of one PDF below their captions, as a person would see them."""
    blocks = []
    for caption in pdf.parse(path).captions:
        blocks += [f"{caption.kind} {caption.label}: {caption.text}", caption.content or "(not read)"]
    return "\n\n".join(blocks) + "\n"


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in NAMES:
            text = as_text(papers.make(name, Path(folder)))
            (FOLDER / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")
        for name in ("tables", "algorithms"):
            text = contents_as_text(papers.make(name, Path(folder)))
            (FOLDER / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
