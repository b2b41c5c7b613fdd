import math

import numpy as np
import pytest

from proofsheet.declare.quantity import ANY, SHARE
from proofsheet.report.numbers import interval, number, over_seeds


@pytest.mark.parametrize(
    ("value", "spec", "shown"),
    [
        (0.12345, ".3f", "0.123"),
        (-0.0234, "+.1p", "−2.3"),
        (0.0234, "+.1p", "+2.3"),
        (-1.5, ".1f", "−1.5"),
        (0.5, ".0%", "50%"),
        (-0.00011, ".1p", "0.0"),
        (-0.04, "+.1f", "+0.0"),
        (-math.inf, ".1f", "−inf"),
        (math.nan, ".3f", "–"),
        (math.nan, ".1p", "–"),
    ],
)
def test_a_number_is_shown_in_its_format(value, spec, shown):
    assert number(value, spec) == shown


@pytest.mark.parametrize(
    ("low", "high", "spec", "shown"),
    [
        (0.5, 1.5, ".2f", "0.50 to 1.50"),
        (-1.5, -0.5, ".1f", "−1.5 to −0.5"),
        (0.25, 0.75, ".0%", "25 to 75%"),
        (-0.0234, 0.5, "+.1p", "−2.3 to +50.0"),
        (math.nan, math.nan, ".2f", ""),
    ],
)
def test_an_interval_is_its_two_ends(low, high, spec, shown):
    assert interval(low, high, spec) == shown


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([], ("–", "")),
        ([1.25], ("1.3", "")),
        ([1.0, 2.0], ("1.0, 2.0", "")),
        # t(0.975, 2) · s / √3 is 2.484, with s = 1.
        ([1.0, 2.0, 3.0], ("2.0", "−0.5 to 4.5")),
        ([2.0, 2.0, 2.0], ("2.0", "")),
    ],
)
def test_what_stands_for_the_seeds(values, shown):
    assert over_seeds(np.array(values), ".1f", ANY) == shown


def test_the_interval_of_shares_ends_at_1():
    assert over_seeds(np.array([1.0, 1.0, 0.9]), ".0%", SHARE)[1].endswith(" to 100%")


@pytest.mark.parametrize(
    ("value", "spec", "expected"),
    [(0.8625, ".1%", "86.3%"), (0.725, ".0%", "73%"), (-0.125, ".2f", "−0.13"), (2.5, ".0f", "3")],
)
def test_halves_are_rounded_up(value, spec, expected):
    assert number(value, spec) == expected
