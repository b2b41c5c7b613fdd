import pytest

from synthetic import write_experiment


@pytest.fixture
def drawn(tmp_path, draw):
    arrays = {
        "fpr": [[0.0, 0.5, 1.0]] * 2,
        "tpr": [[0.2, 0.8, 1.0], [0.4, 1.0, 1.0]],
    }
    write_experiment(tmp_path, "a", {("test", "roc_auc"): [0.9, 0.8]}, arrays=arrays)
    return draw("roc_curves", experiments=["a"])


def test_a_curve_is_the_mean_of_the_rates_at_each_false_positive_rate(drawn):
    figure, _ = drawn
    found = figure.axes[0].lines[0].get_xydata()
    assert found[:, 0].tolist() == [0.0, 0.5, 1.0]
    assert found[:, 1] == pytest.approx([0.3, 0.9, 1.0])


def test_a_curve_is_named_with_its_mean_area(drawn, legend):
    figure, _ = drawn
    assert legend(figure) == ["Network a, AUC 0.8500"]


def test_the_second_panel_shows_the_upper_left_corner_of_the_first(drawn):
    figure, _ = drawn
    corner = figure.axes[1]
    assert (corner.get_xlim(), corner.get_ylim()) == ((0, 0.2), (0.8, 1))
    whole = figure.axes[0].lines[0].get_xydata()
    assert (corner.lines[0].get_xydata() == whole).all()


def test_its_data_hold_the_lowest_and_the_highest_seed(drawn):
    _, data = drawn
    assert data.tpr_lowest.tolist() == [0.2, 0.8, 1.0]
    assert data.tpr_highest.tolist() == [0.4, 1.0, 1.0]
