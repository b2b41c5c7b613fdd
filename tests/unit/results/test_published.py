"""What a write-up prints, as numbers."""

import pytest

from proofsheet.results.published import Number, numbers
from synthetic import printed


@pytest.mark.parametrize(
    ("declared", "text", "value", "rounding"),
    [
        ({"value": 82, "unit": "percent", "scale": "share"}, "82%", 0.82, 0.005),
        ({"value": 92.32, "unit": "percent", "scale": "share"}, "92.32%", 0.9232, 0.00005),
        ({"value": 0.82, "scale": "share"}, "0.82", 0.82, 0.005),
        ({"value": 0.33, "decimals": 3}, "0.330", 0.33, 0.0005),
        ({"value": 0.0612, "decimals": 3}, "0.0612", 0.0612, 0.00005),
        ({"value": 30, "scale": "decibel"}, "30", 30, 0.5),
    ],
)
def test_a_number_is_told_as_it_is_printed(declared, text, value, rounding):
    (number,) = numbers(printed(**declared))
    assert number.text == text
    assert number.value == pytest.approx(value)
    assert number.rounding == pytest.approx(rounding)


def test_a_single_value_has_neither_epoch_nor_batch():
    assert numbers(printed(value=2.5)) == [Number(None, None, 2.5, 0.05, "2.5")]


def test_numbers_by_epoch_have_their_epoch():
    found = numbers(printed(epochs={1: 3.0, 5: 2.5}))
    assert [(one.epoch, one.batch, one.text) for one in found] == [(1, None, "3"), (5, None, "2.5")]


def test_numbers_by_batch_have_both():
    found = numbers(printed(batches={1: {100: 2.5}, 2: {50: 1.5, 100: 0.5}}))
    assert [(one.epoch, one.batch) for one in found] == [(1, 100), (2, 50), (2, 100)]
