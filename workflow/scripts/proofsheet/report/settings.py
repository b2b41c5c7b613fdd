"""What made the results, as a report's appendix tells it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from proofsheet.declare.experiment import Experiment
from proofsheet.declare.training import Training
from proofsheet.verdicts.search import in_words

# Keys of a training that have a column of their own.
COLUMNS = {"task", "data", "model", "loss", "optimiser", "batch_size", "epochs", "hold_out"}


class Settings(NamedTuple):
    """One experiment's row of the settings table; a cell is words."""

    name: str
    title: str
    model: str
    parameters: str
    loss: str
    optimiser: str
    batch_size: str
    epochs: str
    seeds: str
    further: str


class Assumption(NamedTuple):
    """What is assumed, and the experiments of which it is."""

    about: str
    text: str
    titles: list[str]


def settings(experiments: dict[str, Experiment], runs: dict[str, dict[str, Any]]) -> list[Settings]:
    """A row for each experiment.

    :param runs: ``run.json`` by experiment.
    """
    return [_row(name, one, runs[name]["parameters"]) for name, one in experiments.items()]


def assumptions(experiments: Iterable[Experiment]) -> list[Assumption]:
    """Each assumption once, in the order of its first use."""
    found: dict[tuple[str, str], list[str]] = {}
    for experiment in experiments:
        for key, text in experiment.assumptions.items():
            found.setdefault((key, text), []).append(experiment.title)
    return [
        Assumption(key[0].upper() + key[1:], text, titles) for (key, text), titles in found.items()
    ]


def _row(name: str, experiment: Experiment, parameters: int) -> Settings:
    train = experiment.train
    optimiser = train.optimiser.model_dump(exclude={"name"}, exclude_defaults=True)
    return Settings(
        name,
        experiment.title,
        _listed(train.model.name, train.model.arguments),
        f"{parameters:,}",
        _loss(train),
        _listed(train.optimiser.name, optimiser),
        str(train.batch_size),
        str(train.epochs),
        in_words(experiment.seeds),
        "; ".join(_further(train)),
    )


def _loss(train: Training) -> str:
    loss = getattr(train, "loss", None)
    if loss is None:
        return "one for each pair" if train.task == "convexity" else "cross-entropy"
    declared = loss.model_dump()
    name = declared.pop("name", None)
    return _listed(name or "", declared).removeprefix(", ")


def _further(train: Training) -> list[str]:
    """The validation images, and whatever is not as it usually is."""
    usual = {key: known.default for key, known in type(train).model_fields.items()}
    own = {
        key: value
        for key, value in train.model_dump().items()
        if key not in COLUMNS and usual[key] != value
    }
    held = f"holds out {train.hold_out.share} of {train.hold_out.of}"
    return [held, *(f"{key.replace('_', ' ')} {in_words(value)}" for key, value in own.items())]


def _listed(name: str, options: dict[str, Any]) -> str:
    """A name with its options; what is none, or none of something, goes without saying."""
    said = {key: value for key, value in options.items() if value}
    words = [f"{key.replace('_', ' ')} {in_words(value)}" for key, value in said.items()]
    return ", ".join([name, *words])
