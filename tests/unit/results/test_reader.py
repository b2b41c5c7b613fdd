import math

import numpy as np
import pytest

from proofsheet.declare.quantity import Metric, Series
from proofsheet.errors import ProofsheetError
from proofsheet.files import write_json
from proofsheet.results.reader import Results
from synthetic import printed, read_results, write_experiment

PSNR = Metric(split="test", quantity="psnr")
GAP = Metric(quantity="loss_gap")
VAL_LOSS = Series(split="val", quantity="loss")


@pytest.fixture
def results(tmp_path):
    metrics = {
        ("test", "psnr"): [20.0, 22.0],
        ("", "loss_gap"): [0.5, 0.25],
        ("", "one", "chords"): [10, 10],
        ("", "two", "chords"): [20, 20],
    }
    history = {
        ("train", "loss"): [[9.0, 9.0], [9.0, 9.0]],
        ("val", "loss"): [[3.0, 2.0], [5.0, 4.0]],
    }
    steps = [[1.0, 3.0, 5.0, 7.0, 100.0], [2.0, 2.0, 2.0, 2.0, 100.0]]
    write_experiment(tmp_path, "a", metrics, history, {"map": [[1, 2], [3, 4]]}, steps)
    write_experiment(tmp_path, "b", {("test", "psnr"): [21.0, 25.0, 99.0]})
    return read_results(tmp_path)


def test_values_are_indexed_by_seed(results):
    assert results.values("a", PSNR).to_dict() == {0: 20.0, 1: 22.0}


def test_a_metric_may_speak_of_no_split(results):
    assert results.values("a", GAP).tolist() == [0.5, 0.25]


def test_a_case_is_told_from_another(results):
    assert results.values("a", Metric(case="two", quantity="chords")).tolist() == [20, 20]


def test_a_quantity_of_a_split_is_not_the_same_of_none(results):
    with pytest.raises(ProofsheetError, match=r"runs/a/metrics\.csv: no psnr"):
        results.values("a", Metric(quantity="psnr"))


def test_a_missing_metric_names_the_file(results):
    with pytest.raises(ProofsheetError, match=r"runs/a/metrics\.csv: no test ssim"):
        results.values("a", Metric(split="test", quantity="ssim"))


def test_a_value_may_be_nan(tmp_path):
    write_experiment(tmp_path, "a", {("test", "psnr"): [20.0, math.nan]})
    values = read_results(tmp_path).values("a", PSNR)
    assert np.isnan(values.to_numpy()).tolist() == [False, True]


def test_an_estimate_is_over_the_seeds(results):
    found = results.estimate("a", PSNR)
    assert (found.mean, found.n) == (21.0, 2)


def test_the_interval_of_an_accuracy_is_that_of_a_share(tmp_path):
    write_experiment(tmp_path, "a", {("test", "accuracy"): [1.0, 1.0, 0.9]})
    found = read_results(tmp_path).estimate("a", Metric(split="test", quantity="accuracy"))
    assert found.high == 1  # Student's own interval ends at 1.11


def test_the_interval_of_an_epoch_stays_among_those_trained(tmp_path):
    metrics = {("val", "epochs_to_target"): [1, 3, 4]}
    write_experiment(tmp_path, "a", metrics, {("val", "loss"): [[1.0] * 4] * 3})
    found = read_results(tmp_path).estimate("a", Metric(split="val", quantity="epochs_to_target"))
    assert (found.low, found.high) == (1, 4)  # Student's own goes from −1.1 to 6.5


def test_a_series_has_an_epoch_per_row_and_a_seed_per_column(results):
    assert results.series("a", VAL_LOSS).loc[2].tolist() == [2.0, 4.0]


def test_a_missing_series_names_the_file(results):
    with pytest.raises(ProofsheetError, match=r"runs/a/seed\*/history\.csv: no train kl"):
        results.series("a", Series(split="train", quantity="kl"))


def test_differences_use_the_seeds_that_all_have(results):
    assert results.differences(["a", "b"], PSNR).tolist() == [[1.0], [3.0]]


def test_experiments_without_a_common_seed_cannot_be_compared(results, tmp_path):
    path = tmp_path / "runs" / "b" / "metrics.csv"
    path.write_text("seed,split,case,quantity,value\n7,test,,psnr,20.0\n")
    with pytest.raises(ProofsheetError, match="a, b: no seed in common"):
        results.differences(["a", "b"], PSNR)


def test_means_of_batches_are_of_whole_groups(results):
    # The fifth batch fills no group.
    means = results.batch_means("a", "loss", 2)
    assert {at: row.tolist() for at, row in means.iterrows()} == {
        (1, 2): [2.0, 2.0],
        (1, 4): [6.0, 2.0],
    }


def test_an_epoch_has_as_many_batches_as_it_has(results):
    assert results.batches("a") == 5


def test_seeds_and_epochs_are_those_trained(results):
    assert (results.seeds("a"), results.epochs("a")) == ([0, 1], 2)


def test_arrays_have_the_seeds_first(results):
    assert results.arrays("a")["map"].tolist() == [[1, 2], [3, 4]]


def test_a_file_that_was_not_given_is_not_read(tmp_path, results):
    given = [str(tmp_path / "runs" / "a" / "metrics.csv")]
    with pytest.raises(ProofsheetError, match=r"runs/b/metrics\.csv: not among the inputs"):
        Results(given).values("b", PSNR)


def test_files_are_known_wherever_the_runs_folder_lies(tmp_path):
    write_experiment(tmp_path / "runs" / "mine", "a", {("test", "psnr"): [20.0]})
    assert read_results(tmp_path).values("a", PSNR).tolist() == [20.0]


def test_a_stand_in_is_known_by_its_card(tmp_path):
    for name, stand_in in {"cifar10": True, "mnist": False}.items():
        write_json(tmp_path / "data" / f"{name}.json", {"stand_in": stand_in})
    assert read_results(tmp_path).stand_ins() == ["cifar10"]


PRINTS = {"a": {"curve": printed(epochs={1: 9.0, 2: 2.0}), "accuracy": printed(value=0.5)}}


def test_published_numbers_come_in_their_order():
    found = Results([], PRINTS).published("a", "curve")
    assert [(number.epoch, number.value) for number in found] == [(1, 9.0), (2, 2.0)]


def test_the_last_published_number_stands_for_the_quantity():
    last = Results([], PRINTS).last_published("a", "curve")
    assert (last.epoch, last.value, last.text) == (2, 2.0, "2")


@pytest.mark.parametrize(("experiment", "quantity"), [("a", "psnr"), ("b", "curve"), ("a", None)])
def test_what_is_not_published_has_no_number(experiment, quantity):
    found = Results([], PRINTS)
    assert found.published(experiment, quantity) == []
    last = found.last_published(experiment, quantity)
    assert math.isnan(last.value)
    assert last.text == ""


def test_a_published_quantity_tells_what_it_counts():
    prints = {"a": {"psnr": printed(value=30, scale="decibel")}}
    assert Results([], prints).scale("a", "psnr") == "decibel"
