"""A person's own images: ``<path>/<split>/<class>/*.png|jpg``."""

import warnings
from pathlib import Path

import numpy as np
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from proofsheet.data.dataset import Dataset, Split
from proofsheet.data.listing import image_files
from proofsheet.errors import ProofsheetError


def folder(path: Path, title: str, licence: str, mode: str | None, stand_in: bool) -> Dataset:
    """Read a folder of images, all of one size and mode.

    :param mode: ``"L"`` (grey) or ``"RGB"`` converts every image; ``None`` takes them as they
        are and insists that they agree.
    :raises ProofsheetError: as :func:`~proofsheet.data.listing.image_files`, and for an image that
        cannot be read, or whose size or mode differs from the first one's.
    """
    # WeasyPrint, once imported, has Pillow fill what is missing of a truncated image with grey.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    files = image_files(path)
    expected: tuple[Path, tuple[int, int], str] | None = None
    splits = {}
    for split, classes in files.items():
        images, labels = [], []
        for label, of_class in enumerate(classes.values()):
            for file in of_class:
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
        classes=list(files["train"]),
        title=title,
        source="folder of images",
        licence=licence,
        stand_in=stand_in,
    )


def _read(file: Path, mode: str | None) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file) as image:
                _check_plain(file, image)
                turned = ImageOps.exif_transpose(image)  # as viewers show it
                return turned.convert(mode) if mode else turned
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ProofsheetError(f"{file}: far too many pixels; scale or remove it") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ProofsheetError(f"{file}: not a readable image; replace or remove it") from error


def _check_plain(file: Path, image: Image.Image) -> None:
    """Refuse what cannot be had as pixels of 8 bits without a word about it."""
    if image.mode.startswith(("I", "F")):
        raise ProofsheetError(f"{file}: more than 8 bits a pixel; save it with 8")
    if "A" in image.getbands() or "a" in image.getbands() or "transparency" in image.info:
        raise ProofsheetError(f"{file}: transparent; save it on the ground that it is seen on")
    if getattr(image, "n_frames", 1) > 1:
        raise ProofsheetError(f"{file}: {getattr(image, 'n_frames', 1)} frames; save one")


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
