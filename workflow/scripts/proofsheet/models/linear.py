"""Linear networks: no layer but linear ones, and nothing between them."""

from torch import Tensor, nn
from torch.nn import functional as F

# Pixels a side to which images are averaged: few enough for the whole Hessian.
SIDE = 7

# Network and loss of each pair: linear layers, and a loss of proofsheet.losses.binary.
PAIRS = {
    "one_linear_mse": (1, "linear-mse"),
    "one_sigmoid_ce": (1, "cross-entropy"),
    "one_sigmoid_mse": (1, "mse"),
    "two_linear_mse": (2, "linear-mse"),
    "two_sigmoid_ce": (2, "cross-entropy"),
}


class Pairs(nn.Module):
    """A network of its own for each of :data:`PAIRS`, which share nothing but their input."""

    def __init__(self, hidden: int):
        super().__init__()
        self.hidden = hidden
        self.networks = nn.ModuleDict(
            {name: _linear(layers, hidden) for name, (layers, _) in PAIRS.items()}
        )

    def forward(self, images: Tensor) -> dict[str, Tensor]:
        """Outputs ``(B,)`` by pair, before any sigmoid, of images ``(B, C, H, W)`` in 0..1."""
        inputs = grey_features(images)
        return {name: net(inputs).squeeze(1) for name, net in self.networks.items()}


def grey_features(images: Tensor) -> Tensor:
    """``(B, 49)`` in 0..1: images ``(B, C, H, W)`` as grey images of 7×7."""
    return F.adaptive_avg_pool2d(images.mean(dim=1, keepdim=True), SIDE).flatten(1)


def pairs(*, image_shape: tuple[int, int, int], classes: int, hidden: int = 3) -> Pairs:
    """One or two linear layers for each pair; ``hidden`` units between two."""
    return Pairs(hidden)


def _linear(layers: int, hidden: int) -> nn.Module:
    if layers == 1:
        return nn.Linear(SIDE**2, 1)
    return nn.Sequential(nn.Linear(SIDE**2, hidden), nn.Linear(hidden, 1))
