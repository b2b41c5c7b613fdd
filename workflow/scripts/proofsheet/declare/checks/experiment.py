"""The model, the data and the classifier of an experiment."""

from __future__ import annotations

import os
from collections.abc import Iterator

from proofsheet.declare import signatures
from proofsheet.declare.checks.declared import Declared, blamed, dataset, unknown
from proofsheet.declare.experiment import Experiment
from proofsheet.declare.reading import Document, Place
from proofsheet.declare.run import is_original
from proofsheet.declare.training import ModelSpec
from proofsheet.declare.validation import validate_options


def trained(declared: Declared, name: str, experiment: Experiment) -> Iterator[str]:
    """Mistakes in what is trained, and in what judges it."""
    origin, train = declared.origins[name], experiment.train
    at = origin.at(("experiments", name, "train", "data"))
    yield from dataset(declared, train.data, at)
    if isinstance(train.pretrained, str) and not os.path.isfile(train.pretrained):
        at = origin.at(("experiments", name, "train", "pretrained"))
        yield f"{at}: {train.pretrained!r}: no such file; name one of weights, or say false"
    elif isinstance(train.pretrained, str) and not _weights(train.pretrained):
        at = origin.at(("experiments", name, "train", "pretrained"))
        yield f"{at}: {train.pretrained!r}: not written by torch.save; name a file of weights"
    if train.pretrained is True and train.model.arguments.get("width", 1) != 1:
        keys = [("experiments", name, "train", key) for key in ("model", "pretrained")]
        at = blamed(declared, *((origin, key) for key in keys))
        yield f"{at}: published weights are of `width: 1`; leave it or `pretrained` out"
    yield from model(train.model, train.task, origin, ("experiments", name, "train", "model"))
    compared = any(name in writeup.published for writeup in declared.writeups.values())
    source = declared.run.data.get(train.data)
    if train.precision == "auto" and compared and source and is_original(source):
        at = origin.at(("experiments", name, "train", "precision"))
        yield f"{at}: 'auto': printed numbers are compared with it; declare fp32 or bf16"
    for other in experiment.needs():
        judged = (origin, ("experiments", name, "evaluate", "classifier"))
        at, there = origin.at(judged[1]), declared.experiments.get(other)
        if there is None:
            yield unknown(declared, at, other)
        elif {train.data, there.train.data} - declared.run.data.keys():
            continue  # told above, or of that one
        elif there.train.task != "classify" or there.train.data != train.data:
            own = (origin, ("experiments", name, "train", "data"))
            its = (declared.origins[other], ("experiments", other, "train", "data"))
            at = blamed(declared, own, its, judged)
            yield f"{at}: {other!r} is no classifier trained on {train.data}; name one"


def _weights(path: str) -> bool:
    """Whether a file begins as torch's do, of today and of old."""
    try:
        with open(path, "rb") as file:
            return file.read(2) in (b"PK", b"\x80\x02")
    except OSError:
        return False


def model(spec: ModelSpec, task: str, document: Document, place: Place) -> Iterator[str]:
    """Mistakes in a model: its name, what the task takes, and its arguments."""
    at, known = document.at((*place, "name")), signatures.models()
    if spec.name not in known:
        yield f"{at}: {spec.name!r}: no such model; there are {', '.join(known)}"
        return
    gives, takes = known[spec.name].gives, signatures.takes(task)
    if gives and takes and gives != takes:
        fit = ", ".join(name for name, one in known.items() if one.gives == takes)
        yield f"{at}: {spec.name!r}: no model of task {task}, which takes {fit}"
        return
    yield from validate_options(known[spec.name].options, document, place, "name")
