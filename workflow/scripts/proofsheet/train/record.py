"""What made a training's files, recorded beside them."""

from __future__ import annotations

import hashlib
import platform
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from safetensors.torch import save_file

from proofsheet.files import canonical, read_json, replacing, sha256, write_json, write_rows
from proofsheet.train.loop import Trained

if TYPE_CHECKING:
    from proofsheet.declare.training import Training

PACKAGES = ("numpy", "torch", "torchvision")


class Files(Protocol):
    """Where the results of a training go, as a rule names them."""

    weights: str
    history: str
    steps: str
    run: str


class Identity(NamedTuple):
    """All that decides a training's result, and the digest of it."""

    facts: dict[str, Any]
    digest: str


def identity(settings: Training, seed: int, card: Path, code: list[str]) -> Identity:
    """Settings, seed, digests of the data, of the code and of given weights, versions."""
    contents = hashlib.sha256()
    for path in sorted(code):
        contents.update(Path(path).read_bytes())
    facts = {
        "train": settings.model_dump(mode="json"),
        "seed": seed,
        "data_sha256": read_json(card)["sha256"],
        "code_sha256": contents.hexdigest(),
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in PACKAGES},
        },
    }
    if isinstance(settings.pretrained, str) and Path(settings.pretrained).exists():
        facts["pretrained_sha256"] = sha256(settings.pretrained)
    return Identity(facts, hashlib.sha256(canonical(facts).encode()).hexdigest())


def write_trained(trained: Trained, made_by: Identity, files: Files) -> None:
    """Write weights, history, steps and the record of what made them."""
    state = {name: tensor.cpu().contiguous() for name, tensor in trained.model.state_dict().items()}
    with replacing(files.weights) as temporary:
        save_file(state, temporary)
    write_rows(files.history, ["epoch", "split", "quantity", "value"], trained.history)
    write_rows(files.steps, ["epoch", "batch", "split", "quantity", "value"], trained.steps)
    parameters = sum(parameter.numel() for parameter in trained.model.parameters())
    kept = {"weights": files.weights, "history": files.history, "steps": files.steps}
    digests = {f"{name}_sha256": sha256(file) for name, file in kept.items()}
    facts = {**made_by.facts, "parameters": parameters, **digests}
    write_json(files.run, facts)
