"""Verdicts on printed numbers, from trainings that were made to print them or not."""

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from proofsheet.verdicts.comparability import Comparability
from proofsheet.verdicts.published import judge_published
from synthetic import printed, read_results, write_experiment

ACCURACY = {"split": "test", "quantity": "accuracy"}
KEY = ("test", "accuracy")


def judged(folder, declared, metrics=None, history=None, steps=None, stand_ins=()):
    """Rows of one published quantity of experiment ``a``, which trains on ``mnist``."""
    seeds = len(next(iter(history.values()))) if history else 3
    write_experiment(folder, "a", metrics or {KEY: [0.0] * seeds}, history, steps=steps)
    published = {"a": {"q": declared}}
    results = read_results(folder, published)
    comparability = Comparability({"a": "mnist"}, stand_ins, results.epochs)
    return list(judge_published(published, results, comparability))


def single(folder, value, seeds, **keys):
    declared = printed(value=value, unit="percent", scale="share", measured=ACCURACY)
    return judged(folder, declared, {KEY: seeds}, **keys)[0]


@pytest.mark.parametrize(
    ("seeds", "verdict"),
    [
        ([0.820, 0.821, 0.819], "reproduced"),
        ([0.760, 0.761, 0.759], "not reproduced"),
        ([0.900, 0.901, 0.899], "not reproduced"),
        # One more training may reach 82 %, and may as well be ten points away.
        ([0.760, 0.820, 0.870], "open"),
        # Printed is 81.5 to 82.5: just below, and within one point beyond that.
        ([0.8100, 0.8102, 0.8098], "near"),
        ([0.8040, 0.8041, 0.8039], "not reproduced"),
        ([0.820, 0.821], "open"),
    ],
)
def test_an_accuracy(tmp_path, seeds, verdict):
    assert single(tmp_path, 82, seeds)["verdict"] == verdict


@pytest.mark.parametrize(
    ("seeds", "verdict"),
    # 2 printed as 2.0: within 0.05 of rounding, and 0.1 more is near.
    [
        ([2.04, 2.041, 2.039], "reproduced"),
        ([2.12, 2.121, 2.119], "near"),
        ([2.17, 2.171, 2.169], "not reproduced"),
    ],
)
def test_a_loss_is_near_within_a_twentieth(tmp_path, seeds, verdict):
    declared = printed(value=2.0, decimals=1, measured=ACCURACY)
    assert judged(tmp_path, declared, {KEY: seeds})[0]["verdict"] == verdict


@pytest.mark.parametrize(
    ("seeds", "verdict"),
    # 30.0: within 0.05 of rounding and half a decibel; a twentieth of it would be 1.5.
    [([30.54, 30.541, 30.539], "near"), ([31.0, 31.001, 30.999], "not reproduced")],
)
def test_decibels_are_near_within_half_of_one(tmp_path, seeds, verdict):
    declared = printed(value=30.0, decimals=1, scale="decibel", measured=ACCURACY)
    assert judged(tmp_path, declared, {KEY: seeds})[0]["verdict"] == verdict


@pytest.mark.parametrize("seeds", [[0.80, 0.81, 0.82], [0.8049, 0.805, 0.8051], [0.7, 0.71, 0.7]])
def test_a_share_is_judged_the_same_however_it_is_printed(tmp_path, seeds):
    ways = {
        "percent": printed(value=82, unit="percent", scale="share", measured=ACCURACY),
        "share": printed(value=0.82, scale="share", measured=ACCURACY),
    }
    percent, share = (judged(tmp_path / way, one, {KEY: seeds})[0] for way, one in ways.items())
    told = ("printed",)
    assert {key: one for key, one in percent.items() if key not in told} == {
        key: one for key, one in share.items() if key not in told
    }


def test_the_interval_is_that_of_one_more_training(tmp_path):
    # t(0.975, 2) = 4.303 in any table; s = 0.01.
    declared = printed(value=0.82, measured=ACCURACY)
    found = judged(tmp_path, declared, {KEY: [0.80, 0.81, 0.82]})[0]
    assert found["effect"] == pytest.approx(-0.01)
    # And half of the last digit printed, 0.005.
    half = 4.3027 * 0.01 * math.sqrt(4 / 3) + 0.005
    assert found["high"] - found["effect"] == pytest.approx(half, rel=1e-4)


def test_the_interval_of_a_share_is_taken_in_angles(tmp_path):
    # arcsin √p is 44, 45 and 46 degrees; 4.3027 degrees times √(4/3) to each side of 45.
    seeds = [math.sin(math.radians(angle)) ** 2 for angle in (44, 45, 46)]
    found = single(tmp_path, 50, seeds)
    half = math.radians(4.3027 * math.sqrt(4 / 3))
    assert found["high"] == pytest.approx(math.sin(math.pi / 4 + half) ** 2 - 0.5 + 0.005, abs=1e-5)


def test_a_training_that_is_nearly_always_right_stays_a_share(tmp_path):
    # Not above 1: 0.02 above the number printed, which is rounded by 0.005.
    assert single(tmp_path, 98, [0.99, 1.0, 0.98])["high"] == pytest.approx(0.025)


def test_a_stand_in_is_not_comparable(tmp_path):
    found = single(tmp_path, 82, [0.82, 0.821, 0.819], stand_ins=["mnist"])
    assert found["verdict"] == found["overall"] == "not comparable"
    assert "effect" not in found


@pytest.mark.parametrize(("epochs", "verdict"), [(2, "not comparable"), (10, "reproduced")])
def test_a_value_of_the_last_epoch_is_no_other_epochs(tmp_path, epochs, verdict):
    declared = printed(epochs={10: 82}, unit="percent", scale="share", measured=ACCURACY)
    history = {("train", "loss"): [[1.0] * epochs] * 3}
    found = judged(tmp_path, declared, {KEY: [0.82, 0.821, 0.819]}, history)
    assert found[0]["verdict"] == verdict


CURVE = {1: 1.0, 2: 0.5, 3: 0.25}


def test_each_number_of_a_curve_is_judged_in_its_epoch(tmp_path):
    history = {("train", "loss"): [[1.0, 0.9], [1.001, 0.91], [0.999, 0.92]]}
    rows = judged(tmp_path, printed(epochs=CURVE, decimals=3), history=history)
    verdicts = {row["measure"]: row["verdict"] for row in rows if row["statement"] == "published"}
    # Our training has no third epoch.
    assert verdicts == {
        "epoch 1": "reproduced",
        "epoch 2": "not reproduced",
        "epoch 3": "not comparable",
    }
    assert {row["overall"] for row in rows} == {"not reproduced"}


def trainings(noise, *, seeds=5, seed=0, shift=0.0):
    """Losses of trainings that fall to a quarter, ``(seeds, 3)``, as history."""
    generator = np.random.default_rng(seed)
    losses = np.array([*CURVE.values()]) + shift + noise * generator.normal(size=(seeds, 3))
    return {("train", "loss"): losses.tolist()}


@pytest.mark.parametrize(
    ("noise", "shift", "verdict"),
    [
        (0.01, 0.0, "reproduced"),
        (0.001, 0.02, "near"),  # mean tolerance: a twentieth of 0.583 and half a last digit
        (0.001, 0.1, "not reproduced"),
        (0.2, 0.0, "open"),
    ],
)
def test_the_curve_decides_on_all_of_its_numbers(tmp_path, noise, shift, verdict):
    declared = printed(epochs=CURVE, decimals=3)
    rows = judged(tmp_path, declared, history=trainings(noise, shift=shift))
    assert {row["overall"] for row in rows} == {verdict} == {rows[-1]["verdict"]}


def test_a_curves_distance_leaves_out_what_is_not_comparable(tmp_path):
    history = {("train", "loss"): [[1.1, 0.4], [1.3, 0.4]]}
    curve = judged(tmp_path, printed(epochs=CURVE), history=history)[-1]
    assert curve["measure"] == "2 of 3 points"
    # The means of ours are 1.2 and 0.4: (0.2 + 0.1) / 2.
    assert curve["effect"] == pytest.approx(0.15)


def test_a_curve_on_a_stand_in_has_no_distance(tmp_path):
    history = {("train", "loss"): [[1.1, 0.4, 0.25], [1.3, 0.4, 0.25]]}
    found = judged(tmp_path, printed(epochs=CURVE), history=history, stand_ins=["mnist"])
    assert {row["statement"] for row in found} == {"published"}
    assert {row["stand_in"] for row in found} == {True}


def test_a_curve_has_a_distance(tmp_path):
    history = {("train", "loss"): [[1.1, 0.4, 0.25], [1.3, 0.4, 0.25]]}
    curve = judged(tmp_path, printed(epochs=CURVE), history=history)[-1]
    assert curve["statement"] == "curve"
    # The means of ours are 1.2, 0.4 and 0.25: (0.2 + 0.1 + 0) / 3.
    assert curve["effect"] == pytest.approx(0.1)
    assert curve["seeds"] == 2


def test_lines_of_batches_are_means_since_the_line_before(tmp_path):
    measured = {"file": "steps", "split": "train", "quantity": "loss", "every": 2}
    declared = printed(batches={1: {2: 1.5, 4: 3.5}}, measured=measured)
    rows = judged(tmp_path, declared, steps=[[1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3, 4]])
    assert [row["measured"] for row in rows[:2]] == [1.5, 3.5]


@pytest.mark.parametrize(
    ("mark", "verdict"),
    [("✓", "reproduced"), ("≈", "near"), ("×", "not reproduced"), ("?", "open"), ("", None)],
)
def test_a_recorded_mark_is_that_of_all_numbers_together(tmp_path, mark, verdict):
    rows = judged(tmp_path, printed(epochs=CURVE, recorded=mark), history=trainings(0.1))
    assert {row["recorded"] for row in rows} == {verdict}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.integers(700, 950).map(lambda n: n / 1000), min_size=3, max_size=6),
    st.floats(1.0, 10.0),
)
def test_more_noise_never_tells_apart_what_could_be_the_same(tmp_path_factory, seeds, factor):
    values = np.array(seeds)
    noisier = values.mean() + factor * (values - values.mean())

    def found(values):
        declared = printed(value=0.82, measured=ACCURACY)  # no share, which has no such noise
        return judged(tmp_path_factory.mktemp("r"), declared, {KEY: values.tolist()})[0]["verdict"]

    if found(values) in ("reproduced", "open"):
        assert found(noisier) in ("reproduced", "open")


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"recorded": "y"}, "Input should be"),
        ({"measured": {**ACCURACY, "every": 3}}, "`every` goes with `file: steps`"),
        ({"value": None, "epochs": {1: 1.0, 2: 2.0}}, "must be history or steps"),
        ({"unit": "percent"}, "`unit: percent` is of a share"),
    ],
)
def test_a_published_quantity_is_declared_whole(change, line):
    with pytest.raises(ValueError, match=line):
        printed(**{"measured": ACCURACY, "value": 1.0, **change})
