import numpy as np
import pytest

from proofsheet.verdicts.comparability import Comparability

OURS = np.array([0.5, 0.6])


@pytest.fixture
def comparability():
    """``a`` and ``b`` train on the write-up's own data, ``c`` on others in their place."""
    return Comparability({"a": "mnist", "b": "mnist", "c": "cifar10"}, ["cifar10"], {"a": 2}.get)


@pytest.mark.parametrize(
    ("experiments", "expected"),
    [(["a"], False), (["c"], True), (["a", "b"], False), (["a", "c"], True), ([], False)],
)
def test_one_experiment_on_a_stand_in_is_enough(comparability, experiments, expected):
    assert comparability.on_stand_in(*experiments) is expected


def test_ours_on_the_original_data_is_comparable(comparability):
    assert comparability.comparable("a", OURS)


def test_ours_on_a_stand_in_is_not(comparability):
    assert not comparability.comparable("c", OURS)


@pytest.mark.parametrize(("printed_after", "expected"), [(2, True), (1, False)])
def test_the_end_of_a_training_stands_beside_as_many_epochs(comparability, printed_after, expected):
    assert comparability.comparable("a", OURS, at_end=printed_after) is expected


def test_nothing_measured_is_not(comparability):
    assert not comparability.comparable("a", np.array([]))
