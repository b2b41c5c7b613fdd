"""What a declaration promises of its kept files is exactly what evaluation writes into them.

Whatever names a quantity is checked against the promise before anything is trained.
"""

from typing import NamedTuple

import pytest

from proofsheet.data.splits import split_images
from proofsheet.declare.experiment import TASKS, Experiment
from proofsheet.declare.quantity import Array, Metric, Series
from proofsheet.evaluate.experiment import Evaluated, evaluate
from proofsheet.tasks.task import HistoryRow, TrainedModel
from trainings import OF_TASK, declared, raw, run, tiny

AUTOENCODER = OF_TASK["autoencode"]["loss"]

# By name: task, changes of its training, options of its evaluation.
CASES = {
    "autoencode": ("autoencode", {}, {}),
    "autoencode without classes": ("autoencode", {"loss": {**AUTOENCODER, "weight": 0}}, {}),
    "autoencode noise": ("autoencode", {}, {"noise": 0.1}),
    "classify": ("classify", {}, {}),
    "convexity": ("convexity", {}, {"points": 2, "chords": 2}),
    "logistic": ("logistic", {}, {}),
    "vae": ("vae", {}, {"classifier": "classify"}),
    "verify": ("verify", {}, {"pairs": 20, "map_images": 6}),
}


class Found(NamedTuple):
    """A declared experiment, the history of one epoch, and what evaluation found."""

    experiment: Experiment
    history: list[HistoryRow]
    evaluated: Evaluated


def trained(settings, folder):
    done = run(settings, folder)
    images = split_images(tiny(), settings, "cpu")
    history = [HistoryRow(*row) for row in done.history]
    return TrainedModel(done.model.eval(), settings, images, tiny().classes, history)


@pytest.fixture(scope="module", params=list(CASES))
def found(request, tmp_path_factory):
    task, changes, options = CASES[request.param]
    folder = tmp_path_factory.mktemp("measures")
    experiment = Experiment.model_validate(
        {"title": task, "train": raw(task, epochs=1, **changes), "evaluate": options}
    )
    classifier = None
    if experiment.needs():
        (folder / "classifier").mkdir()
        classifier = trained(declared("classify", epochs=1), folder / "classifier")
    seeds = {0: trained(experiment.train, folder)}
    return Found(experiment, seeds[0].history, evaluate(seeds, experiment.evaluate, classifier))


def promised(found, kind):
    return sorted(str(one) for one in found.experiment.measures() if isinstance(one, kind))


def test_every_task_is_among_the_cases():
    assert {task for task, _, _ in CASES.values()} == set(TASKS)


def test_metrics_are_the_promised_ones_each_once(found):
    rows = [
        Metric(split=split, case=case, quantity=quantity)
        for _, split, case, quantity, _ in found.evaluated.metrics
    ]
    assert sorted(map(str, rows)) == promised(found, Metric)


def test_arrays_are_the_promised_ones(found):
    arrays = [str(Array(array=name)) for name in found.evaluated.arrays]
    assert sorted(arrays) == promised(found, Array)


def test_the_history_has_the_promised_series(found):
    series = {str(Series(split=row.split, quantity=row.quantity)) for row in found.history}
    assert sorted(series) == promised(found, Series)
