import pytest
import torch
from torch.nn import functional as F

from proofsheet.evaluation.kept import HistoryRow, Trained
from proofsheet.evaluation.logistic import epochs_to, gradient_at_mistakes
from proofsheet.models.dense import logistic


def test_the_gradient_of_a_mistake_is_that_of_automatic_differentiation():
    torch.manual_seed(0)
    model = logistic(image_shape=(1, 3, 3), classes=2, mean=0.5, std=0.5)
    image = torch.rand(1, 1, 3, 3)
    logit = model(image).squeeze(1)
    wrong = (logit < 0).float()
    gradients = torch.autograd.grad(
        F.binary_cross_entropy_with_logits(logit, wrong), list(model.parameters())
    )
    expected = torch.cat([gradient.flatten() for gradient in gradients]).norm().item()
    found = gradient_at_mistakes(model, image, logit.detach(), "cross-entropy")
    assert found == pytest.approx(expected, rel=1e-5)


def trained(accuracies):
    rows = [HistoryRow(epoch, "val", "accuracy", a) for epoch, a in enumerate(accuracies, start=1)]
    return Trained(None, None, {}, [], rows)


@pytest.mark.parametrize(
    ("accuracies", "epochs"), [([0.5, 0.9, 0.8], 2), ([0.95], 1), ([0.1, 0.2], 3)]
)
def test_epochs_to_a_target(accuracies, epochs):
    assert epochs_to(trained(accuracies), 0.9) == epochs
