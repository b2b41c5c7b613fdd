"""Published numbers and claims of the shipped write-ups, against the reference."""

import csv
from pathlib import Path

import pytest

from expected import CLAIMS, PUBLISHED, UNRECORDED
from proofsheet.declare.folders import Folders
from proofsheet.declare.project import load_project
from proofsheet.declare.published import Published
from proofsheet.results.published import numbers

PROJECT = Path(__file__).parents[2]
REFERENCE = PROJECT / "tests" / "published.csv"


@pytest.fixture(scope="module")
def writeups():
    return load_project(
        [PROJECT / "config" / "config.yaml"], {}, Folders(PROJECT, PROJECT)
    ).writeups


def test_every_published_number_is_declared_as_it_is_printed(writeups):
    declared = {
        (writeup, experiment, quantity, str(number.epoch or ""), str(number.batch or "")): (
            round(number.value * (100 if published.unit else 1), 6),
            published.unit,
            published.where,
        )
        for writeup, body in writeups.items()
        for experiment, quantities in body.published.items()
        for quantity, published in quantities.items()
        for number in numbers(published)
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
        name: sum(
            len(numbers(one))
            for quantities in writeup.published.values()
            for one in quantities.values()
        )
        for name, writeup in writeups.items()
    }
    assert counts == PUBLISHED


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
        Published(where="", title="", measured=measured, scale="share", **forms)
