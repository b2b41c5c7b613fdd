"""The first layer of networks that want their input centred and scaled."""

import torch
from torch import Tensor, nn


class Normalise(nn.Module):
    """``(x − mean) / std`` of images ``(B, C, H, W)`` in 0..1.

    A layer, so that whoever is given the network, given also its weights, need not know the
    constants.

    :param mean: one value for all channels, or one per channel.
    :param std: the same, above 0.
    """

    mean: Tensor
    std: Tensor

    def __init__(self, mean: float | list[float], std: float | list[float]):
        super().__init__()
        self.register_buffer("mean", torch.tensor(mean).reshape(-1, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(std).reshape(-1, 1, 1), persistent=False)

    def forward(self, images: Tensor) -> Tensor:
        return (images - self.mean) / self.std
