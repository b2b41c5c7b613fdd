"""Published numbers, against the reference where it lies beside the project."""

import csv
from pathlib import Path

import pytest

from proofsheet.declarations.published import Published
from proofsheet.writeups import load_writeups

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
    assert counts == {
        "verification_vae": 0,
        "cnn_autoencoder": 45,
        "losses_and_architectures": 25,
        "mnist_and_lenet": 0,
    }


def test_percent_is_kept_as_a_share():
    assert Published(where="", unit="percent", value=82).rows() == [(None, None, 0.82)]


@pytest.mark.parametrize("forms", [{}, {"value": 1.0, "epochs": {1: 1.0}}])
def test_a_published_quantity_has_one_form(forms):
    with pytest.raises(ValueError, match="exactly one of"):
        Published(where="", **forms)
