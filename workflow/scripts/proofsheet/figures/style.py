"""One look for all figures, and files whose bytes do not depend on when they were drawn."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from proofsheet.files import replacing

FACES = ("IBMPlexSans-Regular", "IBMPlexSans-SemiBold")

# Inches; the report's text column, so that type in figures has the size of type around them.
WIDTH = 6.5
# Of a small figure, which stands in half of it: its type of 9 points is set at 6.
SMALL = 4.7

# Okabe and Ito's colour-blind-safe palette, darkest first; each with a line style of its own, so
# that lines stay apart in grey too.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00")
DASHES = ("-", (0, (5, 1.5)), (0, (1.2, 1.2)), (0, (5, 1.5, 1.2, 1.5)), (0, (8, 2)), (0, (3, 1)))
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
INK = "#23262b"
QUIET = "#8a9099"


def use_style(fonts: Iterable[str], small: bool = False) -> None:
    """Set matplotlib's defaults for this process, with the report's fonts.

    :param small: whether the figure stands in half of the text column.

    A font that is not the report's own serves characters that these lack.
    """
    families = ["IBM Plex Sans"]
    for font in sorted(fonts):
        own = Path(font).stem.startswith("IBMPlex")
        if Path(font).stem in FACES or not own:
            font_manager.fontManager.addfont(font)
        if not own:
            families.append(font_manager.FontProperties(fname=font).get_name())
    matplotlib.rcParams.update(
        {
            "font.family": families,
            # A title is a title, whatever signs it has.
            "text.parse_math": False,
            "font.size": 9,
            "axes.titlesize": 10,
            "axes.titleweight": 600,
            "axes.titlelocation": "left",
            "axes.labelcolor": INK,
            "axes.edgecolor": QUIET,
            "axes.linewidth": 0.7,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "grid.color": "#e3e6ea",
            "grid.linewidth": 0.6,
            "axes.axisbelow": True,
            "xtick.color": INK,
            "ytick.color": INK,
            "xtick.major.width": 0.7,
            "ytick.major.width": 0.7,
            "text.color": INK,
            "lines.linewidth": 1.6,
            "legend.frameon": False,
            "legend.handlelength": 2.6,
            "figure.constrained_layout.use": True,
            "figure.figsize": (SMALL if small else WIDTH, 3),
            "savefig.dpi": 200,
            # Identifiers inside an SVG are random without a salt.
            "svg.hashsalt": "proofsheet",
            "svg.fonttype": "path",
            "pdf.fonttype": 42,
        }
    )


def save(figure: Figure, paths: Iterable[str]) -> None:
    """Write ``figure`` in the format of each path's suffix, without date, host or version.

    It is arranged once: matplotlib would do so anew for each format.
    """
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    metadata: dict[str, dict[str, str | None]] = {
        ".svg": {"Date": None, "Creator": None},
        ".png": {"Software": None},
        ".pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    }
    for path in paths:
        with replacing(path) as temporary:
            figure.savefig(temporary, metadata=metadata[temporary.suffix])


def as_labels(titles: dict[str, str]) -> dict[str, str]:
    """Titles for legends, which leave out what begins with an underscore."""
    return {name: _as_label(title) for name, title in titles.items()}


def with_labels(options: Any) -> Any:
    """Options of a figure, every ``title`` in them fit for a legend."""
    if isinstance(options, list):
        return [with_labels(one) for one in options]
    if not isinstance(options, dict):
        return options
    return {
        key: _as_label(value) if key == "title" and isinstance(value, str) else with_labels(value)
        for key, value in options.items()
    }


def _as_label(title: str) -> str:
    return f"\u200b{title}" if title.startswith("_") else title


def colour_of(index: int) -> str:
    """Colour of the ``index``-th line or bar, from 0; after the last, the first again."""
    return COLOURS[index % len(COLOURS)]


def dash_of(index: int) -> Any:
    """Line style, likewise; a seventh line differs from the first by its marker alone."""
    return DASHES[index % len(DASHES)]


def marker_of(index: int) -> str:
    """Marker, likewise, of a cycle that has no divisor in common with the colours'."""
    return MARKERS[index % len(MARKERS)]


def width() -> float:
    """Of a figure, in inches."""
    return float(matplotlib.rcParams["figure.figsize"][0])


def panel_axes(count: int, columns: int, height: float) -> tuple[Figure, list[Axes]]:
    """Up to ``columns`` panels beside each other over the full width, each ``height`` inches;
    of a small figure four fifths."""
    columns = min(columns, count)
    rows = -(-count // columns)
    figure = Figure(figsize=(width(), rows * height * (0.8 if width() == SMALL else 1)))
    axes = figure.subplots(rows, columns, squeeze=False)
    for unused in axes.flat[count:]:
        unused.set_visible(False)
    return figure, list(axes.flat[:count])


def legend_below(figure: Figure, axes: Axes, columns: int) -> None:
    """What the lines and points of ``axes`` are, below all panels: in fewer columns where so many
    are too wide, and then in a figure that is as much higher."""
    handles, labels = axes.get_legend_handles_labels()
    for fewer in range(columns, 0, -1):
        legend = figure.legend(handles, labels, loc="outside lower center", ncols=fewer)
        if fewer == 1 or legend.get_window_extent().width <= figure.bbox.width:
            break
        legend.remove()
    rows, planned = (-(-len(labels) // each) for each in (fewer, columns))
    figure.set_figheight(figure.get_figheight() + 0.18 * (rows - planned))


def slanted(names: Sequence[str]) -> dict[str, Any]:
    """How names of classes stand below an axis: upright where all are short."""
    return {} if max(map(len, names)) < 3 else {"rotation": 45, "ha": "right"}


def mean_and_band(
    axes: Axes, x: np.ndarray, values: np.ndarray, index: int, label: str | None = None
) -> None:
    """A line of the mean over seeds and a band from the lowest to the highest seed.

    :param values: ``(len(x), seeds)``.
    :param index: which colour and line style, from 0.
    """
    colour, dash = colour_of(index), dash_of(index)
    axes.fill_between(x, values.min(axis=1), values.max(axis=1), color=colour, alpha=0.16, lw=0)
    axes.plot(x, values.mean(axis=1), color=colour, linestyle=dash, label=label)


def published_points(axes: Axes, x: Sequence[float | None], y: Sequence[float]) -> None:
    """What the write-up prints, as open diamonds over everything else."""
    axes.plot(
        x,  # type: ignore[arg-type]
        y,
        linestyle="none",
        marker="D",
        markersize=4.5,
        markerfacecolor="white",
        markeredgecolor=INK,
        markeredgewidth=1.1,
        zorder=5,
        label="published",
    )


def tile(images: np.ndarray, border: int = 1) -> np.ndarray:
    """Images ``uint8 (rows, columns, C, H, W)`` as one picture ``(H', W')`` or ``(H', W', 3)``.

    A white border of ``border`` pixels lies between images.
    """
    rows, columns, channels, height, width = images.shape
    size = rows * (height + border) - border, columns * (width + border) - border
    sheet = np.full((channels, *size), 255, np.uint8)
    for row in range(rows):
        for column in range(columns):
            top, left = row * (height + border), column * (width + border)
            sheet[:, top : top + height, left : left + width] = images[row, column]
    return sheet[0] if channels == 1 else np.moveaxis(sheet, 0, 2)


def show_sheet(axes: Axes, images: np.ndarray, row_labels: list[str]) -> None:
    """Draw a sheet of images ``(rows, columns, C, H, W)``, a label beside each row."""
    picture = tile(images)
    height = images.shape[3] + 1
    axes.imshow(picture, cmap="gray", vmin=0, vmax=255, interpolation="none")
    axes.set_yticks([height * (row + 0.5) - 1 for row in range(len(row_labels))], row_labels)
    axes.set_xticks([])
    axes.tick_params(length=0)
    axes.grid(False)
    for spine in axes.spines.values():
        spine.set_visible(False)
