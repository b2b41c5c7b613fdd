"""A person's own images: ``<path>/<split>/<class>/*.png|jpg``."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageFile, UnidentifiedImageError

from proofsheet.data.dataset import SPLITS, Dataset, Split
from proofsheet.errors import ProofsheetError

SUFFIXES = {".png", ".jpg", ".jpeg"}


def folder(path: Path, title: str, licence: str, mode: str | None, stand_in: bool) -> Dataset:
    """Read a folder of images, all of one size and mode.

    :param mode: ``"L"`` (grey) or ``"RGB"`` converts every image; ``None`` takes them as they
        are and insists that they agree.
    :raises ProofsheetError: for a missing folder, a class without images, an image that cannot
        be read, or one whose size or mode differs from the first one's.
    """
    # WeasyPrint, once imported, has Pillow fill what is missing of a truncated image with grey.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    for split in SPLITS:
        if not (path / split).is_dir():
            raise ProofsheetError(f"{path / split}: no such folder; a data set needs one")
    classes = sorted({entry.name for split in SPLITS for entry in _folders(path / split)})
    if not classes:
        raise ProofsheetError(f"{path / 'train'}: no class folders; expected train/<class>/*.png")
    expected: tuple[Path, tuple[int, int], str] | None = None
    splits = {}
    for split in SPLITS:
        images, labels = [], []
        for label, name in enumerate(classes):
            for file in _images(path / split / name):
                image = _read(file, mode)
                expected = expected or (file, image.size, image.mode)
                _check_same(file, image, expected)
                images.append(np.asarray(image))
                labels.append(label)
        stacked = np.stack(images)
        channels_first = stacked[:, None] if stacked.ndim == 3 else np.moveaxis(stacked, 3, 1)
        splits[split] = Split(np.ascontiguousarray(channels_first), np.array(labels, np.int64))
    return Dataset(
        **splits,
        classes=classes,
        title=title,
        source="folder of images",
        licence=licence,
        stand_in=stand_in,
    )


def _folders(path: Path) -> list[Path]:
    return sorted(e for e in path.iterdir() if e.is_dir() and not e.name.startswith("."))


def _images(path: Path) -> list[Path]:
    if not path.is_dir():
        raise ProofsheetError(f"{path}: no such folder; every class needs one in both splits")
    files = sorted(file for file in path.iterdir() if file.suffix.lower() in SUFFIXES)
    if not files:
        raise ProofsheetError(f"{path}: no .png or .jpg in it; add images or remove the class")
    return files


def _read(file: Path, mode: str | None) -> Image.Image:
    try:
        with Image.open(file) as image:
            image.load()
            return image.convert(mode) if mode else image.copy()
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise ProofsheetError(f"{file}: not a readable image; replace or remove it") from error


def _check_same(
    file: Path, image: Image.Image, expected: tuple[Path, tuple[int, int], str]
) -> None:
    first, size, mode = expected
    if image.size != size:
        raise ProofsheetError(
            f"{file}: {image.size[0]}×{image.size[1]} pixels, but {first} has "
            f"{size[0]}×{size[1]}; bring all images to one size"
        )
    if image.mode != mode:
        raise ProofsheetError(
            f"{file}: mode {image.mode}, but {first} has {mode}; set `mode: L` or `mode: RGB`"
        )
    if mode not in ("L", "RGB"):
        raise ProofsheetError(f"{file}: mode {mode}; set `mode: L` (grey) or `mode: RGB`")
