"""A GPU of its own for each training on a machine that has several."""

from __future__ import annotations

import fcntl
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import torch

# Seconds between two looks for a free GPU.
EVERY = 1.0


@contextmanager
def own_gpu(device: str, say: Callable[[str], None]) -> Iterator[None]:
    """Let torch's ``cuda`` mean a GPU that no other training of this user has; ``cpu`` needs none.

    A scheduler may have given GPUs to several trainings together: those too take one each.
    """
    if device == "cpu" or not torch.cuda.is_available():
        yield
        return
    # An index means another GPU where CUDA_VISIBLE_DEVICES differs; this does not.
    names = [
        str(torch.cuda.get_device_properties(index).uuid)
        for index in range(torch.cuda.device_count())
    ]
    with held(names, lock_folder(), say) as index:
        torch.cuda.set_device(index)
        yield


def lock_folder() -> Path:
    """A folder of this machine and user; a lock in a folder shared by machines would bind all."""
    return Path(tempfile.gettempdir()) / f"proofsheet-gpu-{os.getuid()}"


@contextmanager
def held(names: list[str], folder: Path, say: Callable[[str], None]) -> Iterator[int]:
    """Index of the first name whose lock is free, waiting for one where none is.

    The system frees a lock with the process that holds it, however that ends.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    told = False
    while True:
        for index, name in enumerate(names):
            with (folder / f"{name}.lock").open("w") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                yield index
                return
        if not told:
            count = len(names)
            say(f"waiting for one of {count} GPUs; `--resources gpu={count}` starts no more")
            told = True
        time.sleep(EVERY)
