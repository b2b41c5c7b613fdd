import math

import pytest

from proofsheet.report.numbers import half_width, number
from proofsheet.results.statistics import Estimate


@pytest.mark.parametrize(
    ("value", "spec", "shown"),
    [
        (0.12345, ".3f", "0.123"),
        (-0.0234, "+.1p", "−2.3"),
        (0.0234, "+.1p", "+2.3"),
        (-1.5, ".1f", "−1.5"),
        (0.5, ".0%", "50%"),
        (math.nan, ".3f", "–"),
        (math.nan, ".1p", "–"),
    ],
)
def test_a_number_is_shown_in_its_format(value, spec, shown):
    assert number(value, spec) == shown


@pytest.mark.parametrize(
    ("low", "high", "spec", "shown"),
    [
        (0.5, 1.5, ".2f", "0.50"),
        (0.5, 1.5, "+.2f", "0.50"),  # behind ± stands no sign
        (0.25, 0.75, ".0%", "25%"),
        (1.0, 1.0, ".2f", ""),  # seeds that are all equal
        (math.nan, math.nan, ".2f", ""),  # one seed
    ],
)
def test_a_half_width_is_half_of_the_interval(low, high, spec, shown):
    assert half_width(Estimate((low + high) / 2, low, high, 2), spec) == shown
