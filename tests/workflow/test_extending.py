"""Adding an experiment, a figure, a write-up: each touches the files that CONTRIBUTING names."""

import re

import pandas as pd
import pytest

import one_more
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
    evaluate: {classifier: mnist_cnn}
    seeds: [0]

figures:
"""
MODEL = """
from proofsheet.models.vae import dense


def vae(*, image_shape, classes, latent):
    return dense(image_shape=image_shape, classes=classes, latent=latent, hidden=8)
"""

FIGURE = """
  last_losses:
    draw: {kind: last_losses, experiments: [vae_bce, vae_mse]}
    caption: The last validation loss.
    alt: Two bars.

tables:
"""
KIND = """
import matplotlib.pyplot as plt
import pandas as pd

from proofsheet.declare.quantity import Metric


def draw(results, titles, *, experiments: list[str]):
    loss = Metric(split="val", quantity="loss")
    last = [results.estimate(name, loss).mean for name in experiments]
    figure, axes = plt.subplots()
    axes.bar([titles[name] for name in experiments], last)
    return figure, pd.DataFrame({"experiment": experiments, "loss": last})
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
    copy.edit("writeups/verification_vae.yaml", "\ntables:\n", FIGURE)
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
    one_more.declare(fresh).build()
    assert touched() == named_by("add a write-up", name="one_more") | {"config/tiny.yaml"}
    reports = fresh.results / "reports"
    assert (reports / "one_more.pdf").read_bytes().startswith(b"%PDF")
    assert 'href="one_more.html"' in (reports / "index.html").read_text()
    page = (reports / "one_more.html").read_text()
    assert re.findall(r"<strong>([^.<]+)\.</strong>", page) == ["Figure 1", "A1"]
    assert '<td class="printed">0.75</td>' in page


SCHEMA = '''
"""Say whether an image is brighter than the mean of its training images."""

from typing import Literal

from proofsheet.declare.training import Evaluation, Training, arrays, metrics


class BrightTraining(Training):
    """Train a classifier of brightness."""

    task: Literal["bright"]


class BrightEvaluation(Evaluation):
    """Measure the share that it gets right."""

    task: Literal["bright"]

    def measures(self, training):
        return [*metrics("test", "bright_accuracy"), *arrays("answers")]
'''
OBJECTIVE = """
from torch.nn import functional as F

from proofsheet.tasks.task import whole_passes


class Brightness:
    def sample(self, labels, count, generator):
        return whole_passes(len(labels), 1, generator)[:, None]

    def terms(self, model, images, labels):
        logits = model(images[:, 0])[:, 0]
        return {"loss": F.binary_cross_entropy_with_logits(logits, bright(images[:, 0]))}


def bright(images):
    return (images.flatten(1).mean(dim=1) > 0.15).float()


def objective(settings, classes):
    return Brightness()
"""
EVALUATION = """
import torch

from proofsheet.tasks.bright.objective import bright
from proofsheet.tasks.task import Measurements


def evaluate(trained, settings, seed, classifier):
    images = trained.images["test"].scaled(torch.arange(len(trained.images["test"])))
    with torch.no_grad():
        answers = trained.model(images)[:, 0] > 0
    right = (answers == (bright(images) == 1)).double().mean()
    metrics = [("test", "", "bright_accuracy", float(right))]
    return Measurements(metrics, {"answers": answers.numpy()})
"""
TASK_EXPERIMENT = """
  brightness:
    title: Brightness
    train:
      data: mnist
      task: bright
      model: {name: dense.logistic}
      optimiser: {name: sgd, lr: 0.1}
      hold_out: {of: test, share: 0.5}
      epochs: 1
      batch_size: 32
    seeds: [0]

figures:
"""


def test_a_task_is_a_schema_an_objective_and_an_evaluation(fresh, touched):
    library = fresh.folder / "workflow/scripts/proofsheet"
    (library / "declare/tasks/bright.py").write_text(SCHEMA)
    task = library / "tasks/bright"
    task.mkdir()
    for name, text in (("__init__", ""), ("objective", OBJECTIVE), ("evaluation", EVALUATION)):
        (task / f"{name}.py").write_text(text)
    fresh.edit("writeups/verification_vae.yaml", "\nfigures:\n", TASK_EXPERIMENT)
    fresh.build("results/tiny/runs/brightness/metrics.csv")
    assert {path for path in touched() if "/bright" in path} == {
        "workflow/scripts/proofsheet/declare/tasks/bright.py",
        *(
            f"workflow/scripts/proofsheet/tasks/bright/{name}.py"
            for name in ("__init__", "objective", "evaluation")
        ),
    }
    rows = pd.read_csv(fresh.results / "runs" / "brightness" / "metrics.csv")
    assert rows[rows.quantity == "bright_accuracy"].value.between(0, 1).all()
