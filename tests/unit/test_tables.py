from types import SimpleNamespace

from proofsheet.evidence import Evidence
from proofsheet.tables import build_table
from synthetic import write_experiment


def column(title, split, quantity, experiment=None):
    return SimpleNamespace(title=title, split=split, quantity=quantity, experiment=experiment)


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
