"""Masked-language-model pre-training, by steps, from checkpoint to checkpoint.

Texts are packed into blocks; each step takes a share of its blocks from the subject's texts. In one block of ten, words
of the two-language list change language, so that English articles find their Spanish neighbours. The random state is a
function of the step: an interrupted run goes on as if it had not been.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import nn

from models.train.checkpoint import save
from models.train.encoder import Encoder, MaskedWords, Shape

Ids = npt.NDArray[np.int32]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Plan:
    """How to pre-train."""

    steps: int = 20_000
    batch: int = 32
    length: int = 64
    rate: float = 1e-3
    warmup: int = 300
    masked: float = 0.2
    subject_share: float = 0.25
    swapped_share: float = 0.1
    save_every: int = 250
    seed: int = 0


def encode(tokenizer: Tokenizer, texts: Iterable[str], chunk: int = 20_000) -> Ids:
    """All texts as one sequence of ids, [SEP] between them."""
    separator = tokenizer.token_to_id("[SEP]")
    parts: list[Ids] = []
    batch: list[str] = []

    def flush() -> None:
        ids = [
            i for each in tokenizer.encode_batch_fast(batch, add_special_tokens=False) for i in (*each.ids, separator)
        ]
        parts.append(np.asarray(ids, dtype=np.int32))
        batch.clear()

    for text in texts:
        batch.append(text)
        if len(batch) == chunk:
            flush()
    if batch:
        flush()
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)


def swap_tables(tokenizer: Tokenizer, pairs: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    """Pairs of the word list that are one piece each in both languages."""
    found: list[tuple[int, int]] = []
    for spanish, english in pairs:
        ids = (tokenizer.token_to_id(spanish), tokenizer.token_to_id(english))
        if ids[0] is not None and ids[1] is not None:
            found.append((ids[0], ids[1]))
    return found


def make_batch(
    step: int, plan: Plan, general: Ids, subject: Ids, swaps: Ids, shape: Shape, mask_id: int
) -> tuple[torch.Tensor, ...]:
    """Ids, chosen positions and the words that stood there: a pure function of the step."""
    random = np.random.default_rng((plan.seed, step))
    from_subject = round(plan.batch * plan.subject_share) if len(subject) > plan.length else 0
    blocks = [
        source[start : start + plan.length]
        for source, count in ((general, plan.batch - from_subject), (subject, from_subject))
        for start in random.integers(0, len(source) - plan.length, count)
    ]
    ids = np.stack(blocks).astype(np.int64)
    swapped = random.random((plan.batch, 1)) < plan.swapped_share
    ids = np.where(swapped & (random.random(ids.shape) < 0.6), swaps[ids], ids)
    chosen = (random.random(ids.shape) < plan.masked) & (ids > 4)  # not the special tokens
    targets = ids[chosen]
    dice = random.random(targets.shape)
    shown = np.where(
        dice < 0.8, mask_id, np.where(dice < 0.9, random.integers(5, shape.vocabulary, targets.shape), targets)
    )
    ids[chosen] = shown
    return torch.from_numpy(ids), torch.from_numpy(chosen), torch.from_numpy(targets)


def rate_at(step: int, plan: Plan) -> float:
    """Linear warm-up, then linear down to a twentieth."""
    if step < plan.warmup:
        return plan.rate * (step + 1) / plan.warmup
    return plan.rate * max(0.05, 1.0 - (step - plan.warmup) / max(1, plan.steps - plan.warmup))


def pretrain(
    shape: Shape,
    plan: Plan,
    general: Ids,
    subject: Ids,
    swaps: Ids,
    mask_id: int,
    start: npt.NDArray[np.float32] | Encoder | None,
    folder: Path,
) -> MaskedWords:
    """Train up to ``plan.steps``, from the checkpoint in ``folder`` when there is one.

    Args:
        shape: of the encoder.
        plan: how many steps, of what.
        general: ids of the general text.
        subject: ids of the subject's texts.
        swaps: for each piece the one it may be swapped with.
        mask_id: the piece that hides a word.
        start: word vectors to begin with, or an encoder to go on from.
        folder: of the checkpoint.
    """
    torch.manual_seed(plan.seed)
    model = MaskedWords(start if isinstance(start, Encoder) else Encoder(shape), shape)
    if isinstance(start, np.ndarray):
        with torch.no_grad():
            model.encoder.words.weight.copy_(torch.from_numpy(start))
    decayed = [p for p in model.parameters() if p.ndim > 1]
    others = [p for p in model.parameters() if p.ndim <= 1]
    optimizer = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}],
        lr=plan.rate,
        betas=(0.9, 0.98),
    )
    checkpoint, step = folder / "mlm.pt", 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        step = int(state["step"])
    folder.mkdir(parents=True, exist_ok=True)
    losses: list[float] = []
    began = time.monotonic()
    while step < plan.steps:
        ids, chosen, targets = make_batch(step, plan, general, subject, swaps, shape, mask_id)
        for group in optimizer.param_groups:
            group["lr"] = rate_at(step, plan)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = model(ids, chosen)
        loss = nn.functional.cross_entropy(scores.float(), targets)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        losses.append(loss.item())
        step += 1
        if step % plan.save_every == 0 or step == plan.steps:
            save(
                {
                    "model": model.state_dict(),
                    "optimizer": optimizer.state_dict(),
                    "step": step,
                    "shape": shape.as_json(),
                },
                checkpoint,
            )
            speed = len(losses) * plan.batch * plan.length / (time.monotonic() - began)
            log.info("step %d loss %.3f, %.0f tokens/s", step, float(np.mean(losses)), speed)
            losses.clear()
            began = time.monotonic()
    return model
