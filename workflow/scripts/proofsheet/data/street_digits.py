"""Digits as on house numbers, drawn: a stand-in for SVHN."""

from functools import cache
from pathlib import Path

import matplotlib
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from proofsheet.data.dataset import Dataset
from proofsheet.data.drawing import CANVAS, background, colour_apart, draw_dataset

# Of matplotlib's font files those that have digits where a keyboard has them.
FAMILIES = ("DejaVuSans", "DejaVuSerif", "STIXGeneral", "cmr10", "cmb10", "cmss10", "cmtt10")
LARGE = 2 * CANVAS  # room to rotate in


def street_digits() -> Dataset:
    """Digits in many fonts and colours on pieces of photographs, their neighbours cut by the frame.

    The middle digit is the class, as in SVHN's cropped format. 2,000 training and 500 test
    images, 3×32×32, ten classes.
    """
    return draw_dataset(
        _paint,
        seed=1,
        title="Drawn street digits",
        source="drawn by Proofsheet (matplotlib’s fonts on scikit-learn’s two photographs)",
        licence="MIT; photographs CC BY 2.0",
        classes=[str(digit) for digit in range(10)],
    )


def _paint(label: int, generator: np.random.Generator) -> Image.Image:
    canvas = background(generator)
    ground = np.asarray(canvas).reshape(-1, 3).mean(axis=0)
    font = _font(int(generator.integers(len(_font_files()))), int(generator.integers(38, 56)))
    mask = Image.new("L", (LARGE, LARGE))
    pen = ImageDraw.Draw(mask)
    middle = LARGE / 2
    pen.text((middle, middle), str(label), fill=255, font=font, anchor="mm")
    width = pen.textlength(str(label), font=font) * generator.uniform(0.95, 1.25)
    for side in (-1, 1):
        if generator.random() < 0.5:
            neighbour = str(generator.integers(10))
            pen.text((middle + side * width, middle), neighbour, fill=255, font=font, anchor="mm")
    mask = mask.rotate(generator.uniform(-9, 9), Image.Resampling.BILINEAR)
    mask = mask.transform(
        mask.size,
        Image.Transform.AFFINE,
        (1, shear := generator.uniform(-0.15, 0.15), -shear * middle, 0, 1, 0),
        Image.Resampling.BILINEAR,
    )
    left, top = (int(middle - CANVAS / 2 + generator.integers(-3, 4)) for _ in range(2))
    mask = mask.crop((left, top, left + CANVAS, top + CANVAS))
    canvas.paste(colour_apart(ground, generator), mask=mask)
    return canvas


@cache
def _font_files() -> list[Path]:
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    files = [file for file in sorted(folder.glob("*.ttf")) if file.stem.startswith(FAMILIES)]
    # The two Display fonts have no digits.
    return [file for file in files if not file.stem.endswith("Display")]


@cache
def _font(index: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_font_files()[index]), size)
