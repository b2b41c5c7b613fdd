import pytest

from proofsheet.errors import ProofsheetError
from proofsheet.results.reader import Evidence
from synthetic import write_experiment


@pytest.fixture
def evidence(tmp_path):
    history = {("val", "loss"): [[3.0, 2.0], [5.0, 4.0]]}
    write_experiment(tmp_path, "a", {("test", "psnr"): [20.0, 22.0]}, history)
    write_experiment(tmp_path, "b", {("test", "psnr"): [21.0, 25.0, 99.0]})
    return Evidence(tmp_path)


def test_values_are_indexed_by_seed(evidence):
    assert evidence.values("a", "test", "psnr").to_dict() == {0: 20.0, 1: 22.0}


def test_a_series_has_an_epoch_per_row_and_a_seed_per_column(evidence):
    series = evidence.series("a", "val", "loss")
    assert series.loc[2].tolist() == [2.0, 4.0]


def test_steps_use_the_seeds_that_all_have(evidence):
    assert evidence.steps(["a", "b"], "test", "psnr").tolist() == [[1.0], [3.0]]


def test_experiments_without_a_common_seed_cannot_be_compared(evidence, tmp_path):
    metrics = tmp_path / "runs" / "b" / "metrics.csv"
    metrics.write_text("seed,split,quantity,value\n7,test,psnr,20.0\n")
    with pytest.raises(ProofsheetError, match="a, b: no seed in common"):
        evidence.steps(["a", "b"], "test", "psnr")


def test_a_missing_quantity_names_the_file_and_what_there_is(evidence):
    with pytest.raises(
        ProofsheetError, match=r"runs/a/metrics\.csv: no test ssim; there are test psnr"
    ):
        evidence.values("a", "test", "ssim")
