import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofsheet.data.dataset import (
    Dataset,
    Split,
    limited,
    read_dataset,
    stratified_order,
    write_dataset,
)
from proofsheet.declare.run import Limit
from proofsheet.errors import ProofsheetError
from proofsheet.files import read_json


def make(train=(0, 0, 1, 1), test=(0, 1)):
    def split(labels):
        images = np.arange(len(labels) * 4, dtype=np.uint8).reshape(len(labels), 1, 2, 2)
        return Split(images, np.array(labels, np.int64))

    return Dataset(split(train), split(test), ["a", "b"], "Tiny", "made here", "CC0", True)


def test_what_is_written_is_read(tmp_path):
    write_dataset(make(), tmp_path / "tiny.npz", tmp_path / "tiny.json")
    dataset = read_dataset(tmp_path / "tiny.npz", tmp_path / "tiny.json")
    assert np.array_equal(dataset.train.images, make().train.images)
    assert dataset.test.labels.tolist() == [0, 1]
    assert dataset.image_shape == (1, 2, 2)
    assert dataset.stand_in


def test_the_card_counts_images_per_class(tmp_path):
    write_dataset(make(train=(0, 1, 1)), tmp_path / "tiny.npz", tmp_path / "tiny.json")
    assert read_json(tmp_path / "tiny.json")["splits"]["train"] == {
        "images": 3,
        "per_class": {"a": 1, "b": 2},
    }


def test_the_card_counts_test_images_that_are_training_images(tmp_path):
    write_dataset(make(), tmp_path / "tiny.npz", tmp_path / "tiny.json")
    assert read_json(tmp_path / "tiny.json")["in_both_splits"] == 2


def test_a_limit_below_the_number_of_classes_is_refused():
    with pytest.raises(ProofsheetError, match=r"limit\.test: 1: fewer than the 2 classes"):
        limited(make(), Limit(train=2, test=1))


def test_the_file_has_the_same_bytes_every_time(tmp_path):
    for name in ("one", "two"):
        write_dataset(make(), tmp_path / f"{name}.npz", tmp_path / f"{name}.json")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_a_changed_file_is_refused(tmp_path):
    write_dataset(make(), tmp_path / "tiny.npz", tmp_path / "tiny.json")
    content = bytearray((tmp_path / "tiny.npz").read_bytes())
    content[100] ^= 1
    (tmp_path / "tiny.npz").write_bytes(content)
    with pytest.raises(ProofsheetError, match=r"checksum .* delete both files"):
        read_dataset(tmp_path / "tiny.npz", tmp_path / "tiny.json")


def test_a_class_without_images_is_named(tmp_path):
    with pytest.raises(ProofsheetError, match="test: class 'b' has no images"):
        write_dataset(make(test=(0, 0)), tmp_path / "tiny.npz", tmp_path / "tiny.json")


@given(st.lists(st.integers(0, 3), min_size=1, max_size=60), st.integers(0, 5))
def test_every_beginning_of_a_stratified_order_holds_the_classes_in_their_shares(labels, seed):
    labels = np.array(labels)
    order = stratified_order(labels, seed)
    assert sorted(order) == list(range(len(labels)))
    for end in range(1, len(labels) + 1):
        counts = np.bincount(labels[order[:end]], minlength=4)
        expected = np.bincount(labels, minlength=4) * end / len(labels)
        assert np.abs(counts - expected).max() < 4


def test_a_limit_keeps_the_shares_and_never_invents_images():
    dataset = make(train=[0] * 60 + [1] * 20)
    kept = limited(dataset, Limit(train=8, test=99))
    assert np.bincount(kept.train.labels).tolist() == [6, 2]
    assert len(kept.test) == 2


@pytest.mark.parametrize(
    ("count", "stand_in", "title"), [(2, True, "Tiny, a part of it"), (9, False, "Tiny")]
)
def test_a_part_of_a_data_set_stands_in_for_the_whole(count, stand_in, title):
    whole = dataclasses.replace(make(), stand_in=False)
    kept = limited(whole, Limit(train=count, test=9))
    assert (kept.stand_in, kept.title) == (stand_in, title)
