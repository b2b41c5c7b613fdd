"""Candidates of a search, ranked by how near they come to what a write-up prints."""

from __future__ import annotations

import json
import math
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from proofsheet.declare.published import Measured
from proofsheet.declare.recover import RankJob
from proofsheet.errors import ProofsheetError
from proofsheet.files import canonical
from proofsheet.results.published import Number, numbers
from proofsheet.results.reader import Results
from proofsheet.verdicts.published import measured


def rank(told: RankJob, results: Results, before: pd.DataFrame | None) -> pd.DataFrame:
    """The candidates of a round, nearest first, and behind them those that it left out.

    ``distance`` is the mean, over the fitted quantities, of the mean absolute difference from the
    printed numbers over the mean of these, seeds averaged first; only numbers of epochs that are
    trained count. It is infinite where a training diverged, or has no such batch.
    ``lowest`` and ``highest`` are those of single seeds. Of each quantity stand its mean absolute
    difference, in its own unit, and what of ours came so near.

    :param before: what the round before found; None in the first.
    :raises ProofsheetError: where all are infinitely far.
    """
    rows = [_row(told, results, name, settings) for name, settings in told.candidates.items()]
    if all(math.isinf(row["distance"]) for row in rows):
        raise ProofsheetError(
            f"recover: round {told.rung}: no candidate trained to its end and has all lines that "
            "are printed; vary optimiser.lr and batch_size"
        )
    found = pd.DataFrame(rows).sort_values("distance", kind="stable", ignore_index=True)
    measured_columns = [*told.fit, "distance", "lowest", "highest"]
    found[measured_columns] = found[measured_columns].round(6)  # not the settings
    if before is None:
        return found
    return pd.concat([found, before[~before.candidate.isin(found.candidate)]], ignore_index=True)


def _row(told: RankJob, results: Results, name: str, settings: dict[str, Any]) -> dict[str, Any]:
    (published,) = told.published.values()
    shown = {
        key: value if np.isscalar(value) else canonical(value, sort=False)
        for key, value in settings.items()
    }
    row: dict[str, Any] = {"candidate": name.rsplit("-", 1)[0], **shown}
    per_seed, together = [], []
    for quantity, readings in told.fit.items():
        printed = [one for one in numbers(published[quantity]) if (one.epoch or 0) <= told.epochs]
        nearest = min(
            ((_differences(results, name, one, printed), one) for one in readings),
            key=lambda pair: np.abs(pair[0].mean(axis=1)).mean(),
        )
        apart, reading = nearest
        size = np.mean([number.value for number in printed])
        off = np.abs(apart.mean(axis=1)).mean()
        together.append(off / size)
        per_seed.append(np.abs(apart).mean(axis=0) / size)
        row[quantity], row[f"{quantity} is"] = off, words(reading)
    row["epochs"], row["seeds"] = told.epochs, len(per_seed[0])
    row["distance"] = np.mean(together)
    row["lowest"], row["highest"] = np.mean(per_seed, axis=0).min(), np.mean(per_seed, axis=0).max()
    return row


def _differences(
    results: Results, name: str, reading: Measured, printed: list[Number]
) -> np.ndarray:
    """Ours minus the printed numbers, ``float (numbers, seeds)``; infinite where a training
    diverged or has no such line."""
    losses = results.batch_rows(name)
    curves = [losses.value, results.history(name).value]
    nowhere = np.full((len(printed), losses.seed.nunique()), np.inf)
    if not all(np.isfinite(values).all() for values in curves):
        return nowhere
    ours = [measured(results, name, reading, one) for one in printed]
    if not all(len(values) for values in ours):
        return nowhere
    return np.stack(ours) - np.array([[one.value] for one in printed])


def words(reading: Measured) -> str:
    """What of ours a printed number was held against."""
    if reading.file == "steps":
        return f"mean of the last {reading.every} batches"
    if reading.quantity.startswith("running_"):
        return "running mean of the epoch"
    return f"{'training' if reading.split == 'train' else 'validation'} images after the epoch"


class Pinned(NamedTuple):
    """What a search says of one setting."""

    setting: str
    best: str
    others: list[str]
    """Other values that came as near; where there is none, the setting is pinned down."""


def as_near(found: pd.DataFrame) -> pd.Series:
    """Which candidates came as near as the nearest: their lowest seed is no farther off than its
    highest, after as many epochs."""
    best = found.iloc[0]
    return (found.epochs == best.epochs) & (found.lowest <= best.highest)


def pinned(found: pd.DataFrame, varied: dict[str, list[Any]]) -> list[Pinned]:
    """Of each setting with several values to try, the nearest value, and those that came as
    near."""
    near = found[as_near(found)].astype(str)
    told = []
    for key in (key for key, values in varied.items() if len(values) > 1):
        best, *others = map(plain, near[key].unique())
        told.append(Pinned(key.rpartition(".")[2].replace("_", " "), best, others))
    return told


def plain(value: str) -> str:
    """A setting in words: ``sgd, lr 0.01`` of JSON."""
    try:
        return in_words(json.loads(value))
    except ValueError:  # no JSON, but a word, or as Python writes it
        return {"True": "yes", "False": "no"}.get(value, value)


def in_words(value: Any) -> str:
    """A setting in words: ``convolutions 32, 32 then 64``; of a name, the name alone."""
    if isinstance(value, dict):
        named = {key.replace("_", " "): in_words(one) for key, one in value.items()}
        return ", ".join(one if key == "name" else f"{key} {one}" for key, one in named.items())
    if isinstance(value, list | tuple):
        nested = any(isinstance(one, list | tuple) for one in value)
        return (" then " if nested else ", ").join(map(in_words, value)) or "none"
    if isinstance(value, float) and math.isfinite(value):
        return np.format_float_positional(value, trim="-").replace("-", "−")
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
