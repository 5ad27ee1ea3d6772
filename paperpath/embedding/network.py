"""Running a sentence embedding model: texts → vectors of length 1. The only module that knows onnxruntime.

Nothing here speaks to any network: both files are given by their paths, and onnxruntime's own reports to its makers,
which its builds for Windows have, are turned off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from paperpath.errors import BadInput, BadSetting

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from paperpath.embedding.folder import ModelFolder

MISSING = (
    "semantic_model is set, but what runs it is not installed. Install it with: pip install 'paperpath[semantic]'; or"
    " leave semantic_model out."
)
TOGETHER = 16
"""Texts of about one length that the model gets at once; 32 are no faster on two cores."""


class Network:
    """A model that is loaded; may be used from several threads."""

    def __init__(self, folder: ModelFolder) -> None:
        """Load it, which takes 0.4 s for 23 MB.

        Raises:
            BadInput: the extra is not installed; the message says how to install it.
            BadSetting: a file is not such a model.
        """
        try:
            import onnxruntime
            import tokenizers
        except ModuleNotFoundError as error:
            if error.name in ("onnxruntime", "tokenizers", "numpy"):
                raise BadInput(MISSING) from error
            raise
        self._folder = folder
        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4  # what fails is raised as well
        try:
            self._tokenizer = tokenizers.Tokenizer.from_file(str(folder.tokenizer))
        except Exception as error:  # its errors have no class of their own
            raise BadSetting(
                f"semantic_model: {folder.tokenizer} is no tokenizer that can be used: {error}. Get it again."
            ) from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(folder.longest)
        try:
            self._session = onnxruntime.InferenceSession(str(folder.model), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # nor have these, save that they are exceptions
            raise BadSetting(
                f"semantic_model: {folder.model} is no model that can be run: {_line(error)} Get it again."
            ) from error
        self._inputs = [one.name for one in self._session.get_inputs()]
        if unknown := set(self._inputs) - {"input_ids", "attention_mask", "token_type_ids"}:
            raise BadSetting(
                f"semantic_model: {folder.model} wants {', '.join(sorted(unknown))}, so it is no model of sentences."
                " all-MiniLM-L6-v2 is one."
            )
        outputs = {one.name: len(one.shape) for one in self._session.get_outputs()}
        self._output = "sentence_embedding" if outputs.get("sentence_embedding") == 2 else next(iter(outputs))

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A row for each text, of length 1.

        Raises:
            BadSetting: the model cannot be run on what the tokenizer makes.
        """
        import numpy as np

        encoded = [one.ids for one in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(texts)), key=lambda at: len(encoded[at]))
        made: list[Any] = [None] * len(texts)
        for start in range(0, len(order), TOGETHER):
            part = order[start : start + TOGETHER]
            width = max(1, *(len(encoded[at]) for at in part))
            ids = np.zeros((len(part), width), np.int64)
            mask = np.zeros_like(ids)
            for row, at in enumerate(part):
                ids[row, : len(encoded[at])] = encoded[at]
                mask[row, : len(encoded[at])] = 1
            for at, vector in zip(part, self._run(ids, mask), strict=True):
                made[at] = vector
        return np.array(made, np.float32).reshape(len(texts), -1)

    def _run(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        import numpy as np

        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        try:
            found: Any = self._session.run([self._output], {name: given[name] for name in self._inputs})[0]
        except Exception as error:
            raise BadSetting(
                f"semantic_model: {self._folder.model} fails with {self._folder.tokenizer.name}: {_line(error)} Do both"
                " belong to one model?"
            ) from error
        if found.ndim == 3:  # a vector for each token
            if self._folder.pooling == "cls":
                found = found[:, 0]
            else:
                found = (found * mask[:, :, None]).sum(axis=1) / np.maximum(mask.sum(axis=1), 1)[:, None]
        if found.ndim != 2 or len(found) != len(ids):
            raise BadSetting(
                f"semantic_model: {self._folder.model} gives no vectors for texts. Is it a sentence embedding model?"
            )
        found = np.nan_to_num(found.astype(np.float32))
        length = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(found / np.where(length > 0, length, 1), np.float32)


def _line(error: Exception) -> str:
    """The end of what onnxruntime says, in one line."""
    return " ".join(str(error).split())[-200:].rstrip(".") + "."
