"""The prepared data set: one ``.npz`` of uint8 images and labels, and its card."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from proofsheet.data.listing import SPLITS
from proofsheet.errors import ProofsheetError
from proofsheet.files import read_json, replacing, sha256, write_json

if TYPE_CHECKING:
    from proofsheet.declare.run import Limit


@dataclass(frozen=True)
class Split:
    """Images ``uint8 (N, C, H, W)`` in 0..255 and labels ``int64 (N,)`` in 0..classes-1."""

    images: np.ndarray
    labels: np.ndarray

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, rows: np.ndarray) -> Split:
        """The images and labels at ``rows``, in that order."""
        return Split(self.images[rows], self.labels[rows])


@dataclass(frozen=True)
class Dataset:
    """Two splits over the same classes, with where they came from."""

    train: Split
    test: Split
    classes: list[str]
    title: str
    source: str
    licence: str
    stand_in: bool

    @property
    def image_shape(self) -> tuple[int, int, int]:
        """Channels, height, width."""
        channels, height, width = self.train.images.shape[1:]
        return channels, height, width


def limited(dataset: Dataset, limit: Limit | None) -> Dataset:
    """Keep at most ``limit.<split>`` images of each split, the same share of every class.

    What is left of a data set stands in for the whole of it.
    """
    if limit is None:
        return dataset
    kept: dict[str, Any] = {}
    for name in SPLITS:
        split: Split = getattr(dataset, name)
        if getattr(limit, name) < len(dataset.classes):
            raise ProofsheetError(
                f"limit.{name}: {getattr(limit, name)}: fewer than the {len(dataset.classes)} "
                "classes; keep one image of each at least"
            )
        count = min(getattr(limit, name), len(split))
        kept[name] = split.take(np.sort(stratified_order(split.labels, seed=0)[:count]))
    cut = any(len(kept[name]) < len(getattr(dataset, name)) for name in SPLITS)
    if cut and not dataset.stand_in:
        kept |= {"stand_in": True, "title": f"{dataset.title}, a part of it"}
    return Dataset(**{**dataset.__dict__, **kept})


def stratified_order(labels: np.ndarray, seed: int) -> np.ndarray:
    """An order of all images of which every beginning holds the classes in their shares.

    :param labels: ``int64 (N,)``.
    :returns: ``int64 (N,)``, a permutation of the rows, shuffled within each class by ``seed``.
    """
    generator = np.random.default_rng(seed)
    rank = np.empty(len(labels))
    for label in np.unique(labels):
        rows = generator.permutation(np.flatnonzero(labels == label))
        rank[rows] = (np.arange(len(rows)) + generator.random()) / len(rows)
    return np.argsort(rank, kind="stable")


def write_dataset(dataset: Dataset, npz: Path, card: Path) -> None:
    """Check ``dataset`` and write its arrays and its card."""
    _check(dataset)
    with replacing(npz) as temporary:
        np.savez(
            temporary,
            train_images=dataset.train.images,
            train_labels=dataset.train.labels,
            test_images=dataset.test.images,
            test_labels=dataset.test.labels,
        )
    write_json(card, {**_describe(dataset), "sha256": sha256(npz)})


def read_dataset(npz: Path, card: Path) -> Dataset:
    """Read what :func:`write_dataset` wrote; raises if the arrays do not match their card."""
    facts = read_json(card)
    found = sha256(npz)
    if found != facts["sha256"]:
        raise ProofsheetError(
            f"{npz}: checksum {found[:12]} differs from {facts['sha256'][:12]} in {card}; "
            "delete both files and run again to prepare them anew"
        )
    with np.load(npz) as arrays:
        return Dataset(
            train=Split(arrays["train_images"], arrays["train_labels"]),
            test=Split(arrays["test_images"], arrays["test_labels"]),
            **{key: facts[key] for key in ("classes", "title", "source", "licence", "stand_in")},
        )


def _check(dataset: Dataset) -> None:
    for name in SPLITS:
        split: Split = getattr(dataset, name)
        if split.images.dtype != np.uint8 or split.images.ndim != 4:
            raise ProofsheetError(
                f"{dataset.source}: {name}: expected uint8 images N×C×H×W, got "
                f"{split.images.dtype} {split.images.shape}"
            )
        counts = np.bincount(split.labels, minlength=len(dataset.classes))
        for label, count in zip(dataset.classes, counts, strict=True):
            if count == 0:
                raise ProofsheetError(
                    f"{dataset.source}: {name}: class {label!r} has no images; add some, or "
                    "remove the class from both splits"
                )


def _pixels(split: Split) -> set[bytes]:
    return {image.tobytes() for image in split.images}


def _describe(dataset: Dataset) -> dict[str, Any]:
    splits = {}
    for name in SPLITS:
        split: Split = getattr(dataset, name)
        counts = np.bincount(split.labels, minlength=len(dataset.classes)).tolist()
        splits[name] = {
            "images": len(split),
            "per_class": dict(zip(dataset.classes, counts, strict=True)),
        }
    return {
        "title": dataset.title,
        "source": dataset.source,
        "licence": dataset.licence,
        "stand_in": dataset.stand_in,
        "image_shape": list(dataset.image_shape),
        "classes": dataset.classes,
        "splits": splits,
        "in_both_splits": len(_pixels(dataset.train) & _pixels(dataset.test)),
    }
