"""Makes docs/keys.md out of the bindings: ``python -m tests.tui.keys_page > docs/keys.md``."""

from __future__ import annotations

import sys
from pathlib import Path

from paperpath.tui.key_check import entries

FILE = Path(__file__).resolve().parents[2] / "docs" / "keys.md"
HEAD = """\
# Keys

Made from the bindings of the terminal interface; `?` in it shows the keys of the screen one is in, as they are bound.
Every key can be another one: a table `[keys]` in `config.toml` names them by the id of what they do.

```toml
[keys]
"reader.highlight" = "h,ctrl+h"
"shelf.filter" = "f"
"paper.fetch" = "W"
```

Keys are written as they are on the keyboard (`h`, `H`, `?`, `f2`, `esc`, `pagedown`, `ctrl+h`, `comma`), several with
commas between them; an id that is not named keeps its keys. `paperpath tui --show-keys` prints all of them as such
lines, to copy from. An id or a key that there is not, and two actions on one key of the same screen, are told with the
line of the file when the interface is to start. What works while one types must not be a letter. Many terminals send
`ctrl+h` as backspace, `ctrl+i` as tab and `ctrl+m` as enter.
"""


def document() -> str:
    """The whole file."""
    parts = [HEAD]
    for title, rows in entries():
        parts.append(f"\n## {title}\n\n| id | keys | what it does |\n| --- | --- | --- |\n")
        parts += [f"| `{id}` | {_keys(keys)} | {words} |\n" for id, keys, words in rows]  # noqa: A001
    return "".join(parts)


def _keys(keys: str) -> str:
    return " ".join(f"`{key}`" for key in keys.split(","))


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(document())
