import torch

from proofsheet.evaluation.classify import confusion, predict
from proofsheet.splits import Images


def test_rows_are_the_truth_and_columns_the_prediction():
    counts = confusion(torch.tensor([0, 0, 1, 1]), torch.tensor([0, 2, 1, 1]), classes=3)
    assert counts.tolist() == [[1, 0, 1], [0, 2, 0], [0, 0, 0]]


def test_the_most_likely_class_of_every_image_is_predicted():
    pixels = torch.tensor([0, 255, 100, 200], dtype=torch.uint8).view(4, 1, 1, 1)

    def bright(images):  # logits of dark and bright
        return torch.stack([0.5 - images.flatten(), images.flatten() - 0.5], dim=1)

    assert predict(bright, Images(pixels, torch.zeros(4))).tolist() == [0, 1, 0, 1]
