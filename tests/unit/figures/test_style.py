import subprocess
import sys
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from matplotlib.figure import Figure

from proofsheet.figures.style import (
    as_labels,
    colour_of,
    dash_of,
    legend_below,
    marker_of,
    panel_axes,
    tile,
    use_style,
    with_labels,
)

FONTS = Path(__file__).parents[3] / "templates" / "fonts"


def test_a_sheet_keeps_images_in_rows_with_a_white_border():
    images = np.array([[10, 20], [30, 40]], np.uint8).reshape(2, 2, 1, 1, 1)
    assert tile(images).tolist() == [[10, 255, 20], [255, 255, 255], [30, 255, 40]]


def test_a_colour_sheet_has_its_channels_last():
    assert tile(np.zeros((1, 2, 3, 4, 5), np.uint8)).shape == (4, 11, 3)


@pytest.mark.parametrize("look", [colour_of, dash_of, marker_of])
def test_looks_differ_from_each_other_up_to_the_sixth(look):
    assert len({look(index) for index in range(6)}) == 6


@pytest.mark.parametrize(("look", "count"), [(colour_of, 6), (dash_of, 6), (marker_of, 7)])
def test_after_the_last_look_comes_the_first_again(look, count):
    assert look(count) == look(0)


def test_no_two_of_forty_lines_look_alike():
    looks = {(colour_of(index), dash_of(index), marker_of(index)) for index in range(40)}
    assert len(looks) == 40


@pytest.fixture
def styled():
    with matplotlib.rc_context():
        use_style(map(str, FONTS.glob("*.ttf")))
        yield


def test_type_of_a_small_figure_is_readable_in_print(styled):
    with matplotlib.rc_context():
        use_style(map(str, FONTS.glob("*.ttf")), small=True)
        figure, _ = panel_axes(1, 1, 2)
        # A4 between margins of 22 mm, in two columns 14 points apart.
        column = ((210 - 44) / 25.4 - 14 / 72) / 2
        assert matplotlib.rcParams["font.size"] * column / figure.get_figwidth() >= 6


@pytest.mark.parametrize(("words", "rows"), [("short", 1), ("quite long " * 6, 3)])
def test_a_legend_is_no_wider_than_its_figure(styled, words, rows):
    figure, (axes,) = panel_axes(1, 1, 2)
    for index in range(3):
        axes.plot([0, 1], label=f"{words}{index}")
    legend_below(figure, axes, 3)
    figure.draw_without_rendering()
    (legend,) = figure.legends
    assert legend.get_window_extent().width <= figure.bbox.width
    assert len({round(text.get_window_extent().y0) for text in legend.get_texts()}) == rows
    assert figure.get_figheight() > 2 or rows == 1


TITLES = ["_baseline", "from $0 to $1", "a_b^c"]


def test_a_title_stands_in_a_legend_whatever_its_signs(styled):
    figure = Figure()
    axes = figure.subplots()
    titles = as_labels(dict(zip("abc", TITLES, strict=True)))
    options = with_labels({"panels": [{"title": title, "of": "_x"} for title in TITLES]})
    for title in [*titles.values(), *(panel["title"] for panel in options["panels"])]:
        axes.plot([0, 1], label=title)
    figure.draw_without_rendering()
    shown = [text.get_text().lstrip("\u200b") for text in axes.legend().get_texts()]
    assert shown == TITLES * 2
    assert not any(text.get_parse_math() for text in axes.legend().get_texts())
    assert [panel["of"] for panel in options["panels"]] == ["_x"] * 3


DRAW = """
import sys; sys.path[:0] = {path!r}
from pathlib import Path
import matplotlib.pyplot as plt, numpy as np
from proofsheet.figures.style import save, use_style
use_style({fonts!r})
figure, axes = plt.subplots()
axes.plot([0, 1], label="a")
axes.imshow(np.eye(3))
axes.set_title("σ ≤ 1")
axes.legend()
for suffix in ("svg", "png", "pdf"):
    save(figure, [{folder!r} + f"/figure.{{suffix}}"])
"""


@pytest.fixture(scope="module")
def drawn_twice(tmp_path_factory):
    folders = [tmp_path_factory.mktemp(name) for name in ("one", "two")]
    fonts = [str(path) for path in FONTS.glob("*.ttf")]
    for folder in folders:
        script = DRAW.format(path=sys.path, folder=str(folder), fonts=fonts)
        subprocess.run([sys.executable, "-c", script], check=True)
    return folders


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf"])
def test_two_processes_draw_the_same_bytes(drawn_twice, suffix):
    one, two = ((folder / f"figure.{suffix}").read_bytes() for folder in drawn_twice)
    assert one == two


def test_figures_carry_the_fonts_of_the_reports(drawn_twice):
    assert b"IBMPlexSans" in (drawn_twice[0] / "figure.pdf").read_bytes()
