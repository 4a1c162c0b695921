"""Runs an entailment model; the only door to onnxruntime and tokenizers."""

from __future__ import annotations

import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from summarizer.entailment.model_files import (
    SETTING,
    EntailmentFault,
    ModelFiles,
    fault,
    read_files,
)

if TYPE_CHECKING:
    from onnxruntime import InferenceSession, RunOptions
    from tokenizers import Encoding, Tokenizer

BATCH = 8
"""Pairs that are judged together: more take more memory, and gain little on a processor."""

LEAST = 0.5
"""The lowest probability with which a text follows from another."""

_INPUTS = frozenset({"input_ids", "attention_mask", "token_type_ids"})
_FACT = "Gunmen killed four guards at a refinery in Basra on Monday, police said."
_DENIED = "Nobody was hurt in Basra."
_SILENT = 4
"""onnxruntime's level of logs for fatal errors alone."""

Pair = tuple[str, str]
"""A text, and another that may follow from it."""


def missing_libraries() -> str | None:
    """What to install before a model can be used; None if nothing is missing."""
    if all(find_spec(name) for name in ("onnxruntime", "tokenizers")):
        return None
    return f"{SETTING} needs two more packages: pip install onnxruntime tokenizers"


class EntailmentModel:
    """Says how likely each text follows from another, on one thread of the processor."""

    def __init__(self, files: ModelFiles, session: InferenceSession, tokenizer: Tokenizer) -> None:
        self._files = files
        self._session = session
        self._tokenizer = tokenizer

    @classmethod
    def load(cls, folder: Path, seconds: float) -> EntailmentModel:
        """Load a folder's model and try it on two pairs; raises EntailmentFault."""
        if missing := missing_libraries():
            raise EntailmentFault(missing)
        files = read_files(folder)
        model = cls(files, _session(files), _tokenizer(files))
        model._try(seconds)
        return model

    def follows(self, pairs: Sequence[Pair], until: float) -> list[float | None]:
        """The probability of each pair; None where it is too long or the time ended before.

        `until` is in seconds of `time.monotonic`. Raises EntailmentFault.
        """
        try:
            encoded = self._tokenizer.encode_batch(list(pairs))
        except Exception as error:
            raise fault(f"its tokenizer does not read a text ({_line(error)})") from error
        found: list[float | None] = [None] * len(pairs)
        places = [n for n, each in enumerate(encoded) if len(each.ids) <= self._files.most_tokens]
        places.sort(key=lambda at: len(encoded[at].ids))
        for start in range(0, len(places), BATCH):
            batch = places[start : start + BATCH]
            judged = self._run([encoded[at] for at in batch], until)
            if judged is None:
                break
            for at, probability in zip(batch, judged, strict=True):
                found[at] = probability
        return found

    def _try(self, seconds: float) -> None:
        """A sentence must follow from itself, and a denial must not."""
        pairs = [(_FACT, _FACT), (_FACT, _DENIED)]
        same, denied = self.follows(pairs, time.monotonic() + seconds)
        if same is None or denied is None:
            raise fault(f"it judges no two sentences in {seconds:g} s: choose a smaller model")
        if same < LEAST or denied >= LEAST:
            raise fault(
                f"it finds that a sentence follows from itself with {same:.0%} and its denial with "
                f"{denied:.0%}: use a model for natural language inference, and id2label of "
                "config.json in the order of its output"
            )

    def _run(self, encoded: Sequence[Encoding], until: float) -> list[float] | None:
        """The probabilities of a batch; None where the time ends before."""
        from onnxruntime import RunOptions

        left = until - time.monotonic()
        if left <= 0:
            return None
        options = RunOptions()
        options.log_severity_level = _SILENT
        timer = Timer(left, _stop, [options])
        timer.daemon = True
        timer.start()
        try:
            logits = self._session.run(None, self._inputs(encoded), options)[0]
        except Exception as error:
            if options.terminate:
                return None
            raise fault(f"it does not run ({_line(error)}): export it again") from error
        finally:
            timer.cancel()
        return self._probabilities(np.asarray(logits), len(encoded))

    def _inputs(self, encoded: Sequence[Encoding]) -> dict[str, NDArray[np.int64]]:
        longest = max(len(each.ids) for each in encoded)
        shape = (len(encoded), longest)
        values = {
            "input_ids": np.full(shape, self._files.padding, np.int64),
            "attention_mask": np.zeros(shape, np.int64),
            "token_type_ids": np.zeros(shape, np.int64),
        }
        for row, each in enumerate(encoded):
            values["input_ids"][row, : len(each.ids)] = each.ids
            values["attention_mask"][row, : len(each.ids)] = 1
            values["token_type_ids"][row, : len(each.ids)] = each.type_ids
        return {each.name: values[each.name] for each in self._session.get_inputs()}

    def _probabilities(self, logits: NDArray[Any], count: int) -> list[float]:
        if logits.shape != (count, self._files.labels) or not np.isfinite(logits).all():
            shape = " by ".join(map(str, logits.shape))
            raise fault(
                f"its output is {shape}, not {count} by {self._files.labels} finite numbers: "
                "export it as a classifier of sequences, with its own config.json"
            )
        powers = np.exp(logits - logits.max(1, keepdims=True))
        shares = powers[:, self._files.entailed] / powers.sum(1)
        return [float(each) for each in shares]


def _session(files: ModelFiles) -> InferenceSession:
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # the arena keeps the memory of the largest batch
    options.log_severity_level = _SILENT
    try:
        session = InferenceSession(str(files.graph), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise fault(
            f"{files.graph} cannot be loaded ({_line(error)}): copy or export it again"
        ) from error
    names = {each.name for each in session.get_inputs()}
    if not names <= _INPUTS or "input_ids" not in names:
        raise fault(
            f"{files.graph} wants {', '.join(sorted(names))}: export a classifier of sequences, "
            f"which takes {', '.join(sorted(_INPUTS))}"
        )
    return session


def _tokenizer(files: ModelFiles) -> Tokenizer:
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(files.tokenizer))
    except Exception as error:
        raise fault(f"{files.tokenizer} cannot be read ({_line(error)}): copy it again") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _stop(options: RunOptions) -> None:
    options.terminate = True


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:160]
