"""What strangers tried on the declarations: each is a line, at once."""

import os

import pytest
from pydantic import ValidationError

from proofsheet.declare.folders import Folders
from proofsheet.declare.project import run_document
from proofsheet.declare.quantity import PAIRS
from proofsheet.declare.reading import read_yaml
from proofsheet.declare.recover import Recover
from proofsheet.declare.signatures import figure
from proofsheet.errors import ProofsheetError

from .conftest import RUN

BOMB = "\n".join(
    ["a: &a0 [x, x, x, x, x, x, x, x, x]"]
    + [f"b{n}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]" for n in range(9)]
)


@pytest.mark.parametrize(("text", "line"), [
    ("epochs: 010", r":1: 010 is read as another number; write it in decimals"),
    ("epochs: 1:30", r":1: 1:30 is read as another number"),
    ("a: 1\nlimit: 0500", r":2: 0500 is read as another number"),
    ("a: 1\nb: {", r"mine\.yaml:[23]: not valid YAML"),
    ("a: 1\ndate: 2026-13-45", r":2: 2026-13-45: no date \(month must be in 1\.\.12\); correct it, or put it in quotes"),
    ("a: " + "[" * 100_000, r"not valid YAML|nested more than 50 deep"),
    ("a: " + "[" * 60 + "]" * 60, r"nested more than 50 deep"),
    ("train: &a {vae_bce: *a}", r":1: an alias within what it stands for"),
    ("text: Model #1 of two", r":1: text: # begins a comment; put the text in quotes"),
    ("a: {lr: 0,001}", r":1: 0,001: a comma; write 0\.001"),
    ("epochs: {1: 1,062, 2: 0.839}", r":1: 1,062: a comma; write 1\.062 or 1062"),
    ("a:\n\tb: 2", r":2: .*; indent with spaces, not with a tab"),
    ("a: 1\n\tb: 2", r":2: .*; indent with spaces, not with a tab"),
    ("a:\n\u00a0\u00a0b: 2", r":2: a no-break space is no space to YAML; write plain ones"),
    ("a:\u00a0b", r":1: a no-break space is no space to YAML"),
    ("recorded: =", r":1: .*; put = in quotes"),
    ('a: 1\nb: "x" by c', r":2: .*put text that begins with a quote .* in quotes as a whole"),
    ("a: 1\n<<<<<<< HEAD\nb: 2", r":2: a merge of git was left half done; resolve it"),
    ("a: 1\nb: 2\x00", r":2: a control character; remove it"),
    ("a: {b: 1\nc: 2\nd: 3", r"yaml:1: .*close what it opens, or put text that begins with"),
    ("a: [1]]", r":1: .*here or above, indent keys alike, close what is opened"),
    ("a: 1\n---\nb: 2", r":2: .*a file holds one; remove the line ---"),
    ("a: !include b.yaml", r":1: .*what begins with ! is not taken; write it out"),
    ("a: {<<: b}", r":1: .*write <<: \*name, of what is declared as &name"),
    ('root: "C:\\Users"', r":1: .*put text with a \\ in single quotes"),
    ("- a: 1\nb: 2", r":2: .*did not find expected '-'.*each item of a list begins with - and a space"),
    ("id: “000000”", r":1: id: curly quotes; write straight ones"),
    ("a:\n  title:x\n  b: 1", r":3: .*here or a line before, give a key a colon and a space"),
    ("“a”: 1", r":1: “a”: curly quotes; write straight ones"),
    ("a: *vae", r":1: .*put what begins with \* in quotes, or write an anchor's name"),
    ("a: {{b[c]} is what", r":1: .*put text that begins with \{ or \[ in quotes"),
    (BOMB, r"more than 200,000 values, with those that aliases stand for"),
])  # fmt: skip
def test_yaml_that_is_read_as_something_else_or_without_end(tmp_path, text, line):
    file = tmp_path / "mine.yaml"
    file.write_text(text)
    with pytest.raises(ProofsheetError, match=line) as caught:
        read_yaml(file)
    assert len(str(caught.value).splitlines()) == 1


def test_a_pipe_is_no_file(tmp_path):
    os.mkfifo(tmp_path / "mine.yaml")
    with pytest.raises(ProofsheetError, match=r"mine\.yaml: not a file; give one"):
        read_yaml(tmp_path / "mine.yaml")


def train(**keys):
    return {"train": {"vae_bce": keys}}


def pretrained(**keys):
    width = {key: keys.pop(key) for key in ("width",) if key in keys}
    return {"train": {"mnist_cnn": {"model": {"name": "vision.vgg11_bn", **width}, **keys}}}


ADAM = {"name": "adam", "lr": 1e-3}


@pytest.mark.parametrize(("run", "line"), [
    (train(optimizer=ADAM), r"^\S+: train\.vae_bce\.optimizer: unknown key; did you mean 'optimiser'\?$"),
    (train(optimiser={**ADAM, "betas": [0.9, 0.99]}), r"betas: unknown key; remove it \(optimiser takes name, lr, schedule, momentum, weight_decay\)"),
    (train(model={"name": "vae.dense", "std": "1e-1"}), r"std: '1e-1': text to YAML; write a point and a sign, as in 1\.0e-1|std: unknown key"),
    ({"seeds": ["0-2"]}, r"seeds\.0: '0-2': no number; write one, or a list as \[0, 1, 2\]"),
    ({"writeups": ["index"]}, r"writeups\.0: 'index': all pages have a template of this name; rename it"),
    ({"cores": 2}, r"cores: unknown key; remove it \(it takes run, writeups, "),
    (train(data="mnst"), r"^\S+: train\.vae_bce\.data: 'mnst': no data set of this run; did you mean 'mnist'\?$"),
    (train(lr=0.001), r"train\.vae_bce\.lr: unknown key; it belongs under 'optimiser'"),
    (train(optimiser={**ADAM, "lr": float("inf")}), r"optimiser\.lr: inf: .*finite"),
    (train(optimiser={**ADAM, "weight_decay": float("inf")}), r"weight_decay: inf: .*finite"),
    (train(batch_size=10**20), r"train\.vae_bce\.batch_size: 1e\+20: far too large"),
    (train(model={"name": "vae.dense", "latent": 0}), r"latent: 0: .*greater than 0"),
    (train(model={"name": "vae.dense", "latent": 10**9}), r"latent: 1000000000: .*less than"),
    (train(model={"name": "vae.dense", "latent": 2, "std": 0.0}), r"std: unknown key"),
    (train(model={"name": "embedding.conv"}), r"tiny\.yaml:\d+: train\.vae_bce\.model\.name: 'embedding\.conv': no model of task vae, which takes vae\.dense"),
    ({"train": {"mnist_cnn": {"model": {"name": "dense.logistic"}}}}, r"'dense\.logistic': no model of task classify, which takes classifier\.cnn, "),
    (train(pretrained="no/such.pth"), r"'no/such\.pth': no such file|no published weights"),
    ({"root": __file__}, r"root: .*: a file; name a folder"),
    ({"seeds": [True, False]}, r"seeds\.0: true: a flag; give a number"),
    ({"root": None}, r"root: missing; give one"),
    ({"root": "x" * 300}, r"root: .*: no folder can have so long a name"),
    ({"run": "x" * 101}, r"run: '.*…: string should have at most 100 char"),
    ({"data": {"mnist": {"source": "folder", "path": "x" * 5000, "title": "t"}}}, r"data\.mnist\.path: .*no such folder"),
    (train(pretrained=True), r"tiny\.yaml:\d+: train\.vae_bce\.pretrained: vae\.dense has no published weights"),
    (train(pretrained=1), r"train\.vae_bce\.pretrained: 1: input should be a valid boolean"),
    (train(epochs=10**9), r"epochs: 1000000000: input should be less than or equal to 100000"),
    ({"data": {**RUN["data"], "svhn": RUN["data"]["mnist"]}, **train(data="svhn")}, r"tiny\.yaml:\d+: train\.vae_bce\.data: 'mnist_cnn' is no classifier trained on svhn"),
    ({"data": {"mnist": {"source": "folder", "path": "~/i", "title": "t"}}}, r"'~/i': no such folder; give the whole path that"),
    ({"root": "~/data"}, r"root: '~/data': taken as it stands; write the whole path"),
    ({"root": "$HOME/data"}, r"root: '\$HOME/data': taken as it stands"),
    ({"root": "a/" * 3000}, r"root: '.*…: no folder can have so long a name"),
    ({"author": {"name": ""}}, r"author\.name: '': blank; write who hands"),
    ({"author": {"name": "A" * 501}}, r"author\.name: 'A+…: string should have at most 500 char"),
    ({"root": ""}, r"root: '': string should have at least 1 char"),
    (pretrained(pretrained=__file__), r"train\.mnist_cnn\.pretrained: .*: not written by torch\.save"),
    (pretrained(pretrained=True, width=0.5), r"tiny\.yaml:\d+: train\.mnist_cnn\.pretrained: published weights are of"),
    (pretrained(width=0.001), r"tiny\.yaml:\d+: train\.mnist_cnn\.model\.width: 0\.001: input should be greater"),
    (train(task="classify"), r"tiny\.yaml:\d+: train\.vae_bce\.task: a run changes settings, not what is learned"),
    (train(hold_out={"of": "test", "share": 0.5, "seed": 3}), r"tiny\.yaml:\d+: train\.vae_bce\.hold_out: vae_bce and vae_mse are compared on different"),
    ({"seeds": {"vae_bce": [0, 1], "vae_mse": [2]}}, r"tiny\.yaml:\d+: seeds\.vae_bce: vae_bce, vae_mse: no seed in common"),
    ({"train": [3]}, r"tiny\.yaml:\d+: train: expected a mapping of keys, as \{\"\*\": \{epochs: 3\}\}"),
    ({"data": {"mnist": {"sorce": "embedded", "name": "digits"}}}, r"data\.mnist\.source: missing; add it; 'sorce' is none of its keys"),
    ({"data": {"MNIST": {"source": "embedded", "name": "digits"}}}, r"yaml:\d+: data\.MNIST: 'MNIST': no write-up names it; did you mean 'mnist'"),
    ({"data": {"other": {"source": "embedded", "name": "digits"}}}, r"^\S+: data\.mnist: missing; say where mnist comes from, as in .*; there are other$"),
    ({"data": {"mnist": {"source": "folder", "path": "/", "title": " "}}}, r"data\.mnist\.title: empty; say what the images are"),
    ({"checkpoints": __file__}, r"checkpoints: .*: a file; name a folder"),
    ({"checkpoints": "~/kept"}, r"checkpoints: '~/kept': taken as it stands; write the whole path"),
    ({"train": {"vae_[bm*": {"epochs": 2}}}, r"^\S+: train\.vae_\[bm\*: its \[ is not closed; write \]"),
    ({"resources": {"*": {"memory": 4000}}}, r"memory: unknown key; remove it \(resources takes mem_mb, "),
    ({"seeds": 3}, r'seeds: 3: expected a mapping of keys, as \{"\*": \[0, 1, 2\]\}'),
    ({"writeups": None}, r"writeups: empty; give one"),
    ({"writeups": ["verification_vae.yaml"]}, r"'verification_vae\.yaml': a name has letters .*; write it without its ending"),
    (train(loss={"name": "mse"}, pairs=3), r"pairs: unknown key; it belongs under 'evaluate'"),
    ({"source_url": "https://x/{commit!z}"}, r"braces are for \{commit\} and \{path\}"),
    ({"source_url": "https://x/{commit:>99999999}"}, r"braces are for \{commit\} and \{path\}"),
])  # fmt: skip
def test_of_a_run(load, run, line):
    with pytest.raises(ProofsheetError, match=line):
        load(run=run)


def bounded(**keys):
    def change(writeup):
        writeup["claims"]["mse-clearer"]["measures"][0].update(keys)

    return change


def measure(index, **keys):
    def change(writeup):
        writeup["claims"]["bce-blurry"]["measures"][index].update(keys)

    return change


def publish(**keys):
    of = {"title": "t", "where": "w", "scale": "share", "value": 0.5}
    of["measured"] = {"split": "test", "quantity": "accuracy"}
    return lambda writeup: writeup.update(
        published={"mnist_cnn": {"test_accuracy": {**of, **keys}}}
    )


def consistent(kind, **keys):
    def change(writeup):
        bce = {"split": "val", "quantity": "loss"}
        publish(scale="loss", measured=bce)(writeup)
        published = writeup["published"]["mnist_cnn"]
        published["x"] = published.pop("test_accuracy")
        writeup["consistency"] = {"mnist_cnn": [{"kind": kind, "images": 10, **keys}]}

    return change


METRIC = {"split": "test", "quantity": "psnr", "title": "t", "ylabel": "dB"}


def lines(**keys):
    """A figure beside lines that are printed every hundred batches."""
    of = {"title": "t", "where": "w", "scale": "loss", "batches": {1: {100: 2.0, 900: 1.0}}}
    of["measured"] = {"file": "steps", "split": "train", "quantity": "loss", "every": 100}
    draw = {"kind": "batch_lines", "experiments": ["vae_bce"], "published": "lines"}
    draw = {**draw, **keys} if "kind" not in keys else keys

    def change(writeup):
        writeup["published"] = {"vae_bce": {"lines": of}}
        writeup["figures"]["loss_curves"]["draw"] = draw

    return change


def held(name, **keys):
    def change(writeup):
        train = writeup["experiments"][name]["train"]
        train["hold_out"] = {**train["hold_out"], **keys}

    return change


def arithmetic(value):
    def change(writeup):
        publish(value=0.5)(writeup)
        published = writeup["published"]["mnist_cnn"]
        published["x"] = published.pop("test_accuracy")
        one = {"kind": "arithmetic", "title": "a", "published": "mnist_cnn", "reading": "r"}
        writeup["claims"]["bce-blurry"]["measures"] = [{**one, "value": value}]

    return change


def labelled(pairs):
    draw = {"kind": "eigenvalues", "experiment": "convexity", "labels": dict.fromkeys(pairs, "")}
    return lambda writeup: writeup["figures"]["roc_curves"].update(draw=draw)


def renamed(kind, name, other="other"):
    def change(writeup):
        writeup[kind][other] = writeup[kind].pop(name)

    return change


def headline(text):
    return lambda writeup: writeup.update(headline=text)


def epochwise(writeup):
    lower, upper = ({"split": "val", "quantity": name} for name in ("loss", "accuracy"))
    one = {"kind": "per_epoch", "title": "t", "experiment": "mnist_cnn", "holds_in": "every"}
    measures = [{**one, "lower": lower, "upper": upper}]
    writeup["claims"]["bce-blurry"]["measures"] = measures


def ordered(writeup):
    writeup["claims"]["gap-order"]["measures"][0]["order"] = ["verify_bce"] * 3


@pytest.mark.parametrize(("change", "line"), [
    (bounded(above="1e999999999"), r"above: .*write a number, or a fraction such as 9/10"),
    (bounded(above="9" * 4000 + "/7"), r"write a number, or a fraction such as 9/10"),
    (bounded(above="1%"), r"write a number, or a fraction such as 9/10"),
    (bounded(above=10, quantity="legibility"), r"measures\.0\.above: 10: of legibility it is -1 to 1; give one of these"),
    (measure(0, above=95), r"measures\.0\.above: 95: of illegible it is 0 to 1; give one of these"),
    (measure(0, above=-3), r"measures\.0\.above: -3: of illegible it is 0 to 1"),
    (measure(0, above=None, between=[40, 60]), r"measures\.0\.between: 40: of illegible it is 0 to 1; give two"),
    (measure(1, quantity="psnr"), r"measures\.1\.quantity: 'psnr': no share of points; there are"),
    (measure(0, above=None, between=[0.1]), r"measures\.0\.between\.1: missing; add it"),
    (lambda writeup: writeup["figures"]["roc_curves"]["draw"].update(experiments=["verify_bce"] * 2), r"draw\.experiments: an experiment stands twice"),
    (consistent("whole", share="x"), r"consistency\.mnist_cnn\.0: 'x' is a loss; name a share"),
    (measure(1, tested="psnr"), r"measures\.1\.tested: 'psnr': does not count those of blurred; write images_with_detail"),
    (publish(value=8200, unit="percent"), r"test_accuracy\.value: 8200: accuracy is a share, 0 to 100 percent; correct it"),
    (publish(value=82), r"test_accuracy\.value: 82: accuracy is a share, 0 to 1; correct it, `unit` or"),
    (publish(value=-0.1), r"test_accuracy\.value: -0\.1: accuracy is a share"),
    (publish(scale="loss"), r"test_accuracy\.scale: 'loss': accuracy is a share; write share"),
    (publish(scale="loss", value=-1, measured={"split": "test", "quantity": "bce"}), r"value: -1: bce is a loss, at least 0"),
    (labelled(PAIRS[1:]), r"draw\.labels: name each of one_linear_mse, "),
    (labelled([*PAIRS, "three"]), r"draw\.labels: name each of one_linear_mse, .*, and nothing else"),
    (lines(every=50), r"loss_curves\.draw\.every: 50: what is printed is of every 100; write 100"),
    (lines(every=100, published_batches=469), r"published_batches: 469: of vae_bce batch 900 is printed; correct"),
    (lines(kind="metric_lines", panels=[METRIC], experiments={"a": {1: "vae_bce", 2: "vae_bce"}}), r"draw\.experiments\.a: an experiment stands twice"),
    (held("vae_mse", seed=3), r"measures\.0: vae_bce and vae_mse are compared on different images of mnist; give both the"),
    (lambda writeup: writeup["claims"]["gap-order"]["says"].update(confirmed=" "), r"gap-order\.says\.confirmed: empty; write a few words"),
    (lambda writeup: writeup["experiments"]["vae_bce"]["train"].update(hold_out=0.2), r"hold_out: 0\.2: expected a mapping of keys: of, share, seed$"),
    (headline("{{vae_bce/test psnr|.1f}}"), r"headline: .*not opened, at '\{\}'; one brace, not two"),
    (headline("{loss gap|ordering}"), r"a format is \.2f, \.1% or \.1p, or verdict, order, highest, lowest"),
    (arithmetic("x * 1e400"), r"value: 'x \* 1e400': no finite number"),
    (arithmetic("-" * 3000 + "x"), r"value: '-+…: longer than 500 characters"),
    (arithmetic("log(" * 90 + "x" + ")" * 90), r"a logarithm of zero or less"),
    (lambda writeup: writeup["experiments"].update({"x" * 101: writeup["experiments"]["vae_bce"]}), r"string should have at most 100"),
    (lambda writeup: writeup["experiments"].update({1: writeup["experiments"]["vae_bce"]}), r"experiments\.1: read as 1, which is no text; put it in quotes"),
    (lambda writeup: writeup["experiments"]["vae_bce"].update(train=[]), r"^\S+: experiments\.vae_bce\.train: expected a mapping of keys$"),
    (lambda writeup: writeup["experiments"]["vae_bce"].pop("train"), r"^\S+: experiments\.vae_bce\.train: missing; add it$"),
    (lambda writeup: writeup["experiments"]["vae_bce"]["train"].update(task="fold"), r"^\S+: experiments\.vae_bce\.train\.task: 'fold': expected one of [^\n]*$"),
    (lambda writeup: writeup["experiments"].update(vae_bce=[1]), r"experiments\.vae_bce: expected a mapping of keys: title, train, evaluate, "),
    (bounded(lower="vae_bce", upper="vae_bce"), r"'vae_bce' is compared with itself"),
    (lambda writeup: writeup["parts"]["vae"].update(source="/etc/passwd"), r"no such file of the"),
    (ordered, r"an experiment stands twice in the order"),
    (headline("{verify_bce/test roc_auc|9999999999}"), r"a format is \.2f"),
    (headline("{verify_bce/test roc_auc|.999999999f}"), r"a format is \.2f"),
    (headline("{vae_bce/test val psnr|.1f}"), r"headline: vae_bce has no test val psnr"),
    (headline("{vae_bce/test psnr|.1%}"), r"headline: '\.1%': psnr is a decibel and no share; write \.2f"),
    (headline("{vae_bce/test kl|.1p}"), r"headline: '\.1p': kl is a loss and no share"),
    (lambda writeup: writeup["tables"]["vae_quality"]["columns"][0].update(format=".1%"), r"columns\.0\.format: '\.1%': psnr is a decibel"),
    (lambda writeup: writeup["experiments"]["verify_bce"]["evaluate"].update(pairs=10**7), r"evaluate\.pairs: 10000000: input should be less"),
    (arithmetic("y"), r"measures\.0\.value: 'y' is not published; names are x"),
    (headline("{verify_bce/|.3f}"), r"a format is \.2f"),
    (renamed("experiments", "vae_bce", "vаe_bce"), r"'vаe_bce': a name has .*; not 'а' \(cyrillic small letter a\)"),
    (lambda writeup: writeup["experiments"]["vae_bce"]["evaluate"].update(pairs=3), r"evaluate\.pairs: unknown key; it belongs to another kind of 'evaluate'"),
    (headline("{verify_bce.test.roc_auc|.3f}"), r"no measure has this title; .*of an experiment write \{name/test accuracy\|\.1%\}"),
    (lambda writeup: writeup["experiments"]["vae_bce"].pop("evaluate"), r"^\S+: experiments\.vae_bce\.evaluate\.classifier: missing; add it$"),
    (renamed("figures", "loss_curves"), r"\.j2:\d+: figures has no 'loss_curves'; there are"),
    (renamed("tables", "vae_quality"), r"\.j2:\d+: tables has no 'vae_quality'; there are"),
    (headline(" "), r"headline: empty; write a few words"),
    (lambda writeup: writeup["parts"]["vae"].update(title=""), r"parts\.vae\.title: empty; write"),
    (lambda writeup: writeup["tables"]["vae_quality"]["columns"][0].update(title=""), r"columns\.0\.title: empty"),
    (headline("{vae_bce/parameters|.1%}"), r"headline: '\.1%': parameters is no share; write \.2f"),
    (headline("{verify_bce/loss_gap|.1%}"), r"headline: '\.1%': loss_gap is no share"),
    (headline("{verify_bce/test accuracy|1p}"), r"a format is \.2f, \.1% or \.1p"),
    (headline("{verify_bce/test accuracy|}"), r"a format is \.2f, \.1% or \.1p"),
    (arithmetic("1 / 2"), r"value: '1 / 2': no printed number in it; name one"),
    (epochwise, r"measures\.0\.upper: a share, and lower is a loss; compare two of a kind"),
    (renamed("claims", "mse-clearer"), r"\.j2:\d+: no claim or remark 'mse-clearer'"),
    (renamed("parts", "verification"), r"\.j2:\d+: no part 'verification'"),
])  # fmt: skip
def test_of_a_writeup(load, change, line):
    with pytest.raises(ProofsheetError, match=line):
        load(change)


@pytest.mark.parametrize("change", [
    # A name that is wrong of several experiments is one mistake.
    lambda writeup: writeup["tables"]["vae_quality"]["columns"][0].update(quantity="psnt"),
    lambda writeup: writeup["tables"]["vae_quality"]["experiments"].append("vae"),
    lambda writeup: writeup["claims"]["gap-order"]["measures"][0].update(quantity="gap"),
    lambda writeup: writeup["claims"]["gap-order"]["measures"][0].update(quantiy=writeup["claims"]["gap-order"]["measures"][0].pop("quantity")),
])  # fmt: skip
def test_a_mistake_is_told_once(load, change):
    with pytest.raises(ProofsheetError) as caught:
        load(change)
    assert len(str(caught.value).splitlines()) == 1


def test_numbers_within_a_single_key_are_numbers(load):
    keys = {"epochs": "3", "pretrained": "false"}
    trained = load(overrides={"train": {"vae_bce": keys}}).experiments["vae_bce"].train
    assert (trained.epochs, trained.pretrained) == (3, False)


def test_a_number_within_a_single_key_is_read_as_it_stands(load):
    with pytest.raises(ProofsheetError, match=r"--config: train\.vae_bce\.epochs: 010 is read as"):
        load(overrides={"train": {"vae_bce": {"epochs": "010"}}})


def searched(vary):
    def change(writeup):
        of = {"title": "t", "where": "w", "scale": "loss", "epochs": {1: 2.0}}
        reading = {"file": "history", "split": "train", "quantity": "running_loss"}
        writeup["published"] = {"vae_bce": {"loss": {**of, "measured": reading}}}
        rungs = [{"candidates": 1, "epochs": 1}]
        writeup["recover"] = {"vae_bce": {"fit": {"loss": [reading]}, "vary": vary, "rungs": rungs}}

    return change


def test_a_model_that_a_run_changes_is_not_held_against_a_search(load):
    """Of the same write-up, but for another run."""
    other = train(model={"name": "small.vae"})["train"]
    with pytest.raises(ProofsheetError) as caught:
        load(searched({"model": [{"hidden": 4}]}), run={"train": other})
    assert "recover" not in str(caught.value)


@pytest.mark.parametrize(("vary", "line"), [
    ({"epochs": [5, 10]}, r"vary\.epochs: the rungs say how many epochs; remove it"),
    ({"batch_size": [64, 64]}, r"vary\.batch_size: a value twice; name each once"),
    ({"data": ["mnist", "mnist_grey"]}, r"vary\.data: 'mnist_grey': no data set of this run; did you mean 'mnist'"),
])  # fmt: skip
def test_what_a_search_cannot_vary_is_refused(load, vary, line):
    with pytest.raises(ProofsheetError, match=line):
        load(searched(vary))


def test_an_author_is_missing_in_the_file_that_has_one(load, tmp_path):
    load()
    (tmp_path / "config" / "author.yaml").unlink()
    with pytest.raises(ProofsheetError, match=r"config/author\.yaml: missing; write it, with `aut"):
        run_document([tmp_path / "config" / "tiny.yaml"], {}, Folders(tmp_path, tmp_path))


def test_a_tab_that_indents_nothing_is_taken(tmp_path):
    (tmp_path / "mine.yaml").write_text("a: [0,\n\t1]")
    assert read_yaml(tmp_path / "mine.yaml").value == {"a": [0, 1]}


@pytest.mark.parametrize("text", ["[1]", "experiments: [", "experiments: 1", "experiments: {a: 1}"])
def test_a_broken_writeup_that_is_not_built_is_told_where_it_is_missing(load, tmp_path, text):
    (tmp_path / "writeups" / "cnn_autoencoder.yaml").write_text(text)
    load()
    (tmp_path / "writeups" / "mnist_and_lenet.yaml").write_text(text)
    with pytest.raises(ProofsheetError) as caught:
        load()
    assert "classifier: names experiment 'mnist_cnn', which no write-up" in str(caught.value)
    read = text.startswith("experiments: ") and "[" not in text
    assert read or "mnist_and_lenet.yaml:" in str(caught.value)


def test_a_search_has_an_end():
    rung = {"candidates": 1, "epochs": 1}
    search = {"fit": {"loss": [{"quantity": "loss"}]}, "rungs": [rung]}
    with pytest.raises(ValidationError, match="less than or equal to 1000"):
        Recover(**{**search, "rungs": [{**rung, "candidates": 1001}]}, vary={"batch_size": [1]})
    wide = Recover(**search, vary={str(name): list(range(1000)) for name in range(7)})
    with pytest.raises(ValueError, match=r"more than 1,000,000,000 combinations; try fewer values"):
        wide.candidates(None)


PANEL = {"quantity": "brier", "title": "", "ylabel": ""}


@pytest.mark.parametrize(("kind", "options"), [
    ("metric_lines", {"xlabel": "", "panels": [PANEL], "experiments": {}}),
    ("metric_lines", {"xlabel": "", "panels": [PANEL], "experiments": {"a": {}}}),
    ("metric_lines", {"xlabel": "", "panels": [PANEL], "experiments": {"a": {0: "c"}}}),
    ("metric_lines", {"xlabel": "", "panels": [PANEL], "experiments": {"a": {"NaN": "c"}}}),
    ("search", {"recovered": "c", "settings": {}}),
    ("reconstructions", {"experiment": "c", "rows": []}),
])  # fmt: skip
def test_what_a_figure_cannot_draw(kind, options):
    with pytest.raises(ValidationError):
        figure(kind).options(**options)


def test_what_a_figure_can_draw():
    figure("metric_lines").options(xlabel="", panels=[PANEL], experiments={"a": {1: "c", 0.5: "d"}})
