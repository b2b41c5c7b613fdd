import pytest

from proofsheet.report.settings import Assumption, assumptions, settings


@pytest.fixture
def row(experiment):
    """``row(train={...})``: the settings' row of an experiment that has 12,345 parameters."""

    def told(**changes):
        (found,) = settings({"a": experiment(**changes)}, {"a": {"parameters": 12345}})
        return found

    return told


def test_a_row_has_a_cell_for_each_column(row):
    assert row()._asdict() == {
        "name": "a",
        "title": "A network",
        "model": "classifier.cnn",
        "parameters": "12,345",
        "loss": "cross-entropy",
        "optimiser": "adam, lr 0.001",
        "batch_size": "64",
        "epochs": "10",
        "seeds": "0, 1, 2",
        "further": "holds out 0.1 of train",
    }


def test_there_is_a_row_for_each_experiment_in_their_order(experiment):
    experiments = {"b": experiment(title="B"), "a": experiment(title="A")}
    found = settings(experiments, {name: {"parameters": 1} for name in experiments})
    assert [(one.name, one.title) for one in found] == [("b", "B"), ("a", "A")]


def test_a_model_has_its_arguments(row):
    model = {"name": "dense.classifier", "hidden": [128, 64], "batch_norm": True}
    assert row(train={"model": model}).model == "dense.classifier, hidden 128, 64, batch norm yes"


def test_convolutions_are_told_stage_by_stage(row):
    model = {"name": "classifier.blocks", "convolutions": [[16, 16], [32]]}
    assert row(train={"model": model}).model == "classifier.blocks, convolutions 16, 16 then 32"


def test_an_optimiser_has_what_is_not_0(row):
    optimiser = {"name": "sgd", "lr": 0.1, "momentum": 0.9}
    assert row(train={"optimiser": optimiser}).optimiser == "sgd, lr 0.1, momentum 0.9"


def test_a_learning_rate_that_changes_has_its_schedule(row):
    optimiser = {"name": "adam", "lr": 0.1, "schedule": "one_cycle"}
    assert row(train={"optimiser": optimiser}).optimiser == "adam, lr 0.1, schedule one_cycle"


def test_seeds_are_those_declared(row):
    assert row(seeds=[4, 7]).seeds == "4, 7"


@pytest.mark.parametrize(
    ("train", "loss"),
    [
        ({"task": "classify"}, "cross-entropy"),
        ({"task": "convexity", "between": ["3", "8"]}, "one for each pair"),
        ({"task": "verify", "loss": {"name": "bce"}}, "bce"),
        (
            {"task": "verify", "loss": {"name": "contrastive", "margin": 1.0}},
            "contrastive, margin 1",
        ),
        ({"task": "logistic", "between": ["3", "8"], "loss": {"name": "mse"}}, "mse"),
        (
            {"task": "vae", "loss": {"reconstruction": "bce", "reduction": "sum"}},
            "reconstruction bce, reduction sum, beta 1",
        ),
        (
            {"task": "autoencode", "loss": {"reconstruction": "mse", "weight": 0.3}},
            "reconstruction mse, pixel range 0, 1, weight 0.3",
        ),
    ],
)
def test_a_loss_is_that_of_its_task(row, train, loss):
    evaluate = {"classifier": "c"} if train["task"] == "vae" else {}
    assert row(train=train, evaluate=evaluate).loss == loss


@pytest.mark.parametrize(
    ("train", "said"),
    [
        ({"pretrained": True, "model": {"name": "vision.resnet18"}}, ["pretrained yes"]),
        ({"train_fraction": 0.5}, ["train fraction 0.5"]),
        ({"precision": "bf16", "device": "cuda"}, ["precision bf16", "device cuda"]),
        ({"threads": 2}, ["threads 2"]),
        ({"deterministic": False}, ["deterministic no"]),
        # Said, but as it is without being said.
        ({"threads": 1, "precision": "fp32", "train_fraction": 1.0}, []),
    ],
)
def test_further_settings_are_only_the_unusual_ones(row, train, said):
    held, *further = row(train=train).further.split("; ")
    assert held == "holds out 0.1 of train"
    assert sorted(further) == sorted(said)


def test_what_a_task_adds_is_a_further_setting(row):
    train = {"task": "logistic", "loss": {"name": "mse"}, "between": ["3", "8"], "imbalance": 10}
    assert row(train=train).further == "holds out 0.1 of train; between 3, 8; imbalance 10"


def test_an_assumption_stands_once_with_all_experiments_of_which_it_is(experiment):
    shared = {"sampling": "Uniform."}
    first = experiment(title="A", assumptions=shared)
    second = experiment(title="B", assumptions={"margin": "One.", **shared})
    assert assumptions([first, second]) == [
        Assumption("Sampling", "Uniform.", ["A", "B"]),
        Assumption("Margin", "One.", ["B"]),
    ]


def test_two_assumptions_of_one_name_both_stand(experiment):
    found = assumptions(
        [
            experiment(title="A", assumptions={"margin": "One."}),
            experiment(title="B", assumptions={"margin": "Two."}),
        ]
    )
    assert [(one.text, one.titles) for one in found] == [("One.", ["A"]), ("Two.", ["B"])]
