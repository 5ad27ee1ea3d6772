"""Texts as vectors that a neural network makes, so that what means the same is close whatever its words; optional.

A folder with a model and its tokenizer, as sentence-transformers exports them, says how texts are to be read
(:mod:`.folder`); :mod:`.network` runs it, and is the one module that knows onnxruntime; :mod:`.kept` keeps what was
made on disk; :mod:`.meaning` brings the three together, and :mod:`.fusing` an order by meaning with one by words.

Without the setting ``semantic_model`` nothing of it is used, and without the extra ``semantic`` nothing of it could be:
numpy, onnxruntime and tokenizers are imported where they are needed. No text leaves the machine.
"""

from __future__ import annotations

from paperpath.embedding.meaning import Meaning

__all__ = ["Meaning"]
