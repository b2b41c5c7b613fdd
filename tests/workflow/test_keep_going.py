"""One experiment fails: with --keep-going all that does not hang on it is made and shown."""

import json

import pandas as pd

from conftest import ALL, copy_built


def test_the_others_are_shown_and_what_is_missing_is_named_with_its_reason(built_all, tmp_path):
    project = copy_built(built_all, tmp_path)
    manifest, page = project.results / "manifest.json", project.results / "reports" / "index.html"
    whole = manifest.read_bytes()
    fails = {"encoder_classifier": {"optimiser": {"name": "sgd", "lr": 1e30}}}
    project.configure(**{**ALL, "train": {**ALL["train"], **fails}})

    done = project.snakemake("--keep-going")
    assert done.returncode != 0
    reason = "results/tiny/logs/train/encoder_classifier/seed0.log: loss is "
    assert f"  cnn_autoencoder: {reason}" in done.stdout
    assert "Not made: A six-layer CNN, and an autoencoder that classifies." in page.read_text()
    assert reason in page.read_text()
    assert set(pd.read_csv(project.results / "verdicts.csv").writeup) == {
        *("verification_vae", "losses_and_architectures", "mnist_and_lenet"),
    }
    rest = json.loads(manifest.read_text())
    assert "reports/mnist_and_lenet.pdf" in rest
    assert not any("cnn_autoencoder" in path for path in rest)
    assert all(json.loads(whole)[path] == digest for path, digest in rest.items() if "/" in path
               and path != "reports/index.html")  # fmt: skip

    project.configure(**ALL)
    project.build()
    assert manifest.read_bytes() == whole
