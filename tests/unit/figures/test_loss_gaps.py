import pytest

from synthetic import write_experiment


@pytest.fixture
def drawn(tmp_path, draw):
    history = {
        ("train", "running_loss"): [[4.0, 3.0], [6.0, 5.0]],
        ("train", "loss"): [[3.0, 2.0], [5.0, 3.0]],
        ("val", "loss"): [[3.5, 2.5], [5.5, 4.5]],
    }
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.0, 0.0]}, history)
    return draw("loss_gaps", experiments=["a"], start=2)


def test_a_gap_is_validation_minus_training_on_average(drawn):
    figure, _ = drawn
    lines = {line.get_label(): line.get_ydata().tolist() for line in figure.axes[0].lines[:2]}
    assert lines == {
        "minus the running training loss": [-0.5],
        "minus the training loss after the epoch": [1.0],
    }


def test_no_epoch_before_the_first_one_shown_is_drawn(drawn):
    figure, data = drawn
    assert figure.axes[0].lines[0].get_xdata().tolist() == [2]
    assert data.epoch.unique().tolist() == [2]


def test_a_line_marks_no_gap(drawn):
    figure, _ = drawn
    assert figure.axes[0].lines[2].get_ydata() == [0, 0]


def test_where_fewer_epochs_are_trained_the_last_is_drawn(tmp_path, draw):
    history = {("train", "running_loss"): [[4.0]], ("train", "loss"): [[3.0]]}
    write_experiment(
        tmp_path, "a", {("test", "accuracy"): [0.0]}, history | {("val", "loss"): [[3.5]]}
    )
    _, data = draw("loss_gaps", experiments=["a"], start=2)
    assert data.gap.tolist() == [-0.5, 0.5]
