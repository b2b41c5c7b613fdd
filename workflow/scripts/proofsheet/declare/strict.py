"""What all declarations share."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


class Strict(BaseModel):
    """A declaration: unknown keys are refused, values never change.

    Docstrings of keys become descriptions in ``config/schema/``; only what writes it reads them,
    since that takes longer than all other planning.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


# A number format of Python's that shows a number in a line.
FORMAT = re.compile(r"[-+ ]?[0-9]{0,2},?(\.[0-9]{1,2}[efgp%]?|[g%]|(?<=,))")


def _distinct(seeds: list[int]) -> list[int]:
    if len(set(seeds)) != len(seeds):
        raise ValueError("a seed repeats, and one training would count as two; name each once")
    return seeds


# What torch and NumPy take for a seed.
Seed = Annotated[int, Field(ge=0, lt=2**32)]
Seeds = Annotated[list[Seed], Field(min_length=1, max_length=1000), AfterValidator(_distinct)]
Share = Annotated[float, Field(gt=0, lt=1)]
# Of a network's channels; of few pixels, and of more than a memory holds, nothing is made.
Width = Annotated[float, Field(ge=0.02, le=10)]
Pixels = Annotated[int, Field(gt=0, le=1024)]
Dropout = Annotated[float, Field(ge=0, lt=1)]
