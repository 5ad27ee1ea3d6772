"""A folder with a sentence embedding model → how it wants to be used.

What is read is what sentence-transformers writes: ``1_Pooling/config.json`` says how the vectors of tokens become one,
``sentence_bert_config.json`` how long a text may be, and ``config_sentence_transformers.json`` may have ``prompts``,
words to put before a question and before a text. Only ``model.onnx`` (or ``onnx/model.onnx``) and ``tokenizer.json``
must be there: without the others it is the mean of at most 512 tokens, with no words before.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from paperpath.errors import BadSetting

if TYPE_CHECKING:
    from pathlib import Path

LONGEST = 512
"""Tokens of a text; the usual small models know no more."""
_POOLING = {"pooling_mode_mean_tokens": "mean", "pooling_mode_cls_token": "cls", "mean": "mean", "cls": "cls"}
"""Flags of which one is set, or the value of ``pooling_mode`` alone, as newer versions write it."""
_QUESTION = ("query", "question")
_TEXT = ("document", "passage", "corpus")


class ModelFolder(NamedTuple):
    """A model and how it is to be used."""

    model: Path
    tokenizer: Path
    pooling: str
    """``mean`` of the tokens of a text, or its first one, ``cls``."""
    longest: int
    """Tokens of a text that are read."""
    question_prompt: str
    """What stands before a question."""
    text_prompt: str
    """What stands before a text in which answers are looked for."""

    def fingerprint(self) -> str:
        """A name that another model, or this one used in another way, does not have: 32 hexadecimal digits."""
        digest = hashlib.blake2b(repr(self[2:]).encode(), digest_size=16)
        for path in (self.model, self.tokenizer):
            try:
                with path.open("rb") as file:
                    digest.update(hashlib.file_digest(file, "blake2b").digest())
            except OSError as error:
                raise BadSetting(f"{path} cannot be read: {error.strerror or error}.") from error
        return digest.hexdigest()


def read_folder(folder: Path) -> ModelFolder:
    """What a folder holds.

    Raises:
        BadSetting: there is no such folder, or no such model in it.
    """
    if not folder.is_dir():
        raise BadSetting(
            f"semantic_model: there is no folder {folder}. It must hold model.onnx and tokenizer.json of a sentence"
            " embedding model, such as all-MiniLM-L6-v2; or leave semantic_model out."
        )
    model = _there(folder, "model.onnx", "onnx/model.onnx")
    tokenizer = _there(folder, "tokenizer.json")
    prompts = _json(folder / "config_sentence_transformers.json").get("prompts")
    return ModelFolder(
        model,
        tokenizer,
        _pooling(folder / "1_Pooling" / "config.json"),
        _longest(folder),
        _prompt(prompts, _QUESTION),
        _prompt(prompts, _TEXT),
    )


def _there(folder: Path, *names: str) -> Path:
    for name in names:
        if (folder / name).is_file():
            return folder / name
    raise BadSetting(
        f"semantic_model: {folder} has no {' or '.join(names)}. It must be the folder of a sentence embedding model"
        " exported to ONNX, as model hubs offer it for all-MiniLM-L6-v2, bge-small-en-v1.5 or e5-small-v2."
    )


def _json(path: Path) -> dict[str, Any]:
    """The object in a file; empty when there is no file."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise BadSetting(f"semantic_model: {path} cannot be read: {error}. Get the model's folder again.") from error
    if not isinstance(found, dict):
        raise BadSetting(f"semantic_model: {path} holds no JSON object. Get the model's folder again.")
    return found


def _pooling(path: Path) -> str:
    told = _json(path)
    modes = [name for name, value in told.items() if name.startswith("pooling_mode_") and value is True]
    if isinstance(named := told.get("pooling_mode"), str):
        modes.append(named)
    kinds = {_POOLING.get(mode, "") for mode in modes} or {"mean"}
    if len(kinds) > 1 or "" in kinds:
        raise BadSetting(
            f"semantic_model: {path} asks for {', '.join(modes)}. Only models that take the mean of the tokens or the"
            " first one can be used, such as all-MiniLM-L6-v2 or bge-small-en-v1.5."
        )
    return kinds.pop()


def _longest(folder: Path) -> int:
    for name, key in (("sentence_bert_config.json", "max_seq_length"), ("config.json", "max_position_embeddings")):
        value = _json(folder / name).get(key)
        if isinstance(value, int) and value > 2:  # a text has a first and a last token of its own
            return min(value, LONGEST)
    return LONGEST


def _prompt(prompts: object, names: tuple[str, ...]) -> str:
    found = [prompts.get(name) for name in names] if isinstance(prompts, dict) else []
    return next((one for one in found if isinstance(one, str)), "")
