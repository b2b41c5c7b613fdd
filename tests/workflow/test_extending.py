"""Adding an experiment, a figure, a write-up: each touches the files that CONTRIBUTING names."""

import re

import pandas as pd
import pytest
import yaml

from conftest import PROJECT

CONTRIBUTING = (PROJECT / "CONTRIBUTING.md").read_text()

EXPERIMENT = """
  vae_small:
    title: VAE with a code of two
    train:
      <<: *vae
      model: {name: small.vae, latent: 2}
      epochs: 1
      batch_size: 32
    evaluate: {reader: mnist_cnn}
    seeds: [0]

figures:
"""
MODEL = """
from proofsheet.models.vae import dense


def vae(*, image_shape, classes, latent):
    return dense(image_shape=image_shape, classes=classes, latent=latent, hidden=8)
"""

FIGURE = """figures:
  last_losses:
    draw: {kind: last_losses, experiments: [vae_bce, vae_mse]}
    caption: The last validation loss.
    alt: Two bars.
"""
KIND = """
import matplotlib.pyplot as plt
import pandas as pd


def draw(evidence, options, titles):
    last = [evidence.estimate(name, "val", "loss").mean for name in options.experiments]
    figure, axes = plt.subplots()
    axes.bar([titles[name] for name in options.experiments], last)
    return figure, pd.DataFrame({"experiment": options.experiments, "loss": last})
"""

WRITEUP = {
    "title": "One more write-up",
    "course": "A course",
    "parts": {"digits": {"title": "Digits", "source": "workflow/scripts/proofsheet/training.py"}},
    "experiments": {
        "one_layer": {
            "title": "One layer",
            "train": {
                "data": "mnist",
                "task": "classify",
                "model": {"name": "dense.fnn", "hidden": [8, 8]},
                "optimiser": {"name": "sgd", "lr": 0.1},
                "batch_size": 32,
                "epochs": 2,
                "hold_out": {"of": "test", "share": 0.5},
            },
            "seeds": [0, 1],
        }
    },
    "published": {
        "one_layer": {
            "test_accuracy": {
                "title": "test accuracy",
                "where": "Page 1",
                "measured": {"split": "test", "quantity": "accuracy"},
                "value": 0.75,
            }
        }
    },
    "figures": {
        "loss": {
            "draw": {"kind": "loss_curves", "experiments": ["one_layer"], "ylabel": "loss"},
            "caption": "Loss.",
            "alt": "A falling line.",
            "number": 1,
        }
    },
    "tables": {
        "accuracy": {
            "kind": "quantities",
            "experiments": ["one_layer"],
            "rows": [
                {
                    "title": "Test accuracy",
                    "split": "test",
                    "quantity": "accuracy",
                    "published": "test_accuracy",
                }
            ],
            "caption": "Accuracy.",
        }
    },
}
TEMPLATE = """{% extends "base.html.j2" %}
{% import "macros.html.j2" as show with context %}
{% block title %}{{ writeup.title }}{% endblock %}
{% block body %}
{{ show.title_block(writeup, author, run) }}
{{ show.numbered("digits", "Question", writeup, links) }}
{{ show.figure(figures.loss) }}
{{ show.further(figures, tables) }}
{% endblock %}
"""


def sources(project):
    """Content of every file but results and what Snakemake keeps."""
    return {
        str(path.relative_to(project.folder)): path.read_bytes()
        for path in project.folder.rglob("*")
        if path.is_file()
        and path.relative_to(project.folder).parts[0] not in ("results", ".snakemake")
        and "__pycache__" not in path.parts
    }


def named_by(what, name, new=None):
    """Files that CONTRIBUTING's table names for a change, with these names filled in."""
    (row,) = [line for line in CONTRIBUTING.splitlines() if line.startswith(f"| {what} |")]
    paths = re.findall(r"`([^`]*/[^`]*)`", row)
    if "in the YAML" in row:
        paths.append("writeups/<name>.yaml")
    filled = [re.sub("<(name|writeup)>", name, path) for path in paths]
    library = "workflow/scripts/"
    return {f"{library}{path}{new}.py" if path.endswith("/") else path for path in filled}


@pytest.fixture
def touched(fresh):
    """Names of the files that differ from those of a fresh copy."""
    before = sources(fresh)

    def names():
        after = sources(fresh)
        return {path for path in after if before.get(path) != after[path]}

    return names


def test_an_experiment_is_one_entry_and_a_model_function(fresh, touched):
    fresh.edit("writeups/verification_vae.yaml", "\nfigures:\n", EXPERIMENT)
    fresh.edit(
        "writeups/verification_vae.yaml",
        "vae_quality:\n    kind: metrics\n    experiments: [vae_bce, vae_mse]",
        "vae_quality:\n    kind: metrics\n    experiments: [vae_bce, vae_mse, vae_small]",
    )
    (fresh.folder / "workflow/scripts/proofsheet/models/small.py").write_text(MODEL)
    table = "results/tiny/tables/verification_vae/vae_quality.csv"
    fresh.build(table)
    assert touched() == named_by("add an experiment", name="verification_vae", new="small")
    rows = pd.read_csv(fresh.folder / table)
    assert list(rows["row"].unique()) == ["vae_bce", "vae_mse", "vae_small"]
    assert rows["mean"].notna().all()


def test_a_figure_is_one_function_and_its_name(copy):
    before = sources(copy)
    copy.edit("writeups/verification_vae.yaml", "figures:\n", FIGURE)
    kind = "workflow/scripts/proofsheet/figures/last_losses.py"
    (copy.folder / kind).write_text(KIND)
    assert copy.planned() == {"figure": 1, "report": 1, "pdf": 1, "manifest": 1}
    copy.build()
    after = sources(copy)
    changed = {path for path in after if before.get(path) != after[path]}
    assert changed == named_by("add a figure", name="verification_vae", new="last_losses")
    page = (copy.results / "reports" / "verification_vae.html").read_text()
    assert "The last validation loss." in page.split('id="further"')[1]
    data = pd.read_csv(copy.results / "figures" / "verification_vae" / "last_losses.csv")
    assert data.experiment.tolist() == ["vae_bce", "vae_mse"]


def test_a_writeup_is_one_declaration_and_one_template(fresh, touched):
    text = yaml.safe_dump(WRITEUP, sort_keys=False)
    (fresh.folder / "writeups" / "one_more.yaml").write_text(text)
    (fresh.folder / "templates" / "one_more.html.j2").write_text(TEMPLATE)
    fresh.configure(writeups=["one_more"])
    fresh.build()
    assert touched() == named_by("add a write-up", name="one_more") | {"config/tiny.yaml"}
    reports = fresh.results / "reports"
    assert (reports / "one_more.pdf").read_bytes().startswith(b"%PDF")
    assert 'href="one_more.html"' in (reports / "index.html").read_text()
    page = (reports / "one_more.html").read_text()
    assert re.findall(r"<strong>((?:Figure|Table) [^.]+)\.", page) == ["Figure 1", "Table 1"]
    assert "<td>0.7500</td>" in page  # the published value
