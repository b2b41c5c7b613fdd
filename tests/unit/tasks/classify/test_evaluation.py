import math

import pytest
import torch

from proofsheet.data.splits import Images
from proofsheet.tasks.classify.evaluation import (
    classification_arrays,
    classification_metrics,
    confusion,
    predict,
)


def test_rows_are_the_truth_and_columns_the_prediction():
    counts = confusion(torch.tensor([0, 0, 1, 1]), torch.tensor([0, 2, 1, 1]), classes=3)
    assert counts.tolist() == [[1, 0, 1], [0, 2, 0], [0, 0, 0]]


def test_the_most_likely_class_of_every_image_is_predicted():
    pixels = torch.tensor([0, 255, 100, 200], dtype=torch.uint8).view(4, 1, 1, 1)

    def bright(images):  # logits of dark and bright
        return torch.stack([0.5 - images.flatten(), images.flatten() - 0.5], dim=1)

    assert predict(bright, Images(pixels, torch.zeros(4))).tolist() == [0, 1, 0, 1]


LOGITS = torch.tensor([[4.0, 0.0], [0.0, 9.0], [0.0, 2.0], [0.0, 1.0]])
TRUTH = torch.tensor([0, 0, 1, 0])


def test_accuracy_and_the_worst_class_by_hand():
    found = {quantity: value for *_, quantity, value in classification_metrics(LOGITS, TRUTH, 3)}
    assert found["accuracy"] == 0.5
    assert found["worst_class"] == pytest.approx(1 / 3)  # of class 0; class 2 has no image


def test_the_surest_mistake_comes_first_and_missing_ones_are_marked():
    pixels = torch.arange(4, dtype=torch.uint8).view(4, 1, 1, 1)
    arrays = classification_arrays(LOGITS, Images(pixels, TRUTH), ["a", "b"])
    assert arrays["mistakes"][:2].flatten().tolist() == [1, 3]
    assert arrays["mistakes_truth"].tolist() == [0, 0] + [-1] * 8
    assert arrays["mistakes_predicted"][:2].tolist() == [1, 1]
    assert arrays["mistakes_confidence"][0] == pytest.approx(1 / (1 + math.exp(-9)))
    assert arrays["examples"][:3].flatten().tolist() == [0, 2, 0]  # firsts of both classes
    assert arrays["examples_truth"].tolist() == [0, 1] + [-1] * 8
