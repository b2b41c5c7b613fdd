"""Training, validation and test images on the device that trains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from proofsheet.data.dataset import Dataset, Split, stratified_order
from proofsheet.errors import ProofsheetError

if TYPE_CHECKING:
    from proofsheet.declare.training import Training


# Images that evaluation takes at once: of more, what layers pass on leaves a processor's cache.
EVALUATION_BATCH = 200

# Bytes of images that are scaled together: they fit a processor's cache.
CHUNK = 2**20


@dataclass(frozen=True)
class Images:
    """One split, resident on a device. ``pixels`` is ``uint8 (N, C, H, W)``, ``labels`` is
    ``int64 (N,)`` on the CPU, where sampling happens."""

    pixels: Tensor
    labels: Tensor

    def __len__(self) -> int:
        return len(self.labels)

    def scaled(self, rows: Tensor) -> Tensor:
        """Images ``float (..., C, H, W)`` in 0..1 of indices ``int64 (...)``."""
        # Seven times as fast as the same by brackets.
        flat = self.pixels.index_select(0, rows.flatten().to(self.pixels.device))
        return flat.float().div_(255).unflatten(0, rows.shape)

    def batch(self, rows: Tensor) -> tuple[Tensor, Tensor]:
        """Images ``float (B, K, C, H, W)`` and labels ``int64 (B, K)``, on the device."""
        return self.scaled(rows), self.labels[rows].to(self.pixels.device)

    def batches(self, rows: Tensor, size: int) -> Iterator[tuple[Tensor, Tensor]]:
        """``rows`` ``int64 (M, K)`` in their order, ``size`` at a time, as by :meth:`batch`.

        Many small batches are scaled together: one by one takes a third of a small net's time.
        """
        together = CHUNK // (size * rows.shape[1] * self.pixels[0].numel() * 4)
        for chunk in rows.split(size * max(1, together)):
            images, labels = self.batch(chunk)
            yield from zip(images.split(size), labels.split(size), strict=True)

    def in_order(self) -> Iterator[Tensor]:
        """All images in order, ``float (B, C, H, W)`` in 0..1, at most :data:`EVALUATION_BATCH`."""
        for rows in torch.arange(len(self)).split(EVALUATION_BATCH):
            yield self.scaled(rows)


def split_images(dataset: Dataset, settings: Training, device: str) -> dict[str, Images]:
    """``train``, ``val`` and ``test``; ``val`` is the held-out share of the split it is taken of.

    The share is stratified and depends on ``hold_out.seed`` alone, so all seeds of an experiment
    validate on the same images, and no image is in two splits. Of the remaining training images a
    stratified ``train_fraction`` is kept; a larger one holds every image of a smaller one.

    :raises ProofsheetError: where the share leaves one of the two without images.
    """
    hold_out = settings.hold_out
    source: Split = getattr(dataset, hold_out.of)
    order = stratified_order(source.labels, hold_out.seed)
    held = round(len(order) * hold_out.share)
    if not 0 < held < len(order):
        raise ProofsheetError(
            f"hold_out.share: {hold_out.share} of {len(order)} {hold_out.of} images leaves a "
            "split empty; choose another share, or more images"
        )
    parts = {"train": dataset.train, "test": dataset.test}
    parts["val"] = source.take(np.sort(order[:held]))
    parts[hold_out.of] = source.take(np.sort(order[held:]))
    parts["train"] = _fraction(parts["train"], settings.train_fraction)
    return {
        name: Images(torch.from_numpy(part.images).to(device), torch.from_numpy(part.labels))
        for name, part in parts.items()
    }


def _fraction(split: Split, share: float) -> Split:
    if share == 1:
        return split
    kept = round(len(split) * share)
    if kept == 0:
        raise ProofsheetError(
            f"train_fraction: {share} of {len(split)} training images is none; choose a larger one"
        )
    return split.take(np.sort(stratified_order(split.labels, seed=0)[:kept]))
