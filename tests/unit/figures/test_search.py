import pandas as pd
import pytest

FOUND = pd.DataFrame(
    {
        "candidate": ["a-0", "a-1", "a-2"],
        "lr": [0.1, 0.2, 0.2],
        "optimiser": [
            '{"name":"sgd","lr":0.1}',
            '{"name":"adam","lr":0.2}',
            '{"name":"sgd","lr":0.1}',
        ],
        "epochs": [5, 5, 1],
        "distance": [0.02, 0.05, 0.5],
        "lowest": [0.02, 0.05, 0.5],
        "highest": [0.03, 0.05, 0.5],
    }
)


@pytest.fixture(autouse=True)
def searched(tmp_path):
    (tmp_path / "recovered").mkdir()
    FOUND.to_csv(tmp_path / "recovered" / "a.csv", index=False)


def drawn(draw, **settings):
    return draw("search", recovered="a", settings=settings)


def test_a_panel_for_each_setting_has_every_candidate(draw):
    figure, _ = drawn(draw, lr="Rate", optimiser="Optimiser")
    assert [axis.get_title(loc="left") for axis in figure.axes] == ["Rate", "Optimiser"]
    for axis in figure.axes:
        off = sorted(x for line in axis.lines for x in line.get_xdata())
        assert off == pytest.approx([2, 5, 50])


def test_the_nearest_stands_at_its_value_which_is_the_uppermost(draw):
    figure, _ = drawn(draw, lr="Rate")
    (axis,) = figure.axes
    labels = [label.get_text() for label in axis.get_yticklabels()]
    assert labels == ["0.2", "0.1"]
    near = next(line for line in axis.lines if line.get_label() == "as near as the nearest")
    assert near.get_xydata().tolist() == [[pytest.approx(2), 1]]


def test_settings_are_named_in_short(draw):
    figure, _ = drawn(draw, optimiser="Optimiser")
    labels = {label.get_text() for label in figure.axes[0].get_yticklabels()}
    assert labels == {"sgd, lr 0.1", "adam, lr 0.2"}


def test_the_data_say_which_came_as_near(draw):
    _, data = drawn(draw, lr="Rate")
    assert data.near.tolist() == [True, False, False]
