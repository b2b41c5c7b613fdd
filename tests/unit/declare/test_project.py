import copy
from pathlib import Path

import pytest
import yaml

from proofsheet.errors import ProofsheetError
from proofsheet.declare.project import check_data, load_writeups

PROJECT = Path(__file__).parents[3]
ORIGINAL = yaml.safe_load((PROJECT / "writeups" / "verification_vae.yaml").read_text())
# The reader is declared by another write-up.
OTHER = yaml.safe_load((PROJECT / "writeups" / "mnist_and_lenet.yaml").read_text())
ORIGINAL["experiments"]["mnist_cnn"] = OTHER["experiments"]["mnist_cnn"]


def load(tmp_path, change=lambda writeup: None, overrides=None):
    writeup = copy.deepcopy(ORIGINAL)
    change(writeup)
    (tmp_path / "w.yaml").write_text(yaml.safe_dump(writeup, sort_keys=False))
    return load_writeups(tmp_path, overrides or {})["w"]


def test_all_writeups_of_the_project_are_valid():
    assert "verification_vae" in load_writeups(PROJECT / "writeups", {})


def test_a_run_replaces_training_keys_of_one_experiment(tmp_path):
    declared = load(tmp_path, overrides={"vae_bce": {"epochs": 2}})
    assert declared.experiments["vae_bce"].train.epochs == 2
    assert declared.experiments["vae_mse"].train.epochs == 10


def test_an_override_does_not_reach_an_experiment_that_shares_settings_by_alias(tmp_path):
    def share(writeup):
        writeup["experiments"]["vae_mse"]["train"] = writeup["experiments"]["vae_bce"]["train"]

    declared = load(tmp_path, share, overrides={"vae_bce": {"epochs": 2}})
    assert declared.experiments["vae_mse"].train.epochs == 10


def test_a_run_replaces_what_a_job_asks_for(tmp_path):
    (tmp_path / "w.yaml").write_text(yaml.safe_dump(ORIGINAL, sort_keys=False))
    resources = {"vae_*": {"mem_mb": 7}, "vae_bce": {"runtime": 3}}
    experiments = load_writeups(tmp_path, {}, resources)["w"].experiments
    declared = ORIGINAL["experiments"]["vae_bce"]["resources"]["runtime"]
    assert experiments["vae_bce"].resources.model_dump() == {"mem_mb": 7, "runtime": 3}
    assert experiments["vae_mse"].resources.model_dump() == {"mem_mb": 7, "runtime": declared}


def test_a_run_cannot_ask_for_what_no_experiment_fits(tmp_path):
    (tmp_path / "w.yaml").write_text(yaml.safe_dump(ORIGINAL, sort_keys=False))
    with pytest.raises(ProofsheetError, match=r"config: resources\.vea_\*: no such experiment"):
        load_writeups(tmp_path, {}, {"vea_*": {"runtime": 3}})


def test_a_run_names_a_source_for_every_data_set(tmp_path):
    writeups = {"w": load(tmp_path)}
    with pytest.raises(ProofsheetError, match=r"data\.mnist: missing; say where mnist comes from"):
        check_data(writeups, ["w"], {"mnits"})


def train(**keys):
    return lambda writeup: writeup["experiments"]["vae_bce"]["train"].update(keys)


def ask(**keys):
    return lambda writeup: writeup["experiments"]["vae_bce"].update(resources=keys)


def drop(key):
    return lambda writeup: writeup["experiments"]["vae_bce"]["train"].pop(key)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (train(bach_size=4), r"w\.yaml: experiments\.vae_bce\.train\.bach_size: unknown key; did you mean 'batch_size'"),
        (ask(memory=4), r"experiments\.vae_bce\.resources\.memory: unknown key"),
        (ask(runtime=0), r"experiments\.vae_bce\.resources\.runtime: 0: input should be greater than 0"),
        (train(batch_size=0), r"experiments\.vae_bce\.train\.batch_size: 0: input should be greater than 0"),
        (train(batch_size="many"), r"experiments\.vae_bce\.train\.batch_size: 'many': input should be a valid integer"),
        (drop("optimiser"), r"experiments\.vae_bce\.train\.optimiser: missing; add it"),
        (train(task="paint"), r"experiments\.vae_bce\.train\.task: 'paint': expected one of 'verify', 'vae', 'classify', 'autoencode'"),
        (train(model={"name": "vae.danse"}), r"train\.model: no model 'vae\.danse'; there are .*vae\.dense"),
        (train(model={"name": "vae.dense", "latnet": 3}), r"train\.model: vae\.dense takes no argument 'latnet'; it takes hidden, latent"),
        (train(optimiser={"name": "adam", "lr": -1}), r"train\.optimiser\.lr: -1: input should be greater than 0"),
        (train(optimiser={"name": "adam", "lr": 0.1, "momentum": 0.9}), r"momentum belongs to sgd"),
        (train(loss={"reconstruction": "bce", "reduction": "max"}), r"train\.loss\.reduction: 'max': input should be 'sum' or 'mean'"),
        (lambda w: w["experiments"]["verify_bce"]["train"]["loss"].update(margin=1), r"bce takes no margin"),
        (lambda w: w["experiments"]["vae_bce"].update(seeds=[0, 0]), r"seeds: a seed repeats"),
        (lambda w: w["experiments"]["vae_bce"].update(evaluate={}), r"vae_bce.*reader: missing"),
        (lambda w: w["experiments"]["vae_bce"].update(evaluate={"reader": "nobody"}), r"names experiment 'nobody', which no write-up declares"),
        (lambda w: w["experiments"]["vae_bce"].update(evaluate={"reader": "vae_mse"}), r"vae_bce\.evaluate\.reader: 'vae_mse' is no classifier trained on mnist"),
        (lambda w: w["figures"]["loss_curves"]["draw"].update(kind="pie"), r"figures\.loss_curves\.draw: no figure kind 'pie'; there are"),
        (lambda w: w["figures"]["loss_curves"]["draw"].update(experiments=["verify_bse"]), r"names experiment 'verify_bse'"),
        (lambda w: w["claims"]["bce-blurry"].update(evidence="nothing"), r"claims\.bce-blurry\.evidence: 'nothing' is neither"),
        (lambda w: w["claims"]["bce-blurry"]["measures"][0].pop("above"), r"claims\.bce-blurry\.measures\.0.*: a threshold needs exactly one of `above`"),
        (lambda w: w["claims"]["bce-blurry"]["measures"][0].update(kind="feeling"), r"measures\.0\.kind: 'feeling': expected one of 'threshold', 'comparison'"),
        (lambda w: w["claims"]["bce-blurry"]["measures"][0].update(above="1/zero"), r"measures\.0\.above: '1/zero'"),
        (lambda w: w["claims"]["bce-blurry"].update(cases=w["claims"]["bce-blurry"]["measures"]), r"exactly one of `measures` and `cases`"),
        (lambda w: [m.update(beside=True) for m in w["claims"]["bce-blurry"]["measures"]], r"leave one that decides"),
        (lambda w: [m.update(title="t") for m in w["claims"]["bce-blurry"]["measures"]], r"two measures have the same title"),
        (lambda w: w["claims"]["bce-blurry"].update(recorded="true"), r"recorded: 'true': input should be 'confirmed'"),
        (lambda w: w["claims"]["bce-blurry"].update(text="It is {vae_bce[loss]}."), r"a text names a number that is not published"),
        (lambda w: w["claims"]["bce-blurry"]["measures"][0].update(above=None, published="loss"), r"share blurred: published: no 'loss' of vae_bce; there are none"),
        (lambda w: w["claims"]["bce-blurry"].update(measures=[{"kind": "arithmetic", "title": "t", "published": "vae_bce", "value": "x", "reading": ""}]), r"nothing is published of 'vae_bce'"),
        (lambda w: w["tables"]["vae_losses"]["columns"][0].pop("experiment"), r"tables\.vae_losses\.columns\.0\.experiment: missing; add it"),
        (lambda w: w["tables"]["vae_quality"]["columns"][0].update(format="zz"), r"format: 'zz': not a number format"),
        (lambda w: w["tables"]["vae_quality"]["columns"][0].update(title="SSIM"), r"two columns have the same title"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_line_that_names_it(tmp_path, change, line):
    with pytest.raises(ProofsheetError, match=line) as caught:
        load(tmp_path, change)
    assert "\n" not in str(caught.value)


def test_a_pattern_reaches_all_that_fit_and_a_later_one_wins(tmp_path):
    overrides = {"verify_*": {"epochs": 2, "batch_size": 7}, "verify_[bc]*": {"epochs": 3}}
    experiments = load(tmp_path, overrides=overrides).experiments
    assert experiments["verify_triplet"].train.epochs == 2
    assert experiments["verify_bce"].train.epochs == 3
    assert experiments["verify_bce"].train.batch_size == 7
    assert experiments["vae_bce"].train.epochs == 10


def test_an_override_of_an_unknown_experiment_is_refused(tmp_path):
    with pytest.raises(ProofsheetError, match=r"train\.vae_bse: no such experiment; there are"):
        load(tmp_path, overrides={"vae_bse": {"epochs": 2}})


def test_an_experiment_declared_twice_is_refused(tmp_path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump(ORIGINAL))
    with pytest.raises(ProofsheetError, match=r"two\.yaml: .*: already declared in one\.yaml"):
        load_writeups(tmp_path, {})


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("title: [", "not valid YAML"),
        ("- a list", "expected a mapping"),
        ("title: a\ntitle: b", "key 'title' appears twice, again in line 2"),
    ],
)
def test_a_broken_file_is_one_line(tmp_path, text, line):
    (tmp_path / "w.yaml").write_text(text)
    with pytest.raises(ProofsheetError, match=line) as caught:
        load_writeups(tmp_path, {})
    assert "\n" not in str(caught.value)
