"""One figure again, from kept files, on a machine without torch."""

import os
import shutil

import pytest


@pytest.fixture
def without_torch(tmp_path_factory):
    """An environment in which importing torch fails, as where it is not installed."""
    folder = tmp_path_factory.mktemp("blocked")
    for name in ("torch", "torchvision", "sklearn"):
        (folder / f"{name}.py").write_text(f"raise ImportError('no {name} here')")
    return {"PYTHONPATH": os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])}


def test_a_figure_is_redrawn_with_the_same_bytes(copy, without_torch):
    target = "results/tiny/figures/verification_vae/loss_curves.svg"
    svg = copy.folder / target
    before = svg.read_bytes()
    svg.unlink()
    assert copy.planned(target) == {"figure": 1}
    copy.build(target, environment=without_torch)
    assert svg.read_bytes() == before


@pytest.mark.parametrize(
    "further",
    [
        {"MPLBACKEND": "module://matplotlib_inline.backend_inline"},
        {"MATPLOTLIBRC": "own"},
    ],
)
def test_nothing_of_the_host_enters_a_figure(copy, further):
    rc = copy.folder / "own" / "matplotlibrc"
    rc.parent.mkdir()
    rc.write_text("savefig.bbox: tight\nlines.marker: o\ntext.usetex: True\n")
    target = "results/tiny/figures/verification_vae/loss_curves.svg"
    svg = copy.folder / target
    before = svg.read_bytes()
    svg.unlink()
    copy.build(target, environment=further)
    assert svg.read_bytes() == before


def test_make_figure_makes_nothing_else_again(copy):
    """``make figure`` allows the rule ``figure`` alone: without kept files it says so."""
    shutil.rmtree(copy.results / "runs" / "vae_bce")
    target = "results/tiny/figures/verification_vae/vae_bce_images.svg"
    done = copy.snakemake(target, "--force", "--allowed-rules", "figure")
    assert done.returncode != 0
    assert not (copy.results / "runs" / "vae_bce").exists()


def test_a_report_is_rendered_again(copy, without_torch):
    copy.edit("templates/verification_vae.html.j2", "Three Siamese networks", "Three nets")
    copy.build(environment=without_torch)
    assert "Three nets" in (copy.results / "reports" / "verification_vae.html").read_text()
