"""A small entailment model: a text follows from another that holds all of its words.

It has a real tokenizer, a real ONNX graph and the files of an exported model. A word that was in
none of the texts that it was made from is held by no other text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from onnx import GraphProto, NodeProto, TensorProto, helper
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import BertProcessing
from tokenizers.trainers import WordLevelTrainer

from summarizer.language.calendar import DAYS, MONTHS

PROBED = "Gunmen killed four guards at a refinery in Basra on Monday, police said."
"""What a model is tried with; a model of the language knows these words."""

_DATES = " ".join([*MONTHS, *DAYS, *map(str, range(2020, 2031)), *map(str, range(1, 32))])

LABELS = ("contradiction", "neutral", "entailment")
_SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_FOREVER = 10**9


def write_model(
    folder: Path,
    texts: Sequence[str],
    *,
    labels: Sequence[str] = LABELS,
    slow_from: int = _FOREVER,
) -> Path:
    """Write a model that knows the words of these texts.

    Its last output is high where a text follows. Pairs of `slow_from` tokens or more take it
    hours.
    """
    folder.mkdir()
    _tokenizer([*texts, PROBED, _DATES]).save(str(folder / "tokenizer.json"))
    named = {str(at): name for at, name in enumerate(labels)}
    (folder / "config.json").write_text(json.dumps({"id2label": named, "pad_token_id": 0}))
    model = helper.make_model(
        _graph(slow_from), opset_imports=[helper.make_opsetid("", 17)], ir_version=9
    )
    (folder / "model.onnx").write_bytes(model.SerializeToString())
    return folder


def _tokenizer(texts: Sequence[str]) -> Tokenizer:
    made = Tokenizer(WordLevel(unk_token="[UNK]"))
    made.pre_tokenizer = BertPreTokenizer()
    made.train_from_iterator(texts, WordLevelTrainer(special_tokens=_SPECIAL))
    made.post_processor = BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return made


def _graph(slow_from: int) -> GraphProto:
    inputs = [helper.make_tensor_value_info(each, TensorProto.INT64, "nt") for each in _INPUTS]
    output = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", 3])
    constants = [
        helper.make_tensor(name, kind, shape, values)
        for name, kind, shape, values in (
            ("one", TensorProto.INT64, [1], [1]),
            ("two", TensorProto.INT64, [1], [2]),
            ("unknown", TensorProto.INT64, [1], [1]),
            ("special", TensorProto.INT64, [1], [3]),
            ("most", TensorProto.FLOAT, [1], [0.97]),
            ("steep", TensorProto.FLOAT, [1], [200.0]),
            ("zero", TensorProto.FLOAT, [1], [0.0]),
            ("true", TensorProto.BOOL, [], [True]),
            ("length", TensorProto.INT64, [1], [slow_from]),
            ("hours", TensorProto.INT64, [1], [_FOREVER]),
        )
    ]
    return helper.make_graph([*_delay(), *_overlap()], "toy", inputs, [output], constants)


def _overlap() -> list[NodeProto]:
    """The share of the second text's words that the first one holds, as three outputs."""
    node = helper.make_node
    return [
        node("Greater", ["input_ids", "special"], ["word"]),
        node("Equal", ["token_type_ids", "one"], ["second"]),
        node("Not", ["second"], ["first"]),
        node("And", ["word", "second"], ["said"]),
        node("And", ["word", "first"], ["told"]),
        node("Unsqueeze", ["input_ids", "two"], ["down"]),
        node("Unsqueeze", ["input_ids", "one"], ["across"]),
        node("Equal", ["down", "across"], ["same"]),
        node("Unsqueeze", ["told", "one"], ["told_across"]),
        node("And", ["same", "told_across"], ["held_by"]),
        node("Cast", ["held_by"], ["held_numbers"], to=TensorProto.FLOAT),
        node("ReduceMax", ["held_numbers"], ["held"], axes=[2], keepdims=0),
        node("Equal", ["input_ids", "unknown"], ["strange"]),
        node("And", ["strange", "second"], ["strange_said"]),
        node("Or", ["said", "strange_said"], ["counted"]),
        node("Cast", ["counted"], ["weights"], to=TensorProto.FLOAT),
        node("Mul", ["held", "weights"], ["hits"]),
        node("ReduceSum", ["hits", "one"], ["hit"], keepdims=1),
        node("ReduceSum", ["weights", "one"], ["all"], keepdims=1),
        node("Div", ["hit", "all"], ["share"]),
        node("Sub", ["share", "most"], ["over"]),
        node("Mul", ["over", "steep"], ["entailed"]),
        node("Mul", ["share", "zero"], ["nothing"]),
        node("Add", ["entailed", "waited"], ["last"]),
        node("Concat", ["nothing", "nothing", "last"], ["logits"], axis=1),
    ]


def _delay() -> list[NodeProto]:
    """A loop of no effect, which runs for hours where the texts are long."""
    node = helper.make_node
    info = helper.make_tensor_value_info
    body = helper.make_graph(
        [node("Identity", ["go"], ["on"]), node("Identity", ["given"], ["passed"])],
        "wait",
        [info("at", TensorProto.INT64, []), info("go", TensorProto.BOOL, []),
         info("given", TensorProto.FLOAT, [1])],
        [info("on", TensorProto.BOOL, []), info("passed", TensorProto.FLOAT, [1])],
    )  # fmt: skip
    return [
        node("Shape", ["input_ids"], ["size"]),
        node("Gather", ["size", "one"], ["tokens"]),
        node("GreaterOrEqual", ["tokens", "length"], ["long"]),
        node("Cast", ["long"], ["long_number"], to=TensorProto.INT64),
        node("Mul", ["long_number", "hours"], ["rounds"]),
        node("Squeeze", ["rounds"], ["times"]),
        node("Loop", ["times", "true", "zero"], ["waited"], body=body),
    ]
