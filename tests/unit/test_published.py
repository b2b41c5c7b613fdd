"""Published numbers, against the reference where it lies beside the project."""

import csv
from pathlib import Path

import pytest

from expected import CLAIMS, PUBLISHED, UNRECORDED
from proofsheet.declare.published import Published
from proofsheet.declare.project import load_writeups

PROJECT = Path(__file__).parents[2]
REFERENCE = PROJECT.parent / "shared" / "published.csv"


@pytest.fixture(scope="module")
def writeups():
    return load_writeups(PROJECT / "writeups", {})


@pytest.mark.skipif(not REFERENCE.is_file(), reason="needs ../shared/published.csv")
def test_every_published_number_is_declared_as_it_is_printed(writeups):
    declared = {
        (writeup, experiment, quantity, *(str(key or "") for key in row[:2])): (
            round(row[2] * (100 if published.unit else 1), 6),
            published.unit,
            published.where,
        )
        for writeup, body in writeups.items()
        for experiment, quantities in body.published.items()
        for quantity, published in quantities.items()
        for row in published.rows()
    }
    with open(REFERENCE, newline="") as file:
        reference = {
            tuple(row[key] for key in ("writeup", "experiment", "quantity", "epoch", "batch")): (
                float(row["value"]),
                row["unit"],
                row["where"],
            )
            for row in csv.DictReader(file)
        }
    assert len(reference) == 70
    assert declared == reference


def test_counts_per_writeup(writeups):
    counts = {
        name: sum(len(p.rows()) for quantities in w.published.values() for p in quantities.values())
        for name, w in writeups.items()
    }
    assert counts == PUBLISHED
    assert sum(counts.values()) == 70


def test_claims_per_writeup(writeups):
    assert {name: list(writeup.claims) for name, writeup in writeups.items()} == CLAIMS


def test_every_number_and_every_claim_has_a_recorded_verdict(writeups):
    """So that `make verdicts STRICT=1` has something to compare with."""
    unrecorded = [
        f"{experiment}/{quantity}"
        for writeup in writeups.values()
        for experiment, quantities in writeup.published.items()
        for quantity, published in quantities.items()
        if not published.recorded
    ]
    unrecorded += [
        claim
        for writeup in writeups.values()
        for claim, body in writeup.claims.items()
        if not body.recorded
    ]
    assert set(unrecorded) == UNRECORDED


@pytest.mark.parametrize("forms", [{}, {"value": 1.0, "epochs": {1: 1.0}}])
def test_a_published_quantity_has_one_form(forms):
    measured = {"split": "test", "quantity": "accuracy"}
    with pytest.raises(ValueError, match="exactly one of"):
        Published(where="", title="", measured=measured, **forms)
