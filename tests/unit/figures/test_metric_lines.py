import pytest

from synthetic import write_experiment

PANEL = {"split": "test", "quantity": "accuracy", "title": "T", "ylabel": "A"}


@pytest.fixture(autouse=True)
def trained(tmp_path):
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.7, 0.9]})
    for name in "bcdefg":
        write_experiment(tmp_path, name, {("test", "accuracy"): [0.5, 0.5]})


def test_means_stand_at_their_settings(draw):
    lines = {"one": {1: "a", 10: "b"}}
    figure, _ = draw("metric_lines", experiments=lines, xlabel="x", panels=[PANEL])
    line = figure.axes[0].lines[0]
    assert line.get_xydata().tolist() == [[1, pytest.approx(0.8)], [10, 0.5]]


def test_bars_run_from_the_lowest_to_the_highest_seed(draw):
    lines = {"one": {1: "a"}}
    figure, _ = draw("metric_lines", experiments=lines, xlabel="x", panels=[PANEL])
    (bar,) = figure.axes[0].containers[0].lines[2][0].get_segments()
    assert bar[:, 1] == pytest.approx([0.7, 0.9])


def test_lines_may_differ_in_their_settings(draw):
    lines = {"first": {1: "a"}, "second": {5: "b", 10: "c"}}
    figure, data = draw("metric_lines", experiments=lines, xlabel="x", panels=[PANEL])
    assert data[["group", "experiment", "x"]].to_numpy().tolist() == [
        ["first", "a", 1],
        ["second", "b", 5],
        ["second", "c", 10],
    ]
    ticks = [tick.get_text() for tick in figure.axes[0].get_xticklabels()]
    assert ticks == ["1", "5", "10"]


def test_seven_lines_keep_their_own_names(draw, legend):
    lines = {f"line {name}": {1: name} for name in "abcdefg"}
    figure, _ = draw("metric_lines", experiments=lines, xlabel="x", panels=[PANEL])
    assert legend(figure) == list(lines)
