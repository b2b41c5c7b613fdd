from types import SimpleNamespace

import torch
from torch import nn

from proofsheet.evaluate.layers import summarise
from proofsheet.data.splits import Images
from proofsheet.tasks.classify import Classification


def layers(*modules):
    images = Images(torch.zeros(4, 3, 8, 8, dtype=torch.uint8), torch.zeros(4, dtype=torch.int64))
    return summarise(nn.Sequential(*modules).eval(), Classification(), images)


def test_layers_by_hand():
    conv, dense = layers(
        nn.Conv2d(3, 5, 3, stride=2, padding=1), nn.ReLU(), nn.Flatten(), nn.Linear(80, 10)
    )
    # 3·3·3 products for each of the 5×4×4 outputs.
    assert conv == ("0", "Conv2d", "5 × 4 × 4", 5 * 27 + 5, 27 * 80)
    assert dense == ("3", "Linear", "10", 810, 800)


def test_a_transposed_convolution_multiplies_at_every_input():
    found = layers(
        nn.ConvTranspose2d(3, 2, 4, stride=2, padding=1), nn.Flatten(), nn.Linear(512, 2)
    )
    # Each of the 3×8×8 inputs meets a kernel of 2×4×4.
    assert found[0].multiply_adds == 192 * 32
    assert found[0].output == "2 × 16 × 16"


def test_a_layer_used_twice_counts_once():
    shared = nn.Linear(192, 192)
    found = layers(nn.Flatten(), shared, SimpleNamespaceModule(shared), nn.Linear(192, 2))
    assert [layer.kind for layer in found] == ["Linear", "Linear"]


class SimpleNamespaceModule(nn.Module):
    """Uses a layer that is registered elsewhere."""

    def __init__(self, layer):
        super().__init__()
        self.hidden = SimpleNamespace(layer=layer)

    def forward(self, inputs):
        return self.hidden.layer(inputs)
