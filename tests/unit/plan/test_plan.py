"""What each job reads and is told, of the shipped write-ups."""

import json
import os
from pathlib import Path

import pytest
import yaml

from proofsheet.declare import job as jobs
from proofsheet.declare.figure import FigureJob
from proofsheet.declare.folders import Folders
from proofsheet.declare.project import load_project
from proofsheet.declare.table import TableJob
from proofsheet.errors import ProofsheetError
from proofsheet.plan.plan import UNCOMPARED, Plan

PROJECT = Path(__file__).parents[3]
W = "verification_vae"
QUICK = yaml.safe_load((PROJECT / "config" / "config.yaml").read_text())


@pytest.fixture
def planned(monkeypatch, tmp_path):
    """A plan of the quick run after an edit of one write-up's text."""
    monkeypatch.chdir(PROJECT)
    monkeypatch.setattr("proofsheet.plan.plan.revision", lambda *paths: "")

    def planned(old="", new="", writeup=W, **run):
        own = tmp_path / f"own{len(list(tmp_path.iterdir()))}"
        folder = own / "writeups"
        folder.mkdir(parents=True)
        for path in Path("writeups").glob("*.yaml"):
            text = path.read_text()
            if path.stem == writeup:
                assert old in text
                text = text.replace(old, new)
            (folder / path.name).write_text(text)
        (folder / "recovered").symlink_to(PROJECT / "writeups" / "recovered")
        return Plan(load_project([], {**QUICK, **run}, Folders(own)))

    return planned


def told(plan):
    """What every job of a plan is told, by its name."""
    found = {("prepare", name): plan.prepare(name) for name in plan.run.data}
    for name in plan.experiments:
        found["train", name] = plan.train(name)
        found["evaluate", name] = plan.evaluate(name)
    for writeup, declared in plan.writeups.items():
        found |= {
            ("figure", writeup, name): plan.figure(writeup, name) for name in declared.figures
        }
        found |= {("table", writeup, name): plan.table(writeup, name) for name in declared.tables}
        found["verdicts", writeup] = plan.verdicts(writeup)
        found["report", writeup] = plan.report(writeup)
    found["index",] = plan.index()
    return {name: job.told for name, job in found.items()}


def changed(one, other):
    before, after = told(one), told(other)
    return {name for name in after if before[name] != after[name]}


def test_only_reports_that_a_build_made_are_told(planned, tmp_path, monkeypatch):
    plan = planned()
    monkeypatch.chdir(tmp_path)
    Path("results/quick/reports").mkdir(parents=True)
    old, new = (Path(f"results/quick/reports/{W}.{suffix}") for suffix in ("html", "pdf"))
    for file, time in ((old, 100), (new, 300)):
        file.touch()
        os.utime(file, (time, time))
    assert plan.made_since(200) == [str(new)]


def test_a_training_reads_its_data_and_code(planned):
    inputs = planned().train("vae_bce").inputs
    assert inputs["data"] == "results/quick/data/mnist.npz"
    assert inputs["card"] == "results/quick/data/mnist.json"
    assert "workflow/scripts/proofsheet/models/vae.py" in inputs["code"]


def test_weights_that_a_training_starts_from_are_read(planned, tmp_path):
    weights = tmp_path / "weights.pth"
    weights.write_bytes(b"PK")
    train = {"svhn_vgg": {"pretrained": str(weights)}}
    plan = planned(train={**QUICK["train"], **train})
    assert plan.train("svhn_vgg").inputs["pretrained"] == str(weights)


def test_an_evaluation_reads_all_seeds_and_the_classifier(planned):
    inputs = planned(seeds={"*": [3, 5]}).evaluate("vae_bce").inputs
    runs = "results/quick/runs"
    assert inputs["weights"] == [f"{runs}/vae_bce/seed{n}/weights.safetensors" for n in (3, 5)]
    assert inputs["classifier"] == f"{runs}/mnist_cnn/seed3/run.json"


def test_a_figure_reads_what_is_kept_of_its_experiments_alone(planned):
    inputs = planned().figure(W, "vae_loss_curves").inputs
    experiments = {path.split("/")[3] for path in inputs["kept"]}
    assert experiments == {"vae_bce", "vae_mse"}


def test_a_table_reads_what_is_kept_of_its_experiments_alone(planned):
    inputs = planned().table(W, "vae_losses").inputs
    assert set(inputs) == {"kept", "code"}
    assert {path.split("/")[3] for path in inputs["kept"]} == {"vae_bce", "vae_mse"}


def test_the_index_reads_what_headlines_say_and_the_first_figure(planned):
    old = yaml.safe_load((PROJECT / "writeups" / f"{W}.yaml").read_text())["headline"]
    plan = planned(old, "PSNR {vae_mse/test psnr|.1f}", writeups=[W])
    inputs = plan.index().inputs
    assert inputs["kept"] == ["results/quick/runs/vae_mse/metrics.csv"]
    assert inputs["figures"] == [f"results/quick/figures/{W}/loss_curves.png"]


def test_verdicts_are_told_no_sentence(planned):
    claims = json.loads(planned().verdicts(W).told)["claims"]
    assert set(claims["bce-blurry"]["says"].values()) == {"", None}


def test_a_figure_that_is_not_declared_is_one_line(planned):
    with pytest.raises(ProofsheetError, match="declares no figure 'nope'; there are loss_curves"):
        planned().figure(W, "nope")


@pytest.mark.parametrize(
    ("old", "new", "jobs"),
    [
        ("caption: ROC curves", "caption: The ROC curves", {("report", W)}),
        ("caption: Signs of", "caption: The signs of", {("report", W)}),
        ('quantity: ssim, format: ".3f"', 'quantity: ssim, format: ".4f"', {("report", W)}),
        ("text: Reconstructions", "text: The images", {("report", W), ("index",)}),
        ("confirmed: 'They are: PSNR", "confirmed: 'Yes: PSNR", {("report", W)}),
        ('confirmed: "The reason may be', 'confirmed: "It may be', {("report", W)}),
        ("headline: Three", "headline: 3", {("report", W), ("index",)}),
    ],
    ids=[
        "caption of a figure",
        "caption of a table",
        "format",
        "text of a claim",
        "sentence of a claim",
        "sentence of a remark",
        "headline",
    ],
)
def test_words_are_told_to_the_pages_alone(planned, old, new, jobs):
    assert changed(planned(), planned(old, new)) == jobs


def test_a_learning_rate_is_told_to_its_training_and_to_the_report(planned):
    train = {**QUICK["train"], "vae_mse": {"optimiser": {"name": "adam", "lr": 0.5}}}
    assert changed(planned(), planned(train=train)) == {("train", "vae_mse"), ("report", W)}


def test_a_published_number_is_told_to_what_shows_or_judges_it(planned):
    w = "cnn_autoencoder"
    edited = planned("1: 1.062,", "1: 1.063,", writeup=w)
    shows = {("figure", w, "cnn_loss"), ("table", w, "cnn_losses")}
    assert changed(planned(), edited) == {*shows, ("verdicts", w), ("report", w), ("index",)}


def test_what_a_job_asks_of_a_cluster_is_told_to_nobody(planned):
    assert changed(planned(), planned(resources={"*": {"runtime": 11}})) == set()


def test_every_job_reads_back_what_it_is_told(planned):
    classes = {
        "prepare": jobs.PrepareJob,
        "train": jobs.TrainJob,
        "evaluate": jobs.EvaluateJob,
        "figure": FigureJob,
        "table": TableJob,
        "verdicts": jobs.VerdictsJob,
        "report": jobs.ReportJob,
        "index": jobs.IndexJob,
    }
    for (kind, *_), text in told(planned()).items():
        again = classes[kind].model_validate_json(text).model_dump(mode="json")
        assert again == json.loads(text)


def test_the_manifest_lists_every_file_once(planned):
    plan = planned()
    files = plan.manifest().inputs["files"]
    assert len(files) == len(set(files))
    for path in (
        "data/mnist.npz",
        "data/mnist.json",
        "runs/mnist_cnn/seed0/weights.safetensors",
        "runs/vae_bce/seed0/run.json",
        "runs/vae_bce/arrays.npz",
        f"figures/{W}/loss_curves.pdf",
        f"tables/{W}/vae_quality.csv",
        f"verdicts/{W}.csv",
        f"reports/{W}.html",
        "reports/index.html",
        "verdicts.csv",
    ):
        assert f"results/quick/{path}" in files


def test_images_that_are_shown_and_not_trained_on_have_their_card_and_file(planned):
    sheet = "draw: {kind: data_sheet, dataset: cifar10}"
    plan = planned(
        sheet, sheet.replace("cifar10", "svhn"), "cnn_autoencoder", writeups=["cnn_autoencoder"]
    )
    assert "results/quick/data/svhn.json" in plan.report("cnn_autoencoder").inputs["cards"]
    assert "results/quick/data/svhn.npz" in plan.manifest().inputs["files"]


def test_short_experiments_are_grouped(planned):
    plan = planned(resources={"*": {"runtime": 31}, "vae_bce": {"runtime": 15}}, seeds=[0, 1])
    assert plan.group("vae_bce") == "short"
    assert plan.group("vae_mse") is None


def test_what_decides_no_rerun_is_named_as_such(planned):
    plan = planned()
    inputs = plan.evaluate("vae_bce").inputs
    assert set(inputs) - UNCOMPARED == {"card", "runs", "histories", "classifier", "code"}


def test_a_writeup_without_figures_has_no_thumbnail(planned):
    plan = planned()
    bare = plan.writeups[W].model_copy(update={"figures": {}})
    plan.writeups[W] = bare
    told_of = json.loads(plan.index().told)
    assert W not in told_of["thumbnails"]
    assert set(told_of["thumbnails"]) == set(plan.writeups) - {W}


# A search for settings

MNIST = {"source": "torchvision", "name": "MNIST"}
FNN = {"recover": "fnn", "data": {**QUICK["data"], "mnist": MNIST}}


def test_candidates_are_experiments_of_each_round(planned):
    plan = planned(**FNN)
    declared = plan.writeups["losses_and_architectures"].recover["fnn"]
    first, *_, last = declared.rungs
    names = [name for name in plan.experiments if name.startswith("fnn-")]
    assert len(names) == first.candidates * len({rung.epochs for rung in declared.rungs})
    assert plan.experiments["fnn-000-1"].train.epochs == 1
    assert plan.experiments["fnn-000-5"].seeds == last.seeds


def test_a_round_reads_what_its_candidates_were_trained_to(planned, tmp_path):
    plan = planned(**FNN)
    first = plan.rank(0, [])
    assert len(first.inputs["kept"]) == 2 * len(plan.search.candidates)
    before = tmp_path / "0.csv"
    before.write_text("candidate,distance\nfnn-007,0.1\nfnn-003,0.2\n")
    second = plan.rank(1, [str(before)])
    runs = "results/quick/runs"
    assert second.inputs["kept"] == [
        f"{runs}/{name}/seed0/{file}"
        for name in ("fnn-007-5", "fnn-003-5")
        for file in ("history.csv", "steps.csv")
    ]
    assert list(json.loads(second.told)["candidates"]) == ["fnn-007-5", "fnn-003-5"]


def test_a_search_ends_with_its_last_round(planned):
    plan = planned(**FNN)
    assert plan.final() == ["results/quick/recovered/fnn.csv"]
    assert plan.last_rung() == f"results/quick/recovered/fnn/{len(plan.search.rungs) - 1}.csv"


def test_only_candidates_may_diverge(planned):
    plan = planned(**FNN)
    told = {name: plan.train(name).told for name in ("fnn", "fnn-001-5")}
    assert ['"may_diverge":true' in one for one in told.values()] == [False, True]


def test_a_build_has_no_candidates(planned):
    assert not [name for name in planned().experiments if name.startswith("fnn-")]


def test_what_no_write_up_searches_for_is_one_line(planned):
    with pytest.raises(
        ProofsheetError,
        match="recover: 'nope': no write-up of this run says how to search; there are",
    ):
        planned(recover="nope")


def test_nothing_was_printed_of_a_stand_in(planned):
    with pytest.raises(ProofsheetError, match="recover: 'fnn': mnist is a stand-in in this run"):
        planned(recover="fnn")
