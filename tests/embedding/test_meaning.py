"""A model that knows a dozen words, what it reads and what is kept of that."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest

from paperpath.embedding import Meaning, kept, network
from paperpath.embedding.folder import read_folder
from paperpath.embedding.kept import Kept, name_of
from paperpath.errors import BadInput, BadSetting
from tests.embedding.tiny import write_model

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_model(tmp_path / "model")


def parts(cache: Path) -> list[Path]:
    return sorted(cache.glob("meaning/*/*.vectors"))


def test_other_words_for_the_same_are_close(folder: Path, tmp_path: Path) -> None:
    meaning = Meaning(folder, tmp_path / "cache")
    texts = ["the disadvantages of recurrent nets", "a kettle boils", "nothing that it knows"]
    assert meaning.closeness("drawbacks of recurrence", texts) == [None] * 3, "not read yet"
    assert meaning.read(texts) == 0
    same, other, unknown = meaning.closeness("drawbacks of recurrence", texts, question=True)
    assert same == pytest.approx(1.0, abs=1e-3)
    assert other == pytest.approx(0.0, abs=1e-3)
    assert unknown == 0.0, "a vector of no length is close to nothing"


def test_a_short_text_is_not_changed_by_the_long_one_beside_it(folder: Path) -> None:
    one = network.Network(read_folder(folder))
    alone = one.vectors(["kettle"])
    beside = one.vectors(["kettle boils slow whistle " * 40, "kettle", ""])
    assert np.allclose(alone[0], beside[1])
    assert np.allclose(np.linalg.norm(beside, axis=1), [1, 1, 0], atol=1e-5)


def test_the_first_token_may_stand_for_the_text(folder: Path) -> None:
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
    vectors = network.Network(read_folder(folder)).vectors(["kettle whistle", "kettle", "whistle kettle"])
    assert np.allclose(vectors[0], vectors[1])
    assert vectors[0] @ vectors[2] == 0.0


def test_a_text_is_read_once(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Meaning(folder, tmp_path).read(["a kettle", "a whistle"])
    told: list[tuple[int, int]] = []
    again = Meaning(folder, tmp_path)
    assert again.read(["a kettle", "a whistle"], tell=lambda *at: told.append(at)) == 0
    assert told == []
    assert again.read(["a kettle", "a pot"], tell=lambda *at: told.append(at)) == 0
    assert told == [(0, 1), (1, 1)]
    assert len(parts(tmp_path)) == 2


def test_what_was_read_before_a_stop_is_kept(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paperpath.embedding.meaning.AT_ONCE", 2)
    texts = [f"kettle {number}" for number in range(5)]
    looks = iter([False, True])
    assert Meaning(folder, tmp_path).read(texts, stop=lambda: next(looks)) == 3
    assert [one is None for one in Meaning(folder, tmp_path).closeness("pot", texts)] == [False] * 2 + [True] * 3

    def interrupt(done: int, _total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Meaning(folder, tmp_path).read(texts, tell=interrupt)
    assert Meaning(folder, tmp_path).closeness("pot", texts).count(None) == 1


def test_another_thread_compares_while_one_reads(folder: Path, tmp_path: Path) -> None:
    meaning = Meaning(folder, tmp_path)
    found: list[list[float | None]] = []

    def compare(done: int, total: int) -> None:
        other = threading.Thread(target=lambda: found.append(meaning.closeness("pot", ["kettle"])))
        other.start()
        other.join(10)

    meaning.read(["kettle"], tell=compare)
    assert found == [[None], [pytest.approx(1.0, abs=1e-3)]]


def test_damaged_and_foreign_parts_are_as_if_not_there(folder: Path, tmp_path: Path) -> None:
    Meaning(folder, tmp_path).read(["kettle"])
    [part] = parts(tmp_path)
    whole = part.read_bytes()
    for damaged in (b"", whole[:-1], whole[:-1] + b"\xff", b"x" * 100):
        part.write_bytes(damaged)
        meaning = Meaning(folder, tmp_path)
        assert meaning.closeness("pot", ["kettle"]) == [None]
        assert meaning.read(["kettle"]) == 0
        assert meaning.closeness("pot", ["kettle"]) == [pytest.approx(1.0, abs=1e-3)]
        for made in set(parts(tmp_path)) - {part}:
            made.unlink()


def test_parts_are_joined_and_the_oldest_vectors_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "PARTS", 3)
    monkeypatch.setattr(kept, "MOST", 3)
    one, other = Kept(tmp_path / "model"), Kept(tmp_path / "model")
    for number in range(4):
        one.add([name_of(str(number))], np.full((1, 4), number, np.float32))
        one.write()
    assert len([*tmp_path.glob("*/*.vectors")]) == 1
    names = [name_of(str(number)) for number in range(4)]
    assert sorted(float(row[0]) for row in other.vectors(names).values()) == [1, 2, 3]
    assert one.vectors(names).keys() == other.vectors(names).keys()


def test_models_that_are_not_used_any_more_go(tmp_path: Path) -> None:
    for name in "abc":
        one = Kept(tmp_path / name)
        one.add([name_of("x")], np.zeros((1, 4), np.float32))
        one.write()
    assert len([*tmp_path.iterdir()]) == kept.MODELS
    assert (tmp_path / "c").is_dir()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("model.onnx", b"no model", "is no model that can be run"),
        ("model.onnx", b"", "is no model that can be run"),
        ("tokenizer.json", b"{}", "is no tokenizer that can be used"),
    ],
)
def test_a_file_that_is_no_model_is_named(folder: Path, tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (folder / name).write_bytes(content)
    with pytest.raises(BadSetting, match=f"{name} {said}.* Get it again"):
        Meaning(folder, tmp_path).read(["kettle"])
    assert parts(tmp_path) == []


def test_a_tokenizer_of_another_model_is_found_out(folder: Path, tmp_path: Path) -> None:
    path = folder / "tokenizer.json"
    path.write_text(path.read_text().replace('"kettle": 9', '"kettle": 99'))
    with pytest.raises(BadSetting, match="Do both belong to one model"):
        Meaning(folder, tmp_path).read(["kettle"])


@pytest.mark.parametrize("module", ["onnxruntime", "tokenizers"])
def test_without_the_extra_it_says_what_to_type(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(BadInput, match=r"pip install 'paperpath\[semantic\]'"):
        Meaning(folder, tmp_path).read(["kettle"])


def test_nothing_that_could_speak_to_a_network_is_loaded(folder: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from paperpath.embedding import Meaning\n"
        "assert not {'numpy', 'onnxruntime', 'tokenizers'} & set(sys.modules)\n"
        f"Meaning(Path({str(folder)!r}), Path({str(tmp_path)!r})).read(['kettle'])\n"
        "assert not {'huggingface_hub', 'requests', 'http.client', 'urllib3'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
