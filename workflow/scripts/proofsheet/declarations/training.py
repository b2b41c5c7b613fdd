"""Experiments: what is trained, and how it is evaluated."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PositiveFloat, PositiveInt, model_validator

from proofsheet.declarations.strict import Seeds, Strict
from proofsheet.models_declared import check_model

Share = Annotated[float, Field(gt=0, lt=1)]


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
    share: Share
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
    # Start from torchvision's ImageNet weights, or from a file of weights.
    pretrained: bool | str = False
    optimiser: Optimiser
    batch_size: PositiveInt
    epochs: PositiveInt
    hold_out: HoldOut
    # Share of the training images that is used, the same of every class.
    portion: Annotated[float, Field(gt=0, le=1)] = 1.0
    precision: Literal["fp32", "bf16"] = "fp32"
    device: Literal["cpu", "cuda"] = "cpu"
    # Sums are split among threads, so the thread count decides the last bits: it is declared.
    threads: PositiveInt = 1
    # Whether an operation without a deterministic implementation is an error; CUDA has some.
    deterministic: bool = True

    @model_validator(mode="after")
    def _weights_exist(self) -> "Training":
        if self.pretrained and not self.model.name.startswith("vision."):
            raise ValueError(
                f"pretrained: {self.model.name} has no published weights; leave it out"
            )
        return self


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


class AutoencoderLoss(Strict):
    """``reconstruction + weight · classification``, the pixels compared in ``pixel_range``."""

    reconstruction: Literal["mse"]
    pixel_range: tuple[float, float] = (0.0, 1.0)
    weight: Annotated[float, Field(ge=0)]
    # Standard deviation of the noise on the input, of pixels in 0..1; the target stays clean.
    noise: Annotated[float, Field(ge=0)] = 0.0


class Autoencode(Training):
    task: Literal["autoencode"]
    loss: AutoencoderLoss


class LogisticLoss(Strict):
    name: Literal["cross-entropy", "mse"]


class Logistic(Training):
    """Tell two classes apart; ``imbalance`` training images of the first for one of the second."""

    task: Literal["logistic"]
    loss: LogisticLoss
    between: Annotated[list[str], Field(min_length=2, max_length=2)]
    imbalance: PositiveInt = 1


class Convexity(Training):
    """Five pairs of linear network and loss, trained side by side on two classes."""

    task: Literal["convexity"]
    between: Annotated[list[str], Field(min_length=2, max_length=2)]


AnyTraining = Annotated[
    Verify | Vae | Classify | Autoencode | Logistic | Convexity, Field(discriminator="task")
]


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


class AutoencodeEvaluation(Strict):
    """Standard deviation of the noise that is to be removed from test images, of pixels in 0..1;
    0 asks for no denoising."""

    noise: Annotated[float, Field(ge=0)] = 0.0


class LogisticEvaluation(Strict):
    """The accuracy whose first epoch is reported."""

    target_accuracy: Share = 0.95


class ConvexityEvaluation(Strict):
    """Random points at which the Hessian is taken, and random chords."""

    points: PositiveInt = 100
    chords: PositiveInt = 1_000


EVALUATIONS: dict[str, type[Strict]] = {
    "verify": VerifyEvaluation,
    "vae": VaeEvaluation,
    "classify": ClassifyEvaluation,
    "autoencode": AutoencodeEvaluation,
    "logistic": LogisticEvaluation,
    "convexity": ConvexityEvaluation,
}


class Resources(Strict):
    """What one job of an experiment asks of a scheduler, in Snakemake's names and units.

    It decides no result. Threads and a GPU are asked for as the training declares them, because
    those do.
    """

    # Memory in megabytes, and minutes, on the write-up's own data.
    mem_mb: PositiveInt = 4_000
    runtime: PositiveInt = 60


class Experiment(Strict):
    title: str
    train: AnyTraining
    evaluate: dict[str, Any] = Field(default_factory=dict)
    seeds: Seeds
    resources: Resources = Resources()
    assumptions: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _evaluation_fits_task(self) -> "Experiment":
        evaluation = EVALUATIONS[self.train.task](**self.evaluate)
        object.__setattr__(self, "evaluate", evaluation.model_dump())
        return self

    def needs(self) -> list[str]:
        """Other experiments whose weights this one's evaluation reads."""
        return [self.evaluate["reader"]] if "reader" in self.evaluate else []
