"""What images do not fit, before any is prepared."""

import importlib
import re
from pathlib import Path

import pytest
import torch
import yaml
from PIL import Image

from proofsheet.data import embedded
from proofsheet.declare.folders import Folders
from proofsheet.declare.project import load_project
from proofsheet.declare.signatures import models
from proofsheet.declare.tasks.vae import VaeTraining
from proofsheet.errors import ProofsheetError
from proofsheet.metrics.images import SSIM_WINDOW
from proofsheet.plan.images import NAMED, Known, misfits

PROJECT = Path(__file__).parents[3]


@pytest.mark.parametrize("name", ["digits", "street_digits", "objects"])
def test_what_is_known_of_embedded_images_is_so(name):
    dataset = getattr(embedded, name)()
    channels, height, width = dataset.image_shape
    counts = len(dataset.train), len(dataset.test)
    assert NAMED[name] == Known(channels, min(height, width), dataset.classes, *counts)


def test_a_vae_needs_the_window_of_ssim():
    assert VaeTraining.LEAST_SIDE == SSIM_WINDOW


SIZES = [
    ("classifier.lenet5", {}, 16),
    ("classifier.blocks", {"convolutions": [[4], [4], [4]]}, 8),
    ("vision.alexnet", {"resize": 0}, 63),
    ("vision.vgg11_bn", {"width": 0.125}, 32),
]


@pytest.mark.parametrize(("name", "options", "least"), SIZES)
def test_a_model_takes_images_of_the_size_that_planning_reads(name, options, least):
    module, function = name.split(".")
    build = getattr(importlib.import_module(f"proofsheet.models.{module}"), function)
    shape = (3, least, least)
    model = build(image_shape=shape, classes=10, **options).eval()
    assert model(torch.zeros(2, *shape)).shape == (2, 10)
    with pytest.raises(ProofsheetError, match=f"needs at least {least}×{least}"):
        build(image_shape=(3, least, least - 1), classes=10, **options)
    given = {key: value for key, value in options.items() if value}
    # A person gives no size of 0; AlexNet's own is enough.
    given = {key: value or least - 1 for key, value in options.items()}
    assert models()[name].too_small(given, least - 1) == least
    if "resize" in options:
        assert models()[name].too_small({"resize": least}, 1) == 0


@pytest.fixture
def found(tmp_path):
    """The misfits of a run on a person's own images."""

    def found(writeup, of, size=(28, 28), mode="L", **run):
        for split in ("train", "test"):
            for name in ("3", "4"):
                folder = tmp_path / "own" / split / name
                folder.mkdir(parents=True)
                for number in range(10):
                    Image.new(mode, size).save(folder / f"{number}.png")
        own = {"source": "folder", "path": str(tmp_path / "own"), "title": "Mine"}
        known = {"source": "embedded", "name": "digits"}
        declared = {"writeups": [writeup], "data": {"mnist": known, "svhn": known, of: own}}
        file = tmp_path / "tiny.yaml"
        file.write_text(yaml.safe_dump({"run": "tiny", **declared, **run}))
        folders = Folders(tmp_path, PROJECT)
        return "\n".join(misfits(load_project([file], {"author": {"name": "Ada"}}, folders)))

    return found


VAES, OTHERS = "verification_vae", "losses_and_architectures"


@pytest.mark.parametrize(
    ("asked", "lines"),
    [
        ((VAES, "mnist", (11, 11)), ""),
        ((VAES, "mnist", (10, 11)), r"tiny\.yaml:\d+: data\.mnist\.path: vae_bce, vae_mse: .* 11 "),
        ((OTHERS, "svhn", (32, 32)), r"svhn\.path: svhn_alexnet, svhn_vgg.*: the model takes"),
        ((OTHERS, "svhn", (31, 40), "RGB"), r"svhn_vgg \(.*\): vision.vgg11_bn needs 32 .*31"),
        ((OTHERS, "mnist"), r"mnist\.path: logistic_ce, .*convexity: '5': no class.* of 3, 4"),
    ],
)  # fmt: skip
def test_a_folder_that_does_not_fit_is_blamed(found, asked, lines):
    said = found(*asked)
    assert re.search(lines, said) if lines else not said


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (
            {"hold_out": {"of": "test", "share": 0.01}},
            r"hold_out\.share: vae_bce, vae_mse: hold_out\.share 0\.01 leaves 0 validation images",
        ),
        (
            {"train_fraction": 0.01},
            r"train_fraction: vae_bce, vae_mse: train_fraction 0\.01 leaves 0 training images",
        ),
    ],
)
def test_a_share_of_which_too_little_is_left_is_blamed(found, keys, line):
    assert re.search(
        rf"tiny\.yaml:\d+: train\.vae_\*\.{line}", found(VAES, "mnist", train={"vae_*": keys})
    )


def test_images_of_another_kind_are_blamed_where_the_run_names_them(found):
    other = {"source": "embedded", "name": "objects"}
    said = found(OTHERS, "cifar10", data={"mnist": other, "svhn": other})
    assert re.search(
        r"tiny\.yaml:\d+: data\.mnist\.name: logistic_ce, .*'5': no class of mnist", said
    )


def test_a_ratio_of_classes_that_the_images_do_not_have(found):
    said = found(OTHERS, "mnist", train={"logistic_ce_10": {"imbalance": 11}})
    line = r"logistic_ce_10\.imbalance: 11 to one: a class of mnist has about 10 "
    assert re.search(line, said)


def test_what_a_run_says_of_a_training_is_blamed_first(found):
    said = found(OTHERS, "mnist", train={"convexity": {"between": ["3", "9"]}})
    assert re.search(r"tiny\.yaml:\d+: train\.convexity\.between: '9': no class", said)


def test_a_limit_below_the_number_of_classes(found):
    limit = {"train": 1, "test": 2}
    said = found(
        VAES, "cifar10", data={"mnist": {"source": "embedded", "name": "digits", "limit": limit}}
    )
    assert re.search(r"data\.mnist\.limit\.train: 1: fewer than the 10 classes", said)


def test_a_limit_above_the_number_of_images(found):
    limit = {"train": 4_001, "test": 1_000}
    data = {"mnist": {"source": "embedded", "name": "digits", "limit": limit}}
    said = found(VAES, "cifar10", data=data)
    assert re.search(r"limit\.train: 4001: there are 4000 images; keep fewer", said)
    assert "limit.test" not in said


def test_pairs_of_a_class_need_two_of_each(found):
    held = {"verify_*": {"hold_out": {"of": "test", "share": 0.15}}}
    said = found(VAES, "mnist", train=held)
    assert re.search(r"verify_\*\.hold_out\.share: verify_bce, .*0\.15 leaves 3 validation", said)
    assert said.endswith("and verify needs 4; choose another share, or more images")
