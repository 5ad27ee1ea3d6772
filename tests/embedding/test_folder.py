"""What a model's folder says, as sentence-transformers writes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from paperpath.embedding.folder import LONGEST, read_folder
from paperpath.errors import BadSetting

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "model.onnx").write_bytes(b"model")
    (tmp_path / "tokenizer.json").write_text("{}")
    return tmp_path


def say(folder: Path, name: str, content: object) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")


def test_two_files_are_enough(folder: Path) -> None:
    found = read_folder(folder)
    assert (found.pooling, found.longest, found.question_prompt, found.text_prompt) == ("mean", LONGEST, "", "")


def test_the_model_may_be_where_hubs_have_it(folder: Path) -> None:
    (folder / "onnx").mkdir()
    (folder / "model.onnx").rename(folder / "onnx" / "model.onnx")
    assert read_folder(folder).model == folder / "onnx" / "model.onnx"


@pytest.mark.parametrize(
    ("told", "pooling"),
    [
        ({"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}, "cls"),
        ({"pooling_mode_cls_token": False, "pooling_mode_mean_tokens": True, "include_prompt": True}, "mean"),
        ({"pooling_mode": "cls"}, "cls"),
        ({"word_embedding_dimension": 384}, "mean"),
    ],
)
def test_pooling(folder: Path, told: object, pooling: str) -> None:
    say(folder, "1_Pooling/config.json", told)
    assert read_folder(folder).pooling == pooling


@pytest.mark.parametrize(
    "told",
    [
        {"pooling_mode_max_tokens": True},
        {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": True},
        {"pooling_mode": "lasttoken"},
    ],
)
def test_pooling_that_cannot_be_done_is_refused(folder: Path, told: dict[str, object]) -> None:
    say(folder, "1_Pooling/config.json", told)
    with pytest.raises(BadSetting, match=r"asks for (lasttoken|pooling_mode)"):
        read_folder(folder)


def test_lengths_and_prompts(folder: Path) -> None:
    say(folder, "config.json", {"max_position_embeddings": 1024})
    assert read_folder(folder).longest == LONGEST
    say(folder, "sentence_bert_config.json", {"max_seq_length": 256})
    say(folder, "config_sentence_transformers.json", {"prompts": {"query": "query: ", "passage": "passage: "}})
    found = read_folder(folder)
    assert (found.longest, found.question_prompt, found.text_prompt) == (256, "query: ", "passage: ")


def test_what_is_missing_is_named(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(BadSetting, match=r"no folder .*model\.onnx and tokenizer\.json"):
        read_folder(tmp_path / "elsewhere")
    (folder / "tokenizer.json").unlink()
    with pytest.raises(BadSetting, match=r"has no tokenizer\.json"):
        read_folder(folder)


@pytest.mark.parametrize("content", ["{", "[]", "\0"])
def test_a_damaged_file_is_named(folder: Path, content: str) -> None:
    say(folder, "config.json", content)
    with pytest.raises(BadSetting, match=r"config\.json"):
        read_folder(folder)


def test_another_use_is_another_model(folder: Path) -> None:
    before = read_folder(folder).fingerprint()
    assert read_folder(folder).fingerprint() == before
    say(folder, "1_Pooling/config.json", {"pooling_mode_cls_token": True})
    other = read_folder(folder).fingerprint()
    (folder / "model.onnx").write_bytes(b"modem")
    assert len({before, other, read_folder(folder).fingerprint()}) == 3
