from collections import Counter

import pandas as pd
import pytest

from proofsheet.report.judgements import (
    Claim,
    counts,
    load_claims,
    load_published,
    seeds_judged_by,
    tally,
)
from proofsheet.verdicts.judge import COLUMNS
from synthetic import printed


def frame(*rows):
    return pd.DataFrame(rows, columns=COLUMNS)


def claim_row(name, measure, verdict, overall=None, **keys):
    given = {"statement": "claim", "name": name, "measure": measure, "verdict": verdict}
    return {**given, "overall": overall or verdict, "beside": False, "stand_in": False, **keys}


def number_row(name, measure, verdict, **keys):
    return {"statement": "published", "name": name, "measure": measure, "verdict": verdict, **keys}


# What a claim rests on


def deciding(*measures):
    """Of measures ``(name, verdict, beside)``."""
    findings = {name: {"verdict": verdict, "beside": side} for name, verdict, side in measures}
    return Claim("x", "", "inconclusive", False, "", findings).deciding()


def test_measures_stand_behind_what_they_say():
    assert deciding(
        ("one", "confirmed", False), ("two", "contradicted", False), ("three", "confirmed", False)
    ) == [("confirmed by", ["one", "three"]), ("contradicted by", ["two"])]


def test_what_decides_nothing_is_left_open():
    assert deciding(("one", "inconclusive", False)) == [("left open by", ["one"])]


def test_a_measure_beside_the_others_is_left_out():
    assert deciding(("one", "confirmed", False), ("two", "contradicted", True)) == [
        ("confirmed by", ["one"])
    ]


def test_what_is_not_comparable_says_nothing():
    assert deciding(("one", "not comparable", False)) == []


# Claims and published quantities

PART = {"kind": "comparison", "title": "m", "lower": "a", "upper": "b",
        "split": "test", "quantity": "accuracy"}  # fmt: skip


def declared_claim(text, *parts):
    return {"text": text, "evidence": "bars", "measures": list(parts or [PART])}


@pytest.fixture
def claims(writeup):
    declared = writeup(
        published={"a": {"loss": printed(value=0.33, decimals=3)}},
        claims={"second": declared_claim("It is {a[loss]}."), "first": declared_claim("It rises.")},
    )
    verdicts = frame(
        claim_row("first", "m", "confirmed"),
        claim_row("second", "m", "confirmed", "inconclusive", stand_in=True),
        claim_row("second", "n", "contradicted", "inconclusive", stand_in=True),
        number_row("a/loss", "value", "confirmed"),
    )
    return load_claims(declared, verdicts)


def test_claims_stand_in_the_order_declared(claims):
    assert list(claims) == ["second", "first"]


def test_a_claim_has_its_text_with_numbers_as_printed(claims):
    assert claims["second"].text == "It is 0.330."


def test_a_claim_has_the_verdict_on_all_of_it(claims):
    assert {name: claim.verdict for name, claim in claims.items()} == {
        "second": "inconclusive",
        "first": "confirmed",
    }


def test_a_claim_has_a_finding_for_each_measure(claims):
    found = {name: row["verdict"] for name, row in claims["second"].findings.items()}
    assert found == {"m": "confirmed", "n": "contradicted"}


def test_a_claim_says_whether_it_speaks_of_a_stand_in(claims):
    assert (claims["second"].stand_in, claims["first"].stand_in) == (True, False)


@pytest.fixture
def published(writeup):
    curve = printed(epochs={1: 3.0, 2: 2.0}, title="Loss", where="Question 2")
    accuracy = printed(value=82, unit="percent", scale="share", title="Accuracy")
    declared = writeup(published={"b": {"curve": curve}, "a": {"accuracy": accuracy}})
    verdicts = frame(
        number_row("a/accuracy", "value", "confirmed"),
        number_row("b/curve", "epoch 1", "confirmed"),
        number_row("b/curve", "epoch 2", "contradicted"),
        {"statement": "curve", "name": "b/curve", "effect": 0.125},
    )
    return load_published(declared, verdicts)


def test_published_quantities_stand_in_the_order_declared(published):
    assert [(one.of, one.title) for one in published] == [
        ("Network b", "Loss"),
        ("Network a", "Accuracy"),
    ]


def test_a_published_quantity_says_where_it_is_printed_and_how(published):
    assert [(one.where, one.percent) for one in published] == [
        ("Question 2", False),
        ("Question 1", True),
    ]


def test_a_published_quantity_has_its_numbers_with_their_verdicts(published):
    found = [[(row["measure"], row["verdict"]) for row in one.points] for one in published]
    assert found == [
        [("epoch 1", "confirmed"), ("epoch 2", "contradicted")],
        [("value", "confirmed")],
    ]


def test_only_a_curve_has_a_distance(published):
    assert published[0].curve["effect"] == 0.125
    assert published[1].curve is None


# Counting


def test_a_claim_counts_once_and_each_number_for_itself():
    verdicts = frame(
        claim_row("x", "m", "confirmed", "inconclusive"),
        claim_row("x", "n", "contradicted", "inconclusive"),
        claim_row("y", "m", "confirmed"),
        number_row("a/loss", "epoch 1", "confirmed"),
        number_row("a/loss", "epoch 2", "confirmed"),
        {"statement": "curve", "name": "a/loss", "effect": 0.125},
    )
    assert counts(verdicts) == {
        "claims": {"inconclusive": 1, "confirmed": 1},
        "published": {"confirmed": 2},
    }


def test_a_tally_names_verdicts_that_occur_in_one_order():
    counter = Counter({"not comparable": 2, "contradicted": 1, "confirmed": 3})
    assert tally(counter) == "3 confirmed, 1 contradicted, 2 not comparable"


def test_a_tally_of_nothing_is_empty():
    assert tally(Counter()) == ""


def with_seeds(writeup, *parts, **seeds):
    """A write-up whose experiments have so many seeds, with one claim."""
    declared = writeup(claims={"x": declared_claim("", *parts)} if parts else {})
    experiments = {
        name: one.model_copy(update={"seeds": list(range(seeds[name]))})
        for name, one in declared.experiments.items()
    }
    return declared.model_copy(update={"experiments": experiments})


THRESHOLD = {"kind": "threshold", "title": "m", "experiment": "a", "above": 0,
             "split": "test", "quantity": "accuracy"}  # fmt: skip
ARITHMETIC = {"kind": "arithmetic", "title": "m", "published": "a", "value": "x", "reading": "r"}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([PART], (3, 5)),
        ([THRESHOLD], (5, 5)),  # b, which has fewer, is in no claim
        ([ARITHMETIC], (1, 1)),  # nothing was trained for it
        ([], (1, 1)),
    ],
)
def test_claims_rest_on_the_seeds_of_their_own_experiments(writeup, parts, expected):
    assert seeds_judged_by(with_seeds(writeup, *parts, a=5, b=3)) == expected
