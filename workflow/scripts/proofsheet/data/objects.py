"""Ten kinds of drawn objects: a stand-in for CIFAR-10."""

import numpy as np
from PIL import Image, ImageDraw

from proofsheet.data.dataset import Dataset
from proofsheet.data.drawing import CANVAS, background, colour_apart, draw_dataset

Points = list[tuple[float, float]]


def _round(x: float, y: float, width: float, height: float) -> Points:
    """An ellipse around ``(x, y)`` with half axes ``width`` and ``height``, as a polygon."""
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    return [(x + width * float(np.cos(a)), y + height * float(np.sin(a))) for a in angles]


def _box(left: float, top: float, right: float, bottom: float) -> Points:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


_STAR = [
    (radius * float(np.sin(angle)), -radius * float(np.cos(angle)))
    for radius, angle in zip([1, 0.42] * 5, np.arange(10) * np.pi / 5, strict=True)
]
_PETALS = [
    _round(0.55 * float(np.cos(angle)), 0.55 * float(np.sin(angle)), 0.36, 0.36)
    for angle in np.arange(5) * 2 * np.pi / 5
]

# Parts of an object in order, each a polygon in −1..1 (y downwards) and which of three colours.
OBJECTS: dict[str, list[tuple[Points, int]]] = {
    "ball": [(_round(0, 0, 0.9, 0.9), 0), (_round(0, 0, 0.3, 0.9), 1)],
    "boat": [
        ([(-1, 0.3), (1, 0.3), (0.6, 0.8), (-0.6, 0.8)], 0),
        ([(-0.05, 0.3), (-0.05, -0.95), (0.75, 0.15), (0.05, 0.15), (0.05, 0.3)], 1),
    ],
    "car": [
        ([(-1, 0.4), (-1, 0), (-0.55, 0), (-0.3, -0.45), (0.4, -0.45), (0.65, 0), (1, 0.05),
          (1, 0.4)], 0),
        ([(-0.38, -0.02), (-0.22, -0.33), (0.32, -0.33), (0.48, -0.02)], 1),
        (_round(-0.55, 0.45, 0.24, 0.24), 2),
        (_round(0.55, 0.45, 0.24, 0.24), 2),
    ],
    "cup": [
        (_round(0.6, 0, 0.35, 0.42), 0),
        (_round(0.6, 0, 0.19, 0.26), 1),
        ([(-0.65, -0.75), (0.65, -0.75), (0.5, 0.8), (-0.5, 0.8)], 0),
    ],
    "fish": [
        (_round(-0.15, 0, 0.75, 0.45), 0),
        ([(0.45, 0), (1, -0.5), (1, 0.5)], 1),
        (_round(-0.55, -0.1, 0.09, 0.09), 2),
    ],
    "flower": [*((petal, 0) for petal in _PETALS), (_round(0, 0, 0.3, 0.3), 1)],
    "house": [
        (_box(-0.75, -0.1, 0.75, 0.9), 0),
        ([(-0.95, -0.1), (0, -0.95), (0.95, -0.1)], 1),
        (_box(-0.15, 0.3, 0.2, 0.9), 2),
    ],
    "key": [
        (_round(-0.55, 0, 0.42, 0.42), 0),
        (_round(-0.55, 0, 0.18, 0.18), 1),
        ([(-0.15, -0.12), (1, -0.12), (1, 0.45), (0.8, 0.45), (0.8, 0.12), (0.62, 0.12),
          (0.62, 0.4), (0.42, 0.4), (0.42, 0.12), (-0.15, 0.12)], 0),
    ],
    "star": [(_STAR, 0)],
    "tree": [
        (_box(-0.14, 0.3, 0.14, 1), 1),
        ([(0, -1), (0.6, -0.25), (0.3, -0.25), (0.8, 0.4), (-0.8, 0.4), (-0.3, -0.25),
          (-0.6, -0.25)], 0),
    ],
}  # fmt: skip


def objects() -> Dataset:
    """Ten kinds of object in varied colour, scale, pose, texture and background.

    2,000 training and 500 test images, 3×32×32.
    """
    return draw_dataset(
        _paint,
        seed=2,
        title="Drawn objects",
        source="drawn by Proofsheet (on scikit-learn’s two photographs)",
        licence="MIT; photographs CC BY 2.0",
        classes=list(OBJECTS),
    )


def _paint(label: int, generator: np.random.Generator) -> Image.Image:
    canvas = background(generator)
    ground = np.asarray(canvas).reshape(-1, 3).mean(axis=0)
    parts = list(OBJECTS.values())[label]
    colours = [colour_apart(ground, generator) for _ in range(3)]
    if generator.random() < 0.3:  # something in the way, of no class
        _clutter(canvas, generator)
    pose = _pose(generator)
    picture = canvas.copy()
    mask = Image.new("L", canvas.size)
    for points, colour in parts:
        seen = _seen(points, pose, generator)
        ImageDraw.Draw(picture).polygon(seen, fill=colours[colour])
        ImageDraw.Draw(mask).polygon(seen, fill=255)
    canvas.paste(_textured(picture, generator), mask=mask)
    return canvas


def _pose(generator: np.random.Generator) -> np.ndarray:
    """An affine map ``(2, 3)`` from −1..1 to the canvas: mirrored, turned, squeezed, scaled."""
    angle, scale = generator.uniform(-0.4, 0.4), generator.uniform(0.65, 0.95) * CANVAS / 2
    mirror, squeeze = generator.choice([-1, 1]), generator.uniform(0.75, 1)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    shift = CANVAS / 2 + generator.uniform(-0.1, 0.1, 2) * CANVAS
    return np.column_stack([turn @ np.diag([mirror * squeeze, 1]) * scale, shift])


def _seen(points: Points, pose: np.ndarray, generator: np.random.Generator) -> Points:
    """Points on the canvas, each a little off, so that no two objects have one outline."""
    wobbly = np.array(points) + generator.normal(0, 0.03, (len(points), 2))
    return [(float(x), float(y)) for x, y in wobbly @ pose[:, :2].T + pose[:, 2]]


def _textured(picture: Image.Image, generator: np.random.Generator) -> Image.Image:
    """Stripes or blotches over the picture, darker and lighter by up to two fifths."""
    if generator.random() < 0.5:
        x, y = np.meshgrid(np.arange(CANVAS), np.arange(CANVAS))
        angle, period = generator.uniform(0, np.pi), generator.uniform(5, 16)
        pattern = np.sin((x * np.cos(angle) + y * np.sin(angle)) * 2 * np.pi / period)
    else:
        cells = generator.uniform(-1, 1, (8, 8)).astype(np.float32)
        blotches = Image.fromarray(cells).resize((CANVAS, CANVAS), Image.Resampling.BICUBIC)
        pattern = np.asarray(blotches, float)
    shade = 1 + generator.uniform(0, 0.4) * pattern[:, :, None]
    return Image.fromarray((np.asarray(picture, float) * shade).clip(0, 255).astype(np.uint8))


def _clutter(canvas: Image.Image, generator: np.random.Generator) -> None:
    corners = generator.uniform(-0.2, 1.2, (3, 2)) * CANVAS
    colour = tuple(int(level) for level in generator.integers(0, 256, 3))
    ImageDraw.Draw(canvas).polygon([(float(x), float(y)) for x, y in corners], fill=colour)
