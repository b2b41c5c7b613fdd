import math
from types import SimpleNamespace

import pytest

from proofsheet.results.reader import Evidence
from proofsheet.tables.build import build_table
from synthetic import write_experiment


def column(title, split=None, quantity=None, experiment=None, published=None):
    return SimpleNamespace(
        title=title, split=split, quantity=quantity, experiment=experiment, published=published
    )


def test_a_table_of_metrics_has_a_mean_and_interval_per_experiment(tmp_path):
    write_experiment(tmp_path, "a", {("test", "psnr"): [20.0, 22.0]})
    table = SimpleNamespace(
        kind="metrics", experiments=["a"], columns=[column("PSNR", "test", "psnr")]
    )
    row = build_table(table, Evidence(tmp_path)).iloc[0]
    assert (row["row"], row["column"], row["mean"], row["seeds"]) == ("a", "PSNR", 21.0, 2)
    assert row["low"] < 20 < 22 < row["high"]


def test_a_table_of_epochs_has_a_row_per_epoch(tmp_path):
    history = {("val", "loss"): [[3.0, 2.0], [5.0, 4.0]]}
    write_experiment(tmp_path, "a", {("test", "psnr"): [0.0, 0.0]}, history)
    table = SimpleNamespace(
        kind="epochs", experiments=["a"], columns=[column("loss", "val", "loss", "a")]
    )
    frame = build_table(table, Evidence(tmp_path))
    assert frame[["row", "mean"]].to_numpy().tolist() == [[1, 4.0], [2, 3.0]]


PUBLISHED = {
    "a": {"printed": [[1, None, 2.5, 0.0, 0.0]], "accuracy": [[None, None, 0.9, 0.0, 0.0]]}
}


def test_published_values_stand_beside_ours_and_are_subtracted(tmp_path):
    history = {("val", "loss"): [[3.0, 2.0], [5.0, 4.0]]}
    write_experiment(tmp_path, "a", {("test", "psnr"): [0.0, 0.0]}, history)
    columns = [
        column("printed", experiment="a", published="printed"),
        column("difference", "val", "loss", "a", "printed"),
    ]
    table = SimpleNamespace(kind="epochs", experiments=["a"], columns=columns)
    frame = build_table(table, Evidence(tmp_path, PUBLISHED))
    found = {(row["row"], row["column"]): row["mean"] for _, row in frame.iterrows()}
    assert found[1, "printed"] == 2.5
    assert found[1, "difference"] == 1.5
    assert (2, "printed") not in found  # not printed
    assert math.isnan(found[2, "difference"])


def test_rows_of_quantities_are_published_measured_and_difference(tmp_path):
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.7, 0.9], ("test", "ece"): [0.1, 0.1]})
    rows = [
        column("Accuracy", "test", "accuracy", published="accuracy"),
        column("ECE", "test", "ece"),
    ]
    table = SimpleNamespace(kind="quantities", experiments=["a"], rows=rows)
    frame = build_table(table, Evidence(tmp_path, PUBLISHED)).set_index(["row", "column"])
    assert frame.loc[("Accuracy", "Published"), "mean"] == 0.9
    assert frame.loc[("Accuracy", "Difference"), "mean"] == pytest.approx(-0.1)
    assert frame.loc[("Accuracy", "Difference"), "low"] < -0.1
    assert math.isnan(frame.loc[("ECE", "Difference"), "mean"])


def test_rows_of_splits_are_splits(tmp_path):
    write_experiment(tmp_path, "a", {("one", "gap"): [1.0, 3.0], ("two", "gap"): [5.0, 7.0]})
    table = SimpleNamespace(
        kind="splits",
        experiments=["a"],
        rows=SimpleNamespace(two="Two", one="One"),
        columns=[column("Gap", quantity="gap")],
    )
    frame = build_table(table, Evidence(tmp_path))
    assert frame[["row", "mean"]].to_numpy().tolist() == [["two", 6.0], ["one", 2.0]]


def test_lines_are_means_of_whole_groups_of_batches(tmp_path):
    steps = [[1.0, 3.0, 5.0, 7.0, 100.0], [2.0, 2.0, 2.0, 2.0, 100.0]]
    write_experiment(tmp_path, "a", {("test", "psnr"): [0.0, 0.0]}, steps=steps)
    columns = [column("Loss", "train", "loss"), column("Printed", published="lines")]
    table = SimpleNamespace(kind="batches", experiments=["a"], every=2, columns=columns)
    published = {"a": {"lines": [[1, 4, 9.0, 0.0, 0.0]]}}
    frame = build_table(table, Evidence(tmp_path, published)).set_index(["row", "column"])
    # Two batches a line, two seeds; the fifth batch fills no line.
    assert frame.loc[("1, 2", "Loss"), "mean"] == 2.0
    assert frame.loc[("1, 4", "Loss"), "mean"] == 4.0
    assert frame.loc[("1, 4", "Printed"), "mean"] == 9.0
    assert len(frame) == 4
