"""What a report shows: figures and tables."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, field_validator, model_validator

from proofsheet.declarations.strict import Strict

Experiments = Annotated[list[str], Field(min_length=1)]


class Draw(BaseModel):
    """A figure's kind (a module of ``proofsheet.figures``), what it shows, and its options.

    Most kinds show ``experiments``; one shows images of data sets, named by ``data``.
    """

    model_config = ConfigDict(extra="allow", frozen=True)

    kind: str
    experiments: list[str] = Field(default_factory=list)
    data: list[str] = Field(default_factory=list)

    @model_validator(mode="after")
    def _kind_exists(self) -> "Draw":
        folder = Path(__file__).parents[1] / "figures"
        kinds = sorted(path.stem for path in folder.glob("[a-z]*.py") if path.stem != "style")
        if self.kind not in kinds:
            raise ValueError(f"no figure kind {self.kind!r}; there are {', '.join(kinds)}")
        return self

    def shows_published(self) -> bool:
        """Whether an option, or one of a list of panels, names a published quantity."""
        options = self.model_extra or {}
        panels = [panel for value in options.values() if isinstance(value, list) for panel in value]
        return any("published" in item for item in [options, *panels] if isinstance(item, dict))


class Figure(Strict):
    draw: Draw
    caption: str
    alt: str
    # The write-up's own figures have its number; ours beyond it are numbered S1, S2, ...
    number: PositiveInt | None = None


class BaseColumn(Strict):
    title: str
    format: str = ".4f"

    @field_validator("format")
    @classmethod
    def _is_a_format(cls, spec: str) -> str:
        try:
            format(0.5, spec)
        except ValueError:
            raise ValueError("not a number format of Python's, such as .3f or .1%") from None
        return spec


class SplitColumn(BaseColumn):
    quantity: str


class Column(BaseColumn):
    """What stands in a column: ours, the write-up's, or the difference of the two.

    ``quantity`` with ``split`` is ours; ``published`` names a published quantity; with both, the
    column shows ours minus the published one.
    """

    split: str | None = None
    quantity: str | None = None
    published: str | None = None

    @model_validator(mode="after")
    def _shows_something(self) -> "Column":
        if (self.split is None) != (self.quantity is None):
            raise ValueError("`split` and `quantity` go together; give both or neither")
        if self.quantity is None and self.published is None:
            raise ValueError("give `split` and `quantity`, or `published`, or all three")
        return self


class ExperimentColumn(Column):
    experiment: str


class BaseTable(Strict):
    caption: str

    def shows_published(self) -> bool:
        """Whether a column or row names a published quantity."""
        items = [*getattr(self, "columns", []), *getattr(self, "rows", [])]
        return any(getattr(item, "published", None) is not None for item in items)

    @model_validator(mode="after")
    def _titles_differ(self) -> "BaseTable":
        for kind in ("columns", "rows"):
            titles = [getattr(item, "title", item) for item in getattr(self, kind, [])]
            if len(set(titles)) != len(titles):
                raise ValueError(
                    f"two {kind} have the same title; a table's CSV tells them apart by it"
                )
        return self


class Metrics(BaseTable):
    """Rows are experiments; ours come from ``metrics.csv``."""

    kind: Literal["metrics"]
    experiments: Experiments
    columns: Annotated[list[Column], Field(min_length=1)]


class Splits(BaseTable):
    """Rows are splits of one experiment, named in ``rows``; columns are quantities of them."""

    kind: Literal["splits"]
    experiments: Annotated[list[str], Field(min_length=1, max_length=1)]
    rows: Annotated[dict[str, str], Field(min_length=1)]
    columns: Annotated[list[SplitColumn], Field(min_length=1)]


class Epochs(BaseTable):
    """Rows are epochs; each column is of one experiment's ``history.csv``."""

    kind: Literal["epochs"]
    experiments: Experiments
    columns: Annotated[list[ExperimentColumn], Field(min_length=1)]

    @model_validator(mode="after")
    def _columns_are_of_experiments(self) -> "Epochs":
        for column in self.columns:
            if column.experiment not in self.experiments:
                raise ValueError(
                    f"column {column.title!r}: `experiment` must be one of "
                    f"{', '.join(self.experiments)}"
                )
        return self


class Batches(BaseTable):
    """Rows are every so many batches of one experiment; each is the mean of a quantity of
    ``steps.csv`` over the batches since the row before, or since the epoch's start."""

    kind: Literal["batches"]
    experiments: Annotated[list[str], Field(min_length=1, max_length=1)]
    every: PositiveInt
    columns: Annotated[list[Column], Field(min_length=1)]


class Quantities(BaseTable):
    """Rows are quantities of one experiment; columns are the write-up's value, ours, and the
    difference."""

    kind: Literal["quantities"]
    experiments: Annotated[list[str], Field(min_length=1, max_length=1)]
    rows: Annotated[list[Column], Field(min_length=1)]

    @model_validator(mode="after")
    def _rows_are_measured(self) -> "Quantities":
        for row in self.rows:
            if row.quantity is None:
                raise ValueError(f"row {row.title!r} needs `split` and `quantity`")
        return self


Table = Annotated[Metrics | Splits | Epochs | Batches | Quantities, Field(discriminator="kind")]
