"""Data sets that torchvision knows: read from its folder, or downloaded into it."""

import logging
from pathlib import Path
from typing import Any
from urllib.error import URLError

import numpy as np
import torchvision

from proofsheet.data.dataset import Dataset, Split
from proofsheet.data.listing import SPLITS
from proofsheet.errors import ProofsheetError
from proofsheet.files import sha256

log = logging.getLogger(__name__)

LICENCES = {
    "MNIST": "CC BY-SA 3.0",
    "CIFAR10": "none stated; research use, by citing Krizhevsky (2009)",
    "SVHN": "for non-commercial use only",
}

# Where torchvision looks for a data set below the root.
PLACES = {"MNIST": "MNIST/raw", "CIFAR10": "cifar-10-batches-py", "SVHN": "train_32x32.mat"}

# SHA-256 of MNIST's unpacked files: of these torchvision checks the archives alone, and only as it
# downloads. Of CIFAR-10 and SVHN it checks the files that it reads.
DIGESTS = {
    "MNIST/raw/train-images-idx3-ubyte": (
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"
    ),
    "MNIST/raw/train-labels-idx1-ubyte": (
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"
    ),
    "MNIST/raw/t10k-images-idx3-ubyte": (
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"
    ),
    "MNIST/raw/t10k-labels-idx1-ubyte": (
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"
    ),
}


def vision(name: str, root: Path) -> Dataset:
    """Read torchvision's data set ``name`` under ``root``; download it if it is not there.

    :raises ProofsheetError: where it is absent and cannot be downloaded, or is corrupted.
    """
    processed = root / name / "processed"
    if processed.exists():  # torchvision would prefer it, and nobody knows what it holds
        raise ProofsheetError(f"{processed}: not the original files; remove it, or give raw/ alone")
    train, test = (_load(name, root, split) for split in SPLITS)
    _check_digests(name, root)
    return Dataset(
        train=_split(train),
        test=_split(test),
        classes=_classes(train),
        title={"CIFAR10": "CIFAR-10"}.get(name, name),
        source=f"torchvision.datasets.{name}",
        licence=LICENCES[name],
        stand_in=False,
    )


def _load(name: str, root: Path, split: str) -> Any:
    source = getattr(torchvision.datasets, name)
    which = {"split": split} if name == "SVHN" else {"train": split == "train"}
    try:
        return source(root, **which, download=False)
    except Exception as error:
        # torchvision's way to say that it is not there, or that a checksum differs
        if not (isinstance(error, RuntimeError) and "not found" in str(error)):
            raise ProofsheetError(
                f"{root / name}: a file there is not readable as {name}; delete the folder, and it "
                "will be downloaded anew"
            ) from error
        log.info("%s is not under %s: downloading it", name, root)
    try:
        return source(root, **which, download=True)
    except (URLError, OSError, RuntimeError) as error:
        reason = " ".join(str(error).split())
        raise ProofsheetError(
            f"{name}: not found under {root}, and downloading it failed ({reason}); connect to "
            f"the network, or set `root` to a folder that holds {PLACES[name]}"
        ) from error


def _check_digests(name: str, root: Path) -> None:
    for path, expected in DIGESTS.items():
        if path.startswith(f"{name}/") and sha256(root / path) != expected:
            raise ProofsheetError(
                f"{root / path}: checksum mismatch, this is not the original file; delete it, and "
                "it will be downloaded anew"
            )


def _classes(source: Any) -> list[str]:
    # SVHN names none: its classes are the digits. MNIST's are "0 - zero" and so on.
    names = getattr(source, "classes", [str(digit) for digit in range(10)])
    return [name.split(" - ")[0] for name in names]


def _split(source: Any) -> Split:
    """Images as they come: N×H×W of MNIST, N×H×W×C of CIFAR-10, N×C×H×W of SVHN."""
    images = np.asarray(source.data, np.uint8)
    if images.ndim == 3:
        images = images[:, None]
    elif images.shape[3] == 3:
        images = np.moveaxis(images, 3, 1)
    labels = source.labels if hasattr(source, "labels") else source.targets
    return Split(np.ascontiguousarray(images), np.asarray(labels, np.int64))
