import pytest
import torch
from torch.autograd.functional import hessian

from proofsheet.models.linear import PAIRS
from proofsheet.tasks.convexity.evaluation import Pair, chord_excess, relative_minimum


def pair(name, seed=0):
    generator = torch.Generator().manual_seed(seed)
    inputs = torch.rand(40, 6, generator=generator, dtype=torch.float64)
    truth = (torch.rand(40, generator=generator) < 0.5).double()
    layers, loss = PAIRS[name]
    return Pair(inputs, truth, layers, loss, hidden=2), generator


@pytest.mark.parametrize("name", list(PAIRS))
def test_the_closed_form_is_the_hessian_of_automatic_differentiation(name):
    found, generator = pair(name)
    for _ in range(5):
        point = found.point(generator)
        torch.testing.assert_close(found.hessian(point), hessian(found.value, point))


@pytest.mark.parametrize("name", ["two_linear_mse", "two_sigmoid_ce"])
def test_two_layers_are_the_product_of_their_weights(name):
    found, generator = pair(name)
    weights = found.point(generator)
    assert len(weights) == 7 * 2 + 2 + 1
    first, second = weights[:14].view(7, 2), weights[14:16]
    extended = torch.cat([found.inputs[:, :6], torch.ones(40, 1)], dim=1)
    torch.testing.assert_close(found.logits(weights), extended @ first @ second + weights[16])


@pytest.mark.parametrize(
    ("name", "convex"),
    [
        ("one_linear_mse", True),
        ("one_sigmoid_ce", True),
        ("one_sigmoid_mse", False),
        ("two_linear_mse", False),
        ("two_sigmoid_ce", False),
    ],
)
def test_what_is_known_of_each_pair_is_found(name, convex):
    found, generator = pair(name)
    lowest = min(relative_minimum(found.hessian(found.point(generator))) for _ in range(50))
    excess = max(chord_excess(found, generator) for _ in range(300))
    assert (lowest > -1e-9) == convex
    assert (excess < 1e-9) == convex


def test_the_smallest_eigenvalue_is_relative_to_the_largest():
    matrix = torch.diag(torch.tensor([2.0, -1.0, -4.0], dtype=torch.float64))
    assert relative_minimum(matrix).item() == -1.0
    assert relative_minimum(-matrix).item() == -0.5
