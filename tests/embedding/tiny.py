"""A model of sentences that knows a dozen words, written byte by byte: those on one line mean the same.

It is ONNX as the models of sentence-transformers are, with one step: each token's row of a table. See onnx.proto of the
ONNX project for the numbers of the fields.
"""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

WORDS = (
    "drawbacks disadvantages flaws",
    "recurrence recurrent loops",
    "slow sluggish",
    "kettle pot",
    "boils cooks",
    "whistle tune",
    "certain sure",
)
_FLOAT, _INT64 = 1, 7


def write_model(folder: Path, *, output: str = "last_hidden_state", scale: float = 1.0) -> Path:
    """A folder with the model and its tokenizer."""
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = {"[UNK]": 0}
    table = [[0.0] * len(WORDS)]
    for line, words in enumerate(WORDS):
        for word in words.split():
            vocabulary[word] = len(table)
            table.append([scale * (line == at) for at in range(len(WORDS))])
    (folder / "model.onnx").write_bytes(_model(table, output))
    tokenizer = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [], "post_processor": None,
        "decoder": None, "normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "Whitespace"},
        "model": {"type": "WordLevel", "vocab": vocabulary, "unk_token": "[UNK]"},
    }  # fmt: skip
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    return folder


def _model(table: list[list[float]], output: str) -> bytes:
    rows, columns = len(table), len(table[0])
    values = struct.pack(f"<{rows * columns}f", *(value for row in table for value in row))
    tensor = _number(1, rows) + _number(1, columns) + _number(2, _FLOAT) + _field(8, b"table") + _field(9, values)
    node = _field(1, b"table") + _field(1, b"input_ids") + _field(2, output.encode()) + _field(4, b"Gather")
    graph = _field(1, node) + _field(2, b"tiny") + _field(5, tensor)
    graph += _field(11, _value("input_ids", _INT64, "batch", "sequence"))
    graph += _field(11, _value("attention_mask", _INT64, "batch", "sequence"))
    graph += _field(12, _value(output, _FLOAT, "batch", "sequence", columns))
    return _number(1, 8) + _field(7, graph) + _field(8, _field(1, b"") + _number(2, 13))


def _value(name: str, kind: int, *shape: str | int) -> bytes:
    sizes = b"".join(
        _field(1, _field(2, size.encode()) if isinstance(size, str) else _number(1, size)) for size in shape
    )
    return _field(1, name.encode()) + _field(2, _field(1, _number(1, kind) + _field(2, sizes)))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _field(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    made = bytearray()
    while value > 127:
        made.append(value & 127 | 128)
        value >>= 7
    return bytes([*made, value])
