import pytest

from synthetic import write_experiment


@pytest.fixture(autouse=True)
def trained(tmp_path):
    # Scores are minus distances: three of four same-class pairs lie between −1 and 0. The second
    # seed would show everything elsewhere.
    arrays = {
        "edges": [[-3.0, -1.0, 0.0], [-9.0, -8.0, -7.0]],
        "same": [[1, 3], [4, 0]],
        "different": [[8, 2], [0, 10]],
        "threshold": [-1.5, -8.5],
    }
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.0, 0.0]}, arrays=arrays)


def panel(sign):
    return {"experiment": "a", "label": "distance" if sign < 0 else "score", "sign": sign}


@pytest.mark.parametrize(
    ("sign", "edges", "same", "different"),
    [
        (1, [-3.0, -1.0, 0.0], [0.25, 0.75], [0.8, 0.2]),
        (-1, [0.0, 1.0, 3.0], [0.75, 0.25], [0.2, 0.8]),
    ],
)
def test_steps_are_shares_of_pairs_of_the_first_seed(draw, sign, edges, same, different):
    figure, _ = draw("score_histograms", panels=[panel(sign)])
    steps = [patch.get_data() for patch in figure.axes[0].patches]
    assert [step.edges.tolist() for step in steps] == [edges, edges]
    assert [step.values.tolist() for step in steps] == [same, different]


@pytest.mark.parametrize(("sign", "place"), [(1, -1.5), (-1, 1.5)])
def test_the_threshold_stands_where_it_is(draw, sign, place):
    figure, _ = draw("score_histograms", panels=[panel(sign)])
    (line,) = [line for line in figure.axes[0].lines if line.get_label() == "threshold"]
    assert line.get_xdata() == [place, place]


def test_a_row_of_its_data_says_from_where_to_where(draw):
    _, data = draw("score_histograms", panels=[panel(-1)])
    same = data[data.pairs == "same"]
    assert same[["from", "to", "share"]].to_numpy().tolist() == [[1.0, 3.0, 0.25], [0.0, 1.0, 0.75]]


def test_a_panel_has_its_own_experiment_and_label(draw):
    figure, _ = draw("score_histograms", panels=[panel(1), panel(-1)])
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["Network a"] * 2
    assert [axes.get_xlabel() for axes in figure.axes] == ["score", "distance"]
