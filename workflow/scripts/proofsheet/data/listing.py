"""Which files are a person's own images: ``<path>/<split>/<class>/*.png|jpg``."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from proofsheet.errors import ProofsheetError
from proofsheet.files import canonical, sha256

SUFFIXES = {".png", ".jpg", ".jpeg"}
SPLITS = ("train", "test")


def image_files(path: Path) -> dict[str, dict[str, list[Path]]]:
    """By split and class, the images, in an order that does not depend on where the folder is;
    whatever else lies there does not count. Classes are sorted as people count: 2 before 10.

    :raises ProofsheetError: for a missing split, a class without images or with them in one split
        alone, and an image that is no file.
    """
    for split in SPLITS:
        if not (path / split).is_dir():
            raise ProofsheetError(f"{path / split}: no such folder; a data set needs one")
    names = {entry.name for split in SPLITS for entry in (path / split).iterdir() if _shown(entry)}
    if not names:
        raise ProofsheetError(f"{path / 'train'}: no class folders; expected train/<class>/*.png")
    classes = sorted(names, key=_as_people_count)
    return {split: {name: _images(path / split / name) for name in classes} for split in SPLITS}


def digest(path: Path) -> str:
    """One of the images' names and contents: neither of their dates nor of where they are.

    :raises ProofsheetError: as :func:`image_files`, and where an image may not be read.
    """
    files = [
        file for classes in image_files(path).values() for of in classes.values() for file in of
    ]
    try:
        listing = [(file.relative_to(path).as_posix(), sha256(file)) for file in files]
        text = canonical(listing).encode()
    except OSError as error:
        raise ProofsheetError(f"{error.filename}: {error.strerror}") from error
    except UnicodeEncodeError:
        raise ProofsheetError(
            f"{path}: a file or folder in it has a name that is no UTF-8; rename it"
        ) from None
    return hashlib.sha256(text).hexdigest()


def _shown(entry: Path) -> bool:
    return entry.is_dir() and not entry.name.startswith(".")


def _as_people_count(name: str) -> list[tuple[bool, int, str]]:
    parts = re.findall(r"[0-9]+|[^0-9]+", name)
    return [(False, int(part), "") if part.isdecimal() else (True, 0, part) for part in parts]


def _images(path: Path) -> list[Path]:
    if not path.is_dir():
        raise ProofsheetError(f"{path}: no such folder; every class needs one in both splits")
    found = (file for file in path.iterdir() if file.suffix.lower() in SUFFIXES)
    files = sorted(file for file in found if not file.name.startswith("."))
    if not files:
        raise ProofsheetError(f"{path}: no .png or .jpg in it; add images or remove the class")
    for file in files:
        if not file.is_file():  # a link to nothing, a folder, a pipe
            raise ProofsheetError(f"{file}: not a file; replace or remove it")
    return files
