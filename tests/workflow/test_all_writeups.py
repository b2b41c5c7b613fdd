"""All write-ups, built once on few images."""

import json
import re
import shutil
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from expected import EXPERIMENTS
from workflow_helpers import broken_links, page_texts, words_of

WRITEUPS = ["cnn_autoencoder", "losses_and_architectures", "mnist_and_lenet"]


@pytest.fixture(params=WRITEUPS)
def page(built_all, request):
    return request.param, (built_all.results / "reports" / f"{request.param}.html").read_text()


def test_every_experiment_was_trained_and_evaluated(built_all):
    runs = built_all.results / "runs"
    assert {path.parent.name for path in runs.glob("*/metrics.csv")} == EXPERIMENTS
    for name in EXPERIMENTS:
        record = json.loads((runs / name / "seed0" / "run.json").read_text())
        history = pd.read_csv(runs / name / "seed0" / "history.csv")
        assert history.epoch.max() == record["train"]["epochs"]


def test_a_second_build_runs_no_job(built_all):
    assert built_all.planned() == {}


def test_snakemakes_own_report_fits_into_a_mail(built_all):
    """As a zip; as one HTML file it is three times as large."""
    built_all.build("--report", "report.zip")
    file = built_all.folder / "report.zip"
    with zipfile.ZipFile(file) as report:
        kept = {Path(name).name for name in report.namelist()}
    assert {"loss_curves.svg", *(f"{name}.html" for name in WRITEUPS)} <= kept
    assert file.stat().st_size < 8_000_000


def test_links_of_a_page_lead_somewhere(built_all, page):
    name, _ = page
    assert broken_links(built_all.results / "reports" / f"{name}.html") == []


def test_every_figure_and_table_is_shown_once_in_its_place(page):
    _, text = page
    shown = re.findall(r'<figure[^>]* id="([^"]+)"', text)
    assert len(shown) == len(set(shown)) > 10


@pytest.mark.parametrize("name", ["losses_and_architectures", "mnist_and_lenet"])
def test_formulas_are_set_as_formulas(built_all, name):
    text = (built_all.results / "reports" / f"{name}.html").read_text()
    assert len(re.findall(r'<img class="formula"', text)) >= 2


def test_the_index_leads_to_every_report(built_all):
    index = (built_all.results / "reports" / "index.html").read_text()
    for name in WRITEUPS:
        assert f'href="{name}.html"' in index
        assert f'href="{name}.pdf"' in index


def cells(text, table):
    body = text.split(f'id="tab-{table}"')[1].split("<tbody>")[1].split("</tbody>")[0]
    rows = [re.findall(r"<td>(.*?)</td>", row) for row in body.split("<tr>")[1:]]
    return [
        [re.findall(r"[^<>]+(?=<|$)", re.sub(r"<[^>]*>", "<", cell)) for cell in row]
        for row in rows
    ]


def test_published_losses_stand_beside_ours(built_all):
    text = (built_all.results / "reports" / "cnn_autoencoder.html").read_text()
    rows = cells(text, "cnn_losses")
    # The tiny run trains two epochs; the write-up prints ten.
    assert [row[0][1] for row in rows] == [
        *("1.062", "0.839", "0.707", "0.613", "0.538", "0.476", "0.427", "0.372", "0.330", "0.282")
    ]
    assert [row[0][0] == "–" for row in rows] == [False] * 2 + [True] * 8


def test_lines_are_printed_as_the_writeup_printed_them(built_all):
    reports = built_all.results / "reports"
    cnn = (reports / "cnn_autoencoder.html").read_text()
    loss = cells(cnn, "cnn_losses")[0][0][0]
    assert f"Training Loss at the end of epoch 1 is {loss}" in words_of(cnn)
    fnn = words_of((reports / "losses_and_architectures.html").read_text())
    assert re.search(r"Epoch 1, Batch 100, Loss: \d\.\d{3} 2\.225", fnn)
    # Where the write-up leaves lines out, and after the last of them.
    assert re.search(r"Batch 700, Loss: \S+ 0\.587 \.\.\. Epoch 4, Batch 700", fnn)
    assert re.search(r"0\.255 Finished Training Accuracy on the test set: \d+\.\d\d 92\.32", fnn)


def test_alexnet_has_no_published_accuracy(built_all):
    text = (built_all.results / "reports" / "losses_and_architectures.html").read_text()
    printed = [row[2][1:] for row in cells(text, "architectures")]
    assert printed == [["34.67%"], [], ["94.54%"], ["92.24%"], ["93.11%"], ["92.47%"]]


def test_an_experiment_of_two_writeups_is_trained_once_and_shown_in_both(built_all):
    for name in ("losses_and_architectures", "mnist_and_lenet"):
        text = (built_all.results / "reports" / f"{name}.html").read_text()
        assert 'Linear networks <span class="quiet">convexity</span>' in text
        assert 'LeNet-5 <span class="quiet">svhn_lenet5</span>' in text


def test_convexity_comes_out_as_it_is_known(built_all):
    metrics = pd.read_csv(built_all.results / "runs" / "convexity" / "metrics.csv")
    negative = metrics[metrics.quantity == "negative_points"].set_index("case").value
    assert (negative[["one_linear_mse", "one_sigmoid_ce"]] == 0).all()
    assert (negative[["one_sigmoid_mse", "two_linear_mse", "two_sigmoid_ce"]] > 0).all()


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext (poppler-utils)")
@pytest.mark.parametrize(("name", "words"), [
    ("cnn_autoencoder", "Drawn objects"),
    ("losses_and_architectures", "Drawn street digits"),
    ("mnist_and_lenet", "Drawn street digits"),
])  # fmt: skip
def test_every_page_in_print_names_the_stand_in(built_all, name, words):
    pages = page_texts(built_all.results / "reports" / f"{name}.pdf")
    assert len(pages) > 5
    assert all(words in page for page in pages)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext (poppler-utils)")
@pytest.mark.parametrize("name", ["verification_vae", *WRITEUPS])
def test_every_exhibit_stands_in_print(built_all, name):
    """WeasyPrint loses what spans columns and does not fit below them, without a word."""
    reports = built_all.results / "reports"
    page = (reports / f"{name}.html").read_text()
    shown = set(re.findall(r"<figcaption><strong>([^<]+)\.</strong>", page))
    text = "\n".join(page_texts(reports / f"{name}.pdf"))
    assert shown
    assert shown <= set(re.findall(r"\b((?:Figure |A)\d+)\.", text))


def test_weights_that_cannot_be_had_stop_with_the_remedy(built_all, tmp_path):
    """``pretrained: true``: torchvision's weights are neither in its cache nor to be downloaded."""
    from conftest import PARTS, copy_parts

    project = copy_parts(built_all.folder, tmp_path, PARTS)
    project.edit("config/tiny.yaml", "pretrained: false", "pretrained: true")
    # An empty cache, and an address where nothing listens.
    nowhere = {"TORCH_HOME": str(tmp_path), "https_proxy": "http://127.0.0.1:9"}
    done = project.snakemake("results/tiny/runs/svhn_resnet18/metrics.csv", environment=nowhere)
    assert done.returncode != 0
    assert "set `pretrained: false`, or give the path of a file" in done.stdout
    assert "Traceback" not in done.stdout
