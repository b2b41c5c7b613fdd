import math

import pytest
import torch
from torch.nn import functional as F

from proofsheet.data.splits import Images
from proofsheet.declare.tasks.logistic import LogisticEvaluation
from proofsheet.models.dense import logistic
from proofsheet.tasks.logistic import evaluation
from proofsheet.tasks.logistic.evaluation import (
    epochs_to,
    evaluate,
    gradient_at_mistakes,
    losses_at_mistakes,
)
from proofsheet.tasks.random_state import Purpose, stream
from proofsheet.tasks.task import HistoryRow, TrainedModel
from trainings import declared


@pytest.mark.parametrize("kind", ["cross-entropy", "mse"])
def test_the_gradient_of_a_mistake_is_that_of_automatic_differentiation(kind):
    torch.manual_seed(0)
    model = logistic(image_shape=(1, 3, 3), classes=2, mean=0.5, std=0.5)
    image = torch.rand(1, 1, 3, 3)
    with torch.no_grad():
        model[-1].weight *= 50  # sure of its answer
    logit = model(image).squeeze(1)
    wrong = (logit < 0).float()
    loss = {
        "cross-entropy": F.binary_cross_entropy_with_logits(logit, wrong),
        "mse": (logit.sigmoid() - wrong).square().mean(),
    }[kind]
    gradients = torch.autograd.grad(loss, list(model.parameters()))
    expected = torch.cat([gradient.flatten() for gradient in gradients]).norm().item()
    found = gradient_at_mistakes(model, image, logit.detach(), kind)
    assert found == pytest.approx(expected, rel=1e-4)


def test_only_sure_answers_count_as_confident_mistakes():
    model = logistic(image_shape=(1, 1, 1), classes=2, mean=0.0, std=1.0)
    images = torch.zeros(3, 1, 1, 1)
    found = gradient_at_mistakes(model, images, torch.tensor([0.1, 3.0, -0.2]), "cross-entropy")
    # σ(3), of the one sure answer; the input has length 0.
    assert found == pytest.approx(torch.tensor(3.0).sigmoid().item())
    assert math.isnan(gradient_at_mistakes(model, images[:1], torch.zeros(1), "mse"))


def test_metrics_by_hand():
    """Four images of two classes; the logit is the pixel's place between them."""
    pixels = torch.tensor([0, 255, 255, 255], dtype=torch.uint8).view(4, 1, 1, 1)
    images = Images(pixels, torch.tensor([0, 0, 1, 1]))
    model = logistic(image_shape=(1, 1, 1), classes=2, mean=0.5, std=0.5)
    with torch.no_grad():
        model[-1].weight.fill_(math.log(19))  # probabilities of 0.05 and 0.95
        model[-1].bias.zero_()
    settings = declared("logistic", loss={"name": "mse"})
    history = [HistoryRow(1, "val", "accuracy", 0.99)]
    trained = TrainedModel(model, settings, {"test": images}, ["a", "b"], history)
    options = LogisticEvaluation(task="logistic", target_accuracy=0.9)
    metrics = evaluate(trained, options, 0, None).metrics
    found = {quantity: value for *_, quantity, value in metrics}
    assert found["accuracy"] == 0.75
    assert found["balanced_accuracy"] == 0.75  # one of two, and two of two
    assert found["brier"] == pytest.approx((3 * 0.05**2 + 0.95**2) / 4)
    assert found["ece"] == pytest.approx(0.2)
    assert found["sure"] == 1
    assert found["epochs_to_target"] == 1


def trained(accuracies):
    rows = [HistoryRow(epoch, "val", "accuracy", a) for epoch, a in enumerate(accuracies, start=1)]
    return TrainedModel(torch.nn.Identity(), declared("logistic"), {}, [], rows)


@pytest.mark.parametrize(
    ("accuracies", "epochs"),
    [([0.5, 0.9, 0.8], 2), ([0.95], 1), ([0.5, float(torch.tensor(0.9))], 2)],
)
def test_epochs_to_a_target(accuracies, epochs):
    assert epochs_to(trained(accuracies), 0.9) == epochs


def test_a_target_that_is_not_reached_has_no_epoch():
    assert math.isnan(epochs_to(trained([0.1, 0.2]), 0.9))


def at_mistakes():
    """Values by case and quantity."""
    rows = losses_at_mistakes(stream(0, Purpose.PROBE_POINTS))
    return {(case, quantity): value for _, case, quantity, value in rows}


def test_cross_entropy_is_the_larger_loss_at_every_confident_mistake():
    # -log p > (1 - p)² and 1 - p > 2p(1 - p)² for any p below one half.
    found = at_mistakes()
    for case in ("truth_0", "truth_1"):
        assert found[case, "points"] == 100
        assert found[case, "loss_not_above"] == 0
        assert found[case, "gradient_not_above"] == 0


def test_a_loss_that_is_not_the_larger_is_seen(monkeypatch):
    real = evaluation.binary_loss
    monkeypatch.setattr(
        evaluation,
        "binary_loss",
        lambda logits, truth, kind: real(logits, truth, "mse") * (1 if kind == "mse" else 0.5),
    )
    found = at_mistakes()
    assert found["truth_1", "loss_not_above"] == 1
    assert found["truth_1", "gradient_not_above"] == 0
