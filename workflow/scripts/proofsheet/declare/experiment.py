"""Experiments: what is trained, over which seeds, and how it is evaluated."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Annotated, Any, Union

from pydantic import Discriminator, Field, PositiveInt, TypeAdapter, model_validator

from proofsheet.declare import tasks
from proofsheet.declare.quantity import BatchSeries, Metric, Readable
from proofsheet.declare.strict import Seeds, Strict
from proofsheet.declare.training import Evaluation, Training


def _declared(task: str) -> tuple[type[Training], type[Evaluation]]:
    """The classes of training and evaluation that ``declare/tasks/<task>.py`` declares."""
    module = importlib.import_module(f"{tasks.__name__}.{task}")
    own = [value for value in vars(module).values() if isinstance(value, type)]
    own = [value for value in own if value.__module__ == module.__name__]
    (training,) = (value for value in own if issubclass(value, Training))
    (evaluation,) = (value for value in own if issubclass(value, Evaluation))
    return training, evaluation


TASKS = {module.name: _declared(module.name) for module in pkgutil.iter_modules(tasks.__path__)}

if TYPE_CHECKING:
    AnyTraining = Training
    AnyEvaluation = Evaluation
else:
    AnyTraining, AnyEvaluation = (
        Annotated[Union[classes], Discriminator("task")]  # noqa: UP007
        for classes in zip(*TASKS.values(), strict=True)
    )


class Resources(Strict):
    """What one job of an experiment asks of a scheduler, in Snakemake's names and units.

    It decides no result. Threads and a GPU are asked for as the training declares them, because
    those do.
    """

    mem_mb: Annotated[int, Field(ge=100)] = 4_000
    """Memory in megabytes."""
    runtime: PositiveInt = 60
    """Minutes, on the write-up's own data."""


class Experiment(Strict):
    """One training, repeated over seeds, and its evaluation."""

    title: str
    """Its name in figures, tables and sentences."""
    train: AnyTraining
    """All that decides its weights, but for the seed."""
    evaluate: AnyEvaluation
    """Options of its evaluation; the task says which there are."""
    seeds: Seeds = [0, 1, 2]  # noqa: RUF012
    """One training for each."""
    resources: Resources = Resources()
    """What one of its jobs asks of a cluster."""
    assumptions: dict[str, str] = Field(default_factory=dict)
    """What the write-up leaves open, and what is assumed in its place."""

    @model_validator(mode="before")
    @classmethod
    def _evaluation_is_of_the_task(cls, raw: Any) -> Any:
        if not isinstance(raw, dict):
            return raw
        options, train = raw.get("evaluate") or {}, raw.get("train")
        if not isinstance(options, dict):
            return raw
        task = train.get("task") if isinstance(train, dict) else None
        return {**raw, "evaluate": {**options, "task": task}}

    def needs(self) -> list[str]:
        """Other experiments whose weights this one's evaluation reads."""
        return self.evaluate.needs()

    def measures(self) -> set[Readable]:
        """All that its kept files hold, by which whatever names a quantity is checked."""
        history = self.train.history()
        last = [Metric(split=row.split, quantity=row.quantity) for row in history]
        gaps = ["loss_gap", "loss_gap_relative", "loss_rise"]
        if "accuracy" in self.train.terms():
            gaps.append("accuracy_gap")
        of_model = [Metric(quantity=name) for name in (*gaps, "parameters", "multiply_adds")]
        work = [Metric(split="train", quantity=name) for name in ("images", "steps")]
        of_batches = BatchSeries(quantity="loss")
        return {*history, *last, *of_model, *work, of_batches, *self.evaluate.measures(self.train)}


def as_training(raw: Any) -> Training:
    """The settings of a training, of the class that its task declares."""
    return _TRAINING.validate_python(raw)


_TRAINING = TypeAdapter[Training](AnyTraining)
