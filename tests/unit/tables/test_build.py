import math

import pytest
from pydantic import TypeAdapter

from proofsheet.declare.table import Table
from proofsheet.tables.build import as_frame, build_table
from proofsheet.verdicts.comparability import Comparability
from synthetic import printed, read_results, write_experiment

TITLES = {"a": "First", "b": "Second"}
DATASETS = {"a": "mnist", "b": "cifar10"}
ACCURACY = {"split": "test", "quantity": "accuracy"}
VAL_LOSS = {"split": "val", "quantity": "loss"}
LOSSES = {("val", "loss"): [[3.0, 2.0], [5.0, 4.0]]}


def built(folder, declared, published=None, stand_ins=()):
    table = TypeAdapter(Table).validate_python({"caption": "c", **declared})
    results = read_results(folder, published)
    comparability = Comparability(DATASETS, stand_ins, results.epochs)
    return build_table(table, results, TITLES, comparability)


def means(table):
    """``{(row, column): mean}``; NaN, of an empty cell, is None."""
    return {
        (row.key, column): None if math.isnan(cell.estimate.mean) else cell.estimate.mean
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
    }


# Metrics


def test_a_table_of_metrics_has_a_row_per_experiment(tmp_path):
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.7, 0.9]})
    write_experiment(tmp_path, "b", {("test", "accuracy"): [0.5, 0.5]})
    columns = [{"title": "Accuracy", **ACCURACY}]
    table = built(tmp_path, {"kind": "metrics", "experiments": ["b", "a"], "columns": columns})
    assert [(row.key, row.title) for row in table.rows] == [("b", "Second"), ("a", "First")]
    assert means(table) == {("b", "Accuracy"): 0.5, ("a", "Accuracy"): pytest.approx(0.8)}


def test_a_cell_has_its_interval_and_its_format(tmp_path):
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.7, 0.9]})
    columns = [{"title": "Accuracy", "format": ".1%", **ACCURACY}]
    table = built(tmp_path, {"kind": "metrics", "experiments": ["a"], "columns": columns})
    (cell,) = table.rows[0].cells
    # t(0.975, 1) is 12.706 in any table, s / √2 is 0.1.
    assert cell.estimate == pytest.approx((0.8, 0.8 - 1.2706, 0.8 + 1.2706, 2), abs=1e-4)
    assert cell.format == ".1%"


def test_metrics_of_no_split_can_be_shown(tmp_path):
    write_experiment(tmp_path, "a", {("", "loss_gap"): [0.25, 0.25]})
    columns = [{"title": "Gap", "quantity": "loss_gap"}]
    table = built(tmp_path, {"kind": "metrics", "experiments": ["a"], "columns": columns})
    assert means(table) == {("a", "Gap"): 0.25}


METRICS = {
    "kind": "metrics",
    "experiments": ["a", "b"],
    "columns": [
        {"title": "Printed", "published": "accuracy"},
        {"title": "Difference", "published": "accuracy", **ACCURACY},
    ],
}
PRINTS = {name: {"accuracy": printed(value=60, unit="percent", scale="share")} for name in DATASETS}


def test_published_values_stand_beside_ours_and_are_subtracted(tmp_path):
    for name in DATASETS:
        write_experiment(tmp_path, name, {("test", "accuracy"): [0.7, 0.9]})
    found = means(built(tmp_path, METRICS, PRINTS))
    assert found["a", "Printed"] == 0.6
    assert found["a", "Difference"] == pytest.approx(0.2)


def test_what_a_stand_in_gave_is_not_subtracted_from_what_is_printed(tmp_path):
    for name in DATASETS:
        write_experiment(tmp_path, name, {("test", "accuracy"): [0.7, 0.9]})
    found = means(built(tmp_path, METRICS, PRINTS, stand_ins=["cifar10"]))
    assert found["b", "Difference"] is None
    assert found["b", "Printed"] == 0.6


def test_nothing_is_subtracted_where_nothing_is_printed(tmp_path):
    for name in DATASETS:
        write_experiment(tmp_path, name, {("test", "accuracy"): [0.7, 0.9]})
    found = means(built(tmp_path, METRICS, {"a": PRINTS["a"]}))
    assert (found["b", "Printed"], found["b", "Difference"]) == (None, None)


@pytest.mark.parametrize(("epochs", "expected"), [(2, pytest.approx(0.2)), (3, None)])
def test_a_metric_is_subtracted_from_what_is_printed_of_as_many_epochs(tmp_path, epochs, expected):
    history = {("val", "loss"): [[1.0] * epochs]}
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.8]}, history)
    declared = {**METRICS, "experiments": ["a"]}
    prints = {"a": {"accuracy": printed(epochs={1: 50, 2: 60}, unit="percent", scale="share")}}
    assert means(built(tmp_path, declared, prints))["a", "Difference"] == expected


# Cases


def test_rows_are_cases_in_the_order_declared(tmp_path):
    metrics = {("", "one", "gap"): [1.0, 3.0], ("", "two", "gap"): [5.0, 7.0]}
    write_experiment(tmp_path, "a", metrics)
    rows = {"two": "The second", "one": "The first"}
    columns = [{"title": "Gap", "quantity": "gap"}]
    declared = {"kind": "cases", "experiment": "a", "rows": rows, "columns": columns}
    table = built(tmp_path, declared)
    assert [row.title for row in table.rows] == ["The second", "The first"]
    assert means(table) == {("two", "Gap"): 6.0, ("one", "Gap"): 2.0}


# Quantities


@pytest.fixture
def quantities(tmp_path):
    metrics = {("test", "accuracy"): [0.7, 0.9], ("test", "ece"): [0.1, 0.1]}
    write_experiment(tmp_path, "a", metrics)
    rows = [
        {"title": "Accuracy", "published": "accuracy", **ACCURACY},
        {"title": "ECE", "split": "test", "quantity": "ece"},
    ]
    return {"kind": "quantities", "experiment": "a", "rows": rows}


def test_rows_of_quantities_are_published_measured_and_difference(tmp_path, quantities):
    found = means(built(tmp_path, quantities, PRINTS))
    assert found == {
        ("Accuracy", "Published"): 0.6,
        ("Accuracy", "Measured"): pytest.approx(0.8),
        ("Accuracy", "Difference"): pytest.approx(0.2),
        ("ECE", "Published"): None,
        ("ECE", "Measured"): 0.1,
        ("ECE", "Difference"): None,
    }


def test_a_quantity_of_a_stand_in_has_no_difference(tmp_path, quantities):
    found = means(built(tmp_path, quantities, PRINTS, stand_ins=["mnist"]))
    assert found["Accuracy", "Difference"] is None
    assert found["Accuracy", "Measured"] == pytest.approx(0.8)


# Epochs


def epochs(*columns):
    return {"kind": "epochs", "columns": list(columns)}


def test_a_table_of_epochs_has_a_row_per_epoch(tmp_path):
    write_experiment(tmp_path, "a", {("test", "psnr"): [0.0, 0.0]}, LOSSES)
    table = built(tmp_path, epochs({"title": "Loss", "experiment": "a", **VAL_LOSS}))
    assert means(table) == {("1", "Loss"): 4.0, ("2", "Loss"): 3.0}


def test_lines_of_a_training_show_no_interval(tmp_path):
    write_experiment(tmp_path, "a", {("test", "psnr"): [0.0, 0.0]}, LOSSES)
    table = built(tmp_path, epochs({"title": "Loss", "experiment": "a", **VAL_LOSS}))
    assert not table.interval


def test_what_is_printed_or_trained_in_fewer_epochs_leaves_cells_empty(tmp_path):
    write_experiment(tmp_path, "a", {("test", "psnr"): [0.0, 0.0]}, LOSSES)
    table = epochs(
        {"title": "Printed", "experiment": "a", "published": "loss"},
        {"title": "Difference", "experiment": "a", "published": "loss", **VAL_LOSS},
    )
    found = means(built(tmp_path, table, {"a": {"loss": printed(epochs={1: 2.5, 3: 1.5})}}))
    assert found == {
        ("1", "Printed"): 2.5,
        ("1", "Difference"): 1.5,
        ("2", "Printed"): None,
        ("2", "Difference"): None,
        ("3", "Printed"): 1.5,
        ("3", "Difference"): None,
    }


def test_each_column_of_epochs_is_compared_by_its_own_experiments_data(tmp_path):
    for name in DATASETS:
        write_experiment(tmp_path, name, {("test", "psnr"): [0.0, 0.0]}, LOSSES)
    table = epochs(
        {"title": "On MNIST", "experiment": "a", "published": "loss", **VAL_LOSS},
        {"title": "On CIFAR-10", "experiment": "b", "published": "loss", **VAL_LOSS},
    )
    prints = {name: {"loss": printed(epochs={1: 2.5})} for name in DATASETS}
    found = means(built(tmp_path, table, prints, stand_ins=["cifar10"]))
    assert (found["1", "On MNIST"], found["1", "On CIFAR-10"]) == (1.5, None)


# Batches


def test_lines_are_means_of_whole_groups_of_batches(tmp_path):
    steps = [[1.0, 3.0, 5.0, 7.0, 100.0], [2.0, 2.0, 2.0, 2.0, 100.0]]
    write_experiment(tmp_path, "a", {("test", "psnr"): [0.0, 0.0]}, steps=steps)
    columns = [
        {"title": "Loss", "split": "train", "quantity": "loss"},
        {"title": "Printed", "published": "lines"},
    ]
    declared = {"kind": "batches", "experiment": "a", "every": 2, "columns": columns}
    # The write-up's epochs are longer than ours, whose fifth batch fills no line.
    prints = {"a": {"lines": printed(batches={1: {4: 9.0, 6: 8.0}})}}
    assert means(built(tmp_path, declared, prints)) == {
        ("1, 2", "Loss"): 2.0,
        ("1, 2", "Printed"): None,
        ("1, 4", "Loss"): 4.0,
        ("1, 4", "Printed"): 9.0,
    }


# The CSV


def test_the_csv_has_a_row_per_cell(tmp_path):
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.5, 0.5]})
    columns = [{"title": "Ours", **ACCURACY}, {"title": "Printed", "published": "accuracy"}]
    table = built(tmp_path, {"kind": "metrics", "experiments": ["a"], "columns": columns}, PRINTS)
    assert as_frame(table).to_csv(index=False).splitlines() == [
        "row,column,mean,low,high,seeds",
        "a,Ours,0.5,0.5,0.5,2",
        "a,Printed,0.6,,,0",
    ]
