import pytest
import torch
from torch import nn

from proofsheet.losses.contrastive import contrastive_loss
from proofsheet.losses.triplet import triplet_loss
from proofsheet.tasks.verify.objective import Verification
from trainings import declared


class Pixels(nn.Module):
    """Embeds an image as its first two pixels; the logit is their similarity."""

    def forward(self, images):
        return images.flatten(1)[:, :2]

    def logit(self, first, second):
        return 1 - (first - second).abs().sum(dim=1)


@pytest.fixture
def images():
    return torch.rand(6, 3, 1, 2, 2, generator=torch.Generator().manual_seed(0))


def objective(name, margin):
    return Verification(declared("verify", loss={"name": name, "margin": margin}).loss)


def terms(name, images, labels, margin=0.7):
    return objective(name, margin).terms(Pixels(), images, labels)["loss"]


def test_bce_is_that_of_the_probability_of_one_class(images):
    labels = torch.tensor([[0, 0], [0, 1], [1, 1], [2, 0], [2, 2], [1, 2]])
    a, b = (images[:, k].flatten(1)[:, :2] for k in (0, 1))
    probability = torch.sigmoid(1 - (a - b).abs().sum(dim=1))
    same = labels[:, 0] == labels[:, 1]
    expected = -torch.where(same, probability, 1 - probability).log().mean()
    torch.testing.assert_close(terms("bce", images[:, :2], labels, None), expected)


def test_contrastive_gets_pairs_and_which_are_the_same(images):
    labels = torch.tensor([[0, 0], [0, 1], [1, 1], [2, 0], [2, 2], [1, 2]])
    a, b = (images[:, k].flatten(1)[:, :2] for k in (0, 1))
    same = torch.tensor([1.0, 0, 1, 0, 1, 0])
    expected = contrastive_loss(a, b, same, 0.7)
    torch.testing.assert_close(terms("contrastive", images[:, :2], labels), expected)


def test_triplet_gets_anchor_positive_negative_in_order(images):
    a, p, n = (images[:, k].flatten(1)[:, :2] for k in range(3))
    expected = triplet_loss(a, p, n, 0.7)
    torch.testing.assert_close(terms("triplet", images, torch.zeros(6, 3)), expected)


def test_scores_fall_with_distance():
    points = torch.tensor([[0.0, 1.0], [3.0, 4.0]])
    scores = objective("contrastive", 1.0).score(Pixels(), torch.zeros(2, 2), points)
    assert scores.tolist() == [-1.0, -5.0]
