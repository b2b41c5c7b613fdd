import pytest
import torch

from proofsheet.train.device import memory_format, use_threads
from trainings import declared

LAST, USUAL = torch.channels_last, torch.contiguous_format


@pytest.mark.parametrize(
    ("model", "precision", "expected"),
    [
        ("vision.resnet18", "fp32", USUAL),
        ("vision.resnet18", "bf16", LAST),
        ("classifier.cnn", "fp32", LAST),
    ],
)
def test_images_lie_in_memory_as_their_network_is_fastest(model, precision, expected):
    settings = declared("classify", model={"name": model}, precision=precision)
    assert memory_format(settings) == expected


def test_determinism_fills_no_memory_that_is_written_over_anyway():
    use_threads(1, deterministic=True)
    assert not torch.utils.deterministic.fill_uninitialized_memory
    use_threads(1, deterministic=False)
