import pandas as pd
import pytest

from proofsheet.declare.recover import RankJob
from proofsheet.errors import ProofsheetError
from proofsheet.verdicts.search import as_near, pinned, plain, rank
from synthetic import printed, read_results, write_experiment

RUNNING = {"file": "history", "split": "train", "quantity": "running_loss"}
AFTER = {"file": "history", "split": "train", "quantity": "loss"}
LAST = {"file": "steps", "split": "train", "quantity": "loss", "every": 2}


@pytest.fixture
def ranked(tmp_path):
    """Candidates of experiment ``a``, ranked by how near they come to a loss of 2, then 1."""

    def ranked(curves, fit, before=None, steps=None, settings=None, epochs=2, **published):
        for number, (running, after) in enumerate(curves):
            history = {("train", "running_loss"): running, ("train", "loss"): after}
            rows = steps or [[1.0]] * len(running)
            write_experiment(
                tmp_path, f"a-{number}-9", {("test", "x"): [0] * len(running)}, history, steps=rows
            )
        published = {"a": published or {"loss": printed(epochs={1: 2.0, 2: 1.0})}}
        told = RankJob(
            rung=0,
            epochs=epochs,
            fit=fit,
            published=published,
            candidates={
                f"a-{number}-9": settings or {"lr": number} for number in range(len(curves))
            },
        )
        return rank(told, read_results(tmp_path, published), before)

    return ranked


FAR, NEAR = [[3.0, 2.0]], [[2.25, 1.5]]


def test_the_nearest_stands_first(ranked):
    found = ranked([(FAR, FAR), (NEAR, NEAR)], {"loss": [RUNNING]})
    assert found.candidate.tolist() == ["a-1", "a-0"]
    # (0.25 + 0.5) / 2, over a mean of 1.5.
    assert found.loss.tolist() == [0.375, 1.0]
    assert found.distance.tolist() == pytest.approx([0.25, 1 / 1.5], abs=1e-6)


def test_only_epochs_that_were_trained_count(ranked):
    found = ranked([([[2.5]], [[2.5]])], {"loss": [RUNNING]}, epochs=1)
    assert found.loss.tolist() == [0.5]
    assert found.epochs.tolist() == [1]


def test_of_several_readings_the_nearest_counts(ranked):
    found = ranked([(FAR, NEAR)], {"loss": [RUNNING, AFTER]})
    assert found.loss.tolist() == [0.375]
    assert found["loss is"].tolist() == ["training images after the epoch"]


def test_a_printed_epoch_may_be_the_mean_of_the_last_batches(ranked):
    # Five batches: the last of two that a loop would print is that of the third and fourth.
    steps = [[9.0, 9.0, 2.5, 3.5, 9.0]]
    found = ranked([([[9.0]], [[9.0]])], {"loss": [LAST]}, steps=steps, epochs=1)
    assert found.loss.tolist() == [1.0]
    assert found["loss is"].tolist() == ["mean of the last 2 batches"]


def test_quantities_count_alike_whatever_their_size(ranked):
    found = ranked(
        [(NEAR, [[220.0, 120.0]])],
        {"loss": [RUNNING], "large": [AFTER]},
        loss=printed(epochs={1: 2.0, 2: 1.0}),
        large=printed(epochs={1: 200.0, 2: 100.0}),
    )
    # 0.375 of 1.5, and 20 of 150.
    assert found.distance.tolist() == pytest.approx([(0.25 + 20 / 150) / 2], abs=1e-6)


def test_seeds_are_averaged_before_they_are_compared(ranked):
    found = ranked([([[2.5, 1.5], [1.5, 0.5]], FAR * 2)], {"loss": [RUNNING]})
    assert found.distance.tolist() == [0]
    assert found.seeds.tolist() == [2]
    # Either alone is half a unit off.
    assert found[["lowest", "highest"]].to_numpy().tolist() == [
        pytest.approx([0.5 / 1.5] * 2, abs=1e-6)
    ]


@pytest.mark.parametrize("lost", [float("nan"), float("inf")])
def test_what_diverged_stands_last(ranked, lost):
    found = ranked([([[1.0, lost]], FAR), (FAR, FAR)], {"loss": [RUNNING]})
    assert found.candidate.tolist() == ["a-1", "a-0"]
    assert found.distance.tolist()[1] == float("inf")


def test_what_has_no_such_line_stands_last(ranked):
    # Of the first nothing is printed in epoch two, because it is shorter.
    found = ranked([([[2.0]], FAR), (FAR, FAR)], {"loss": [RUNNING]})
    assert found.candidate.tolist() == ["a-1", "a-0"]
    assert found.distance.tolist()[1] == float("inf")


def test_a_round_in_which_all_diverged_is_refused(ranked):
    with pytest.raises(ProofsheetError, match=r"round 0: no candidate .*optimiser.lr"):
        ranked([([[float("nan")]], FAR)], {"loss": [RUNNING]})


def test_those_left_out_before_stand_behind(ranked):
    before = pd.DataFrame({"candidate": ["a-0", "a-7"], "distance": [0.5, 0.1], "epochs": 1})
    found = ranked([(FAR, FAR)], {"loss": [RUNNING]}, before)
    assert found.candidate.tolist() == ["a-0", "a-7"]
    assert found.epochs.tolist() == [2, 1]


FOUND = pd.DataFrame(
    {
        "lr": [0.1, 0.1, 0.2, 0.1],
        "width": [8, 16, 8, 32],
        "epochs": [5, 5, 5, 1],
        "lowest": [0.02, 0.025, 0.04, 0.01],
        "highest": [0.03, 0.025, 0.04, 0.01],
    }
)


def test_as_near_is_what_the_nearest_might_have_been_after_as_many_epochs():
    assert as_near(FOUND).tolist() == [True, True, False, False]


def test_a_setting_that_all_of_them_share_is_pinned_down():
    lr, width = pinned(FOUND, {"lr": [0.1, 0.2], "width": [8, 16, 32], "epochs": [5]})
    assert (lr.best, lr.others) == ("0.1", [])
    assert (width.best, width.others) == ("8", ["16"])


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ('{"name":"sgd","lr":0.01}', "sgd, lr 0.01"),
        ("[128,64]", "128, 64"),
        ("[[32,32],[64]]", "32, 32 then 64"),
        ('{"batch_norm":true,"hidden":[]}', "batch norm yes, hidden none"),
        ("False", "no"),
        ("none of these", "none of these"),
        ("[]", "none"),
        ("0.5", "0.5"),
        ("5e-05", "0.00005"),
        ("[-1.0, 1.0]", "−1, 1"),
    ],
)
def test_a_setting_is_told_in_words(value, words):
    assert plain(value) == words


def test_settings_are_kept_to_the_last_digit(ranked):
    found = ranked([(FAR, FAR)], {"loss": [RUNNING]}, settings={"lr": 1.25e-7})
    assert found.lr.tolist() == [1.25e-7]
