import math

import pytest
import torch

from proofsheet.data.splits import Images
from proofsheet.evaluate.experiment import last_epoch, work
from proofsheet.tasks.task import HistoryRow, objective_for
from trainings import declared


def by_name(rows):
    return {(split, quantity): value for split, _, quantity, value in rows}


def test_gaps_are_of_the_last_epoch_and_the_rise_is_over_the_lowest():
    history = [
        HistoryRow(epoch, split, "loss", value)
        for split, values in (("train", [3.0, 2.0, 1.0]), ("val", [3.0, 2.0, 2.5]))
        for epoch, value in enumerate(values, start=1)
    ]
    found = by_name(last_epoch(history))
    assert found["val", "loss"] == 2.5
    assert found["", "loss_gap"] == 1.5
    assert found["", "loss_gap_relative"] == 1.5
    assert found["", "loss_rise"] == pytest.approx(0.25)


def test_relative_to_a_loss_of_zero_there_is_no_number():
    history = [HistoryRow(1, "train", "loss", 0.0), HistoryRow(1, "val", "loss", 0.0)]
    found = by_name(last_epoch(history))
    assert math.isnan(found["", "loss_gap_relative"])
    assert math.isnan(found["", "loss_rise"])


def test_the_accuracy_gap_is_training_minus_validation():
    history = [
        HistoryRow(1, split, quantity, value)
        for split, loss, accuracy in (("train", 1.0, 0.9), ("val", 2.0, 0.7))
        for quantity, value in (("loss", loss), ("accuracy", accuracy))
    ]
    found = by_name(last_epoch(history))
    assert found["", "accuracy_gap"] == pytest.approx(0.2)


def test_images_that_a_task_leaves_out_do_not_count_as_work():
    labels = torch.arange(30) % 3
    settings = declared("logistic", imbalance=5, batch_size=5, epochs=5)
    rows = work(
        objective_for(settings, ["a", "b", "c"]),
        settings,
        Images(torch.zeros(30, 1, 2, 2), labels),
    )
    # Ten of the first class, two of the second, none of the third: three batches an epoch.
    assert by_name(rows) == {("train", "images"): 12, ("train", "steps"): 15}
