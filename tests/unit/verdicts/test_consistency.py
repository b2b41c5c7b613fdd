import math

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from proofsheet.declare.consistency import CrossEntropy, Sum
from proofsheet.verdicts.consistency import agreements, cross_entropy, digits, total, whole
from synthetic import printed

SHARES = {"scale": "share", "unit": "percent"}


def share(percent, decimals=0):
    return printed(value=percent, decimals=decimals, **SHARES)


# --- A whole number of images


@given(images=st.integers(2, 400), data=st.data())
def test_a_share_of_images_is_that_of_a_whole_number_of_them(images, data):
    right = data.draw(st.integers(0, images))
    decimals = data.draw(st.integers(0, 4))
    found = whole(share(round(100 * right / images, decimals), decimals), images)
    assert found.verdict in ("consistent", "cannot tell")


@given(images=st.integers(2, 40), percent=st.integers(0, 10_000))
def test_no_other_share_is(images, percent):
    # To two decimals; with so few images there are gaps between what they give.
    given_by_some = {round(10_000 * right / images) for right in range(images + 1)}
    near = {one + step for one in given_by_some for step in (-1, 0, 1)}
    assume(percent not in near)
    assert whole(share(percent / 100, 2), images).verdict == "inconsistent"


@pytest.mark.parametrize(
    ("percent", "decimals", "images", "verdict"),
    [
        # Of 28 images 5.19 % are one and a half.
        (5.19, 2, 28, "inconsistent"),
        (53.57, 2, 28, "consistent"),
        (92.32, 2, 10_000, "cannot tell"),
        (92.32, 2, 9_999, "consistent"),
    ],
)
def test_the_print_may_be_coarser_than_the_images(percent, decimals, images, verdict):
    assert whole(share(percent, decimals), images).verdict == verdict


# --- Sums


def of_sum(totals, first, second, decimals=3, weight=0.1):
    published = {
        "total": printed(epochs=dict(enumerate(totals, 1)), decimals=decimals, title="total"),
        "first": printed(epochs=dict(enumerate(first, 1)), decimals=decimals, title="first"),
        "second": printed(epochs=dict(enumerate(second, 1)), decimals=decimals, title="second"),
    }
    check = Sum(kind="sum", total="total", parts={"first": 1, "second": weight})
    return total(published, check)


LOSSES = st.lists(st.floats(0, 10), min_size=2, max_size=10)


@given(first=LOSSES, second=LOSSES, decimals=st.integers(0, 4))
def test_what_is_rounded_from_a_sum_is_its_sum(first, second, decimals):
    pairs = list(zip(first, second, strict=False))
    assume(len(pairs) > 1)
    rounded = [
        [round(one, decimals) for one in numbers]
        for numbers in (
            [a + 0.1 * b for a, b in pairs],
            [a for a, _ in pairs],
            [b for _, b in pairs],
        )
    ]
    assert of_sum(*rounded, decimals=decimals).verdict == "consistent"


@given(off=st.integers(11, 1000), down=st.booleans())
@example(off=11, down=False)
def test_what_no_rounding_explains_is_not(off, down):
    # Three roundings, of half a thousandth each and one of them a tenth: 1.05 thousandths.
    apart = off / 1e4 * (-1 if down else 1)
    found = of_sum([0.7 + apart, 0.7], [0.5, 0.5], [2.0, 2.0], decimals=3)
    assert found.verdict == "inconsistent"
    assert "epoch 1" in found.because
    assert "epoch 2" not in found.because


def test_a_total_without_its_parts_tells_nothing():
    published = {
        "total": printed(epochs={1: 2.0, 2: 1.0}),
        "first": printed(epochs={3: 1.0, 4: 1.0}),
        "second": printed(epochs={3: 1.0, 4: 1.0}),
    }
    check = Sum(kind="sum", total="total", parts={"first": 1, "second": 1})
    assert total(published, check).verdict == "cannot tell"


# --- Cross-entropies


def of_loss(loss, right=None, classes=10):
    published = {"loss": printed(epochs={9: loss, 10: loss})}
    if right is not None:
        published["right"] = share(right, 2)
    accuracy = "" if right is None else "right"
    check = CrossEntropy(kind="cross-entropy", loss="loss", classes=classes, accuracy=accuracy)
    return cross_entropy(published, check).verdict


@given(probabilities=st.lists(st.floats(1e-6, 1), min_size=1, max_size=50))
def test_a_mean_of_cross_entropies_agrees_with_its_accuracy(probabilities):
    """Whatever each true class was given: above one half it is certainly the answer."""
    right = sum(one > 0.5 for one in probabilities) / len(probabilities)
    loss = sum(-math.log(one) for one in probabilities) / len(probabilities)
    assert of_loss(loss, round(100 * right, 2)) == "consistent"


@pytest.mark.parametrize(
    ("loss", "right", "verdict"),
    [
        # Half wrong cost at least 0.3466.
        (0.34, 50, "inconsistent"),
        (0.35, 50, "consistent"),
        # To the lowest accuracy and the highest loss that would be printed so.
        (0.0146, 0.59, "inconsistent"),
        (0.0, 100, "consistent"),
    ],
)
def test_wrong_answers_cost_something(loss, right, verdict):
    assert of_loss(loss, right) == verdict


@pytest.mark.parametrize(
    ("loss", "classes", "verdict"),
    [(2.302, 10, "consistent"), (2.31, 10, "inconsistent"), (0.71, 2, "inconsistent")],
)
def test_guessing_costs_the_logarithm_of_the_classes(loss, classes, verdict):
    assert of_loss(loss, classes=classes) == verdict


# --- Digits


def test_numbers_with_more_digits_than_the_others_are_named():
    found = digits(printed(epochs={1: 0.115, 2: 0.0612, 3: 0.061}, decimals=3))
    assert found.verdict == "inconsistent"
    assert found.because == "not so: 0.0612 (epoch 2)"


def test_zeros_at_the_end_are_digits():
    assert digits(printed(epochs={1: 0.115, 2: 0.1}, decimals=3)).verdict == "consistent"


def test_each_check_and_each_curve_has_its_line():
    published = {
        "loss": printed(epochs={1: 2.0, 2: 1.0}, title="loss"),
        "accuracy": printed(value=50, title="accuracy", **SHARES),
    }
    check = CrossEntropy(kind="cross-entropy", loss="loss", classes=10)
    found = [one.about for one in agreements(published, [check])]
    assert found == [
        "loss: at most the 2.303 of guessing",
        "loss: all with the same number of decimals",
    ]
