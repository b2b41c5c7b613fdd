"""Verdicts on published numbers, from trainings that were made to print them or not."""

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from proofsheet.declare.published import Published
from proofsheet.results.reader import Evidence
from proofsheet.files import canonical
from proofsheet.files import settings as as_settings
from proofsheet.verdicts.published import judge_published
from proofsheet.verdicts.rules import nearness
from synthetic import write_experiment

ACCURACY = {"split": "test", "quantity": "accuracy"}


def judged(results, declared, metrics=None, history=None, steps=None, stand_ins=()):
    quantity = Published(where="", title="", **declared)
    told = {
        **quantity.model_dump(mode="json", include={"measured", "unit", "recorded"}),
        "rows": quantity.rows(),
        "texts": quantity.texts(),
    }
    seeds = len(next(iter(history.values()))) if history else 3
    metrics = metrics or {("test", "accuracy"): [0.0] * seeds}
    write_experiment(results, "a", metrics, history, steps=steps)
    published = {"a": {"q": as_settings(canonical(told, sort=False))}}
    return list(judge_published(published, Evidence(results), set(stand_ins)))


def single(results, value, seeds, unit="percent", **keys):
    declared = {"value": value, "unit": unit, "measured": ACCURACY}
    return judged(results, declared, {("test", "accuracy"): seeds}, **keys)[0]


@pytest.mark.parametrize(
    ("seeds", "verdict"),
    [
        ([0.820, 0.821, 0.819], "confirmed"),
        ([0.760, 0.761, 0.759], "contradicted"),
        ([0.900, 0.901, 0.899], "contradicted"),
        ([0.700, 0.820, 0.930], "inconclusive"),
        # 1.5 points off: 82 printed may have been 82.5, and one point off that counts as the same.
        ([0.8050, 0.8052, 0.8048], "inconclusive"),
        ([0.8040, 0.8041, 0.8039], "contradicted"),
        ([0.820], "inconclusive"),
    ],
)
def test_an_accuracy(tmp_path, seeds, verdict):
    assert single(tmp_path, 82, seeds)["verdict"] == verdict


def test_a_loss_is_the_same_within_a_twentieth(tmp_path):
    # 2 printed as 2.0: within 0.05 of rounding and 0.1 of nearness.
    declared = {"value": 2.0, "decimals": 1, "measured": ACCURACY}
    near = judged(tmp_path / "n", declared, {("test", "accuracy"): [2.12, 2.121, 2.119]})
    far = judged(tmp_path / "f", declared, {("test", "accuracy"): [2.17, 2.171, 2.169]})
    assert (near[0]["verdict"], far[0]["verdict"]) == ("confirmed", "contradicted")


def test_nearness_is_that_of_the_unit():
    assert nearness(0.82, 0.005, "percent") == pytest.approx(0.015)
    assert nearness(2.0, 0.0005, "") == pytest.approx(0.1005)


def test_the_interval_is_that_of_one_more_training(tmp_path):
    # t(0.975, 2) = 4.303 in any table; s = 0.01.
    found = single(tmp_path, 82, [0.80, 0.81, 0.82])
    assert found["effect"] == pytest.approx(-0.01)
    assert found["high"] - found["effect"] == pytest.approx(
        4.3027 * 0.01 * math.sqrt(4 / 3), rel=1e-4
    )


def test_a_stand_in_is_not_comparable(tmp_path):
    found = single(tmp_path, 82, [0.82, 0.821, 0.819], stand_ins={"a"})
    assert found["verdict"] == found["overall"] == "not comparable"
    assert "effect" not in found


def test_a_value_of_the_last_epoch_is_no_other_epochs(tmp_path):
    declared = {"epochs": {10: 82}, "unit": "percent", "measured": ACCURACY}
    metrics = {("test", "accuracy"): [0.82, 0.821, 0.819]}
    for epochs, verdict in ((2, "not comparable"), (10, "confirmed")):
        history = {("train", "loss"): [[1.0] * epochs] * 3}
        found = judged(tmp_path / str(epochs), declared, metrics, history)
        assert found[0]["verdict"] == verdict


CURVE = {
    "epochs": {1: 1.0, 2: 0.5, 3: 0.25},
    "measured": {"file": "history", "split": "train", "quantity": "loss"},
}


def test_each_number_of_a_curve_is_judged_in_its_epoch(tmp_path):
    history = {("train", "loss"): [[1.0, 0.9], [1.001, 0.91], [0.999, 0.92]]}
    rows = judged(tmp_path, CURVE, history=history)
    verdicts = {row["measure"]: row["verdict"] for row in rows if row["statement"] == "published"}
    # Our training has no third epoch.
    assert verdicts == {
        "epoch 1": "confirmed",
        "epoch 2": "contradicted",
        "epoch 3": "not comparable",
    }
    assert rows[0]["overall"] == "contradicted"


def test_a_curve_has_a_distance(tmp_path):
    history = {("train", "loss"): [[1.1, 0.4, 0.25], [1.3, 0.4, 0.25]]}
    curve = judged(tmp_path, CURVE, history=history)[-1]
    assert curve["statement"] == "curve"
    # Per seed (0.1 + 0.1 + 0) / 3 and (0.3 + 0.1 + 0) / 3.
    assert curve["effect"] == pytest.approx(0.1)
    assert curve["seeds"] == 2


def test_lines_of_batches_are_means_since_the_line_before(tmp_path):
    declared = {
        "batches": {1: {2: 1.5, 4: 3.5}},
        "measured": {"file": "steps", "split": "train", "quantity": "loss", "every": 2},
    }
    rows = judged(tmp_path, declared, steps=[[1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3, 4]])
    assert [row["measured"] for row in rows[:2]] == [1.5, 3.5]


def test_recorded_marks_belong_to_their_numbers(tmp_path):
    history = {("train", "loss"): [[1.0, 0.9, 0.2], [1.0, 0.9, 0.2]]}
    rows = judged(tmp_path, {**CURVE, "recorded": "✓✕?"}, history=history)
    assert [row["recorded"] for row in rows[:3]] == ["confirmed", "contradicted", "inconclusive"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.integers(700, 950).map(lambda n: n / 1000), min_size=2, max_size=6),
    st.floats(1.0, 10.0),
)
def test_more_noise_never_decides_what_is_open(tmp_path_factory, seeds, factor):
    values = np.array(seeds)
    noisier = values.mean() + factor * (values - values.mean())

    def found(values):
        return single(tmp_path_factory.mktemp("r"), 82, values.tolist())["verdict"]

    if found(values) == "inconclusive":
        assert found(noisier) == "inconclusive"


@pytest.mark.parametrize(
    ("declared", "texts", "roundings"),
    [
        ({"value": 82, "unit": "percent"}, ["82 %"], [0.005]),
        ({"value": 92.32, "unit": "percent"}, ["92.32 %"], [0.00005]),
        ({"value": 0.33, "decimals": 3}, ["0.330"], [0.0005]),
        ({"value": 0.0612, "decimals": 3}, ["0.0612"], [0.00005]),
    ],
)
def test_a_number_is_told_as_it_is_printed(declared, texts, roundings):
    quantity = Published(where="", title="", measured=ACCURACY, **declared)
    assert quantity.texts() == texts
    assert [row[3] for row in quantity.rows()] == pytest.approx(roundings)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"recorded": "✓✓"}, "`recorded` has 2 marks for 1 numbers"),
        ({"recorded": "y"}, "should match pattern"),
        ({"measured": {**ACCURACY, "every": 3}}, "`every` goes with `file: steps`"),
        ({"value": None, "epochs": {1: 1.0, 2: 2.0}}, "must be history or steps"),
    ],
)
def test_a_published_quantity_is_declared_whole(change, line):
    with pytest.raises(ValueError, match=line):
        Published(**{"where": "", "title": "", "measured": ACCURACY, "value": 1.0, **change})
