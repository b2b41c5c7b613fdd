from collections import Counter

import pandas as pd
import pytest

from proofsheet.declare.writeup import Writeup
from proofsheet.report.judgements import (
    Claim,
    claim_texts,
    counts,
    load_claims,
    load_published,
    tally,
)
from proofsheet.verdicts.judge import COLUMNS
from synthetic import SAYS, printed


def frame(*rows):
    return pd.DataFrame(rows, columns=COLUMNS)


def claim_row(name, measure, verdict, overall=None, **keys):
    given = {"statement": "claim", "name": name, "measure": measure, "verdict": verdict}
    return {**given, "overall": overall or verdict, "beside": False, "stand_in": False, **keys}


def number_row(name, measure, verdict, **keys):
    return {"statement": "published", "name": name, "measure": measure, "verdict": verdict, **keys}


# Too few seeds


def few_seeds(*measures, verdict="inconclusive"):
    """Of measures ``(verdict, seeds, beside)``."""
    findings = {
        f"m{place}": {"verdict": one, "seeds": seeds, "beside": beside}
        for place, (one, seeds, beside) in enumerate(measures)
    }
    return Claim("x", "", verdict, False, "", findings).few_seeds()


OPEN, CLEAR = "inconclusive", "confirmed"


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        ([(OPEN, 1, False)], "one training"),
        ([(OPEN, 2, False)], "two trainings"),
        ([(OPEN, 1, False), (OPEN, 2, False)], "two trainings"),
        ([(OPEN, 3, False)], ""),
        # Nothing was trained for it.
        ([(OPEN, 0, False)], ""),
        # What is clear leaves nothing open, and what stands beside decides nothing.
        ([(OPEN, 2, False), (CLEAR, 3, False)], "two trainings"),
        ([(OPEN, 2, False), (OPEN, 3, True)], "two trainings"),
        ([(CLEAR, 3, False), (OPEN, 2, True)], ""),
        # More seeds would not settle the second.
        ([(OPEN, 2, False), (OPEN, 3, False)], ""),
        # They disagree, whatever their seeds.
        ([(CLEAR, 2, False), ("contradicted", 2, False)], ""),
    ],
)
def test_a_claim_is_open_for_want_of_seeds(measures, expected):
    assert few_seeds(*measures) == expected


def test_a_claim_that_is_not_open_wants_no_seeds():
    assert not few_seeds((OPEN, 2, False), ("contradicted", 3, False), verdict="contradicted")


# Claims and published quantities

PART = {"kind": "comparison", "title": "m", "lower": "a", "upper": "b",
        "split": "test", "quantity": "accuracy"}  # fmt: skip


def declared_claim(text, *parts):
    return {"text": text, "evidence": "bars", "says": SAYS, "measures": list(parts or [PART])}


@pytest.fixture
def claims(writeup):
    declared = writeup(
        published={"a": {"loss": printed(value=0.33, decimals=3)}},
        claims={"second": declared_claim("It is {a[loss]}."), "first": declared_claim("It rises.")},
        remarks={"beyond": {"says": SAYS, "measures": [PART]}},
    )
    verdicts = frame(
        claim_row("first", "m", "confirmed"),
        claim_row("second", "m", "confirmed", "inconclusive", stand_in=True),
        claim_row("second", "n", "contradicted", "inconclusive", stand_in=True),
        claim_row("beyond", "m", "contradicted", statement="remark"),
        number_row("first", "value", "contradicted"),
    )
    return load_claims(declared, verdicts)


def test_claims_stand_in_the_order_declared_and_remarks_behind_them(claims):
    assert list(claims) == ["second", "first", "beyond"]


def test_a_remark_has_neither_text_nor_evidence(claims):
    assert (claims["beyond"].text, claims["beyond"].evidence) == ("", "")


def test_a_claim_has_its_evidence(claims):
    assert claims["first"].evidence == "bars"


def test_a_claim_has_its_text_with_numbers_as_printed(claims):
    assert claims["second"].text == "It is 0.330."


def test_a_claim_has_the_verdict_on_all_of_it(claims):
    assert {name: claim.verdict for name, claim in claims.items()} == {
        "second": "inconclusive",
        "first": "confirmed",
        "beyond": "contradicted",
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


def test_a_claim_counts_once_each_number_for_itself_and_no_remark():
    verdicts = frame(
        claim_row("x", "m", "confirmed", "inconclusive"),
        claim_row("x", "n", "contradicted", "inconclusive"),
        claim_row("y", "m", "confirmed"),
        number_row("a/loss", "epoch 1", "confirmed"),
        number_row("a/loss", "epoch 2", "confirmed"),
        claim_row("z", "m", "confirmed", statement="remark"),
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


def test_a_claim_cites_the_last_number_printed_of_a_quantity():
    writeup = Writeup.model_validate(
        {
            "title": "",
            "course": "",
            "headline": "",
            "parts": {},
            "experiments": {},
            "figures": {},
            "published": {"a": {"loss": printed(epochs={1: 3.0, 2: 0.33}, decimals=3)}},
            "claims": {
                "low": {
                    "text": "It falls to {a[loss]}.",
                    "says": SAYS,
                    "evidence": "f",
                    "measures": [
                        {"kind": "arithmetic", "title": "m", "published": "a", "value": "loss",
                         "reading": "r"}
                    ],
                }
            },
        }
    )  # fmt: skip
    assert list(claim_texts(writeup)) == [("low", "It falls to 0.330.")]
