import pandas as pd
import pytest

from proofsheet.report.searches import searches
from synthetic import read_results

LOSS = {"file": "history", "split": "train", "quantity": "loss"}
RUNNING = {**LOSS, "quantity": "running_loss"}
FOUND = {
    "candidate": ["a-1", "a-0"],
    "batch_size": [8, 4],
    "loss": [0.25, 0.5],
    "loss is": ["running mean of the epoch"] * 2,
    "epochs": 2,
    "seeds": 3,
    "distance": [0.125, 0.5],
    "lowest": [0.1, 0.5],
    "highest": [0.2, 0.5],
}


@pytest.fixture
def told(writeup, tmp_path):
    """What a report tells of a search for ``a`` that may read the printed loss in these ways."""

    def told(*readings, found=True):
        published = {"a": {"loss": {"title": "Training loss", **PRINTED}}}
        recover = {
            "fit": {"loss": list(readings)},
            "vary": {"batch_size": [4, 8]},
            "rungs": [{"candidates": 2, "epochs": 2}],
        }
        if found:
            (tmp_path / "recovered").mkdir()
            pd.DataFrame(FOUND).to_csv(tmp_path / "recovered" / "a.csv", index=False)
        declared = writeup(published=published, recover={"a": recover})
        return searches(declared, read_results(tmp_path))

    return told


PRINTED = {"where": "Question 1", "scale": "loss", "measured": LOSS, "epochs": {1: 2.0, 2: 1.0}}


def test_the_nearest_is_told_with_how_far_it_is_off(told):
    (search,) = told(LOSS)
    assert (search.title, search.tried, search.off, search.seeds) == ("Network a", 2, 0.125, 3)
    assert [(one.setting, one.best, one.others) for one in search.settings] == [
        ("batch size", "8", [])
    ]
    assert search.path == "writeups/recovered/a.csv"


def test_what_a_printed_number_measures_is_told_where_it_was_open(told):
    assert told(LOSS)[0].readings == {}


def test_of_several_readings_the_nearest_is_told(told):
    (search,) = told(LOSS, RUNNING)
    assert search.readings == {"Training loss": "running mean of the epoch"}


def test_of_what_was_not_searched_for_yet_nothing_is_told(told):
    assert told(LOSS, found=False) == []
