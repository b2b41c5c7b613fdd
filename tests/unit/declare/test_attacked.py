"""What strangers tried on the declarations: each is a line, at once."""

import os

import pytest

from proofsheet.declare.reading import read_yaml
from proofsheet.errors import ProofsheetError

BOMB = "\n".join(
    ["a: &a0 [x, x, x, x, x, x, x, x, x]"]
    + [f"b{n}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]" for n in range(9)]
)


@pytest.mark.parametrize(("text", "line"), [
    ("epochs: 010", r":1: 010 is read as another number; write it in decimals"),
    ("epochs: 1:30", r":1: 1:30 is read as another number"),
    ("a: 1\nlimit: 0500", r":2: 0500 is read as another number"),
    ("a: " + "[" * 100_000, r"not valid YAML|nested more than 50 deep"),
    ("a: " + "[" * 60 + "]" * 60, r"nested more than 50 deep"),
    ("train: &a {vae_bce: *a}", r":1: an alias within what it stands for"),
    (BOMB, r"aliases that stand for more than 200,000 values"),
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


ADAM = {"name": "adam", "lr": 1e-3}


@pytest.mark.parametrize(("run", "line"), [
    (train(lr=0.001), r"train\.vae_bce\.lr: unknown key; it belongs elsewhere"),
    (train(optimiser={**ADAM, "lr": float("inf")}), r"optimiser\.lr: inf: .*finite"),
    (train(optimiser={**ADAM, "weight_decay": float("inf")}), r"weight_decay: inf: .*finite"),
    (train(batch_size=10**20), r"train\.vae_bce\.batch_size: 1e\+20: far too large"),
    (train(model={"name": "vae.dense", "latent": 0}), r"latent: 0: .*greater than 0"),
    (train(model={"name": "vae.dense", "latent": 10**9}), r"latent: 1000000000: .*less than"),
    (train(model={"name": "vae.dense", "latent": 2, "std": 0.0}), r"std: unknown key"),
    (train(model={"name": "embedding.conv"}), r"tiny\.yaml:\d+: train\.vae_bce\.model\.name: 'embedding\.conv': no model of task vae, which takes vae\.dense"),
    ({"train": {"mnist_cnn": {"model": {"name": "dense.logistic"}}}}, r"'dense\.logistic': no model of task classify, which takes classifier\.cnn, "),
    (train(pretrained="no/such.pth"), r"'no/such\.pth': no such file|no published weights"),
    ({"root": __file__}, r"root: .*: a file; name the folder of the data"),
    ({"seeds": [True, False]}, r"seeds\.0: true: a flag; give a number"),
    ({"root": None}, r"root: missing; give one"),
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


def renamed(kind, name):
    def change(writeup):
        writeup[kind]["other"] = writeup[kind].pop(name)

    return change


def headline(text):
    return lambda writeup: writeup.update(headline=text)


def ordered(writeup):
    writeup["claims"]["gap-order"]["measures"][0]["order"] = ["verify_bce"] * 3


@pytest.mark.parametrize(("change", "line"), [
    (bounded(above="1e999999999"), r"above: .*write a number, or a fraction such as 9/10"),
    (bounded(above="9" * 4000 + "/7"), r"write a number, or a fraction such as 9/10"),
    (bounded(above="1%"), r"write a number, or a fraction such as 9/10"),
    (bounded(lower="vae_bce", upper="vae_bce"), r"'vae_bce' is compared with itself"),
    (lambda writeup: writeup["parts"]["vae"].update(source="/etc/passwd"), r"no such file of the"),
    (ordered, r"an experiment stands twice in the order"),
    (headline("{verify_bce/test roc_auc|9999999999}"), r"a format is \.2f"),
    (headline("{verify_bce/test roc_auc|.999999999f}"), r"a format is \.2f"),
    (headline("{verify_bce/|.3f}"), r"a format is \.2f"),
    (renamed("figures", "loss_curves"), r"\.j2:\d+: no figure 'loss_curves'; declare it"),
    (renamed("tables", "vae_quality"), r"\.j2:\d+: no table 'vae_quality'; declare it"),
    (renamed("claims", "mse-clearer"), r"\.j2:\d+: no claim or remark 'mse-clearer'"),
    (renamed("parts", "verification"), r"\.j2:\d+: no part 'verification'"),
])  # fmt: skip
def test_of_a_writeup(load, change, line):
    with pytest.raises(ProofsheetError, match=line):
        load(change)


def test_numbers_within_a_single_key_are_numbers(load):
    keys = {"epochs": "3", "pretrained": "false"}
    trained = load(overrides={"train": {"vae_bce": keys}}).experiments["vae_bce"].train
    assert (trained.epochs, trained.pretrained) == (3, False)
