"""What is known of images before they are prepared, and what they do not fit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from proofsheet.data.listing import SPLITS, image_files
from proofsheet.declare import signatures
from proofsheet.declare.project import Project
from proofsheet.declare.run import DataSource, Folder, Torchvision
from proofsheet.errors import ProofsheetError


class Known(NamedTuple):
    """Channels, pixels of the smaller side, classes, and how many images each split has; of a
    folder, where its images agree."""

    channels: int
    side: int
    classes: list[str]
    train: int
    test: int


DIGITS = list("0123456789")
OBJECTS = ["ball", "boat", "car", "cup", "fish", "flower", "house", "key", "star", "tree"]
CIFAR10 = [
    *("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")
]
NAMED = {
    "digits": Known(1, 28, DIGITS, 4_000, 1_000),
    "street_digits": Known(3, 32, DIGITS, 2_000, 500),
    "objects": Known(3, 32, OBJECTS, 2_000, 500),
    "MNIST": Known(1, 28, DIGITS, 60_000, 10_000),
    "SVHN": Known(3, 32, DIGITS, 73_257, 26_032),
    "CIFAR10": Known(3, 32, CIFAR10, 50_000, 10_000),
}


def misfits(project: Project) -> Iterator[str]:
    """A line for each folder that cannot be read, and for whatever images do not fit."""
    known: dict[str, Known] = {}
    for name, source in project.run.data.items():
        try:
            known[name] = known_of(source)
        except (ProofsheetError, OSError) as error:
            yield f"{project.document.at(('data', name, 'path'))}: {error}"
            continue
        for split in SPLITS if source.limit else ():
            limit, classes = getattr(source.limit, split), len(known[name].classes)
            there = getattr(known[name], split)
            if limit < classes:
                at = project.document.at(("data", name, "limit", split))
                yield f"{at}: {limit}: fewer than the {classes} classes; keep one of each at least"
                limit = there  # what does not fit so few is no mistake of its own
            if limit > there:
                at = project.document.at(("data", name, "limit", split))
                yield f"{at}: {limit}: there are {there} images; keep fewer, or leave it out"
            kept = min(limit, there)
            known[name] = known[name]._replace(**{split: kept})
    experiments: dict[tuple[str, str], list[str]] = {}
    for name, experiment in project.experiments.items():
        if experiment.train.data in known:
            for found in _of_experiment(project, name, known[experiment.train.data]):
                experiments.setdefault(found, []).append(name)
    for (at, wrong), names in _once_a_share(experiments):
        # A place in a write-up names its experiment; what several share is told of the first.
        of = "" if all(f".{name}." in at for name in names) else f"{', '.join(names)}: "
        if of and len(names) == 1:
            own = project.origins[names[0]].at(("experiments", names[0], "train"))
            of = f"{names[0]} ({own}): "
        yield f"{at}: {of}{wrong}"


def _once_a_share(
    found: dict[tuple[str, str], list[str]],
) -> Iterator[tuple[tuple[str, str], list[str]]]:
    """What leaves too few images once for all tasks, each of which needs another number."""
    told: set[tuple[str, str]] = set()
    for (at, wrong), names in found.items():
        share, leaves, _ = wrong.partition(" leaves ")
        if not leaves or (at, share) not in told:
            yield (at, wrong), names
        told.add((at, share))


def known_of(source: DataSource) -> Known:
    """What the name says, or the folder and its first image.

    :raises ProofsheetError: as :func:`~proofsheet.data.listing.image_files`, and where that image
        cannot be read.
    """
    if not isinstance(source, Folder):
        return NAMED[source.name]
    files = image_files(Path(source.path))
    first = next(iter(files["train"].values()))[0]
    from PIL import Image  # here, because few runs have images of their own

    try:
        with Image.open(first) as image:
            mode, side = source.mode or image.mode, min(image.size)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise ProofsheetError(f"{first}: not a readable image; replace or remove it") from None
    counts = {split: sum(map(len, of_split.values())) for split, of_split in files.items()}
    return Known(1 if mode == "L" else 3, side, list(files["train"]), **counts)


def _of_experiment(project: Project, name: str, known: Known) -> Iterator[tuple[str, str]]:
    """Where it stands, and what does not fit."""
    train = project.experiments[name].train
    at = _blamed(project, name, "between")
    for one in getattr(train, "between", []):
        if one not in known.classes:
            there = ", ".join(known.classes)
            yield at, f"{one!r}: no class of {train.data} in this run; choose of {there}"
    of_a_class = known.train // max(1, len(known.classes))
    ratio = getattr(train, "imbalance", 1)
    if ratio > of_a_class:
        at = _blamed(project, name, "imbalance")
        wrong = f"a class of {train.data} has about {of_a_class} training images in this run"
        yield at, f"{ratio} to one: {wrong}; choose a smaller one"
    if len(known.classes) < train.LEAST_CLASSES:
        at = _blamed(project, name, "data")
        yield at, f"one class alone, and {train.task} compares two; add another"
    yield from _left(project, name, known)
    model = signatures.models()[train.model.name]
    if model.coloured and known.channels != 3:
        wrong = f"the model takes colour, and {train.data} is grey in this run"
        told = f"{wrong}; set `mode: RGB` for a folder, or choose other images"
        yield _images(project, train.data) or _blamed(project, name, "model", "name"), told
    at = _blamed(project, name, "model", "resize" if "resize" in train.model.arguments else "name")
    of_task = train.LEAST_SIDE if known.side < train.LEAST_SIDE else 0
    if needed := max(of_task, model.too_small(train.model.arguments, known.side)):
        wrong = (
            f"{train.model.name} needs {needed} pixels a side, and {train.data} has {known.side}"
        )
        yield at, f"{wrong}; scale the images, choose another model, or `resize` where one does"


def _left(project: Project, name: str, known: Known) -> Iterator[tuple[str, str]]:
    """Shares that leave too few images, rounded as the splits are."""
    train = project.experiments[name].train
    there = {"train": known.train, "test": known.test}
    held = round(there[train.hold_out.of] * train.hold_out.share)
    there[train.hold_out.of] -= held
    left = {
        "training": round(there["train"] * train.train_fraction),
        "validation": held,
        "test": there["test"],
    }
    least = max(1, train.LEAST_OF_A_CLASS * len(known.classes))
    for split, count in left.items():
        if count < least:
            part = split == "training" and train.train_fraction < 1
            key = ("train_fraction",) if part else ("hold_out", "share")
            share = train.train_fraction if part else train.hold_out.share
            leaves = f"{'.'.join(key)} {share:g} leaves {count} {split} images"
            wrong = f"{leaves}, and {train.task} needs {least}"
            enough = part or split != "training" or train.hold_out.of == "train"
            remedy = "choose another share, or more images" if enough else "add more images"
            yield _blamed(project, name, *key), f"{wrong}; {remedy}"
            return


def _blamed(project: Project, name: str, *key: str) -> str:
    """The place of a key of a training; where a write-up has it, of images that are not its own."""
    at = project.origins[name].at(("experiments", name, "train", *key))
    if at.startswith(project.document.where):
        return at
    return _images(project, project.experiments[name].train.data) or at


def _images(project: Project, data: str) -> str:
    """Where the run says what images these are; nothing where they are the write-up's own."""
    source = project.run.data[data]
    key = "path" if isinstance(source, Folder) else "name"
    return "" if isinstance(source, Torchvision) else project.document.at(("data", data, key))
