import math

import pytest

from proofsheet.evaluate.weights import HistoryRow, final_losses


def test_gaps_are_of_the_last_epoch_and_the_rise_is_over_the_lowest():
    history = [
        HistoryRow(epoch, split, "loss", value)
        for split, values in (("train", [3.0, 2.0, 1.0]), ("val", [3.0, 2.0, 2.5]))
        for epoch, value in enumerate(values, start=1)
    ]
    found = {(split, quantity): value for split, quantity, value in final_losses(history)}
    assert found["val", "loss"] == 2.5
    assert found["gap", "loss"] == 1.5
    assert found["gap", "loss_relative"] == 1.5
    assert found["gap", "loss_rise"] == pytest.approx(0.25)


def test_relative_to_a_loss_of_zero_there_is_no_number():
    history = [HistoryRow(1, "train", "loss", 0.0), HistoryRow(1, "val", "loss", 0.0)]
    found = {(split, quantity): value for split, quantity, value in final_losses(history)}
    assert math.isnan(found["gap", "loss_relative"])
    assert math.isnan(found["gap", "loss_rise"])


def test_the_accuracy_gap_is_training_minus_validation():
    history = [
        HistoryRow(1, split, quantity, value)
        for split, loss, accuracy in (("train", 1.0, 0.9), ("val", 2.0, 0.7))
        for quantity, value in (("loss", loss), ("accuracy", accuracy))
    ]
    found = {(split, quantity): value for split, quantity, value in final_losses(history)}
    assert found["gap", "accuracy"] == pytest.approx(0.2)
