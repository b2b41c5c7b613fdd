"""Training, validation and test images on the device that trains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from proofsheet.data.dataset import Dataset, Split, stratified_order

if TYPE_CHECKING:
    from proofsheet.declarations import HoldOut


@dataclass(frozen=True)
class Images:
    """One split, resident on a device. ``pixels`` is ``uint8 (N, C, H, W)``, ``labels`` is
    ``int64 (N,)`` on the CPU, where sampling happens."""

    pixels: Tensor
    labels: Tensor

    def __len__(self) -> int:
        return len(self.labels)

    def batch(self, rows: Tensor) -> Tensor:
        """Images ``float (B, K, C, H, W)`` in 0..1 of indices ``int64 (B, K)``."""
        flat = self.pixels[rows.flatten().to(self.pixels.device)]
        return flat.float().div_(255).unflatten(0, rows.shape)


def split_images(dataset: Dataset, hold_out: HoldOut, device: str) -> dict[str, Images]:
    """``train``, ``val`` and ``test``; ``val`` is the held-out share of the split it is taken of.

    The share is stratified and depends on ``hold_out.seed`` alone, so all seeds of an experiment
    validate on the same images, and no image is in two splits.
    """
    source: Split = getattr(dataset, hold_out.of)
    order = stratified_order(source.labels, hold_out.seed)
    held = round(len(order) * hold_out.share)
    parts = {"train": dataset.train, "test": dataset.test}
    parts["val"] = source.take(np.sort(order[:held]))
    parts[hold_out.of] = source.take(np.sort(order[held:]))
    return {
        name: Images(torch.from_numpy(part.images).to(device), torch.from_numpy(part.labels))
        for name, part in parts.items()
    }
