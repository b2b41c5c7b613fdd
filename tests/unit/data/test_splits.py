import numpy as np
import pytest
import torch

from proofsheet.data.dataset import Dataset, Split
from proofsheet.data.splits import split_images
from proofsheet.errors import ProofsheetError
from trainings import declared


def numbered():
    """Every image is filled with a number of its own."""

    def split(start, count):
        numbers = np.arange(start, start + count, dtype=np.uint8)
        images = np.tile(numbers[:, None, None, None], (1, 1, 2, 2))
        return Split(images, np.arange(count) % 2)

    return Dataset(split(0, 40), split(100, 20), ["a", "b"], "", "", "", True)


def held(of, share, fraction=1.0):
    return declared("classify", hold_out={"of": of, "share": share}, train_fraction=fraction)


def numbers(images):
    return set(images.pixels[:, 0, 0, 0].tolist())


@pytest.mark.parametrize(("of", "sizes"), [("train", (30, 10, 20)), ("test", (40, 5, 15))])
def test_every_image_is_in_exactly_one_split(of, sizes):
    parts = split_images(numbered(), held(of, 0.25), "cpu")
    found = [numbers(parts[name]) for name in ("train", "val", "test")]
    assert tuple(len(part) for part in found) == sizes
    assert len(set.union(*found)) == 60


def test_held_out_images_come_from_the_declared_split_in_equal_shares():
    parts = split_images(numbered(), held("test", 0.5), "cpu")
    assert min(numbers(parts["val"])) >= 100
    assert torch.bincount(parts["val"].labels).tolist() == [5, 5]


def test_a_batch_is_scaled_to_one_and_keeps_the_order_of_rows():
    parts = split_images(numbered(), held("test", 0.5), "cpu")
    batch, labels = parts["train"].batch(torch.tensor([[3, 1], [0, 39]]))
    assert batch.shape == (2, 2, 1, 2, 2)
    assert labels.tolist() == [[1, 1], [0, 1]]
    torch.testing.assert_close(batch[:, :, 0, 0, 0], torch.tensor([[3.0, 1.0], [0.0, 39.0]]) / 255)


@pytest.mark.parametrize("chunk", [1, 4 * 12 * 16 * 3, 10**9])
def test_batches_are_as_one_by_one_however_many_are_scaled_together(monkeypatch, chunk):
    monkeypatch.setattr("proofsheet.data.splits.CHUNK", chunk)
    images = split_images(numbered(), held("test", 0.5), "cpu")["train"]
    rows = torch.tensor([[number, number + 20] for number in range(20)])
    batches = list(images.batches(rows, 3))
    assert [len(pictures) for pictures, _ in batches] == [3] * 6 + [2]
    for number, (pictures, labels) in enumerate(batches):
        expected = images.batch(rows[3 * number : 3 * number + 3])
        torch.testing.assert_close((pictures, labels), expected, rtol=0, atol=0)


def test_evaluation_runs_through_all_images_in_order(monkeypatch):
    monkeypatch.setattr("proofsheet.data.splits.EVALUATION_BATCH", 16)
    parts = split_images(numbered(), held("test", 0.5), "cpu")
    batches = list(parts["train"].in_order())
    assert [len(batch) for batch in batches] == [16, 16, 8]
    assert (torch.cat(batches)[:, 0, 0, 0] * 255).round().tolist() == list(range(40))


@pytest.mark.parametrize("share", [0.01, 0.99])
def test_a_share_that_leaves_a_split_empty_is_refused(share):
    with pytest.raises(ProofsheetError, match="leaves a split empty"):
        split_images(numbered(), held("test", share), "cpu")


def test_a_fraction_keeps_its_share_of_every_class_and_of_no_other_split():
    whole = split_images(numbered(), held("test", 0.5), "cpu")
    half = split_images(numbered(), held("test", 0.5, fraction=0.5), "cpu")
    assert torch.bincount(half["train"].labels).tolist() == [10, 10]
    assert numbers(half["train"]) < numbers(whole["train"])
    assert numbers(half["test"]) == numbers(whole["test"])


def test_a_larger_fraction_holds_every_image_of_a_smaller_one():
    small, large = (
        split_images(numbered(), held("test", 0.5, fraction=share), "cpu")["train"]
        for share in (0.1, 0.3)
    )
    assert numbers(small) < numbers(large)


def test_a_fraction_without_an_image_is_refused():
    with pytest.raises(ProofsheetError, match=r"train_fraction: 0\.001 of 40 .* is none"):
        split_images(numbered(), held("test", 0.5, fraction=0.001), "cpu")
