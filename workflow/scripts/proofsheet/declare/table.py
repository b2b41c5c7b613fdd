"""Tables of a report."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, PositiveInt, field_validator, model_validator

from proofsheet.declare.options import Experiments
from proofsheet.declare.published import AllPublished
from proofsheet.declare.quantity import BatchSeries, Metric, Series
from proofsheet.declare.strict import FORMAT, Strict


class Formatted(Strict):
    """A column or a row, and how its numbers are shown."""

    title: str
    """What stands at its head."""
    format: str = ".4f"
    """A number format of Python's."""

    @field_validator("format")
    @classmethod
    def _is_a_format(cls, spec: str) -> str:
        if not FORMAT.fullmatch(spec):
            raise ValueError("not a number format, such as .3f or .1%")
        return spec


class Column(Formatted):
    """A quantity of ours, and what the write-up prints of it."""

    split: Literal["train", "val", "test", ""] = ""
    """Images that it was measured on; left out where it speaks of none, or of two splits."""
    quantity: str
    """What is shown."""
    published: str | None = None
    """The published quantity of the row's experiment that stands beside it."""

    @property
    def metric(self) -> Metric:
        return Metric(split=self.split, quantity=self.quantity)


class EpochColumn(Column):
    """A column of one experiment's ``history.csv``."""

    experiment: str
    """The experiment that is shown."""
    split: Literal["train", "val"] = "train"
    """Images that it was measured on."""

    @property
    def series(self) -> Series:
        return Series(split=self.split, quantity=self.quantity)


class CaseColumn(Formatted):
    """A quantity of each case."""

    quantity: str
    """The metric that is shown."""

    def metric(self, case: str) -> Metric:
        return Metric(case=case, quantity=self.quantity)


class BaseTable(Strict):
    """What all kinds of table have."""

    caption: str
    """What it shows; over what means are taken is added by its kind."""

    @model_validator(mode="after")
    def _titles_differ(self) -> BaseTable:
        for kind in ("columns", "rows"):
            titles = [getattr(item, "title", item) for item in getattr(self, kind, [])]
            if twice := [title for title in titles if titles.count(title) > 1]:
                raise ValueError(
                    f"two {kind} are called {twice[0]!r}; a table's CSV tells them apart by it"
                )
        return self


class MetricsTable(BaseTable):
    """Rows are experiments, columns are metrics."""

    kind: Literal["metrics"]
    """Experiments by metrics."""
    experiments: Experiments
    """The rows, in order."""
    columns: Annotated[list[Column], Field(min_length=1)]
    """The columns, in order."""


class CasesTable(BaseTable):
    """Rows are cases of one experiment, named in ``rows``; columns are metrics of them."""

    kind: Literal["cases"]
    """Cases by metrics."""
    experiment: str
    """The experiment that has these cases."""
    rows: Annotated[dict[str, str], Field(min_length=1)]
    """Titles by case."""
    columns: Annotated[list[CaseColumn], Field(min_length=1)]
    """The columns, in order."""

    @property
    def experiments(self) -> list[str]:
        return [self.experiment]


class EpochsTable(BaseTable):
    """Rows are epochs; each column is of one experiment's ``history.csv``."""

    kind: Literal["epochs"]
    """Epochs by quantities."""
    columns: Annotated[list[EpochColumn], Field(min_length=1)]
    """The columns, in order."""

    @property
    def experiments(self) -> list[str]:
        return list(dict.fromkeys(column.experiment for column in self.columns))


class BatchColumn(Column):
    """A column of one experiment's ``steps.csv``."""

    split: Literal["train"] = "train"
    """Batches are of the training images."""

    @property
    def series(self) -> BatchSeries:
        return BatchSeries(quantity=self.quantity)


class BatchesTable(BaseTable):
    """Rows are every so many batches of one experiment; each is the mean of a quantity of
    ``steps.csv`` over the batches since the row before, or since the epoch's start."""

    kind: Literal["batches"]
    """Batches by quantities."""
    experiment: str
    """The experiment that is shown."""
    every: PositiveInt
    """Batches to a row."""
    columns: Annotated[list[BatchColumn], Field(min_length=1)]
    """The columns, in order."""

    @property
    def experiments(self) -> list[str]:
        return [self.experiment]


class QuantitiesTable(BaseTable):
    """Rows are quantities of one experiment, ours and the write-up's."""

    kind: Literal["quantities"]
    """Quantities, published and ours."""
    experiment: str
    """The experiment that is shown."""
    rows: Annotated[list[Column], Field(min_length=1)]
    """The rows, in order."""

    @property
    def experiments(self) -> list[str]:
        return [self.experiment]


Table = Annotated[
    MetricsTable | CasesTable | EpochsTable | BatchesTable | QuantitiesTable,
    Field(discriminator="kind"),
]


class TableJob(Strict):
    """What is put into rows."""

    table: Table
    titles: dict[str, str]
    published: AllPublished
