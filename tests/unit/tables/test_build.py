import math

import pytest
from pydantic import TypeAdapter, ValidationError

from proofsheet.declare.quantity import ANY, SHARE
from proofsheet.declare.table import Table
from proofsheet.tables.build import as_frame, build_table
from synthetic import printed, read_results, write_experiment

TITLES = {"a": "First", "b": "Second"}
ACCURACY = {"split": "test", "quantity": "accuracy"}
VAL_LOSS = {"split": "val", "quantity": "loss"}
LOSSES = {("val", "loss"): [[3.0, 2.0], [5.0, 4.0]]}


def declared(**keys):
    return TypeAdapter(Table).validate_python({"caption": "c", **keys})


def built(folder, table, published=None):
    return build_table(declared(**table), read_results(folder, published), TITLES)


def cells(table):
    """``{(row, column): cell}``."""
    return {
        (row.key, column): cell
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
    }


def ours(table):
    """``{(row, column): one value per seed}``."""
    return {at: cell.values.tolist() for at, cell in cells(table).items()}


def theirs(table):
    """``{(row, column): the printed value, or None}``."""
    return {
        at: None if math.isnan(cell.published.value) else cell.published.value
        for at, cell in cells(table).items()
    }


# Metrics


def metrics(*columns, experiments=("a",)):
    return {"kind": "metrics", "experiments": list(experiments), "columns": list(columns)}


def test_a_table_of_metrics_has_a_row_per_experiment(tmp_path):
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.7, 0.9]})
    write_experiment(tmp_path, "b", {("test", "accuracy"): [0.5, 0.5]})
    columns = {"title": "Accuracy", **ACCURACY}
    table = built(tmp_path, metrics(columns, experiments=["b", "a"]))
    assert [(row.key, row.title) for row in table.rows] == [("b", "Second"), ("a", "First")]
    assert ours(table) == {("b", "Accuracy"): [0.5, 0.5], ("a", "Accuracy"): [0.7, 0.9]}


def test_a_cell_has_its_format(tmp_path):
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.7, 0.9]})
    table = built(tmp_path, metrics({"title": "Accuracy", "format": ".1%", **ACCURACY}))
    assert cells(table)["a", "Accuracy"].format == ".1%"


@pytest.mark.parametrize(("quantity", "bounds"), [("accuracy", SHARE), ("psnr", ANY)])
def test_a_cell_knows_whether_it_is_a_share(tmp_path, quantity, bounds):
    write_experiment(tmp_path, "a", {("test", quantity): [0.7, 0.9]})
    table = built(tmp_path, metrics({"title": "t", "split": "test", "quantity": quantity}))
    assert cells(table)["a", "t"].bounds == bounds


def test_metrics_of_no_split_can_be_shown(tmp_path):
    write_experiment(tmp_path, "a", {("", "loss_gap"): [0.25, 0.5]})
    table = built(tmp_path, metrics({"title": "Gap", "quantity": "loss_gap"}))
    assert ours(table) == {("a", "Gap"): [0.25, 0.5]}


PUBLISHED = {"title": "Accuracy", "published": "accuracy", **ACCURACY}
PRINTS = {"a": {"accuracy": printed(value=60, unit="percent", scale="share")}}


def test_what_is_printed_stands_beside_ours(tmp_path):
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.7, 0.9]})
    table = built(tmp_path, metrics(PUBLISHED), PRINTS)
    assert ours(table) == {("a", "Accuracy"): [0.7, 0.9]}
    assert theirs(table) == {("a", "Accuracy"): 0.6}


def test_of_an_experiment_of_which_nothing_is_printed_ours_stands_alone(tmp_path):
    for name in TITLES:
        write_experiment(tmp_path, name, {("test", "accuracy"): [0.7, 0.9]})
    table = built(tmp_path, metrics(PUBLISHED, experiments=TITLES), PRINTS)
    assert theirs(table) == {("a", "Accuracy"): 0.6, ("b", "Accuracy"): None}


def test_of_several_printed_numbers_the_last_stands_beside_the_end_of_a_training(tmp_path):
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.8]})
    prints = {"a": {"accuracy": printed(epochs={1: 50, 2: 75}, unit="percent", scale="share")}}
    assert theirs(built(tmp_path, metrics(PUBLISHED), prints)) == {("a", "Accuracy"): 0.75}


@pytest.mark.parametrize("kind", ["metrics", "epochs", "batches"])
def test_a_column_is_of_something_measured(kind):
    keys = {"metrics": {"experiments": ["a"]}, "batches": {"experiment": "a", "every": 2}}
    column = {"title": "Printed", "published": "loss"}
    if kind == "epochs":
        column["experiment"] = "a"
    with pytest.raises(ValidationError, match=r"columns\.0\.quantity\n  Field required"):
        declared(kind=kind, columns=[column], **keys.get(kind, {}))


# Cases


def cases_table(folder):
    names = {("", "one", "gap"): [1.0, 3.0], ("", "two", "gap"): [5.0, 7.0]}
    write_experiment(folder, "a", names)
    rows = {"two": "The second", "one": "The first"}
    columns = [{"title": "Gap", "quantity": "gap"}]
    return built(folder, {"kind": "cases", "experiment": "a", "rows": rows, "columns": columns})


def test_rows_are_cases_in_the_order_declared(tmp_path):
    table = cases_table(tmp_path)
    assert [row.title for row in table.rows] == ["The second", "The first"]
    assert ours(table) == {("two", "Gap"): [5.0, 7.0], ("one", "Gap"): [1.0, 3.0]}


def test_nothing_is_printed_of_a_case(tmp_path):
    assert set(theirs(cases_table(tmp_path)).values()) == {None}


# Quantities


def test_rows_are_quantities_with_what_is_printed_of_them(tmp_path):
    names = {("test", "accuracy"): [0.7, 0.9], ("test", "ece"): [0.1, 0.2]}
    write_experiment(tmp_path, "a", names)
    rows = [PUBLISHED, {"title": "ECE", "split": "test", "quantity": "ece"}]
    table = built(tmp_path, {"kind": "quantities", "experiment": "a", "rows": rows}, PRINTS)
    assert ours(table) == {("Accuracy", "Ours"): [0.7, 0.9], ("ECE", "Ours"): [0.1, 0.2]}
    assert theirs(table) == {("Accuracy", "Ours"): 0.6, ("ECE", "Ours"): None}


@pytest.mark.parametrize("table", ["metrics", "quantities"])
def test_the_end_of_a_training_shows_its_interval(tmp_path, table):
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.7]})
    rows = {"kind": "quantities", "experiment": "a", "rows": [PUBLISHED]}
    assert built(tmp_path, {"metrics": metrics(PUBLISHED), "quantities": rows}[table]).interval


# Epochs


def epochs(*columns):
    return {"kind": "epochs", "columns": list(columns)}


LOSS = {"title": "Loss", "experiment": "a", "published": "loss", **VAL_LOSS}


@pytest.fixture
def trained(tmp_path):
    """Two seeds of two epochs."""
    write_experiment(tmp_path, "a", {("test", "psnr"): [0.0, 0.0]}, LOSSES)
    return tmp_path


def test_a_table_of_epochs_has_a_row_per_epoch(trained):
    assert ours(built(trained, epochs(LOSS))) == {
        ("1", "Loss"): [3.0, 5.0],
        ("2", "Loss"): [2.0, 4.0],
    }


def test_epochs_are_named(trained):
    assert [row.title for row in built(trained, epochs(LOSS)).rows] == ["Epoch 1", "Epoch 2"]


def test_lines_of_a_training_show_no_interval(trained):
    assert not built(trained, epochs(LOSS)).interval


# The write-up leaves out our second epoch, and has two more.
LONGER = {"a": {"loss": printed(epochs={1: 2.5, 3: 1.5, 10: 1.0})}}


def test_rows_are_the_epochs_of_ours_and_of_the_writeup_in_order(trained):
    table = built(trained, epochs(LOSS), LONGER)
    assert [row.key for row in table.rows] == ["1", "2", "3", "10"]


def test_an_epoch_that_one_side_has_not_is_empty_there(trained):
    table = built(trained, epochs(LOSS), LONGER)
    assert ours(table)["3", "Loss"] == []
    assert theirs(table) == {
        ("1", "Loss"): 2.5,
        ("2", "Loss"): None,
        ("3", "Loss"): 1.5,
        ("10", "Loss"): 1.0,
    }


def test_a_column_has_an_empty_cell_where_only_another_has_the_epoch(trained):
    history = {("val", "loss"): [[1.0, 1.0, 1.0]]}
    write_experiment(trained, "b", {("test", "psnr"): [0.0]}, history)
    longer = {"title": "Longer", "experiment": "b", **VAL_LOSS}
    table = built(trained, epochs(LOSS, longer))
    assert (ours(table)["3", "Loss"], ours(table)["3", "Longer"]) == ([], [1.0])
    assert theirs(table)["3", "Loss"] is None


def test_each_column_of_epochs_has_what_is_printed_of_its_own_experiment(trained):
    write_experiment(trained, "b", {("test", "psnr"): [0.0, 0.0]}, LOSSES)
    prints = {"a": {"loss": printed(epochs={1: 2.5})}, "b": {"loss": printed(epochs={1: 0.5})}}
    table = built(trained, epochs(LOSS, {**LOSS, "title": "Other", "experiment": "b"}), prints)
    assert (theirs(table)["1", "Loss"], theirs(table)["1", "Other"]) == (2.5, 0.5)


# Batches


@pytest.fixture
def lines(tmp_path):
    """``lines(published)``: means of every two batches, of an epoch with five."""
    steps = [[1.0, 3.0, 5.0, 7.0, 100.0], [2.0, 2.0, 2.0, 2.0, 100.0]]
    write_experiment(tmp_path, "a", {("test", "psnr"): [0.0, 0.0]}, steps=steps)
    columns = [{"title": "Loss", "quantity": "loss", "published": "lines"}]
    table = {"kind": "batches", "experiment": "a", "every": 2, "columns": columns}
    return lambda published=None: built(tmp_path, table, published)


def test_lines_are_means_of_whole_groups_of_batches(lines):
    assert ours(lines()) == {("1, 2", "Loss"): [2.0, 2.0], ("1, 4", "Loss"): [6.0, 2.0]}


def test_rows_are_the_batches_of_ours_and_of_the_writeup_in_order(lines):
    # Batch 10 comes after batch 4, though not in the alphabet.
    table = lines({"a": {"lines": printed(batches={1: {4: 9.0, 10: 8.0}})}})
    assert theirs(table) == {("1, 2", "Loss"): None, ("1, 4", "Loss"): 9.0, ("1, 10", "Loss"): 8.0}


def test_batches_are_named_with_their_epoch(lines):
    assert [row.title for row in lines().rows] == ["Epoch 1, Batch 2", "Epoch 1, Batch 4"]


# The CSV


def csv(table):
    return as_frame(table).to_csv(index=False, float_format="%.3f").splitlines()


def test_the_csv_has_a_row_per_cell(tmp_path):
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.5, 0.5], ("test", "psnr"): [20, 22]})
    psnr = {"title": "PSNR", "split": "test", "quantity": "psnr"}
    table = built(tmp_path, metrics(PUBLISHED, psnr), PRINTS)
    assert csv(table) == [
        "row,column,mean,low,high,seeds,published",
        "a,Accuracy,0.500,,,2,0.600",
        "a,PSNR,21.000,,,2,",
    ]


@pytest.mark.parametrize(
    ("quantity", "values", "bounds"),
    [
        # t(0.975, 2) is 4.3027 in any table; s = 1, and √3 seeds.
        ("psnr", [20.0, 21.0, 22.0], "21.000,18.516,23.484"),
        # 45 degrees and 4.3027 · 15 / √3 degrees to each side: sin²(7.738°) and sin²(82.262°).
        ("accuracy", [0.25, 0.5, 0.75], "0.500,0.018,0.982"),
    ],
)
def test_the_csv_has_intervals(tmp_path, quantity, values, bounds):
    write_experiment(tmp_path, "a", {("test", quantity): values})
    table = built(tmp_path, metrics({"title": "t", "split": "test", "quantity": quantity}))
    assert csv(table)[1] == f"a,t,{bounds},3,"


def test_the_csv_has_what_is_printed_where_nothing_is_measured(trained):
    table = built(trained, epochs(LOSS), LONGER)
    assert csv(table)[3] == "3,Loss,,,,0,1.500"
