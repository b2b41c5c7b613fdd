import math

import pytest


@pytest.mark.parametrize(
    ("column", "expected"),
    # At a probability of a quarter.
    [
        ("cross-entropy loss", math.log(4)),
        ("cross-entropy gradient", 0.75),
        ("MSE loss", 0.5625),
        ("MSE gradient", 2 * 0.75 * 0.25 * 0.75),
    ],
)
def test_losses_and_gradients_are_the_formulas(draw, column, expected):
    _, data = draw("loss_of_probability")
    row = data[data.probability.round(3) == 0.25].iloc[0]
    assert row[column] == pytest.approx(expected)


def test_each_panel_has_a_line_for_each_loss(draw):
    figure, data = draw("loss_of_probability")
    for axes, what in zip(figure.axes, ["loss", "gradient"], strict=True):
        lines = {line.get_label(): line.get_ydata().tolist() for line in axes.lines}
        assert lines == {name: data[f"{name} {what}"].tolist() for name in ("cross-entropy", "MSE")}
