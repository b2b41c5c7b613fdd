"""A GPU of its own for each training on a machine that has several."""

from __future__ import annotations

import logging
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import torch
from filelock import FileLock, Timeout

log = logging.getLogger(__name__)

# Seconds between two looks for a free GPU.
EVERY = 1.0


@contextmanager
def own_gpu(device: str) -> Iterator[None]:
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
    with held(names, lock_folder()) as index:
        torch.cuda.set_device(index)
        yield


def lock_folder() -> Path:
    """A folder of this machine and user; a lock in a folder shared by machines would bind all."""
    return Path(tempfile.gettempdir()) / f"proofsheet-gpu-{os.getuid()}"


@contextmanager
def held(names: list[str], folder: Path) -> Iterator[int]:
    """Index of the first name whose lock is free, waiting for one where none is.

    The system frees a lock with the process that holds it, however that ends.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    waiting = False
    while True:
        for index, name in enumerate(names):
            lock = FileLock(folder / f"{name}.lock")
            try:
                lock.acquire(blocking=False)
            except Timeout:
                continue
            try:
                yield index
            finally:
                lock.release()
            return
        if not waiting:
            count = len(names)
            log.info(
                "waiting for one of %d GPUs; `--resources gpu=%d` starts no more", count, count
            )
            waiting = True
        time.sleep(EVERY)
