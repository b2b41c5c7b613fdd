"""What made a training's files, recorded beside them."""

from __future__ import annotations

import hashlib
import json
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from safetensors.torch import save_file

from proofsheet.files import (
    canonical,
    read_json,
    replacing,
    settings,
    sha256,
    write_json,
    write_rows,
)
from proofsheet.training import Trained

PACKAGES = ("numpy", "torch")


class Identity(NamedTuple):
    """All that decides a training's result, and the digest of it."""

    facts: dict[str, Any]
    digest: str


def identity(train: str, seed: int, card: Path, code: list[str]) -> Identity:
    """Settings (canonical JSON), seed, data digest, digest of the code, versions."""
    contents = hashlib.sha256()
    for path in sorted(code):
        contents.update(Path(path).read_bytes())
    facts = {
        "train": json.loads(train),
        "seed": seed,
        "data_sha256": read_json(card)["sha256"],
        "code_sha256": contents.hexdigest(),
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in PACKAGES},
        },
    }
    return Identity(facts, hashlib.sha256(canonical(facts).encode()).hexdigest())


def write_trained(trained: Trained, made_by: Identity, folder: Path) -> None:
    """Write weights, history, steps and ``run.json`` into ``runs/<experiment>/seed<k>``."""
    weights = folder / "weights.safetensors"
    state = {name: tensor.cpu().contiguous() for name, tensor in trained.model.state_dict().items()}
    with replacing(weights) as temporary:
        save_file(state, temporary)
    write_rows(folder / "history.csv", ["epoch", "split", "quantity", "value"], trained.history)
    write_rows(
        folder / "steps.csv", ["epoch", "batch", "split", "quantity", "value"], trained.steps
    )
    parameters = sum(parameter.numel() for parameter in trained.model.parameters())
    facts = {**made_by.facts, "parameters": parameters, "weights_sha256": sha256(weights)}
    write_json(folder / "run.json", facts)


def recorded_settings(run: Path) -> Any:
    """The training settings in a ``run.json``."""
    return settings(canonical(read_json(run)["train"]))
