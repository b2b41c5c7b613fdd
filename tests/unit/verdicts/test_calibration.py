"""The rules for printed numbers, tried on trainings of which it is known what made them.

``tests/calibration/<experiment>.csv`` holds a curve in each row, at the places that the write-up
prints: of trainings on the write-up's own data with the declared settings, one for each seed, and
with others. ``docs/verdicts.md`` tells how they were made.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest

from proofsheet.results.published import Number
from proofsheet.verdicts.published import judge_curve, judge_number

FOLDER = Path(__file__).parents[2] / "calibration"
DECIMALS = 3
OURS = "as declared"
# Declared is bf16, which should make no difference.
PRECISION = "in fp32"
APART = ("near", "not reproduced")


def curves(experiment):
    """By settings, ``float (seeds, K)``."""
    rows = pd.read_csv(FOLDER / f"{experiment}.csv", index_col=["settings", "seed"])
    return {settings: one.to_numpy() for settings, one in rows.groupby("settings", sort=False)}


def judged(curve, trainings):
    """The verdicts on a curve, as it would be printed, and on each of its numbers; of larger
    batches an epoch has fewer lines."""
    there = ~np.isnan(curve)
    curve, trainings = curve[there], trainings[:, there]
    printed = [Number(1, 1, round(value, DECIMALS), 0.5 * 10**-DECIMALS, "") for value in curve]
    row, ranges = judge_curve(list(trainings.T), printed, "loss")
    points = [
        judge_number(values, number, "loss", known)[0]
        for values, number, known in zip(trainings.T, printed, ranges, strict=True)
    ]
    return row["verdict"], points


def left_out(experiment):
    """Each training in turn as if it were printed, held against the others."""
    ours = curves(experiment)[OURS]
    return [judged(ours[at], np.delete(ours, at, axis=0)) for at in range(len(ours))]


@pytest.mark.parametrize("experiment", ["fnn", "autoencoder", "cnn6"])
def test_a_training_of_ours_is_recognised(experiment):
    found = left_out(experiment)
    points = [point for _, points in found for point in points]
    assert points.count("reproduced") >= 0.9 * len(points)
    recognised = sum(verdict == "reproduced" for verdict, _ in found)
    interval = binomtest(recognised, len(found)).proportion_ci(method="exact")
    assert interval.low <= 0.95 <= interval.high


def test_a_number_outside_its_range_leaves_a_curve_reproduced():
    """Of nineteen at 5 % each, one is to be expected."""
    outside = [points for verdict, points in left_out("fnn") if verdict == "reproduced"]
    assert any(set(points) != {"reproduced"} for points in outside)


# What the noise of trainings hides: of these curves more than one in ten could be ours.
HIDDEN = {"fnn": {"half the width"}, "autoencoder": set(), "cnn6": {"batch size doubled"}}


@pytest.mark.parametrize("experiment", ["fnn", "autoencoder", "cnn6"])
def test_a_training_with_another_setting_is_told_apart(experiment):
    found = curves(experiment)
    ours = found.pop(OURS)
    found.pop(PRECISION, None)
    apart = {
        settings: np.mean([judged(curve, ours)[0] in APART for curve in others])
        for settings, others in found.items()
    }
    assert {"learning rate doubled", "batch size doubled", "epoch n + 1 for n"} <= set(apart)
    assert {settings for settings, share in apart.items() if share < 0.9} == HIDDEN[experiment]


def test_a_training_in_fp32_is_one_of_those_in_bf16():
    found = curves("cnn6")
    assert [judged(curve, found[OURS])[0] for curve in found[PRECISION]] == ["reproduced"] * 2
