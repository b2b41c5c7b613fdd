"""Settings that a write-up leaves open, to be recovered from what it prints."""

from __future__ import annotations

import itertools
import math
import random
from copy import deepcopy
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import Field, PositiveInt, ValidationError, model_validator

from proofsheet.declare.experiment import as_training
from proofsheet.declare.published import AllPublished, Measured
from proofsheet.declare.strict import Seeds, Strict
from proofsheet.declare.training import Training

Value = TypeVar("Value")
# Combinations of which candidates are drawn.
MOST = 10**9
Several = Annotated[list[Value], Field(min_length=1)]


class Rung(Strict):
    """One round of a search: as many candidates, the nearest of the round before, train so long."""

    candidates: Annotated[int, Field(gt=0, le=1_000)]
    """How many; in the first round so many combinations are drawn, or all there are."""
    epochs: PositiveInt
    """Epochs of each training."""
    seeds: Seeds = [0]  # noqa: RUF012
    """One training for each."""


class Candidate(NamedTuple):
    """One combination of settings, and the training that has them."""

    settings: dict[str, Any]
    train: Training


class Recover(Strict):
    """A search for the settings with which an experiment gives what the write-up prints."""

    fit: Annotated[dict[str, Several[Measured]], Field(min_length=1)]
    """By published quantity, what of ours it may measure; of several the nearest counts."""
    vary: Annotated[dict[str, Several[Any]], Field(min_length=1)]
    """By setting of the training, ``batch_size`` or ``optimiser.lr``, the values to try; keys that
    go together are one value, ``{mean: 0.5, std: 0.5}`` of ``model``; with ``name`` it is all."""
    rungs: Several[Rung]
    """Rounds, each of fewer candidates and no fewer epochs: successive halving (Jamieson and
    Talwalkar 2016, "Non-stochastic Best Arm Identification and Hyperparameter Optimization")."""

    @model_validator(mode="after")
    def _rungs_narrow(self) -> Recover:
        for before, after in itertools.pairwise(self.rungs):
            if after.candidates > before.candidates or after.epochs < before.epochs:
                raise ValueError(
                    "rungs: each round has no more candidates and no fewer epochs than the last"
                )
        return self

    def candidates(self, train: Training) -> list[Candidate]:
        """The combinations to try, drawn from all of them by a fixed seed.

        They are drawn at once and not proposed one by one, so that their trainings are jobs that
        do not wait for each other (Bergstra and Bengio 2012, "Random Search for Hyper-Parameter
        Optimization").

        :raises ValueError: where a combination is no training; it says which.
        """
        there = math.prod(len(values) for values in self.vary.values())
        if there > MOST:
            raise ValueError(f"more than {MOST:,} combinations; try fewer values of each")
        drawn = random.Random(0).sample(range(there), min(self.rungs[0].candidates, there))
        found = []
        for one in sorted(drawn):
            settings = {}
            for key, values in self.vary.items():
                one, place = divmod(one, len(values))
                settings[key] = values[place]
            found.append(Candidate(settings, _with(train, settings)))
        return found


class RankJob(Strict):
    """What is ranked in one round: candidates by name, with their settings."""

    rung: int
    epochs: int
    fit: dict[str, list[Measured]]
    published: AllPublished
    candidates: dict[str, dict[str, Any]]


def _some_keys(value: Any) -> bool:
    """Whether a value replaces some keys of a setting; one with a name is all of it."""
    return isinstance(value, dict) and "name" not in value


def _with(train: Training, settings: dict[str, Any]) -> Training:
    raw = train.model_dump(mode="json")
    # First what replaces all of a setting, then the keys below it.
    for key, value in sorted(settings.items(), key=lambda item: item[0].count(".")):
        *path, last = key.split(".")
        part: Any = raw
        for name in path:
            part = part.get(name) if isinstance(part, dict) else None
        # A model may have arguments that the experiment does not give.
        if not isinstance(part, dict) or (last not in part and path != ["model"]):
            raise ValueError(f"{key}: no setting of this training")
        if not _some_keys(value):
            part[last] = deepcopy(value)
        elif isinstance(part.get(last), dict):
            part[last] |= deepcopy(value)
        else:
            raise ValueError(f"{key}: {value}: this setting has no keys")
    try:
        return as_training(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(name) for name in first["loc"][1:])
        tried = ", ".join(f"{key} {value}" for key, value in settings.items())
        raise ValueError(f"{where}: {first['msg'].lower()}; tried {tried}") from None
