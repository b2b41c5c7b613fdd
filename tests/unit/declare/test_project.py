"""Write-ups as a run builds them, and every mistake in them as a line."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from proofsheet.declare.folders import Folders
from proofsheet.declare.project import load_project
from proofsheet.declare.reading import read_yaml
from proofsheet.errors import ProofsheetError
from synthetic import SAYS

PROJECT = Path(__file__).parents[3]


@pytest.mark.parametrize("name", ["config", "full"])
def test_the_runs_of_the_project_are_valid(name, monkeypatch):
    monkeypatch.chdir(PROJECT)
    project = load_project([Path(f"config/{name}.yaml")])
    assert len(project.experiments) == 34


def test_the_gallery_is_valid_where_its_images_are(tmp_path):
    (tmp_path / "train" / "a").mkdir(parents=True)
    data = {"cifar10": {"path": str(tmp_path)}}
    project = load_project(
        [PROJECT / "config" / "gallery.yaml"], {"data": data}, Folders(PROJECT, PROJECT)
    )
    assert len(project.experiments) == 34


def test_a_run_replaces_training_keys_of_one_experiment(load):
    experiments = load(run={"train": {"vae_bce": {"epochs": 2}}}).experiments
    assert experiments["vae_bce"].train.epochs == 2
    assert experiments["vae_mse"].train.epochs == 10


def test_a_run_may_train_for_fewer_epochs_than_a_figure_begins_with(load):
    load(run={"train": {"vae_*": {"epochs": 1}}})


def test_an_override_does_not_reach_an_experiment_that_shares_settings_by_alias(load):
    def share(writeup):
        writeup["experiments"]["vae_mse"]["train"] = writeup["experiments"]["vae_bce"]["train"]

    experiments = load(share, run={"train": {"vae_bce": {"epochs": 2}}}).experiments
    assert experiments["vae_mse"].train.epochs == 10


def test_a_pattern_reaches_all_that_fit_and_a_later_one_wins(load):
    train = {"verify_*": {"epochs": 2, "batch_size": 7}, "verify_[bc]*": {"epochs": 3}}
    experiments = load(run={"train": train}).experiments
    assert experiments["verify_triplet"].train.epochs == 2
    assert experiments["verify_bce"].train.epochs == 3
    assert experiments["verify_bce"].train.batch_size == 7
    assert experiments["vae_bce"].train.epochs == 10


def test_a_single_key_comes_last_whatever_patterns_a_run_has(load):
    run = {"train": {"vae_bce": {"epochs": 3}, "vae_*": {"epochs": 4}}}
    loaded = load(run=run, overrides={"train": {"vae_bce": {"epochs": 2}}}).experiments
    assert loaded["vae_bce"].train.epochs == 2
    assert loaded["vae_mse"].train.epochs == 4


@pytest.mark.parametrize(
    ("source", "refused"),
    [
        ({"source": "torchvision", "name": "MNIST"}, True),
        ({"source": "torchvision", "name": "MNIST", "limit": {"train": 100, "test": 50}}, False),
        ({"source": "embedded", "name": "digits"}, False),
    ],
)
def test_what_printed_numbers_are_compared_with_has_a_declared_precision(load, source, refused):
    """`auto` would compare them with what the processor at hand makes of a training."""
    of = {"title": "t", "where": "Table 1", "scale": "loss", "decimals": 2, "epochs": {1: 0.5},
          "measured": {"split": "train", "quantity": "loss"}}  # fmt: skip

    def prints(writeup):
        writeup["published"] = {"vae_bce": {"training_loss": of}}
        writeup["experiments"]["vae_bce"]["train"]["precision"] = "auto"

    if not refused:
        assert load(prints, {"data": {"mnist": source}}).experiments
        return
    with pytest.raises(ProofsheetError, match=r"vae_bce\.train\.precision: 'auto': printed"):
        load(prints, {"data": {"mnist": source}})


def test_a_run_replaces_seeds_and_what_a_job_asks_for(load):
    run = {"seeds": {"*": [5], "vae_bce": [5, 1]}, "resources": {"vae_*": {"mem_mb": 700}}}
    experiments = load(run=run).experiments
    assert (experiments["vae_bce"].seeds, experiments["vae_mse"].seeds) == ([5, 1], [5])
    assert experiments["vae_bce"].resources.model_dump() == {"mem_mb": 700, "runtime": 10}
    assert experiments["verify_bce"].resources.model_dump() == {"mem_mb": 4000, "runtime": 20}


def test_defaults_give_way_to_an_experiments_own_keys(load):
    def declare(writeup):
        writeup["defaults"] = {"seeds": [7], "resources": {"runtime": 3, "mem_mb": 900}}
        writeup["experiments"]["vae_bce"]["resources"] = {"runtime": 4}

    experiments = load(declare).experiments
    assert experiments["vae_bce"].seeds == [7]
    assert experiments["vae_bce"].resources.model_dump() == {"mem_mb": 900, "runtime": 4}


def test_an_experiment_of_another_writeup_is_found_there(load):
    project = load()
    assert project.experiments["mnist_cnn"].train.task == "classify"
    assert project.origins["mnist_cnn"].where.endswith("mnist_and_lenet.yaml")


def train(**keys):
    return lambda writeup: writeup["experiments"]["vae_bce"]["train"].update(keys)


def model(**keys):
    return train(model={"name": "vae.dense", **keys})


def drop(key):
    return lambda writeup: writeup["experiments"]["vae_bce"]["train"].pop(key)


def experiment(**keys):
    return lambda writeup: writeup["experiments"]["vae_bce"].update(keys)


def draw(name="loss_curves", **keys):
    return lambda writeup: writeup["figures"][name]["draw"].update(keys)


def column(table="vae_quality", **keys):
    return lambda writeup: writeup["tables"][table]["columns"][0].update(keys)


def claim(**keys):
    return lambda writeup: writeup["claims"]["bce-blurry"].update(keys)


def measure(**keys):
    return lambda writeup: writeup["claims"]["bce-blurry"]["measures"][0].update(keys)


def says(text, title=None):
    """The first measure has the title, if one is given."""

    def change(writeup):
        declared = writeup["claims"]["bce-blurry"]
        declared["says"]["confirmed"] = text
        if title:
            declared["measures"][0]["title"] = title

    return change


def reaches(published):
    """A claim that a printed number is reached."""
    part = {**THRESHOLD, "published": published}
    del part["above"]
    return claim(measures=[part], says={**SAYS, "not_comparable": "Who knows."})


def remark(name="told", **keys):
    declared = {"says": SAYS, "measures": [THRESHOLD], **keys}
    return lambda writeup: writeup.update(remarks={**writeup["remarks"], name: declared})


def publish(**keys):
    declared = {"where": "p. 1", "title": "t", "scale": "share", "value": 0.5}
    declared["measured"] = {"split": "test", "quantity": "blurred"}
    return lambda writeup: writeup.update(published={"vae_bce": {"x": {**declared, **keys}}})


THRESHOLD = {
    "kind": "threshold",
    "title": "t",
    "experiment": "vae_bce",
    "split": "test",
    "quantity": "blurred",
    "above": 0,
}
ARITHMETIC = {
    "kind": "arithmetic",
    "title": "t",
    "published": "vae_bce",
    "value": "x",
    "reading": "",
}
VERIFIER = {"kind": "roc_curves", "experiments": ["vae_bce"]}


RUNNING = {"file": "history", "split": "train", "quantity": "running_loss"}


SEARCH = {"kind": "search", "recovered": "vae_bce", "settings": {"batch_size": ""}}


def recover(name="vae_bce", late=1, **changes):
    def change(writeup):
        of = {
            "title": "t",
            "where": "w",
            "scale": "loss",
            "measured": RUNNING,
            "epochs": {late: 2.0},
        }
        writeup["published"] = {"vae_bce": {"loss": of}}
        search = {"fit": {"loss": [RUNNING]}, "vary": {"batch_size": [4]},
                  "rungs": [{"candidates": 1, "epochs": 1}]}  # fmt: skip
        writeup["recover"] = {name: {**search, **changes}}

    return change


@pytest.mark.parametrize(
    ("run", "title", "at"),
    [
        ({"author": {"name": "王小明"}}, "T", r"author\.yaml:3: author: no font has '小明王'"),
        ({}, "नमस्ते", r"verification_vae\.yaml:\d+: no font has"),
    ],
)
def test_words_that_no_font_has_are_known_before_anything_runs(load, run, title, at):
    def change(writeup):
        writeup["experiments"]["vae_bce"]["title"] = title

    with pytest.raises(ProofsheetError, match=at):
        load(change, run)


def test_a_class_that_no_font_has_is_known_before_anything_runs(load, tmp_path):
    for split in ("train", "test"):
        (tmp_path / "own" / split / "日本語").mkdir(parents=True)
    own = {"source": "folder", "path": str(tmp_path / "own"), "title": "T"}
    with pytest.raises(ProofsheetError, match=r"data\.mnist: no font has '.*into .*fonts"):
        load(run={"data": {"mnist": own}})


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (train(bach_size=4), r"verification_vae\.yaml:\d+: experiments\.vae_bce\.train\.bach_size: unknown key; did you mean 'batch_size'"),
        (train(batch_size=0), r"train\.batch_size: 0: input should be greater than 0"),
        (train(batch_size="many"), r"train\.batch_size: 'many': input should be a valid integer"),
        (drop("optimiser"), r"experiments\.vae_bce\.train\.optimiser: missing; add it"),
        (train(task="paint"), r"train\.task: 'paint': expected one of 'autoencode', 'classify', 'convexity'"),
        (train(optimiser={"name": "adam", "lr": -1}), r"train\.optimiser\.lr: -1: input should be greater than 0"),
        (train(optimiser={"name": "adam", "lr": 0.1, "momentum": 0.9}), r"momentum belongs to sgd"),
        (train(precision="auto", device="cuda"), r"precision: auto asks the CPU"),
        (train(loss={"reconstruction": "bce", "reduction": "max"}), r"train\.loss\.reduction: 'max': input should be 'sum' or 'mean'"),
        (train(data="faces"), r"data\.faces: missing; say where faces comes from"),
        (train(data="mnits"), r"vae_bce\.train\.data: 'mnits': no data set of this run; did you mean 'mnist'\?"),
        (train(model={"name": "vae.danse"}), r"train\.model\.name: 'vae\.danse': no such model; there are .*vae\.dense"),
        (model(latnet=3), r"train\.model\.latnet: unknown key; did you mean 'latent'"),
        (model(latent="many"), r"train\.model\.latent: 'many': input should be a valid integer"),
        (model(latent=True), r"train\.model\.latent: True: input should be a valid integer"),
        (lambda w: w["experiments"]["verify_bce"]["train"]["loss"].update(margin=1), r"bce takes no margin"),
        (experiment(resources={"memory": 4}), r"experiments\.vae_bce\.resources\.memory: unknown key"),
        (experiment(resources={"runtime": 0}), r"resources\.runtime: 0: input should be greater than 0"),
        (experiment(seeds=[0, 0]), r"seeds: a seed repeats"),
        (experiment(evaluate={}), r"experiments\.vae_bce\.evaluate\.classifier: missing"),
        (experiment(evaluate={"classifier": "nobody"}), r"evaluate\.classifier: names experiment 'nobody', which no write-up declares"),
        (experiment(evaluate={"classifier": "vae_mse"}), r"evaluate\.classifier: 'vae_mse' is no classifier trained on mnist"),
        (lambda w: w["parts"]["vae"].update(source="nowhere.py"), r"parts\.vae\.source: 'nowhere\.py': no such file of the project"),
        (draw(kind="pie"), r"figures\.loss_curves\.draw\.kind: 'pie': no such kind of figure; there are"),
        (draw(colour="red"), r"draw\.colour: unknown key; remove it \(loss_curves takes experiments, .*ylabel"),
        (lambda w: w["figures"]["vae_loss_gaps"]["draw"].update(start=99), r"vae_loss_gaps\.draw\.start: 99: vae_bce has 10 epochs"),
        (lambda w: w["figures"]["loss_curves"].update(caption="It has {vae_bce/test psnr|.1f}."), r"loss_curves\.caption: braces are for numbers in `headline`"),
        (lambda w: w["figures"]["loss_curves"].update(alt=" "), r"loss_curves\.alt: empty; write a few words"),
        (lambda w: w.update(title=""), r"title: empty; write a few words"),
        (lambda w: w["experiments"]["vae_mse"].update(title=w["experiments"]["vae_bce"]["title"]), r"vae_mse\.title: '.*': the title of vae_bce, too"),
        (experiment(resources={"mem_mb": 4}), r"resources\.mem_mb: 4: input should be greater than or equal to 100"),
        (train(target=0.9), r"train\.target: unknown key"),
        (claim(measure=[]), r"claims\.bce-blurry\.measure: unknown key; did you mean 'measures'\?"),
        (claim(evidence="vae_qualty"), r"'vae_qualty' is neither a figure nor a table of this write-up; (did you mean|there are) .*vae_quality"),
        (lambda w: w["figures"]["loss_curves"].update(alttext=w["figures"]["loss_curves"].pop("alt")), r"loss_curves\.alttext: unknown key; did you mean 'alt'\?"),
        (train(lr=0.1), r"train\.lr: unknown key; it belongs under 'optimiser'"),
        (lambda w: w["experiments"]["vae_bce"].update(title="VAE\u202e"), r"a control character in it; remove it"),
        (draw(ylabl="loss"), r"figures\.loss_curves\.draw\.ylabl: unknown key; did you mean 'ylabel'"),
        (draw(experiments="vae_bce"), r"draw\.experiments: 'vae_bce': input should be a valid"),
        (lambda w: w["figures"]["loss_curves"].update(draw={"kind": "loss_curves", "experiment": "vae_bce", "ylabel": ""}), r"draw\.experiment: unknown key; did you mean 'experiments'"),
        (draw(experiments=["verify_bse"]), r"names experiment 'verify_bse'"),
        (draw(experiments=["vae_bce"], terms=[{"quantity": "lots", "title": "t"}]), r"draw: vae_bce has no train running_lots or .*; there are train kl"),
        (draw(published="nothing"), r"draw: published: no 'nothing' of verify_bce"),
        (lambda w: w["figures"]["roc_curves"].update(draw=VERIFIER), r"roc_curves\.draw: vae_bce has no array fpr or array tpr.*; there are array dimension_kl"),
        (lambda w: w["figures"]["vae_mse_images"].update(number=2), r"figures\.vae_mse_images\.number: 2 is that of vae_bce_images"),
        (column(quantity="snr"), r"tables\.vae_quality\.columns\.0: vae_bce has no test snr; did you mean .*test psnr"),
        (column(split="validation"), r"columns\.0\.split: 'validation': input should be 'train', 'val'"),
        (column(split="train"), r"columns\.0: vae_bce has no train psnr"),
        (column(format="zz"), r"format: 'zz': not a number format"),
        (column(title="SSIM"), r"two columns are called 'SSIM'"),
        (column("vae_losses", experiment="vae"), r"tables\.vae_losses: names experiment 'vae'"),
        (lambda w: w["tables"]["vae_losses"]["columns"][0].pop("experiment"), r"tables\.vae_losses\.columns\.0\.experiment: missing; add it"),
        (claim(evidence="nothing"), r"claims\.bce-blurry\.evidence: 'nothing' is neither"),
        (claim(recorded="true"), r"recorded: 'true': input should be 'confirmed'"),
        (claim(text="It is {vae_bce[loss]}."), r"claims\.bce-blurry\.text: published: no 'loss' of vae_bce; there are none"),
        (claim(text="It is {vae_bce[loss}."), r"claims\.bce-blurry\.text: .*\{vae_bce\[loss\}: write"),
        (claim(text="A lone {."), r"claims\.bce-blurry\.text: .*a brace is not closed"),
        (claim(text="It is {vae_bce/test psnr|.1f}."), r"claims\.bce-blurry\.text: .*braces are for printed numbers here"),
        (lambda w: w["claims"]["bce-blurry"].pop("says"), r"claims\.bce-blurry\.says: missing; add it"),
        (lambda w: w["claims"]["bce-blurry"]["says"].pop("inconclusive"), r"claims\.bce-blurry\.says\.inconclusive: missing; add it"),
        (says("It is {vae_bce/test psnr|.1x}."), r"claims\.bce-blurry\.says\.confirmed: .*a format is \.2f, \.1% or \.1p"),
        (says("It is {vae_bce/test snr|.1f}."), r"claims\.bce-blurry\.says\.confirmed: vae_bce has no test snr; did you mean .*test psnr"),
        (says("It is {vae_bse/test psnr|.1f}."), r"says\.confirmed: names experiment 'vae_bse', which no write-up declares"),
        (says("It is {vae_bce[loss]}."), r"says\.confirmed: published: no 'loss' of vae_bce; there are none"),
        (says("It is {nothing|.1p}."), r"says\.confirmed: 'nothing': no measure has this title; there are "),
        (says("It is {t|highest}.", title="t"), r"says\.confirmed: 't': no ordering, so it has no 'highest'"),
        (lambda w: w["claims"]["bce-blurry"]["says"].update(not_comparable="Who knows."), r"claims\.bce-blurry: `says: \{not_comparable: ...\}` stands beside a measure with `published`"),
        (lambda w: w.pop("headline"), r"headline: missing; add it"),
        (lambda w: w.update(headline="PSNR {vae_bce/test snr|.1f}"), r"headline: vae_bce has no test snr"),
        (lambda w: w.update(headline="PSNR {PSNR|.1f}"), r"headline: 'PSNR': no measure has this title; there are none"),
        (remark(measures=[{**THRESHOLD, "quantity": "fog"}]), r"remarks\.told\.measures\.0: vae_bce has no test fog"),
        (remark(says={**SAYS, "confirmed": "{nothing|.1p}"}), r"remarks\.told\.says\.confirmed: 'nothing': no measure has this title; there are t"),
        (remark(name="bce-blurry"), r"remarks\.bce-blurry: a claim has this name"),
        (remark(text="It is."), r"remarks\.told\.text: unknown key"),
        (lambda w: w["claims"]["bce-blurry"].update(cases=w["claims"]["bce-blurry"]["measures"]), r"exactly one of `measures` and `cases`"),
        (lambda w: [m.update(beside=True) for m in w["claims"]["bce-blurry"]["measures"]], r"leave one that decides"),
        (lambda w: [m.update(title="t") for m in w["claims"]["bce-blurry"]["measures"]], r"two measures are called 't'"),
        (claim(measures=[ARITHMETIC]), r"nothing is published of 'vae_bce'"),
        (lambda w: w["claims"]["bce-blurry"]["measures"][0].pop("above"), r"measures\.0.*: a threshold needs exactly one of `above`"),
        (measure(kind="feeling"), r"measures\.0\.kind: 'feeling': expected one of 'threshold', 'comparison'"),
        (measure(above="1/zero"), r"measures\.0\.above: '1/zero'"),
        (reaches("loss"), r"measures\.0: published: no 'loss' of vae_bce; there are none"),
        (publish(value=None, batches={1: {9: 1.0}}), r"`batches` are measured in `file: steps`"),
        (publish(measured={"file": "history", "split": "train", "quantity": "loss"}), r"`file: history` is of `epochs`"),
        (publish(measured={"file": "steps", "every": 9, "split": "train", "quantity": "loss"}, value=None, batches={1: {10: 1.0}}), r"batches\.1\.10: not a multiple of `every`, 9"),
        (lambda w: w["experiments"]["vae_mse"].update(seeds=[7]), r"mse-clearer\.measures\.0: vae_bce, vae_mse: no seed in common"),
        (claim(measures=[{**ARITHMETIC, "value": "x /"}]), r"value: 'x /': no expression"),
        (claim(measures=[{**ARITHMETIC, "value": "x.real"}]), r"value: 'x.real': no expression"),
        (claim(measures=[{**ARITHMETIC, "value": "9 ** 9 ** 9"}]), r"value: .*: no expression"),
        (claim(measures=[{**ARITHMETIC, "value": "open(1)"}]), r"value: .*: no expression"),
        (claim(measures=[{**ARITHMETIC, "value": "'x' * 9"}]), r"value: .*: no expression"),
        (claim(measures=[{**ARITHMETIC, "value": "(" * 240 + "1" + ")" * 240}]), r"value: .*: no expression"),
        (lambda w: (recover()(w), w["claims"]["bce-blurry"].update(measures=[{**ARITHMETIC, "value": "1 / (loss - loss)", "above": 1}])), r"value: .*: float division by zero"),
        (measure(quantity="blurry"), r"claims\.bce-blurry\.measures\.0: vae_bce has no test blurry"),
        (measure(case="night"), r"measures\.0: vae_bce has no test night illegible"),
        (publish(measured={"split": "test", "quantity": "fog"}), r"published\.vae_bce\.x: vae_bce has no test fog"),
        (publish(measured={"file": "history", "split": "test", "quantity": "loss"}, value=None, epochs={1: 2}), r"measured: `file: history` is of `split: train or val`"),
        (publish(measured={"file": "steps", "every": 9, "quantity": "loss"}), r"measured: `file: steps` is of `split: train`"),
        (publish(measured={"file": "steps", "every": 9, "split": "train", "quantity": "kl"}, value=None, batches={1: {9: 1.0}}), r"published\.vae_bce\.x: vae_bce has no kl of batches; there are loss of batches"),
        (publish(unit="percent", scale="loss"), r"`unit: percent` is of a share"),
        (publish(scale="size"), r"published\.vae_bce\.x\.scale: 'size': input should be 'loss', 'share' or 'decibel'"),
        (lambda w: w.update(consistency={"vae_bce": [{"kind": "whole", "share": "x", "images": 9}]}), r"consistency\.vae_bce\.0: published: no 'x' of vae_bce"),
        (lambda w: w.update(consistency={"vae_bce": [{"kind": "whole", "share": "x", "images": 0}]}), r"consistency\.vae_bce\.0.*images: 0: input should be greater"),
        (recover(name="nobody"), r"recover\.nobody: names experiment 'nobody'"),
        (recover(fit={"loss": []}), r"recover\.vae_bce\.fit\.loss: .*at least 1 item"),
        (recover(fit={"fog": [RUNNING]}), r"recover\.vae_bce\.fit\.fog: published: no 'fog' of vae_bce"),
        (recover(fit={"loss": [{**RUNNING, "quantity": "fog"}]}), r"recover\.vae_bce\.fit\.loss: vae_bce has no train fog"),
        (recover(fit={"loss": [{"quantity": "accuracy"}]}), r"recover\.vae_bce\.fit\.loss: candidates are not evaluated"),
        (recover(late=3), r"recover\.vae_bce\.fit\.loss: printed from epoch 3 on"),
        (lambda w: (recover()(w), w["figures"]["roc_curves"].update(draw={"kind": "search", "recovered": "vae_bce", "settings": {"fog": ""}})), r"settings: 'fog' is not varied in recover\.vae_bce; there are batch_size"),
        (recover(vary={"bach_size": [1]}), r"recover\.vae_bce: vary: bach_size: no setting of this training"),
        (recover(vary={"model.name": ["vae.danse"]}), r"vary\.model\.name: 'vae\.danse': no such model"),
        (recover(vary={"model.latnet": [3]}), r"recover\.vae_bce: vary\.model\.latnet: unknown key; did you mean 'latent'"),
        (lambda w: (recover()(w), w["figures"]["roc_curves"].update(draw=SEARCH)), r"recovered/vae_bce\.csv: not there yet; make recover EXPERIMENT=vae_bce"),
        (lambda w: w["figures"]["roc_curves"].update(draw=SEARCH), r"draw: 'vae_bce': no search for its settings is declared; there are none"),
    ],
)  # fmt: skip
def test_a_mistake_is_a_line_that_names_it(load, change, line):
    with pytest.raises(ProofsheetError, match=line):
        load(change)


def test_a_claim_that_a_printed_number_is_reached_says_what_a_stand_in_leaves_open(load):
    def declare(writeup):
        reaches("x")(writeup)
        publish()(writeup)
        del writeup["claims"]["bce-blurry"]["says"]["not_comparable"]

    with pytest.raises(ProofsheetError, match=r"claims\.bce-blurry: `says: \{not_comparable"):
        load(declare)


def test_what_a_remark_and_the_headline_read_is_shown_too(load):
    def declare(writeup):
        says = {**SAYS, "confirmed": "{logistic_mse/test accuracy|.1%}, {t|.1p}"}
        remark(says=says)(writeup)
        writeup["headline"] = "{logistic_ce/test accuracy|.1%}"

    writeup = load(declare).writeups["verification_vae"]
    assert {"logistic_mse", "logistic_ce"} <= set(writeup.shown())
    assert writeup.led_by() == ["logistic_ce"]


def test_what_only_a_sentence_reads_judges_nothing(load):
    def declare(writeup):
        remark(says={**SAYS, "confirmed": "{mnist_cnn/test accuracy|.1%}"})(writeup)

    assert "mnist_cnn" not in load(declare).writeups["verification_vae"].judged()


def lines_of(caught):
    return str(caught.value).splitlines()


def test_all_mistakes_are_listed(load):
    def both(writeup):
        train(bach_size=4)(writeup)
        claim(recorded="true")(writeup)

    with pytest.raises(ProofsheetError) as caught:
        load(both)
    assert len(lines_of(caught)) == 2


def test_a_mistake_has_the_line_where_it_stands(load):
    text = (PROJECT / "writeups" / "verification_vae.yaml").read_text()
    number = next(
        n for n, line in enumerate(text.splitlines(), 1) if "  title: VAE with MSE" in line
    )
    with pytest.raises(ProofsheetError, match=rf"\.yaml:{number}: experiments\.vae_mse\.titel"):
        load(text=text.replace("    title: VAE with MSE", "    titel: VAE with MSE"))


def test_a_mistake_in_a_run_is_reported_where_it_was_written(load):
    with pytest.raises(ProofsheetError, match=r"tiny\.yaml:\d+: train\.vae_\*\.epochs: 0: input"):
        load(run={"train": {"vae_*": {"epochs": 0}}})


def test_a_mistake_in_a_single_key_is_reported_as_given(load):
    with pytest.raises(ProofsheetError, match=r"--config: train\.vae_bce\.epochs: 0: input"):
        load(overrides={"train": {"vae_bce": {"epochs": 0}}})


def test_a_mistake_at_an_anchor_is_told_once(load):
    text = (PROJECT / "writeups" / "verification_vae.yaml").read_text()
    with pytest.raises(ProofsheetError) as caught:
        load(text=text.replace("batch_size: 128", "batch_size: -1", 1))
    assert [line.split(": ")[1] for line in lines_of(caught)] == [
        "experiments.verify_bce.train.batch_size"
    ]


def test_a_key_that_stands_for_the_missing_one(load):
    own = {"source": "folder", "folder": "mine", "title": "T"}
    with pytest.raises(ProofsheetError) as caught:
        load(run={"data": {"mnist": own}})
    assert [line.partition(": ")[2] for line in lines_of(caught)] == [
        "data.mnist.folder: unknown key; did you mean 'path'?",
    ]


def test_a_number_is_printed_after_an_epoch_that_is_trained(load):
    measured = {"split": "train", "quantity": "loss"}
    loss = {"title": "t", "where": "w", "scale": "loss", "measured": measured, "epochs": {11: 0.5}}

    def publish(writeup):
        writeup["published"] = {"vae_bce": {"loss": loss}}

    with pytest.raises(ProofsheetError, match=r"vae_bce\.loss\.epochs\.11: vae_bce has 10 epochs"):
        load(publish)
    load(publish, run={"train": {"vae_bce": {"epochs": 9}}})


def test_a_mistake_in_defaults_is_told_once_and_there(load):
    with pytest.raises(ProofsheetError) as caught:
        load(lambda writeup: writeup.update(defaults={"resources": {"mem_mb": -1}}))
    (line,) = lines_of(caught)
    assert re.search(r"\.yaml:\d+: defaults\.resources\.mem_mb: -1: input should be", line)


def test_a_mistake_in_a_name_is_told_at_the_name(load):
    with pytest.raises(
        ProofsheetError, match=r"figures\.a figure: 'a figure': a name has .*; not ' ' \(space\)"
    ):
        load(lambda writeup: writeup["figures"].update({"a figure": {}}))


def test_a_borrowed_experiment_is_checked_where_it_is_declared(load, tmp_path):
    path = "writeups/mnist_and_lenet.yaml"
    text = (PROJECT / path).read_text()
    (tmp_path / path).write_text(text.replace("name: classifier.cnn}", "name: classifier.tiny}", 1))
    with pytest.raises(ProofsheetError, match=r"lenet\.yaml:\d+: .*'classifier.tiny': no such"):
        load()


@pytest.mark.parametrize("published", [{"value": 1.0}, {"batches": {1: {100: 1.0}}}])
def test_a_column_of_epochs_shows_what_is_printed_by_epochs(load, published):
    def declare(writeup):
        measured = {"file": "metrics", "split": "val", "quantity": "loss"}
        if "batches" in published:
            measured = {"file": "steps", "split": "train", "quantity": "loss", "every": 100}
        publish(**{"value": None, "scale": "loss", "measured": measured, **published})(writeup)
        shown = {"title": "p", "experiment": "vae_bce", "quantity": "loss", "published": "x"}
        writeup["tables"]["vae_losses"]["columns"].append(shown)

    with pytest.raises(ProofsheetError, match=r"vae_losses.*'x' is not printed by epochs"):
        load(declare)


def test_a_column_of_batches_shows_what_batches_have(load):
    def declare(writeup):
        columns = [{"title": "t", "quantity": "kl"}]
        table = {"kind": "batches", "experiment": "vae_bce", "every": 9, "columns": columns}
        writeup["tables"]["batches"] = {**table, "caption": "c"}

    with pytest.raises(ProofsheetError, match=r"tables\.batches.*vae_bce has no kl of batches"):
        load(declare)


@pytest.mark.parametrize("key", ["train", "resources", "seeds"])
def test_a_pattern_that_fits_no_experiment_is_refused(load, key):
    value = [0] if key == "seeds" else {}
    with pytest.raises(ProofsheetError, match=rf"{key}\.vea_\*: no such experiment; there are"):
        load(run={key: {"vea_*": value}})


def test_a_pattern_may_speak_of_writeups_that_are_not_built(load):
    load(run={"train": {"svhn_*": {"epochs": 1}}})


def test_a_half_written_writeup_that_is_not_built_blocks_nothing(load, tmp_path):
    (tmp_path / "writeups" / "half.yaml").write_text("title: [")
    load()


def test_a_half_written_writeup_that_is_built_is_one_line(load, tmp_path):
    (tmp_path / "writeups" / "half.yaml").write_text("title: [")
    with pytest.raises(ProofsheetError, match=r"half\.yaml:2: not valid YAML"):
        load(run={"writeups": ["half"]})


def test_a_missing_template_is_refused(load, tmp_path):
    shutil.copy(PROJECT / "writeups" / "verification_vae.yaml", tmp_path / "writeups" / "mine.yaml")
    with pytest.raises(ProofsheetError, match=r"mine\.html\.j2: missing; a write-up"):
        load(run={"writeups": ["mine"]})


def test_an_experiment_declared_twice_is_refused(load, tmp_path):
    text = (PROJECT / "writeups" / "verification_vae.yaml").read_text()
    (tmp_path / "writeups" / "again.yaml").write_text(text)
    with pytest.raises(
        ProofsheetError, match=r"again\.yaml:\d+: .*already declared in .*vae\.yaml"
    ):
        load(run={"writeups": ["verification_vae", "again"]})


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("title: [", "not valid YAML"),
        ("- a list", "expected a mapping"),
        ("", "expected a mapping"),
        ("title: 2026-13-45", "2026-13-45: no date .month must be in 1..12"),
        ("title: {{ name }}", ":1: a key must be text"),
        ("title: a\ntitle: b", ":2: key 'title' appears twice; remove one"),
    ],
)
def test_a_broken_file_is_one_line(load, text, line):
    with pytest.raises(ProofsheetError, match=line) as caught:
        load(text=text or "\n")
    assert len(lines_of(caught)) == 1


def test_a_file_that_is_not_utf8_is_one_line(load, tmp_path):
    (tmp_path / "writeups" / "latin.yaml").write_bytes("title: Zürich".encode("latin-1"))
    with pytest.raises(ProofsheetError, match=r"latin\.yaml: not UTF-8 text"):
        load(run={"writeups": ["latin"]})


def test_keys_may_be_merged_through_several_anchors(load, tmp_path):
    nested = "a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b, x: 3}\nd: {<<: *b, x: 4}\n"
    (tmp_path / "nested.yaml").write_text(nested)
    assert read_yaml(tmp_path / "nested.yaml").value["d"] == {"x": 4, "y": 2}


@pytest.mark.parametrize("change", [{"resources": 5}, {"train": "foo"}])
def test_a_mapping_that_is_none_is_a_line_also_where_a_run_replaces_in_it(load, change):
    run = {"train": {"vae_bce": {"epochs": 1}}, "resources": {"vae_bce": {"mem_mb": 100}}}
    with pytest.raises(ProofsheetError, match=rf"experiments\.vae_bce\.{next(iter(change))}: "):
        load(experiment(**change), run=run)


def test_a_date_among_a_figures_options_is_read_as_its_text(load):
    text = (PROJECT / "writeups" / "verification_vae.yaml").read_text()
    with pytest.raises(ProofsheetError, match=r"loss_curves\.draw\.kind_of: unknown key"):
        load(
            text=text.replace(
                "draw: {kind: loss_curves,", "draw: {kind_of: 2026-01-02, kind: loss_curves,", 1
            )
        )


def test_no_alternative_text_says_what_other_data_would_not_show():
    """A person's own images may be of other things than digits, and of another number of classes."""
    alts = [
        figure["alt"].lower()
        for path in (PROJECT / "writeups").glob("*.yaml")
        for figure in yaml.safe_load(path.read_text())["figures"].values()
    ]
    said = [alt for alt in alts if {"digit", "digits", "ten"} & set(re.findall(r"\w+", alt))]
    assert said == []
