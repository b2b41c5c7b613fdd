import numpy as np
import pytest

from synthetic import write_experiment


@pytest.fixture(autouse=True)
def trained(tmp_path):
    # Three images of 2×2 pixels: white, black once reconstructed, and dark with noise.
    kept = {"originals": 255, "reconstructions": 0, "noisy": 51}
    arrays = {name: np.full((2, 3, 1, 2, 2), grey, np.uint8) for name, grey in kept.items()}
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.0, 0.0]}, arrays=arrays)


def test_originals_stand_above_reconstructions(draw):
    figure, _ = draw("reconstructions", experiment="a")
    picture = figure.axes[0].images[0].get_array()
    assert picture[:2, :2].min() == 255
    assert picture[-2:, :2].max() == 0


def test_its_data_are_squared_errors_from_the_original(draw):
    _, data = draw("reconstructions", experiment="a")
    assert data[data["row"] == "original"].mse.tolist() == [0.0] * 3
    assert data[data["row"] == "reconstructed"].mse.tolist() == [1.0] * 3


def test_rows_may_be_chosen_and_named(draw):
    rows = [{"label": "clean", "array": "originals"}, {"label": "dark", "array": "noisy"}]
    figure, _ = draw("reconstructions", experiment="a", rows=rows)
    assert [tick.get_text() for tick in figure.axes[0].get_yticklabels()] == ["clean", "dark"]
    assert figure.axes[0].images[0].get_array()[-2:, :2].max() == 51


def test_a_chosen_row_has_its_error_too(draw):
    rows = [{"label": "dark", "array": "noisy"}]
    _, data = draw("reconstructions", experiment="a", rows=rows)
    assert data.mse.tolist() == pytest.approx([0.8**2] * 3)
