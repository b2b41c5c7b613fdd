import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from proofsheet.data.splits import Images
from proofsheet.evaluate.layers import multiply_adds, summarise
from proofsheet.tasks.classify.objective import Classification


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
    found = layers(nn.Flatten(), shared, Borrowing(shared), nn.Linear(192, 2))
    assert [layer.kind for layer in found] == ["Linear", "Linear"]


class Borrowing(nn.Module):
    """Uses a layer that is registered elsewhere."""

    def __init__(self, layer):
        super().__init__()
        self.borrowed = [layer]  # in a list, where torch does not look for layers

    def forward(self, inputs):
        return self.borrowed[0](inputs)


@pytest.mark.parametrize(
    ("module", "shape"),
    [
        (nn.Conv2d(3, 5, 3, padding=1), (3, 8, 8)),
        (nn.Conv2d(3, 5, (5, 3), stride=(2, 1)), (3, 9, 8)),
        (nn.Conv2d(4, 6, 3, groups=2), (4, 8, 8)),
        (nn.ConvTranspose2d(3, 2, 4, stride=2, padding=1), (3, 8, 8)),
        (nn.ConvTranspose2d(4, 6, 3, groups=2), (4, 8, 8)),
        (nn.Linear(12, 7), (12,)),
        (nn.Linear(12, 7), (5, 12)),
        (nn.Conv1d(3, 5, 3), (3, 10)),
    ],
    ids=lambda value: str(value).replace(" ", ""),
)
def test_multiply_adds_are_half_of_the_operations_that_torch_counts(module, shape):
    batch = torch.rand(2, *shape)
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        leaving = module(batch)
    found = multiply_adds(module, batch, leaving.shape[1:])
    assert found == counter.get_total_flops() / 2 / len(batch)


def test_a_kind_of_layer_without_a_formula_of_its_own_by_hand():
    # 3·3 products for each of the 5×8 outputs.
    assert multiply_adds(nn.Conv1d(3, 5, 3), torch.rand(2, 3, 10), torch.Size([5, 8])) == 360


def test_a_layer_without_a_formula_is_counted_in_its_place():
    found = layers(nn.Flatten(2), nn.Conv1d(3, 5, 3), nn.Flatten(), nn.Linear(5 * 62, 2))
    assert [layer.multiply_adds for layer in found] == [9 * 5 * 62, 5 * 62 * 2]
