import math

import pandas as pd
import pytest

from proofsheet.evaluation.kept import final_losses


def test_gaps_are_of_the_last_epoch_and_the_rise_is_over_the_lowest():
    history = pd.DataFrame(
        [(epoch, "train", "loss", value) for epoch, value in [(1, 3.0), (2, 2.0), (3, 1.0)]]
        + [(epoch, "val", "loss", value) for epoch, value in [(1, 3.0), (2, 2.0), (3, 2.5)]],
        columns=["epoch", "split", "quantity", "value"],
    )
    found = {(split, quantity): value for split, quantity, value in final_losses(history)}
    assert found["val", "loss"] == 2.5
    assert found["gap", "loss"] == 1.5
    assert found["gap", "loss_relative"] == 1.5
    assert found["gap", "loss_rise"] == pytest.approx(0.25)


def test_relative_to_a_loss_of_zero_there_is_no_number():
    rows = [(1, "train", "loss", 0.0), (1, "val", "loss", 0.0)]
    history = pd.DataFrame(rows, columns=["epoch", "split", "quantity", "value"])
    found = {(split, quantity): value for split, quantity, value in final_losses(history)}
    assert math.isnan(found["gap", "loss_relative"])
    assert math.isnan(found["gap", "loss_rise"])
