from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from proofsheet.evidence import Evidence
from proofsheet.verdicts import judge, judge_all, overall
from synthetic import write_experiment

KEY = ("test", "accuracy")
TITLES = {"a": "First", "b": "Second", "c": "Third"}


def ordering(*names, falls=False):
    return SimpleNamespace(
        kind="ordering",
        experiments=list(names),
        measures=[SimpleNamespace(title="accuracy", split=KEY[0], quantity=KEY[1], falls=falls)],
    )


def threshold(above):
    measure = SimpleNamespace(title="accuracy", split=KEY[0], quantity=KEY[1], above=above)
    return SimpleNamespace(kind="threshold", experiments=["a"], measures=[measure])


def per_epoch(holds_in):
    measure = SimpleNamespace(
        title="val below train",
        lower=SimpleNamespace(split="val", quantity="loss"),
        upper=SimpleNamespace(split="train", quantity="loss"),
    )
    return SimpleNamespace(
        kind="per_epoch", experiments=["a"], measures=[measure], holds_in=holds_in
    )


def judged(tmp_path_factory, claim, values):
    results = tmp_path_factory.mktemp("results")
    for name, seeds in values.items():
        write_experiment(results, name, {KEY: seeds})
    return judge(claim, Evidence(results), TITLES)[0]


def test_a_quantity_may_be_said_to_fall(tmp_path_factory):
    values = {"a": [0.90, 0.91, 0.90], "b": [0.80, 0.81, 0.79]}
    finding = judged(tmp_path_factory, ordering("a", "b", falls=True), values)
    assert (finding.verdict, finding.agree) == ("confirmed", 3)
    assert finding.reading == "First minus Second"
    assert finding.effect == pytest.approx(0.31 / 3)


@pytest.mark.parametrize(
    ("a", "b", "verdict", "agree"),
    [
        ([0.80, 0.81, 0.79], [0.90, 0.91, 0.90], "confirmed", 3),
        ([0.90, 0.91, 0.90], [0.80, 0.81, 0.79], "contradicted", 0),
        ([0.80, 0.90, 0.70], [0.85, 0.80, 0.90], "inconclusive", 2),
        ([0.80], [0.90], "inconclusive", 1),
        ([0.80, 0.80], [0.80, 0.80], "inconclusive", 0),
        ([0.80, 0.80], [0.90, 0.90], "inconclusive", 2),
    ],
)
def test_an_ordering_of_two(tmp_path_factory, a, b, verdict, agree):
    finding = judged(tmp_path_factory, ordering("a", "b"), {"a": a, "b": b})
    assert (finding.verdict, finding.agree) == (verdict, agree)
    assert finding.reading == "Second minus First"


def test_seeds_are_paired(tmp_path_factory):
    # Seeds differ far more than experiments do; only the difference within a seed is steady.
    a = [0.1, 0.5, 0.9]
    finding = judged(tmp_path_factory, ordering("a", "b"), {"a": a, "b": [v + 0.01 for v in a]})
    assert finding.verdict == "confirmed"
    assert finding.effect == pytest.approx(0.01)


def test_only_seeds_that_all_experiments_have_are_compared(tmp_path_factory):
    values = {"a": [0.1, 0.1, 0.12], "b": [0.5, 0.5, 0.51], "c": [0.9, 0.9]}
    finding = judged(tmp_path_factory, ordering("a", "b", "c"), values)
    assert (finding.agree, finding.seeds) == (2, 2)


def test_an_ordering_fails_at_its_one_wrong_step(tmp_path_factory):
    values = {"a": [0.1, 0.1, 0.12], "b": [0.9, 0.9, 0.92], "c": [0.5, 0.5, 0.51]}
    finding = judged(tmp_path_factory, ordering("a", "b", "c"), values)
    assert finding.verdict == "contradicted"
    assert finding.reading == "Third minus Second"


def test_an_ordering_shows_its_weakest_step(tmp_path_factory):
    values = {"a": [0.1, 0.1, 0.11], "b": [0.9, 0.9, 0.92], "c": [0.91, 0.95, 0.9]}
    finding = judged(tmp_path_factory, ordering("a", "b", "c"), values)
    assert finding.verdict == "inconclusive"
    assert finding.reading == "Third minus Second"


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ([0.50, 0.51, 0.52], "confirmed"),
        ([0.10, 0.11, 0.12], "contradicted"),
        ([0.10, 0.50, 0.30], "inconclusive"),
    ],
)
def test_a_threshold(tmp_path_factory, values, verdict):
    assert judged(tmp_path_factory, threshold(0.2), {"a": values}).verdict == verdict


@pytest.mark.parametrize(
    ("holds_in", "val", "verdict", "share"),
    [
        ("every", [[1, 1], [1, 1]], "confirmed", 1.0),
        ("every", [[3, 1], [1, 3]], "contradicted", 0.5),
        ("every", [[1, 1], [1, 3]], "inconclusive", 0.75),
        ("every", [[2, 2], [2, 2]], "contradicted", 0.0),
        ("some", [[3, 1], [1, 3]], "confirmed", 0.5),
        ("some", [[3, 3], [3, 3]], "contradicted", 0.0),
        ("some", [[3, 3], [1, 3]], "inconclusive", 0.25),
        ("every", [[1, 1]], "inconclusive", 1.0),
    ],
)
def test_an_inequality_per_epoch(tmp_path, holds_in, val, verdict, share):
    history = {("val", "loss"): val, ("train", "loss"): [[2, 2] for _ in val]}
    write_experiment(tmp_path, "a", {KEY: [0.0] * len(val)}, history)
    finding = judge(per_epoch(holds_in), Evidence(tmp_path), TITLES)[0]
    assert (finding.verdict, finding.effect) == (verdict, share)


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (["confirmed", "confirmed"], "confirmed"),
        (["confirmed", "inconclusive"], "inconclusive"),
        (["confirmed", "contradicted"], "inconclusive"),
        (["contradicted", "inconclusive"], "contradicted"),
        (["inconclusive", "inconclusive"], "inconclusive"),
    ],
)
def test_the_verdict_on_a_claim(verdicts, expected):
    assert overall(verdicts) == overall(verdicts[::-1]) == expected


def test_a_claim_on_a_stand_in_is_marked(tmp_path):
    for name in ("a", "b"):
        write_experiment(tmp_path, name, {KEY: [0.1, 0.2]})
    claims = {"x": (ordering("a", "b"), ["mnist"]), "y": (ordering("a", "b"), ["cifar10"])}
    rows = judge_all("w", claims, Evidence(tmp_path), {"cifar10"}, TITLES)
    assert rows.set_index("claim").stand_in.to_dict() == {"x": False, "y": True}


accuracies = st.floats(0, 1).map(lambda value: round(value, 3))
paired_seeds = st.lists(st.tuples(accuracies, accuracies), min_size=2, max_size=6)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(paired_seeds, st.randoms(use_true_random=False))
def test_no_verdict_changes_when_seeds_are_permuted(tmp_path_factory, pairs, random):
    def found(order):
        a, b = zip(*order, strict=True)
        return judged(tmp_path_factory, ordering("a", "b"), {"a": list(a), "b": list(b)})

    shuffled = pairs.copy()
    random.shuffle(shuffled)
    before, after = found(pairs), found(shuffled)
    assert before.verdict == after.verdict
    assert before.effect == pytest.approx(after.effect, abs=1e-12)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(paired_seeds, st.floats(1.0, 10.0))
def test_spreading_the_differences_never_decides_an_open_ordering(tmp_path_factory, pairs, factor):
    differences = [b - a for a, b in pairs]
    mean = sum(differences) / len(differences)
    wider = [mean + factor * (value - mean) for value in differences]

    def found(values):
        zeros = [0.0] * len(values)
        return judged(tmp_path_factory, ordering("a", "b"), {"a": zeros, "b": values}).verdict

    if found(differences) == "inconclusive":
        assert found(wider) == "inconclusive"
