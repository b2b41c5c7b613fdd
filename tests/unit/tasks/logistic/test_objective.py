import torch

from proofsheet.tasks.logistic.objective import LogisticRegression
from trainings import declared


class Fixed(torch.nn.Module):
    def forward(self, images):
        return torch.tensor([[2.0], [-2.0], [2.0], [-2.0]])


def task(imbalance=1):
    settings = declared("logistic", imbalance=imbalance, between=["b", "a"])
    return LogisticRegression(settings, ["a", "b", "c"])


def test_the_second_named_class_is_the_positive_one():
    labels = torch.tensor([0, 1, 0, 0])[:, None]
    found = task().terms(Fixed(), torch.zeros(4, 1, 1, 2, 2), labels)
    assert found["accuracy"].item() == 0.75


def test_only_the_two_classes_are_sampled():
    labels = torch.arange(30) % 3
    rows = task(imbalance=5).sample(labels, 30, torch.Generator().manual_seed(0))
    assert rows.shape == (12, 1)
    assert torch.bincount(labels[rows[:, 0]]).tolist() == [2, 10]
