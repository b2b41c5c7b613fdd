"""What a write-up declares: experiments, figures, tables and claims, typed and checked.

Nothing here imports torch: declarations are read while Snakemake plans.
"""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PositiveFloat,
    PositiveInt,
    field_validator,
    model_validator,
)

from proofsheet.models_declared import check_model


class Strict(BaseModel):
    """A declaration: unknown keys are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def _distinct(seeds: list[int]) -> list[int]:
    if len(set(seeds)) != len(seeds):
        raise ValueError("a seed repeats, and one training would count as two; name each once")
    return seeds


Seeds = Annotated[list[Annotated[int, Field(ge=0)]], Field(min_length=1), AfterValidator(_distinct)]


# --- Training -------------------------------------------------------------------------------


class Optimiser(Strict):
    name: Literal["adam", "sgd"]
    lr: PositiveFloat
    momentum: Annotated[float, Field(ge=0, lt=1)] = 0.0
    weight_decay: Annotated[float, Field(ge=0)] = 0.0

    @model_validator(mode="after")
    def _momentum_is_for_sgd(self) -> "Optimiser":
        if self.name == "adam" and self.momentum:
            raise ValueError("momentum belongs to sgd; leave it out for adam")
        return self


class HoldOut(Strict):
    """Which images are kept for validation: a stratified share of one split of the data set."""

    of: Literal["train", "test"]
    share: Annotated[float, Field(gt=0, lt=1)]
    seed: int = 0


class ModelSpec(BaseModel):
    """A model's name, ``<module>.<function>`` under ``proofsheet.models``, and its arguments."""

    model_config = ConfigDict(extra="allow", frozen=True)

    name: str

    @model_validator(mode="after")
    def _exists(self) -> "ModelSpec":
        check_model(self.name, set(self.model_extra or {}))
        return self


class Training(Strict):
    """All that decides the weights, but for the seed."""

    task: str
    data: str
    model: ModelSpec
    optimiser: Optimiser
    batch_size: PositiveInt
    epochs: PositiveInt
    hold_out: HoldOut
    precision: Literal["fp32", "bf16"] = "fp32"
    device: Literal["cpu", "cuda"] = "cpu"
    # Sums are split among threads, so the thread count decides the last bits: it is declared.
    threads: PositiveInt = 1


class VerificationLoss(Strict):
    name: Literal["bce", "contrastive", "triplet"]
    margin: PositiveFloat | None = None

    @model_validator(mode="after")
    def _margin_fits(self) -> "VerificationLoss":
        if (self.margin is None) != (self.name == "bce"):
            raise ValueError("bce takes no margin; contrastive and triplet need one")
        return self


class Verify(Training):
    task: Literal["verify"]
    loss: VerificationLoss


class VaeLoss(Strict):
    reconstruction: Literal["bce", "mse"]
    reduction: Literal["sum", "mean"]
    beta: Annotated[float, Field(ge=0)] = 1.0


class Vae(Training):
    task: Literal["vae"]
    loss: VaeLoss


class Classify(Training):
    task: Literal["classify"]


# --- Evaluation -----------------------------------------------------------------------------


class VerifyEvaluation(Strict):
    """Pairs drawn per split, and images in the embedding map."""

    pairs: PositiveInt = 10_000
    pairs_seed: int = 0
    map_images: PositiveInt = 1_000


class VaeEvaluation(Strict):
    """``reader`` names the classifier experiment that judges legibility."""

    reader: str


class ClassifyEvaluation(Strict):
    pass


EVALUATIONS: dict[str, type[Strict]] = {
    "verify": VerifyEvaluation,
    "vae": VaeEvaluation,
    "classify": ClassifyEvaluation,
}


class Experiment(Strict):
    title: str
    train: Annotated[Verify | Vae | Classify, Field(discriminator="task")]
    evaluate: dict[str, Any] = {}
    seeds: Seeds
    assumptions: dict[str, str] = {}

    @model_validator(mode="after")
    def _evaluation_fits_task(self) -> "Experiment":
        evaluation = EVALUATIONS[self.train.task](**self.evaluate)
        object.__setattr__(self, "evaluate", evaluation.model_dump())
        return self

    def needs(self) -> list[str]:
        """Other experiments whose weights this one's evaluation reads."""
        return [self.evaluate["reader"]] if "reader" in self.evaluate else []


# --- What is shown --------------------------------------------------------------------------


class Draw(BaseModel):
    """A figure's kind (a module of ``proofsheet.figures``), its experiments and its options."""

    model_config = ConfigDict(extra="allow", frozen=True)

    kind: str
    experiments: Annotated[list[str], Field(min_length=1)]

    @model_validator(mode="after")
    def _kind_exists(self) -> "Draw":
        folder = Path(__file__).parent / "figures"
        kinds = sorted(path.stem for path in folder.glob("[a-z]*.py") if path.stem != "style")
        if self.kind not in kinds:
            raise ValueError(f"no figure kind {self.kind!r}; there are {', '.join(kinds)}")
        return self


class Figure(Strict):
    draw: Draw
    caption: str
    alt: str
    # The write-up's own figures have its number; ours beyond it are numbered S1, S2, ...
    number: PositiveInt | None = None


class Column(Strict):
    """A quantity of ``metrics.csv``, or with ``experiment`` of that one's ``history.csv``."""

    title: str
    experiment: str | None = None
    split: str
    quantity: str
    format: str = ".4f"

    @field_validator("format")
    @classmethod
    def _is_a_format(cls, spec: str) -> str:
        try:
            format(0.5, spec)
        except ValueError:
            raise ValueError("not a number format of Python's, such as .3f or .1%") from None
        return spec


class Table(Strict):
    """Rows of ``metrics`` are experiments; rows of ``epochs`` are epochs of their histories."""

    kind: Literal["metrics", "epochs"]
    experiments: Annotated[list[str], Field(min_length=1)]
    columns: Annotated[list[Column], Field(min_length=1)]
    caption: str

    @model_validator(mode="after")
    def _columns_fit_kind(self) -> "Table":
        names = [column.title for column in self.columns]
        if len(set(names)) != len(names):
            raise ValueError(
                "two columns have the same title; a table's CSV tells them apart by it"
            )
        for column in self.columns:
            if self.kind == "epochs" and column.experiment not in self.experiments:
                raise ValueError(
                    f"column {column.title!r} of a table of epochs needs `experiment`, one of "
                    f"{', '.join(self.experiments)}"
                )
            if self.kind == "metrics" and column.experiment is not None:
                raise ValueError(
                    f"column {column.title!r}: leave out `experiment`; the rows of a table of "
                    "metrics are the experiments"
                )
        return self


# --- Claims ---------------------------------------------------------------------------------


OneExperiment = Annotated[list[str], Field(min_length=1, max_length=1)]


class Measure(Strict):
    """A quantity of ``metrics.csv``, and what it is called in the table of verdicts."""

    title: str
    split: str
    quantity: str
    # For thresholds: the value that the quantity must exceed.
    above: float | None = None


class BaseClaim(Strict):
    """A statement of the write-up; ``evidence`` names the figure or table that shows it best."""

    text: str
    evidence: str


class Ordering(BaseClaim):
    """The quantity grows strictly from each experiment to the next."""

    kind: Literal["ordering"]
    experiments: Annotated[list[str], Field(min_length=2)]
    measures: Annotated[list[Measure], Field(min_length=1)]


class Threshold(BaseClaim):
    """The quantity lies above a stated value."""

    kind: Literal["threshold"]
    experiments: OneExperiment
    measures: Annotated[list[Measure], Field(min_length=1)]

    @model_validator(mode="after")
    def _values_given(self) -> "Threshold":
        if any(measure.above is None for measure in self.measures):
            raise ValueError("each measure of a threshold needs `above`")
        return self


class Series(Strict):
    """A quantity of ``history.csv``."""

    split: str
    quantity: str


class EpochMeasure(Strict):
    title: str
    lower: Series
    upper: Series


class PerEpoch(BaseClaim):
    """One series lies below another, in every epoch or in at least one."""

    kind: Literal["per_epoch"]
    experiments: OneExperiment
    measures: Annotated[list[EpochMeasure], Field(min_length=1)]
    holds_in: Literal["every", "some"]


Claim = Annotated[Ordering | Threshold | PerEpoch, Field(discriminator="kind")]


# --- The write-up ---------------------------------------------------------------------------


class Part(Strict):
    """A part of the report: its heading, and the library file that its code link shows."""

    title: str
    source: str


class Writeup(Strict):
    title: str
    course: str
    parts: dict[str, Part]
    experiments: dict[str, Experiment]
    figures: dict[str, Figure]
    tables: dict[str, Table] = {}
    claims: dict[str, Claim] = {}

    def shown(self) -> list[str]:
        """Names of all experiments that this write-up declares or shows, in order."""
        used = [name for item in self._users() for name in item]
        return list(dict.fromkeys([*self.experiments, *used]))

    def _users(self) -> list[list[str]]:
        figures = [figure.draw.experiments for figure in self.figures.values()]
        tables = [table.experiments for table in self.tables.values()]
        return figures + tables + [claim.experiments for claim in self.claims.values()]
