import math

import pytest

from proofsheet.verdicts.rules import by_count, by_interval, overall, tolerance

CONFIRMED, CONTRADICTED, OPEN = "confirmed", "contradicted", "inconclusive"


@pytest.mark.parametrize(
    ("low", "high", "above", "below", "verdict"),
    [
        (0.1, 0.2, 0.0, math.inf, CONFIRMED),
        (0.0, 0.2, 0.0, math.inf, OPEN),  # strictly above
        (-0.2, 0.0, 0.0, math.inf, CONTRADICTED),
        (-0.1, 0.1, -0.2, 0.2, CONFIRMED),
        (-0.3, 0.1, -0.2, 0.2, OPEN),
        (0.2, 0.3, -0.2, 0.2, CONTRADICTED),
        (-1.0, 1.0, -0.2, 0.2, OPEN),
        (math.nan, math.nan, 0.0, 1.0, OPEN),
    ],
)
def test_an_interval_against_bounds(low, high, above, below, verdict):
    assert by_interval(low, high, above, below) == verdict


@pytest.mark.parametrize(
    ("agree", "seeds", "verdict"),
    [
        (3, 3, CONFIRMED),
        (0, 3, CONTRADICTED),
        (2, 3, OPEN),
        (2, 2, OPEN),
        (0, 2, OPEN),
        (0, 0, OPEN),
    ],
)
def test_a_count_of_seeds(agree, seeds, verdict):
    assert by_count(agree, seeds) == verdict


@pytest.mark.parametrize(
    ("verdicts", "ways", "cases"),
    [
        ([CONFIRMED, CONFIRMED], CONFIRMED, CONFIRMED),
        ([CONFIRMED, OPEN], OPEN, OPEN),
        ([CONFIRMED, CONTRADICTED], OPEN, CONTRADICTED),
        ([CONTRADICTED, OPEN], CONTRADICTED, CONTRADICTED),
        ([OPEN, OPEN], OPEN, OPEN),
        (["not comparable", "not comparable"], "not comparable", "not comparable"),
        (["not comparable", CONFIRMED], OPEN, OPEN),
    ],
)
def test_one_verdict_from_several(verdicts, ways, cases):
    assert overall(verdicts) == overall(verdicts[::-1]) == ways
    assert overall(verdicts, cases=True) == overall(verdicts[::-1], cases=True) == cases


@pytest.mark.parametrize(
    ("value", "rounding", "scale", "expected"),
    [
        (2.0, 0.0005, "loss", 0.1005),
        (-2.0, 0.0005, "loss", 0.1005),
        (0.82, 0.005, "share", 0.015),
        (0.01, 0.005, "share", 0.015),
        (30.0, 0.05, "decibel", 0.55),
        (10.0, 0.05, "decibel", 0.55),
    ],
)
def test_a_tolerance_is_rounding_and_what_the_scale_calls_near(value, rounding, scale, expected):
    assert tolerance(value, rounding, scale) == pytest.approx(expected)
