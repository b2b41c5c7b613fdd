"""What an edit reruns, and what it leaves alone."""

import os
import shutil
from pathlib import Path

import pytest

LIBRARY = "workflow/scripts/proofsheet"
# What gathers files of all write-ups follows any of them.
GATHERERS = {"manifest": 1}
REPORT = {"report": 1, "pdf": 1, **GATHERERS}


def test_a_sentence_in_a_template_reruns_its_report(copy):
    copy.edit("templates/verification_vae.html.j2", "Three Siamese networks", "Three nets")
    assert copy.planned() == REPORT


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("caption: ROC curves", "caption: The ROC curves"),
        ("caption: Signs of", "caption: The signs of"),
        (
            'title: SSIM, split: test, quantity: ssim, format: ".3f"',
            'title: SSIM, split: test, quantity: ssim, format: ".4f"',
        ),
    ],
    ids=["caption of a figure", "caption of a table", "format of a column"],
)
def test_words_rerun_their_report(copy, old, new):
    copy.edit("writeups/verification_vae.yaml", old, new)
    assert copy.planned() == REPORT


def test_the_text_of_a_claim_reruns_the_pages_that_show_it(copy):
    copy.edit("writeups/verification_vae.yaml", "text: Reconstructions", "text: The images")
    assert copy.planned() == {"index": 1, **REPORT}


def test_how_jobs_report_to_a_person_reruns_nothing(copy):
    copy.edit(f"{LIBRARY}/jobs/job.py", "a log", "its log")
    copy.edit(f"{LIBRARY}/jobs/progress.py", "EVERY = 5.0", "EVERY = 9.0")
    assert copy.planned() == {}


def test_a_word_in_the_schema_retrains_nothing(copy):
    copy.edit(f"{LIBRARY}/declare/training.py", "Learning rate; with", "The learning rate.")
    assert copy.planned().keys().isdisjoint({"prepare", "train", "evaluate"})


def test_a_task_or_a_module_that_nothing_uses_yet_reruns_nothing(copy):
    text = (copy.folder / LIBRARY / "declare/tasks/classify.py").read_text()
    another = text.replace('"classify"', '"another"')
    for folder in ("declare/tasks", "jobs"):
        (copy.folder / LIBRARY / folder / "another.py").write_text(another)
    assert copy.planned() == {}


def test_the_code_of_a_figure_reruns_that_figure_and_its_report(copy):
    copy.edit(f"{LIBRARY}/figures/roc_curves.py", "CORNER = 0.2", "CORNER = 0.25")
    assert copy.planned() == {"figure": 1, **REPORT}


def test_a_learning_rate_reruns_its_experiment_and_what_hangs_on_it(copy):
    copy.edit(
        "config/tiny.yaml", "  vae_mse:\n", "  vae_mse:\n    optimiser: {name: adam, lr: 0.01}\n"
    )
    planned = copy.planned()
    assert planned.pop("train") == 2
    assert planned.pop("evaluate") == 1
    # Its images, curves and gaps of both VAEs, samples and traversal; both tables of VAEs.
    assert planned.pop("figure") == 5
    assert planned.pop("table") == 2
    assert planned == {"verdicts": 1, "all_verdicts": 1, "index": 1, **REPORT}


def test_the_code_of_a_model_family_reruns_the_experiments_that_use_it(copy):
    copy.edit(
        f"{LIBRARY}/models/embedding.py",
        "self.unit_length else embedding",
        "self.unit_length else embedding + 0",
    )
    planned = copy.planned()
    assert planned["train"] == 6
    assert planned["evaluate"] == 3


def test_the_code_of_evaluation_retrains_nothing(copy):
    copy.edit(f"{LIBRARY}/tasks/vae/evaluation.py", "BLURRED_BELOW = 0.5", "BLURRED_BELOW = 0.4")
    planned = copy.planned()
    assert "train" not in planned
    assert planned["evaluate"] == 2


def test_one_more_seed_trains_that_seed(copy):
    copy.edit("config/tiny.yaml", "seeds:\n- 0\n- 1\n", "seeds:\n- 0\n- 1\n- 2\n")
    planned = copy.planned()
    assert planned["train"] == 6  # one for each experiment
    assert planned["evaluate"] == 6
    assert "prepare" not in planned


def test_a_touched_but_unchanged_file_reruns_nothing(copy):
    for path in (
        "workflow/scripts/train.py",
        f"{LIBRARY}/train/loop.py",
        f"{LIBRARY}/figures/style.py",
        "templates/style.css",
    ):
        os.utime(copy.folder / path)
    assert copy.planned() == {}


def test_a_fresh_clone_with_copied_results_reruns_nothing(built, fresh):
    # The clone's sources are newer than the results, which were copied with what is known of them.
    for part in ("results", ".snakemake"):
        shutil.copytree(built.folder / part, fresh.folder / part)
    newest = max(path.stat().st_mtime for path in fresh.results.rglob("*"))
    for path in Path(fresh.folder / "workflow").rglob("*.py"):
        os.utime(path, (newest + 10, newest + 10))
    assert fresh.planned() == {}
