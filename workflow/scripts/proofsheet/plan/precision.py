"""``precision: auto``: bf16 where the processor multiplies it, decided once for a run.

What the first build finds is kept, so that every later plan of the run, that of a cluster's job on
its own node too, trains the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from proofsheet.declare.experiment import Experiment
from proofsheet.errors import ProofsheetError
from proofsheet.files import read_json, write_json

Precision = Literal["bf16", "fp32"]

# As Linux names what multiplies bf16: without it, bf16 is several times slower than fp32.
FLAGS = {"amx_bf16", "avx512_bf16"}
CPUINFO = Path("/proc/cpuinfo")


def of_processor(cpuinfo: Path = CPUINFO) -> Precision:
    """The faster of the two for a large network on this machine's processor."""
    flags = cpuinfo.read_text().split() if cpuinfo.exists() else []
    return "bf16" if FLAGS & set(flags) else "fp32"


def emulated(experiments: dict[str, Experiment], cpuinfo: Path = CPUINFO) -> list[str]:
    """Those that are to train in bf16 on this processor, which does not multiply it."""
    if of_processor(cpuinfo) == "bf16":
        return []
    asked = {name: one.train for name, one in experiments.items()}
    return [
        name for name, train in asked.items() if train.precision == "bf16" and train.device == "cpu"
    ]


def resolved(experiments: dict[str, Experiment], kept: Path) -> dict[str, Experiment]:
    """``experiments`` with ``auto`` replaced by what ``kept`` or :func:`of_processor` says.

    :raises ProofsheetError: where ``kept`` says neither.
    """
    if not _any_auto(experiments):
        return experiments
    auto = _read(kept) if kept.exists() else of_processor()
    return {name: _with(one, auto) for name, one in experiments.items()}


def keep(experiments: dict[str, Experiment], kept: Path) -> None:
    """Write what ``auto`` is here, where it is asked for and no earlier build did."""
    if _any_auto(experiments) and not kept.exists():
        write_json(kept, {"auto": of_processor()})


def _any_auto(experiments: dict[str, Experiment]) -> bool:
    return any(one.train.precision == "auto" for one in experiments.values())


def _read(kept: Path) -> Precision:
    try:
        auto = read_json(kept)["auto"]
    except (ProofsheetError, LookupError, TypeError):
        auto = None
    if auto not in ("bf16", "fp32"):
        raise ProofsheetError(
            f'{kept}: says neither {{"auto": "bf16"}} nor {{"auto": "fp32"}}; delete it, and what '
            "it decides is decided anew"
        )
    return auto


def _with(experiment: Experiment, auto: Precision) -> Experiment:
    if experiment.train.precision != "auto":
        return experiment
    train = experiment.train.model_copy(update={"precision": auto})
    return experiment.model_copy(update={"train": train})
