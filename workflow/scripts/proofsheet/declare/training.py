"""What every training declares. Each task adds its own in ``declare/tasks/``."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field, PositiveFloat, StrictBool, model_validator

from proofsheet.declare.quantity import Array, Metric, Series
from proofsheet.declare.strict import Seed, Share, Strict


class Optimiser(Strict):
    """SGD, or Adam with torch's defaults for its moments."""

    name: Literal["adam", "sgd"]
    """Which of the two."""
    lr: PositiveFloat
    """Learning rate; with a schedule its highest."""
    schedule: Literal["constant", "one_cycle"] = "constant"
    """Whether the learning rate stays as it is, or rises from a twenty-fifth over the first third
    of the steps and falls to almost nothing over the rest (Smith and Topin 2019,
    "Super-Convergence"; torch's OneCycleLR)."""
    momentum: Annotated[float, Field(ge=0, lt=1)] = 0.0
    """Of SGD."""
    weight_decay: Annotated[float, Field(ge=0)] = 0.0
    """What torch's optimisers call so."""

    @model_validator(mode="after")
    def _momentum_is_for_sgd(self) -> Optimiser:
        if self.name == "adam" and self.momentum:
            raise ValueError("momentum belongs to sgd; leave it out for adam")
        return self


class HoldOut(Strict):
    """Which images are kept for validation: a stratified share of one split of the data set."""

    of: Literal["train", "test"]
    """The split of which images are kept; what is left of it trains or tests."""
    share: Share
    """How much of that split."""
    seed: Seed = 0
    """The seed by which they are drawn, the same for all seeds of a training."""


class ModelSpec(Strict):
    """A model's name, ``<module>.<function>`` under ``proofsheet.models``, and its arguments."""

    model_config = ConfigDict(extra="allow")

    name: str
    """``<module>.<function>`` under ``proofsheet.models``; its arguments stand beside it."""

    @property
    def arguments(self) -> dict[str, object]:
        return dict(self.model_extra or {})


class Training(Strict):
    """All that decides the weights, but for the seed."""

    LEAST_SIDE: ClassVar[int] = 1
    """Pixels a side that its evaluation needs."""
    LEAST_CLASSES: ClassVar[int] = 1
    """Classes that it compares."""
    LEAST_OF_A_CLASS: ClassVar[int] = 0
    """Images of each class that it compares."""

    task: str
    """What is learned: a module of ``proofsheet.tasks``."""
    data: str
    """The data set, as the run names it."""
    model: ModelSpec
    """The network: its name and the arguments of its function."""
    pretrained: StrictBool | str = False
    """Start from torchvision's ImageNet weights (``true``), or from a file of weights."""
    optimiser: Optimiser
    """The optimiser over all weights."""
    batch_size: Annotated[int, Field(gt=0, le=1_000_000)]
    """Images, pairs or triplets in a step; the last batch of an epoch may be smaller."""
    epochs: Annotated[int, Field(gt=0, le=100_000)]
    """Passes over the training images."""
    hold_out: HoldOut
    """The images that validate."""
    train_fraction: Annotated[float, Field(gt=0, le=1)] = 1.0
    """Share of the training images that is used, the same of every class."""
    precision: Literal["fp32", "bf16", "auto"] = "fp32"
    """Of forward passes; weights are always fp32. ``auto`` is bf16 where the first build of a run
    finds a processor that multiplies it, and for what is compared with no printed number."""
    device: Literal["cpu", "cuda"] = "cpu"
    """Where it trains."""
    threads: Annotated[int, Field(ge=1, le=1024)] = 1
    """CPU threads. Sums are split among them, so they decide the last bits: declared."""
    deterministic: bool = True
    """Whether an operation without a deterministic implementation is an error; CUDA has some."""

    @model_validator(mode="after")
    def _weights_exist(self) -> Training:
        if self.pretrained and not self.model.name.startswith("vision."):
            raise ValueError(
                f"pretrained: {self.model.name} has no published weights; leave it out"
            )
        return self

    @model_validator(mode="after")
    def _auto_asks_the_processor(self) -> Training:
        if self.precision == "auto" and self.device == "cuda":
            raise ValueError("precision: auto asks the CPU; declare bf16 or fp32 for cuda")
        return self

    def terms(self) -> list[str]:
        """What the history holds of every epoch: the loss, and what it is made of."""
        return ["loss"]

    def history(self) -> list[Series]:
        """All rows of ``history.csv``: each term running, and after the epoch."""
        found = []
        for term in self.terms():
            found += [Series(split="train", quantity=f"running_{term}")]
            found += [Series(split="train", quantity=term), Series(split="val", quantity=term)]
        return found


class Evaluation(Strict):
    """Options of a task's evaluation, and what it measures."""

    def needs(self) -> list[str]:
        """Other experiments whose weights it reads."""
        return []

    def measures(self, training: Training) -> list[Metric | Array]:
        """What a task's evaluation adds to ``metrics.csv`` and ``arrays.npz``."""
        return []


def metrics(split: Literal["train", "val", "test", ""], names: str, case: str = "") -> list[Metric]:
    """Metrics of one split, named in one line."""
    return [Metric(split=split, case=case, quantity=name) for name in names.split()]


def arrays(names: str) -> list[Array]:
    return [Array(array=name) for name in names.split()]
