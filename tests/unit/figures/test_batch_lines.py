import pytest

from synthetic import printed, write_experiment


@pytest.fixture(autouse=True)
def trained(tmp_path):
    steps = [[1.0, 3.0, 5.0, 7.0], [3.0, 5.0, 7.0, 9.0]]
    write_experiment(tmp_path, "a", {("test", "accuracy"): [0.0, 0.0]}, steps=steps)


def test_means_of_batches_stand_where_the_last_of_them_ends(draw):
    figure, _ = draw("batch_lines", experiments=["a"], every=2)
    assert figure.axes[0].lines[0].get_xydata().tolist() == [[0.5, 3.0], [1.0, 7.0]]


def test_its_data_hold_every_seed(draw):
    _, data = draw("batch_lines", experiments=["a"], every=2)
    assert data[["seed", "batch", "value"]].sort_values(["seed", "batch"]).to_numpy().tolist() == [
        [0, 2, 2.0],
        [0, 4, 6.0],
        [1, 2, 4.0],
        [1, 4, 8.0],
    ]


def test_published_lines_stand_where_they_end_in_the_writeups_own_epochs(draw, diamonds):
    # The write-up has twice as many batches an epoch, and prints a line of its second.
    prints = {"a": {"lines": printed(batches={2: {4: 6.0}})}}
    options = {"experiments": ["a"], "every": 2, "published": "lines", "published_batches": 8}
    figure, _ = draw("batch_lines", prints, **options)
    assert diamonds(figure.axes[0]) == [[1.5, 6.0]]
