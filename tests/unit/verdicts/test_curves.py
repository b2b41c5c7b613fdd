"""Error rates of the rule for curves, on curves whose noise is known."""

import numpy as np
import pytest

from proofsheet.verdicts.curves import fit

POINTS = 19
CURVES = 400


def independent(generator, curves):
    return generator.normal(size=(POINTS, curves))


def rising_together(generator, curves):
    """Half of the variance is of a training as a whole: all of its losses lie higher."""
    return independent(generator, curves) + generator.normal(size=(1, curves))


def noisy_at_first(generator, curves):
    return independent(generator, curves) * np.linspace(3, 1, POINTS)[:, None]


def turned_away(noise, trainings, change=lambda curve: curve):
    """The share of curves that could not be ours, of those that are, after ``change``."""
    generator = np.random.default_rng(trainings)
    away = 0
    for _ in range(CURVES):
        drawn = noise(generator, trainings + 1)
        found = fit(drawn[:, 1:], change(drawn[:, 0]), np.zeros(POINTS))
        away += not found.could_be_ours
    return away / CURVES


@pytest.mark.parametrize("trainings", [3, 5, 10])
@pytest.mark.parametrize("noise", [independent, rising_together, noisy_at_first])
def test_one_curve_in_twenty_is_turned_away_that_is_ours(noise, trainings):
    # Of 400, 5 % with three standard errors to each side: 1.7 to 8.3 %.
    assert 0.017 <= turned_away(noise, trainings) <= 0.083


@pytest.mark.parametrize(
    "change",
    [
        lambda curve: curve + 3,
        lambda curve: curve + np.linspace(3, -3, POINTS),
        lambda curve: 3 * curve,
    ],
    ids=["higher", "steeper", "noisier"],
)
def test_a_curve_of_another_height_or_shape_is_turned_away(change):
    assert turned_away(independent, 5, change) > 0.95


def test_rounding_counts_as_noise():
    """A curve that is printed with one digit is held against trainings that hardly vary."""
    generator = np.random.default_rng(0)
    ours = np.linspace(1, 0.2, POINTS)[:, None] + 1e-4 * generator.normal(size=(POINTS, 5))
    printed = ours[:, 0].round(1)
    assert fit(ours[:, 1:], printed, np.full(POINTS, 0.05)).could_be_ours
    assert not fit(ours[:, 1:], printed, np.full(POINTS, 0.005)).could_be_ours


def test_the_chance_of_a_height_is_students():
    # Trainings whose means are 1, 2 and 3, printed at 5: t = 3 / √(4/3) with 2 degrees of freedom,
    # whose two-sided chance is 1 − t / √(t² + 2).
    ours = np.array([[1.05, 2, 2.95], [0.95, 2, 3.05]])
    t = 3 / np.sqrt(4 / 3)
    found = fit(ours, np.array([5.0, 5.0]), np.zeros(2))
    assert found.level == pytest.approx(1 - t / np.sqrt(t**2 + 2))


def test_numbers_that_move_together_count_as_one():
    generator = np.random.default_rng(0)
    together = np.ones((POINTS, 1)) * generator.normal(size=(1, 40))
    found = fit(together, together[:, 0], np.zeros(POINTS))
    assert found.freedom == pytest.approx(39, rel=0.05)


@pytest.mark.parametrize("trainings", [1, 2])
def test_too_few_trainings_tell_nothing(trainings):
    ours = np.random.default_rng(0).normal(size=(POINTS, trainings))
    assert np.isnan(fit(ours, ours[:, 0], np.zeros(POINTS)).level)


def test_equal_trainings_tell_nothing():
    assert np.isnan(fit(np.ones((POINTS, 5)), np.ones(POINTS), np.zeros(POINTS)).level)
