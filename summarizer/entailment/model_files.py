"""Reads what an entailment model's folder says about it, without loading the model."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import BriefbotError

SETTING = "BRIEFBOT_ENTAILMENT_MODEL"

LARGEST = 1_000_000_000
"""Bytes of a model; loaded, it takes about as much memory again."""

MOST_TOKENS = 512
"""Tokens of a pair of texts; memory grows with their square."""

_GRAPHS = ("model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx")
_ENTAILED = frozenset({"entailment", "entailed", "entails", "entail"})


class EntailmentFault(BriefbotError):
    """The model cannot be used; the message names the file and the remedy."""


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """The files of a model, and what its config.json says.

    `entailed` is the place of the label "entailment" among `labels`; `most_tokens` is the length of
    a pair of texts that it reads; `padding` is the id of the token that fills shorter ones.
    """

    graph: Path
    tokenizer: Path
    labels: int
    entailed: int
    most_tokens: int
    padding: int


def read_files(folder: Path) -> ModelFiles:
    """What the folder holds; raises EntailmentFault."""
    config = _config(folder / "config.json")
    tokenizer = folder / "tokenizer.json"
    if not tokenizer.is_file():
        raise fault(f"{tokenizer} is missing: copy the model's tokenizer.json there")
    names = _labels(config, folder)
    entailed = [at for at, name in enumerate(names) if name.casefold() in _ENTAILED]
    if len(entailed) != 1 or len(names) < 2:
        raise fault(
            f"the labels in {folder / 'config.json'} are {', '.join(names) or 'missing'}: "
            "id2label must name two or more, one of them entailment"
        )
    most = config.get("max_position_embeddings")
    return ModelFiles(
        graph=_graph(folder),
        tokenizer=tokenizer,
        labels=len(names),
        entailed=entailed[0],
        most_tokens=min(MOST_TOKENS, most) if isinstance(most, int) and most > 0 else MOST_TOKENS,
        padding=config["pad_token_id"] if isinstance(config.get("pad_token_id"), int) else 0,
    )


def _config(path: Path) -> dict[str, Any]:
    try:
        read = json.loads(path.read_bytes())
    except OSError as error:
        why = error.strerror or "cannot be read"
        raise fault(f"{path}: {why}: name a folder with config.json, tokenizer.json and an ONNX "
                     "model") from error  # fmt: skip
    except ValueError as error:
        raise fault(f"{path} is not JSON: copy the model's config.json again") from error
    if not isinstance(read, dict):
        raise fault(f"{path} is not a JSON object: copy the model's config.json again")
    return read


def _labels(config: dict[str, Any], folder: Path) -> list[str]:
    """The names of the labels in the order of the model's output."""
    given = config.get("id2label")
    if not isinstance(given, dict):
        return []
    try:
        named = {int(at): str(name) for at, name in given.items()}
    except ValueError:
        named = {}
    if sorted(named) != list(range(len(named))):
        raise fault(
            f"id2label in {folder / 'config.json'} numbers its labels {', '.join(given)}: "
            "they must be 0, 1, 2, in the order of the model's output"
        )
    return [named[at] for at in range(len(named))]


def _graph(folder: Path) -> Path:
    found = next((folder / name for name in _GRAPHS if (folder / name).is_file()), None)
    if found is None:
        raise fault(f"{folder} holds no model.onnx: export the model to ONNX there")
    size = sum(each.stat().st_size for each in found.parent.glob(f"{found.name}*"))
    if size > LARGEST:
        raise fault(
            f"{found} has {size / 1e9:.1f} GB, and at most {LARGEST / 1e9:.0f} GB are loaded: "
            "choose a smaller or quantized model"
        )
    return found


def fault(text: str) -> EntailmentFault:
    return EntailmentFault(f"{SETTING}: {text}")
