"""Verdicts on claims, from kept files with values that were made to be what each test says."""

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from proofsheet.declare.claim import Claim, Measure, Statement
from proofsheet.errors import ProofsheetError
from proofsheet.verdicts.claims import judge, judge_claims
from proofsheet.verdicts.comparability import Comparability
from synthetic import SAYS, printed, read_results, write_experiment

KEY = ("test", "accuracy")
METRIC = {"split": "test", "quantity": "accuracy"}
TITLES = {"a": "First", "b": "Second", "c": "Third"}
QUICK = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def claim(*measures, parts="measures"):
    return Claim.model_validate({"text": "", "evidence": "", **said(measures, parts)})


def said(measures, parts="measures"):
    named = [{"title": f"m{i}", **measure} for i, measure in enumerate(measures)]
    says = SAYS
    if any("published" in one for one in measures if one["kind"] == "threshold"):
        says = {**SAYS, "not_comparable": "Who knows."}
    return {"says": says, parts: named}


def measure(kind, **keys):
    declared = {"kind": kind, "title": "m0", **keys}
    return TypeAdapter(Measure).validate_python(declared)


def ordering(*names, **keys):
    return measure("ordering", order=list(names), **METRIC, **keys)


def comparison(lower="a", upper="b", **keys):
    return measure("comparison", lower=lower, upper=upper, **METRIC, **keys)


def threshold(**keys):
    return measure("threshold", experiment="a", **METRIC, **keys)


def judged(folder, part, values, history=None, published=None):
    for name, seeds in values.items():
        write_experiment(folder, name, {KEY: seeds}, history)
    return judge(part, read_results(folder, published), TITLES)


@pytest.fixture
def folders(tmp_path_factory):
    """A fresh folder for each example of a property."""
    return lambda: tmp_path_factory.mktemp("results")


# Comparisons and orderings


@pytest.mark.parametrize(
    ("a", "b", "verdict", "agree"),
    [
        ([0.80, 0.81, 0.79], [0.90, 0.91, 0.90], "confirmed", 3),
        ([0.90, 0.91, 0.90], [0.80, 0.81, 0.79], "contradicted", 0),
        ([0.80, 0.90, 0.70], [0.85, 0.80, 0.90], "inconclusive", 2),
        # Two seeds do not tell of a spread, nor do seeds that are all equal.
        ([0.80, 0.81], [0.90, 0.91], "inconclusive", 2),
        ([0.80, 0.80, 0.80], [0.90, 0.90, 0.90], "inconclusive", 3),
        ([0.80, 0.80, 0.80], [0.80, 0.80, 0.80], "inconclusive", 0),
    ],
)
def test_a_comparison(tmp_path, a, b, verdict, agree):
    finding = judged(tmp_path, comparison(), {"a": a, "b": b})
    assert (finding.verdict, finding.agree) == (verdict, agree)
    assert finding.reading == "Second minus First"


def test_seeds_are_paired(tmp_path):
    # Seeds differ far more than experiments do; only the difference within a seed is steady.
    a = [0.1, 0.5, 0.9]
    finding = judged(tmp_path, comparison(), {"a": a, "b": [0.110, 0.511, 0.912]})
    assert finding.verdict == "confirmed"
    assert finding.effect == pytest.approx(0.011)


@pytest.mark.parametrize(
    ("above", "verdict"), [(0.05, "confirmed"), (0.2, "contradicted"), (0.101, "inconclusive")]
)
def test_a_comparison_by_how_much(tmp_path, above, verdict):
    values = {"a": [0.80, 0.81, 0.79], "b": [0.90, 0.91, 0.89 + 0.01]}
    assert judged(tmp_path, comparison(above=above), values).verdict == verdict


def test_a_comparison_may_be_of_a_case(tmp_path):
    for name, value in {"a": 0.5, "b": 0.25}.items():
        metrics = {("", "one", "chords"): [value] * 2, ("", "two", "chords"): [1 - value] * 2}
        write_experiment(tmp_path, name, metrics)
    part = measure("comparison", lower="a", upper="b", case="two", quantity="chords")
    assert judge(part, read_results(tmp_path), TITLES).effect == 0.25


def test_only_seeds_that_all_experiments_have_are_compared(tmp_path):
    values = {"a": [0.1, 0.1, 0.12], "b": [0.5, 0.5, 0.51], "c": [0.9, 0.9]}
    finding = judged(tmp_path, ordering("a", "b", "c"), values)
    assert (finding.agree, finding.seeds) == (2, 2)


def test_an_ordering_holds_where_every_step_goes_up(tmp_path):
    values = {"a": [0.1, 0.1, 0.12], "b": [0.5, 0.5, 0.51], "c": [0.9, 0.92, 0.9]}
    assert judged(tmp_path, ordering("a", "b", "c"), values).verdict == "confirmed"


def test_a_quantity_may_be_said_to_fall(tmp_path):
    values = {"a": [0.9, 0.91, 0.9], "b": [0.5, 0.5, 0.51], "c": [0.1, 0.1, 0.12]}
    finding = judged(tmp_path, ordering("a", "b", "c", falls=True), values)
    assert (finding.verdict, finding.agree) == ("confirmed", 3)
    assert finding.reading in ("First minus Second", "Second minus Third")


def test_an_ordering_fails_at_its_one_wrong_step(tmp_path):
    values = {"a": [0.1, 0.1, 0.12], "b": [0.9, 0.9, 0.92], "c": [0.5, 0.5, 0.51]}
    finding = judged(tmp_path, ordering("a", "b", "c"), values)
    assert finding.verdict == "contradicted"
    assert finding.reading == "Third minus Second"


def test_an_ordering_shows_its_weakest_step(tmp_path):
    values = {"a": [0.1, 0.1, 0.11], "b": [0.9, 0.9, 0.92], "c": [0.91, 0.95, 0.9]}
    finding = judged(tmp_path, ordering("a", "b", "c"), values)
    assert finding.verdict == "inconclusive"
    assert finding.reading == "Third minus Second"


def test_an_ordering_of_one_training_shows_its_weakest_step(tmp_path):
    finding = judged(tmp_path, ordering("a", "b", "c"), {"a": [0.1], "b": [0.9], "c": [0.8]})
    assert (finding.verdict, finding.agree, finding.seeds) == ("inconclusive", 0, 1)
    assert finding.reading == "Third minus Second"


# Thresholds


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ([0.50, 0.51, 0.52], "confirmed"),
        ([0.10, 0.11, 0.12], "contradicted"),
        ([0.10, 0.50, 0.30], "inconclusive"),
        ([0.50, 0.51], "inconclusive"),
    ],
)
def test_a_threshold(tmp_path, values, verdict):
    finding = judged(tmp_path, threshold(above=0.2), {"a": values})
    assert finding.verdict == verdict
    assert finding.effect == pytest.approx(sum(values) / len(values))


def test_the_interval_of_a_share_does_not_leave_0_to_1(tmp_path):
    # Student's own interval of these accuracies would end at 1.11.
    finding = judged(tmp_path, threshold(above=0.5), {"a": [1.0, 1.0, 0.9]})
    assert finding.high == 1


def test_shares_lie_no_farther_apart_than_one(tmp_path):
    found = judged(tmp_path, comparison(), {"a": [0, 0, 0.1], "b": [1, 1, 0.5]})
    assert (found.low, found.high) == (pytest.approx(0.8 - 4.3027 * 0.2, abs=1e-3), 1)


def test_the_interval_of_a_difference_of_shares_is_students(tmp_path):
    # Differences 0.1, 0.2, 0.3: mean 0.2, s = 0.1, and t(0.975, 2) is 4.3027 in any table.
    values = {"a": [0.5, 0.5, 0.5], "b": [0.6, 0.7, 0.8]}
    finding = judged(tmp_path, comparison(), values)
    half = 4.3027 * 0.1 / math.sqrt(3)
    assert finding[1:4] == pytest.approx((0.2, 0.2 - half, 0.2 + half), abs=1e-4)


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ([0.50, 0.51, 0.49], "confirmed"),
        ([0.90, 0.91, 0.92], "contradicted"),
        ([0.10, 0.11, 0.12], "contradicted"),
        ([0.55, 0.60, 0.65], "inconclusive"),
    ],
)
def test_a_value_between_two(tmp_path, values, verdict):
    assert judged(tmp_path, threshold(between=[0.4, 0.6]), {"a": values}).verdict == verdict


def test_a_bound_may_be_a_fraction(tmp_path):
    assert threshold(above="10/11").above == pytest.approx(0.909090909)


@pytest.mark.parametrize(
    ("values", "verdict"),
    # Printed: 82 %, that is 81.5 to 82.5; within one point more it is near.
    [
        ([0.82, 0.821, 0.822], "confirmed"),
        ([0.95, 0.951, 0.952], "contradicted"),
        ([0.806, 0.8061, 0.8062], "inconclusive"),
        ([0.75, 0.82, 0.89], "inconclusive"),
        ([0.82, 0.821], "inconclusive"),
    ],
)
def test_a_claim_that_restates_a_printed_number_has_its_verdict(tmp_path, values, verdict):
    published = {"a": {"accuracy": printed(value=82, unit="percent", scale="share")}}
    part = threshold(published="accuracy")
    assert judged(tmp_path, part, {"a": values}, published=published).verdict == verdict


# Epochs


@pytest.mark.parametrize(
    ("holds_in", "val", "verdict", "share"),
    [
        ("every", [[1, 1], [1, 1], [1, 1]], "confirmed", 1.0),
        ("every", [[3, 1], [1, 3], [3, 1]], "contradicted", 0.5),
        ("every", [[1, 1], [1, 1], [3, 3]], "inconclusive", 2 / 3),
        ("every", [[2, 2], [2, 2], [2, 2]], "contradicted", 0.0),
        ("some", [[3, 1], [1, 3], [3, 1]], "confirmed", 0.5),
        ("some", [[3, 3], [3, 3], [3, 3]], "contradicted", 0.0),
        ("some", [[3, 3], [1, 3], [1, 3]], "inconclusive", 1 / 3),
        # Two seeds do not tell, on whichever side they are.
        ("every", [[1, 1], [1, 1]], "inconclusive", 1.0),
        ("every", [[3, 3], [3, 3]], "inconclusive", 0.0),
    ],
)
def test_an_inequality_per_epoch(tmp_path, holds_in, val, verdict, share):
    part = measure(
        "per_epoch",
        experiment="a",
        lower={"split": "val", "quantity": "loss"},
        upper={"split": "train", "quantity": "loss"},
        holds_in=holds_in,
    )
    history = {("val", "loss"): val, ("train", "loss"): [[2, 2] for _ in val]}
    finding = judged(tmp_path, part, {"a": [0.0] * len(val)}, history)
    assert finding.verdict == verdict
    assert finding.effect == pytest.approx(share)


@pytest.mark.parametrize(
    ("falls", "series", "verdict"),
    [
        (False, [[1, 2, 3.1], [1, 2, 3], [1, 2.2, 3]], "confirmed"),
        (False, [[3, 2, 1.1], [3, 2, 1], [3, 2.2, 1]], "contradicted"),
        (True, [[3, 2, 1.1], [3, 2, 1], [3, 2.2, 0.9]], "confirmed"),
        (False, [[1, 2, 3], [3, 2, 1], [1, 1, 1.5]], "inconclusive"),
        (False, [[1, 2, 3.1], [1, 2, 3]], "inconclusive"),
    ],
)
def test_a_trend_over_epochs(tmp_path, falls, series, verdict):
    part = measure("trend", experiment="a", split="val", quantity="loss", above=0, falls=falls)
    history = {("val", "loss"): series}
    assert judged(tmp_path, part, {"a": [0.0] * len(series)}, history).verdict == verdict


# Arithmetic on published numbers, and certificates


def arithmetic(value, **bound):
    return measure("arithmetic", published="a", value=value, reading="r", **bound)


PRINTED = {
    "a": {"x": printed(epochs={1: 9.0, 2: 2.0}, decimals=1), "y": printed(value=1.0, decimals=1)}
}


@pytest.mark.parametrize(
    ("value", "bound", "verdict"),
    [
        ("x / y", {"above": 1}, "confirmed"),
        ("x / y", {"above": 3}, "contradicted"),
        # From 1.95 / 1.05 to 2.05 / 0.95: what was rounded leaves it open.
        ("x / y", {"above": 2}, "inconclusive"),
        ("x / y", {"between": [1.8, 2.2]}, "confirmed"),
        ("log(x) - log(y)", {"above": 0.5}, "confirmed"),
        ("-(y - x)", {"above": "1/2"}, "confirmed"),
    ],
)
def test_arithmetic_on_the_last_published_numbers(tmp_path, value, bound, verdict):
    finding = judged(tmp_path, arithmetic(value, **bound), {}, published=PRINTED)
    assert finding.verdict == verdict
    assert finding.seeds == 0


def test_the_interval_of_arithmetic_is_what_rounding_leaves_open(tmp_path):
    finding = judged(tmp_path, arithmetic("x / y"), {}, published=PRINTED)
    assert finding[1:4] == pytest.approx((2.0, 1.95 / 1.05, 2.05 / 0.95))


@pytest.mark.parametrize("value", ["log(0 * x)", "x / (y - y)"])
def test_an_expression_that_cannot_be_computed_is_one_line(tmp_path, value):
    with pytest.raises(ProofsheetError, match=r"measure 'm0': cannot compute"):
        judged(tmp_path, arithmetic(value), {}, published=PRINTED)


@pytest.mark.parametrize(
    ("witness", "shares", "points", "verdict"),
    [
        ("absent", [0.0, 0.0], 100, "confirmed"),
        ("absent", [0.0, 0.01], 100, "contradicted"),
        ("present", [0.0, 0.01], 100, "confirmed"),
        ("present", [0.0, 0.0], 100, "contradicted"),
        # Of 71 points without a witness, 5 in 100 may still have one; of 72 not.
        ("absent", [0.0], 71, "inconclusive"),
        ("absent", [0.0], 72, "confirmed"),
        ("present", [0.1], 10, "confirmed"),
        ("present", [0.0], 10, "inconclusive"),
    ],
)
def test_a_certificate(tmp_path, witness, shares, points, verdict):
    metrics = {("", "one", "down"): shares, ("", "one", "points"): [points] * len(shares)}
    write_experiment(tmp_path, "a", metrics)
    part = measure(
        "certificate", experiment="a", case="one", quantity="down", tested="points", witness=witness
    )
    finding = judge(part, read_results(tmp_path), TITLES)
    assert finding.verdict == verdict
    assert finding.agree == sum((share > 0) == (witness == "present") for share in shares)


# Claims


DATASETS = {"a": "mnist", "b": "cifar10"}


def rows(folder, declared, stand_ins=(), published=None):
    results = read_results(folder, published)
    comparability = Comparability(DATASETS, stand_ins, results.epochs)
    return list(judge_claims({"x": declared}, results, comparability, TITLES))


UP = {"kind": "threshold", "experiment": "a", **METRIC, "above": 0.1}
DOWN = {"kind": "threshold", "experiment": "a", **METRIC, "above": 0.9}


@pytest.mark.parametrize(
    ("parts", "measures", "expected"),
    [
        ("measures", [UP, UP], "confirmed"),
        ("measures", [UP, DOWN], "inconclusive"),
        ("cases", [UP, DOWN], "contradicted"),
        ("measures", [UP, {**DOWN, "beside": True}], "confirmed"),
    ],
)
def test_the_verdict_on_a_claim(tmp_path, parts, measures, expected):
    write_experiment(tmp_path, "a", {KEY: [0.509, 0.51, 0.511]})
    found = rows(tmp_path, claim(*measures, parts=parts))
    assert [row["overall"] for row in found] == [expected] * 2


def test_a_claim_and_a_remark_are_judged_alike_and_told_apart(tmp_path):
    write_experiment(tmp_path, "a", {KEY: [0.509, 0.51, 0.511]})
    remark = rows(tmp_path, Statement.model_validate(said([UP])))[0]
    judged_claim = rows(tmp_path, claim(UP))[0]
    assert (judged_claim.pop("statement"), remark.pop("statement")) == ("claim", "remark")
    assert remark == judged_claim


def test_a_claim_on_a_stand_in_is_marked(tmp_path):
    write_experiment(tmp_path, "a", {KEY: [0.509, 0.51, 0.511]})
    assert rows(tmp_path, claim(UP), stand_ins=["cifar10"])[0]["stand_in"] is False
    marked = rows(tmp_path, claim(UP), stand_ins=["mnist"])[0]
    assert (marked["stand_in"], marked["verdict"]) == (True, "confirmed")


def test_a_stand_in_reaches_nothing_that_was_printed_of_the_original(tmp_path):
    write_experiment(tmp_path, "a", {KEY: [0.509, 0.51, 0.511]})
    published = {"a": {"accuracy": printed(value=51, unit="percent", scale="share")}}
    reaches = claim({"kind": "threshold", "experiment": "a", **METRIC, "published": "accuracy"})
    assert rows(tmp_path, reaches, published=published)[0]["verdict"] == "confirmed"
    found = rows(tmp_path, reaches, ["mnist"], published)[0]
    assert (found["verdict"], found["overall"]) == ("not comparable", "not comparable")


@pytest.mark.parametrize(("epochs", "verdict"), [(2, "confirmed"), (3, "not comparable")])
def test_a_printed_number_is_reached_after_as_many_epochs(tmp_path, epochs, verdict):
    history = {("val", "loss"): [[1.0] * epochs] * 3}
    write_experiment(tmp_path, "a", {KEY: [0.509, 0.51, 0.511]}, history)
    declared = {"epochs": {2: 51}, "unit": "percent", "scale": "share", "measured": METRIC}
    reaches = claim({"kind": "threshold", "experiment": "a", **METRIC, "published": "accuracy"})
    found = rows(tmp_path, reaches, published={"a": {"accuracy": printed(**declared)}})
    assert found[0]["verdict"] == verdict


BETTER = {"kind": "comparison", **METRIC, "lower": "a", "upper": "b"}


@pytest.mark.parametrize(
    ("right", "verdict"),
    # Of 200 images, 150 of one class: 159 right have an exact interval from 0.733, 163 from 0.756.
    [(159, "inconclusive"), (163, "confirmed")],
)
def test_what_has_learned_nothing_is_not_compared(tmp_path, right, verdict):
    counts = [[150, 0], [200 - right, right - 150]]
    for name, values in {"a": [0.1, 0.11, 0.12], "b": [0.8, 0.82, 0.83]}.items():
        arrays = {"confusion": [counts]} if name == "a" else {}
        write_experiment(tmp_path, name, {KEY: values}, arrays=arrays)
    found = rows(tmp_path, claim(BETTER))[0]
    assert found["verdict"] == verdict
    assert ("not above chance: First" in found["reading"]) == (verdict == "inconclusive")


def test_a_claim_speaks_of_a_stand_in_where_one_of_its_experiments_does(tmp_path):
    for name in DATASETS:
        write_experiment(tmp_path, name, {KEY: [0.509, 0.51, 0.511]})
    found = rows(tmp_path, claim(UP, {**UP, "experiment": "b"}), stand_ins=["cifar10"])
    assert [row["stand_in"] for row in found] == [True, True]


def test_a_claim_keeps_what_was_recorded_of_it(tmp_path):
    write_experiment(tmp_path, "a", {KEY: [0.509, 0.51, 0.511]})
    recorded = claim(UP).model_copy(update={"recorded": "contradicted"})
    assert rows(tmp_path, recorded)[0]["recorded"] == "contradicted"


def test_arithmetic_speaks_of_no_stand_in(tmp_path):
    found = rows(
        tmp_path,
        claim({"kind": "arithmetic", "published": "a", "value": "x", "reading": "", "above": 1}),
        stand_ins=["mnist"],
        published=PRINTED,
    )
    assert (found[0]["stand_in"], found[0]["verdict"]) == (False, "confirmed")


# Properties that any rule over seeds must have

values = st.floats(0, 1).map(lambda value: round(value, 3))
paired_seeds = st.lists(st.tuples(values, values), min_size=3, max_size=6)
BOUNDS = st.sampled_from([{"above": 0.0}, {"above": 0.1}, {"between": [-0.2, 0.2]}])


@QUICK
@given(paired_seeds, BOUNDS, st.randoms(use_true_random=False))
def test_no_verdict_changes_when_seeds_are_permuted(folders, pairs, bound, random):
    def found(order):
        a, b = zip(*order, strict=True)
        part = comparison(**bound)
        return judged(folders(), part, {"a": list(a), "b": list(b)})

    shuffled = pairs.copy()
    random.shuffle(shuffled)
    before, after = found(pairs), found(shuffled)
    assert (before.verdict, before.agree) == (after.verdict, after.agree)
    assert before.effect == pytest.approx(after.effect, abs=1e-12)


@QUICK
@given(
    st.lists(st.lists(values, min_size=3, max_size=3), min_size=3, max_size=5),
    st.randoms(use_true_random=False),
)
def test_no_verdict_on_epochs_changes_when_seeds_are_permuted(folders, seeds, random):
    part = measure("trend", experiment="a", split="val", quantity="loss")

    def found(order):
        return judged(folders(), part, {"a": [0.0] * len(order)}, {("val", "loss"): order}).verdict

    shuffled = seeds.copy()
    random.shuffle(shuffled)
    assert found(seeds) == found(shuffled)


@QUICK
@given(paired_seeds, BOUNDS, st.floats(1.0, 10.0))
def test_more_noise_never_decides_what_is_open(folders, pairs, bound, factor):
    differences = np.array([b - a for a, b in pairs])
    noisier = differences.mean() + factor * (differences - differences.mean())

    def found(values):
        zeros = [0.0] * len(values)
        part = comparison(**bound)
        return judged(folders(), part, {"a": zeros, "b": values.tolist()}).verdict

    if found(differences) == "inconclusive":
        assert found(noisier) == "inconclusive"


@QUICK
@given(st.lists(st.tuples(values, values), min_size=1, max_size=2), BOUNDS)
def test_one_seed_or_two_decide_nothing(folders, pairs, bound):
    a, b = (list(side) for side in zip(*pairs, strict=True))
    assert judged(folders(), comparison(**bound), {"a": a, "b": b}).verdict == "inconclusive"


@QUICK
@given(paired_seeds)
def test_the_reverse_of_what_is_confirmed_is_contradicted(folders, pairs):
    a, b = (list(side) for side in zip(*pairs, strict=True))
    forth = judged(folders(), comparison("a", "b"), {"a": a, "b": b})
    back = judged(folders(), comparison("b", "a"), {"a": a, "b": b})
    if forth.verdict == "confirmed":
        assert back.verdict == "contradicted"
    assert forth.effect == pytest.approx(-back.effect, abs=1e-12)


def test_nan_decides_nothing(tmp_path):
    # An epoch count is NaN where the target was never reached.
    finding = judged(tmp_path, comparison(), {"a": [0.1, 0.1], "b": [0.5, math.nan]})
    assert finding.verdict == "inconclusive"
    assert (finding.agree, finding.seeds) == (1, 1)  # that seed is counted on neither side


@pytest.mark.parametrize(
    ("declared", "keys", "mistake"),
    [
        (threshold, {}, "exactly one of `above`, `between`, `published`"),
        (comparison, {"above": 1, "between": [0, 1]}, "not both"),
        (threshold, {"between": [1, 0]}, "the lower value first"),
    ],
)
def test_a_measure_is_declared_with_bounds_that_make_sense(declared, keys, mistake):
    with pytest.raises(ValueError, match=mistake):
        declared(**keys)


def test_an_ordering_is_of_three_experiments_or_more():
    with pytest.raises(ValueError, match="at least 3 items"):
        ordering("a", "b")


def test_a_claim_of_formulas_speaks_of_no_data(tmp_path):
    write_experiment(tmp_path, "a", {KEY: [0.509, 0.51, 0.511]})
    found = rows(tmp_path, claim({**UP, "of_formulas": True}), stand_ins=["mnist"])
    assert found[0]["stand_in"] is False
