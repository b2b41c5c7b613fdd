import math

import pytest

from synthetic import printed, write_experiment

METRIC = {"split": "test", "quantity": "accuracy"}
OPTIONS = {"experiments": ["a", "b"], "metric": METRIC, "published": "test_accuracy", "xlabel": ""}


@pytest.fixture
def drawn(tmp_path, draw):
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.7, 0.8, 0.9]})
    write_experiment(tmp_path, "b", {("test", "accuracy"): [0.5]})
    prints = {"a": {"test_accuracy": printed(value=60, unit="percent", scale="share")}}
    return draw("accuracy_bars", prints, **OPTIONS)


def test_bars_are_means_over_seeds(drawn):
    figure, _ = drawn
    assert [bar.get_width() for bar in figure.axes[0].patches] == pytest.approx([0.8, 0.5])


def test_the_published_value_stands_on_its_bar(drawn, diamonds):
    figure, _ = drawn
    assert diamonds(figure.axes[0])[0] == [0.6, 0]


def test_where_nothing_is_published_nothing_is_drawn(drawn, diamonds):
    figure, data = drawn
    assert math.isnan(diamonds(figure.axes[0])[1][0])
    assert math.isnan(data.published.iloc[1])


def test_a_bar_has_its_interval(drawn):
    # In angles arcsin √p: 0.9912, 1.1071, 1.2490; mean 1.1158, s 0.1291, t(0.975, 2) 4.303, so that
    # they are 1.1158 ± 0.3208.
    figure, _ = drawn
    first = figure.axes[0].containers[1].lines[2][0].get_segments()[0]
    assert first[:, 0] == pytest.approx([0.5098, 0.9822], abs=1e-3)


def test_one_seed_has_no_interval(drawn):
    _, data = drawn
    assert math.isnan(data.low.iloc[1])


def test_bars_stand_in_the_order_declared_from_the_top(drawn):
    figure, _ = drawn
    axes = figure.axes[0]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["Network a", "Network b"]
    assert axes.yaxis_inverted()
