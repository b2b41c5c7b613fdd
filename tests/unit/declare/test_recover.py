import pytest
from pydantic import ValidationError

from proofsheet.declare.recover import Recover
from trainings import declared

READING = {"file": "history", "split": "train", "quantity": "running_loss"}
OPTIMISERS = [{"lr": 0.5}, {"name": "adam", "lr": 0.25}]


def recover(vary, *rungs):
    rungs = rungs or ({"candidates": 100, "epochs": 2},)
    return Recover(fit={"loss": [READING]}, vary=vary, rungs=list(rungs))


def tried(vary, *rungs):
    found = recover(vary, *rungs).candidates(declared("classify"))
    return [one.settings for one in found]


def test_few_combinations_are_all_tried():
    assert tried({"batch_size": [4, 8], "epochs": [1, 2, 3]}) == [
        {"batch_size": size, "epochs": epochs} for epochs in (1, 2, 3) for size in (4, 8)
    ]


def test_of_many_combinations_some_are_drawn_the_same_each_time():
    vary = {"batch_size": list(range(1, 1001)), "epochs": list(range(1, 1001))}
    rung = {"candidates": 20, "epochs": 2}
    found = tried(vary, rung)
    assert len({tuple(one.values()) for one in found}) == 20
    assert found == tried(vary, rung)


def test_a_candidate_is_the_training_with_its_settings():
    vary = {"batch_size": [7], "optimiser.lr": [0.125]}
    (one,) = recover(vary).candidates(declared("classify"))
    assert one.train == declared("classify").model_copy(
        update={
            "batch_size": 7,
            "optimiser": declared("classify").optimiser.model_copy(update={"lr": 0.125}),
        }
    )


@pytest.mark.parametrize(
    ("place", "left"),
    [
        # Some keys replace those; with a name, nothing is left of what was there.
        (0, {"name": "sgd", "lr": 0.5, "momentum": 0.5}),
        (1, {"name": "adam", "lr": 0.25, "momentum": 0.0}),
    ],
)
def test_keys_that_go_together_are_one_value(place, left):
    train = declared("classify", optimiser={"name": "sgd", "lr": 0.1, "momentum": 0.5})
    found = recover({"optimiser": OPTIMISERS}).candidates(train)
    optimiser = found[place].train.optimiser.model_dump()
    assert {key: optimiser[key] for key in left} == left


@pytest.mark.parametrize(
    ("vary", "line"),
    [
        ({"sides": [1]}, "sides: no setting of this training"),
        ({"optimiser.rate": [1]}, "optimiser.rate: no setting of this training"),
        ({"nowhere.lr": [1]}, "nowhere.lr: no setting of this training"),
        ({"model.hidden.first": [1]}, "model.hidden.first: no setting of this training"),
        ({"batch_size": [{"of": 4}]}, "batch_size: .*this setting has no keys"),
        ({"batch_size": [-1]}, r"^batch_size: .*greater than 0; tried batch_size -1"),
    ],
)
def test_what_is_no_training_is_refused(vary, line):
    with pytest.raises(ValueError, match=line):
        tried(vary)


@pytest.mark.parametrize(
    "after", [{"candidates": 11, "epochs": 2}, {"candidates": 10, "epochs": 1}]
)
def test_rounds_narrow(after):
    with pytest.raises(ValidationError, match="no more candidates and no fewer epochs"):
        recover({"batch_size": [1]}, {"candidates": 10, "epochs": 2}, after)


def test_a_key_of_a_setting_is_its_own_whatever_else_replaces_the_setting():
    models = [{"name": "dense.fnn", "hidden": [4, 4]}, {"name": "dense.fnn", "hidden": [8, 8]}]
    vary = {"model.dropout": [0.25, 0.5], "model": models}
    found = recover(vary).candidates(declared("classify"))
    assert [one.settings["model"] for one in found] == [models[0]] * 2 + [models[1]] * 2
    assert [one.train.model.arguments["dropout"] for one in found] == [0.25, 0.5] * 2
