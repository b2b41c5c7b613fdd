"""Where a training computes, how exactly, and that it is reproducible."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING

import torch

from proofsheet.errors import ProofsheetError

if TYPE_CHECKING:
    from proofsheet.declare.training import Training


def use_device(settings: Training) -> None:
    """Make torch as deterministic as declared, on the declared device and thread count."""
    if settings.device == "cuda" and not torch.cuda.is_available():
        raise ProofsheetError(
            "device: cuda is declared, but torch finds no CUDA device here; set `device: cpu`, "
            "or run where there is one"
        )
    # cuBLAS is deterministic only with a workspace of fixed size, set before it is first used.
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
    use_threads(settings.threads, settings.deterministic)


def use_threads(count: int, deterministic: bool) -> None:
    """Compute on ``count`` threads of the CPU; ``deterministic`` forbids all that is not.

    Snakemake sets OMP_NUM_THREADS from --cores; results may not depend on it.
    """
    torch.set_num_threads(count)
    # The same switch as use_deterministic_algorithms, which would load torch's compiler.
    torch.set_deterministic_debug_mode("error" if deterministic else "default")
    # Fills what is about to be written over anyway, to show reads of what never was: a debugger's.
    torch.utils.deterministic.fill_uninitialized_memory = False  # type: ignore[attr-defined]


def memory_format(settings: Training) -> torch.memory_format:
    """How images lie in memory, channels last being the faster way but for one.

    torchvision's networks in fp32 on a CPU are 5 to 15 % faster the usual way (``make bench
    BENCH=svhn``); small nets with pooling take up to 1.4 times as long that way.
    """
    usual = settings.device == "cpu" and settings.precision == "fp32"
    if usual and settings.model.name.startswith("vision."):
        return torch.contiguous_format
    return torch.channels_last


@contextmanager
def told_of_nondeterminism() -> Iterator[None]:
    """Turn torch's refusal of an operation into an error that names the remedy."""
    try:
        yield
    except RuntimeError as error:
        if "does not have a deterministic implementation" not in str(error):
            raise
        operation = str(error).split()[0]
        raise ProofsheetError(
            f"deterministic: {operation} has no deterministic implementation on this device; "
            "declare `deterministic: false`, and two trainings will differ in their last digits"
        ) from error


def autocast(settings: Training) -> AbstractContextManager[None]:
    """Run forward passes in bfloat16 where the declaration asks for it."""
    if settings.precision == "fp32":
        return nullcontext()
    return torch.autocast(settings.device, dtype=torch.bfloat16)
