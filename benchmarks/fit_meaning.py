"""Tune the sentence encoder of the linker on the labelled lineages, and store it for `linking/meaning.py`.

    python -m benchmarks.fit_meaning --base FOLDER [--without SET,SET] --out FOLDER

Needs PyTorch, transformers and onnx (`benchmarks/requirements-fit.txt`) and the public model all-MiniLM-L6-v2 in
`FOLDER` (config.json, model.safetensors, vocab.txt). `make run` and `make test` need none of these.

Asks of one lineage are pulled together, all others of the same pair of countries pushed apart (supervised contrastive
loss, Khosla et al. 2020), with one addition: every ask may also choose "none", at a fixed nearness, so that an ask made
once learns to be near to nobody. Word pieces stay as they were, so that words which the sets do not hold keep their
place.

With `--without`, some sets are left out, and the points of their asks are written to `left-out.npz`: what the encoder
says of lineages that it was not taught. `fit_linking.py` weighs it by these.
"""

from __future__ import annotations

import argparse
import random
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn.functional import normalize

from benchmarks.fit_linking import load_any, names_of_sets
from sulh.engines.asks.linking.meaning import SIZE, pieces

EPOCHS = 6
ASKS_IN_A_BATCH = 96
RATE = 6e-5  # of learning; the last layer learns five times as fast
SCALE = 20.0  # a nearness of 1 is worth as much in the loss
NONE_AT = 0.5  # the nearness of "none"
MEMBERS = 4  # the most asks of one lineage in a batch
FROZEN = 1  # layers that stay as they were, from the first


@dataclass(frozen=True)
class Labelled:
    """One ask: its text, its lineage and its pair of countries, each unique over all sets."""

    text: str
    lineage: str
    pair: str


def labelled(name: str) -> list[Labelled]:
    entries, lineage, pair = load_any(name, traps=False)
    return [Labelled(e.text, f"{name}/{lineage[e.id]}", f"{name}/{pair[e.id]}") for e in entries]


class Encoder(nn.Module):
    """The base model, the mean of its last layer over all word pieces, and a turn into ``SIZE`` dimensions."""

    def __init__(self, base: Path) -> None:
        from transformers import AutoModel

        super().__init__()
        self.model = AutoModel.from_pretrained(base)
        self.turn = nn.Linear(self.model.config.hidden_size, SIZE, bias=False)

    def whole(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        hidden = self.model(input_ids=ids, attention_mask=mask).last_hidden_state
        there = mask[..., None].to(hidden.dtype)
        return (hidden * there).sum(1) / there.sum(1)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        return normalize(self.turn(self.whole(ids, mask)), dim=1)


def padded(texts: list[str], vocabulary: dict[str, int]) -> tuple[torch.Tensor, torch.Tensor]:
    read = [pieces(text, vocabulary) for text in texts]
    ids = torch.zeros((len(read), max(map(len, read))), dtype=torch.long)
    mask = torch.zeros_like(ids)
    for row, numbers in enumerate(read):
        ids[row, : len(numbers)] = torch.tensor(numbers)
        mask[row, : len(numbers)] = 1
    return ids, mask


def batches(sets: list[list[Labelled]], luck: random.Random) -> Iterator[list[Labelled]]:
    """Asks of one set at a time, whole lineages together; pairs of countries with few asks share a batch."""
    found = []
    for asks in sets:
        pairs: dict[str, dict[str, list[Labelled]]] = {}
        for ask in asks:
            pairs.setdefault(ask.pair, {}).setdefault(ask.lineage, []).append(ask)
        batch: list[Labelled] = []
        for lineages in pairs.values():
            some = list(lineages.values())
            luck.shuffle(some)
            for members in some:
                batch += luck.sample(members, MEMBERS) if len(members) > MEMBERS else members
                if len(batch) >= ASKS_IN_A_BATCH:
                    found.append(batch)
                    batch = []
        if len(batch) > 16:
            found.append(batch)
    luck.shuffle(found)
    yield from found


def loss_of(points: torch.Tensor, batch: list[Labelled]) -> torch.Tensor:
    def same(values: list[str]) -> torch.Tensor:
        numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
        column = torch.tensor([numbers[value] for value in values])
        return column[:, None] == column[None]

    itself = torch.eye(len(batch), dtype=torch.bool)
    comparable = same([ask.pair for ask in batch]) & ~itself
    repeats = same([ask.lineage for ask in batch]) & comparable
    near = (points @ points.T * SCALE).masked_fill(~comparable, -1e9)
    chances = torch.log_softmax(torch.cat([near, torch.full((len(batch), 1), NONE_AT * SCALE)], dim=1), dim=1)
    chosen = chances[:, :-1].masked_fill(~repeats, 0).sum(1) / repeats.sum(1).clamp_min(1)
    return -torch.where(repeats.any(1), chosen, chances[:, -1]).mean()


def tuned(sets: list[list[Labelled]], base: Path, vocabulary: dict[str, int], seed: int = 0) -> Encoder:
    torch.manual_seed(seed)
    luck = random.Random(seed)
    encoder = Encoder(base)
    some = luck.sample([ask.text for asks in sets for ask in asks], 1500)
    with torch.no_grad():
        seen = torch.cat(
            [encoder.whole(*padded(some[at : at + 50], vocabulary)) for at in range(0, len(some), 50)]
        )
        encoder.turn.weight.copy_(torch.linalg.svd(normalize(seen, dim=1), full_matrices=False).Vh[:SIZE])
    still = [encoder.model.embeddings, *encoder.model.encoder.layer[:FROZEN]]
    for part in still:
        part.requires_grad_(False)
    learning = [one for one in encoder.model.parameters() if one.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": learning, "lr": RATE}, {"params": encoder.turn.parameters(), "lr": 5 * RATE}],
        weight_decay=0.01,
    )
    steps = EPOCHS * sum(1 for _ in batches(sets, random.Random(seed)))
    slope = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, (step + 1) / 30) * max(0.02, 1 - step / steps)
    )
    begun = time.monotonic()
    for epoch in range(EPOCHS):
        losses = []
        encoder.train()
        for batch in batches(sets, luck):
            batch.sort(key=lambda ask: len(ask.text))  # texts of like length are padded least
            third = -(-len(batch) // 3)
            points = torch.cat(
                [
                    encoder(*padded([ask.text for ask in batch[at : at + third]], vocabulary))
                    for at in range(0, len(batch), third)
                ]
            )
            loss = loss_of(points, batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimiser.step()
            slope.step()
            losses.append(loss.item())
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.3f}, {time.monotonic() - begun:.0f} s", flush=True)
    return encoder.eval()


@torch.no_grad()
def points_of(encoder: Encoder, texts: list[str], vocabulary: dict[str, int]) -> np.ndarray:
    return np.vstack(
        [encoder(*padded(texts[at : at + 50], vocabulary)).numpy() for at in range(0, len(texts), 50)]
    )


def store(encoder: Encoder, path: Path, vocabulary: dict[str, int]) -> None:
    """Write the encoder as ONNX; tables of weights as whole numbers of one byte with a scale for each row.

    They are turned back when the file is opened, so that every machine reckons with the same numbers.
    """
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    encoder.model.set_attn_implementation("eager")  # the plainest form has the plainest graph
    torch.onnx.export(
        encoder,
        padded(["an ask", "another ask that is longer"], vocabulary),
        path,
        input_names=["ids", "mask"],
        output_names=["point"],
        dynamic_axes={"ids": [0, 1], "mask": [0, 1], "point": [0]},
        opset_version=17,
        dynamo=False,
    )
    model: Any = onnx.load(path)
    graph = model.graph
    kept = []
    for tensor in list(graph.initializer):
        values = numpy_helper.to_array(tensor)
        if values.ndim != 2 or values.size < 10_000:
            kept.append(tensor)
            continue
        scale = np.abs(values).max(axis=1) / 127
        scale[scale == 0] = 1
        whole = np.round(values / scale[:, None]).astype(np.int8)
        parts = [f"{tensor.name}.whole", f"{tensor.name}.scale"]
        kept += [
            numpy_helper.from_array(whole, parts[0]),
            numpy_helper.from_array(scale.astype(np.float32), parts[1]),
        ]
        graph.node.insert(0, helper.make_node("DequantizeLinear", parts, [tensor.name], axis=0))
    del graph.initializer[:]
    graph.initializer.extend(kept)
    assert all(one.data_type != TensorProto.FLOAT or len(one.raw_data) < 10**6 for one in kept)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--base", type=Path, required=True)
    options.add_argument("--without", default="")
    options.add_argument("--out", type=Path, required=True)
    chosen = options.parse_args()
    vocabulary = {
        piece: number
        for number, piece in enumerate((chosen.base / "vocab.txt").read_text(encoding="utf-8").splitlines())
    }
    chosen.out.mkdir(parents=True, exist_ok=True)
    left_out = [name for name in chosen.without.split(",") if name]
    names = [name for name in names_of_sets() if name not in left_out]
    encoder = tuned([labelled(name) for name in names], chosen.base, vocabulary)
    if left_out:
        texts = sorted({ask.text for name in left_out for ask in labelled(name)})
        points = points_of(encoder, texts, vocabulary)
        np.savez(chosen.out / "left-out.npz", texts=texts, points=points)
        return
    store(encoder, chosen.out / "encoder.onnx", vocabulary)
    shutil.copy(chosen.base / "vocab.txt", chosen.out / "vocabulary.txt")


if __name__ == "__main__":
    main()
