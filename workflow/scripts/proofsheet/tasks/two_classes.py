"""Two classes of a data set that has more."""

import torch
from torch import Tensor

from proofsheet.errors import ProofsheetError


def class_indices(between: list[str], classes: list[str]) -> tuple[int, int]:
    """The two classes' labels, by name.

    :raises ProofsheetError: where the data set has no class of that name.
    """
    for name in between:
        if name not in classes:
            raise ProofsheetError(
                f"between: the data have no class {name!r}; there are {', '.join(classes)}"
            )
    first, second = (classes.index(name) for name in between)
    return first, second


def rows_of_two(labels: Tensor, first: int, second: int, imbalance: int = 1) -> Tensor:
    """Indices ``int64 (M,)`` of images of two classes, ``imbalance`` of the first for one of the
    second, as many as there are; always the same ones, at least one of each.

    :param labels: ``int64 (N,)``.
    :raises ProofsheetError: where one of the classes has no image.
    """
    many, few = ((labels == label).nonzero().flatten() for label in (first, second))
    if not len(many) or not len(few):
        raise ProofsheetError("between: one of the two classes has no image in a split; add some")
    kept = max(1, min(len(few), len(many) // imbalance))
    return torch.cat([many[: kept * imbalance], few[:kept]])
