"""What searches found is what the shipped write-ups declare."""

import json
from pathlib import Path

import pandas as pd
import pytest

from proofsheet.declare.project import load_project

PROJECT = Path(__file__).parents[2]
FILES = sorted((PROJECT / "writeups" / "recovered").glob("*.csv"))


@pytest.fixture
def project(monkeypatch):
    monkeypatch.chdir(PROJECT)
    return load_project([Path("config/full.yaml")])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_nearest_candidate_is_declared(project, file):
    best = pd.read_csv(file, dtype=str).iloc[0]
    train = project.experiments[file.stem].train.model_dump(mode="json")
    (recover,) = (
        writeup.recover[file.stem]
        for writeup in project.writeups.values()
        if file.stem in writeup.recover
    )
    for key in recover.vary:
        there = train
        for name in key.split("."):
            there = there[name]
        found = json.loads(best[key]) if best[key][0] in "[{" else best[key]
        if isinstance(found, dict):
            there = {name: there[name] for name in found}
        assert str(there) == str(found)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_was_printed_is_near(file):
    """The nearest is after all epochs, of several seeds, and the first by distance of those."""
    found = pd.read_csv(file)
    last = found[(found.epochs == found.epochs.max()) & (found.seeds == found.seeds.max())]
    assert last.index[0] == 0
    assert last.distance.is_monotonic_increasing
