"""Principal components: the best linear code of a given size."""

import torch
from torch import Tensor


class Components:
    """A mean and the directions of largest variance.

    Jolliffe (2002), "Principal Component Analysis", section 1.1: of all linear codes of ``count``
    numbers, their projection has the smallest squared error on the images that it was fitted to.
    Found by randomised projection with power iterations (Halko, Martinsson, Tropp 2011, "Finding
    structure with randomness", algorithm 4.4), which draws from torch's global random state.

    :param images: ``float (N, C, H, W)``.
    :param count: directions kept, at most ``N`` and ``C·H·W``.
    """

    def __init__(self, images: Tensor, count: int):
        flat = images.flatten(1)
        count = min(count, *flat.shape)
        self.mean = flat.mean(dim=0)
        oversampled = min(count + 20, *flat.shape)
        _, _, directions = torch.pca_lowrank(flat - self.mean, oversampled, center=False, niter=4)
        self.directions = directions[:, :count]

    def project(self, images: Tensor) -> Tensor:
        """``float (N, C, H, W)``: each image from its code, not cut off at 0 and 1."""
        codes = (images.flatten(1) - self.mean) @ self.directions
        return (self.mean + codes @ self.directions.T).view_as(images)
