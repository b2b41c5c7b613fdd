import pytest
import torch

from proofsheet.errors import ProofsheetError
from proofsheet.tasks.two_classes import class_indices, rows_of_two

LABELS = torch.arange(300) % 3  # a hundred of each class


@pytest.mark.parametrize(
    ("imbalance", "counts"), [(1, (100, 100)), (10, (100, 10)), (50, (100, 2))]
)
def test_the_second_class_is_thinned_out(imbalance, counts):
    rows = rows_of_two(LABELS, 2, 0, imbalance)
    assert ((LABELS[rows] == 2).sum(), (LABELS[rows] == 0).sum()) == counts
    assert len(rows.unique()) == len(rows)
    assert not (LABELS[rows] == 1).any()


def test_one_image_is_left_where_the_share_is_smaller():
    labels = torch.tensor([0] * 5 + [1] * 5)
    assert (labels[rows_of_two(labels, 0, 1, 50)] == 1).sum() == 1


def test_classes_are_named():
    assert class_indices(["5", "3"], list("0123456789")) == (5, 3)
    with pytest.raises(ProofsheetError, match=r"no class 'five'; there are 0, 1"):
        class_indices(["3", "five"], list("0123456789"))


def test_a_class_without_images_is_refused():
    with pytest.raises(ProofsheetError, match="one of the two classes has no image"):
        rows_of_two(LABELS, 2, 7)
