import hashlib
import logging
import pickle
import struct

import numpy as np
import pytest
import torchvision
from pydantic import TypeAdapter
from scipy.io import savemat

from proofsheet.data.dataset import read_dataset, write_dataset
from proofsheet.data.prepare import prepare
from proofsheet.data.vision import vision
from proofsheet.declare.run import DataSource
from proofsheet.errors import ProofsheetError
from proofsheet.train.checkpoint import Checkpoint
from proofsheet.train.loop import train
from trainings import declared


def write_idx(path, array):
    header = struct.pack(">BBBB", 0, 0, 8, array.ndim) + struct.pack(
        f">{array.ndim}I", *array.shape
    )
    path.write_bytes(header + array.tobytes())


@pytest.fixture(autouse=True)
def any_content(monkeypatch):
    """The files made here are not the original's, whose digests are known."""
    monkeypatch.setattr("proofsheet.data.vision.DIGESTS", {})


def write_mnist(root):
    """Twenty images in MNIST's own file format, each filled with ten times its label."""
    raw = root / "MNIST" / "raw"
    raw.mkdir(parents=True)
    labels = np.arange(20, dtype=np.uint8) % 10
    images = np.repeat(labels * 10, 28 * 28).reshape(20, 28, 28)
    for split in ("train", "t10k"):
        write_idx(raw / f"{split}-images-idx3-ubyte", images)
        write_idx(raw / f"{split}-labels-idx1-ubyte", labels)


def test_reads_a_root_that_has_the_data(tmp_path):
    write_mnist(tmp_path)
    dataset = vision("MNIST", tmp_path)
    assert dataset.train.images.shape == (20, 1, 28, 28)
    assert dataset.test.images[3, 0, 5, 5] == 30
    assert dataset.classes == [str(digit) for digit in range(10)]
    assert not dataset.stand_in


def test_files_that_torchvision_would_prefer_are_refused(tmp_path):
    (tmp_path / "MNIST" / "processed").mkdir(parents=True)
    with pytest.raises(ProofsheetError, match=r"MNIST/processed: not the original files"):
        vision("MNIST", tmp_path)


def test_no_network_is_one_line_with_the_remedy(tmp_path, monkeypatch):
    # A port on this machine that nothing listens on: the download is refused at once.
    monkeypatch.setattr(torchvision.datasets.MNIST, "mirrors", ["http://127.0.0.1:9/"])
    with pytest.raises(ProofsheetError, match=r"MNIST: not found under .* set `root`") as caught:
        vision("MNIST", tmp_path)
    assert "\n" not in str(caught.value)


def test_a_download_is_told_of(tmp_path, monkeypatch, caplog):
    caplog.set_level(logging.INFO, logger="proofsheet")
    monkeypatch.setattr(torchvision.datasets.MNIST, "mirrors", ["http://127.0.0.1:9/"])
    with pytest.raises(ProofsheetError):
        vision("MNIST", tmp_path)
    assert caplog.messages == [f"MNIST is not under {tmp_path}: downloading it"]


def test_a_corrupted_file_is_one_line(tmp_path):
    write_mnist(tmp_path)
    (tmp_path / "MNIST" / "raw" / "train-images-idx3-ubyte").write_bytes(b"\0\0\x08\x03")
    with pytest.raises(ProofsheetError, match="MNIST: a file there is not readable"):
        vision("MNIST", tmp_path)


def test_a_changed_file_is_refused(tmp_path, monkeypatch):
    write_mnist(tmp_path)
    path = "MNIST/raw/t10k-labels-idx1-ubyte"
    monkeypatch.setattr("proofsheet.data.vision.DIGESTS", {path: "0" * 64})
    with pytest.raises(ProofsheetError, match="t10k-labels-idx1-ubyte: checksum mismatch"):
        vision("MNIST", tmp_path)


def write_svhn(root, monkeypatch):
    """SVHN's own format: MATLAB files of images 32×32×3×N, labels 1 to 10, ten for a 0."""
    labels = np.arange(1, 21).reshape(-1, 1) % 10
    labels[labels == 0] = 10
    images = np.zeros((32, 32, 3, 20), np.uint8)
    images[:, :, 1, :] = labels.flatten()
    images[4, 7, 2, :] = 99
    parts = {}
    for split in ("train", "test"):
        path = root / f"{split}_32x32.mat"
        savemat(path, {"X": images, "y": labels.astype(np.uint8)})
        digest = hashlib.md5(path.read_bytes()).hexdigest()
        parts[split] = ["http://127.0.0.1:9/", path.name, digest]
    monkeypatch.setattr(torchvision.datasets.SVHN, "split_list", parts)


def test_reads_svhn_in_its_official_format(tmp_path, monkeypatch):
    write_svhn(tmp_path, monkeypatch)
    dataset = vision("SVHN", tmp_path)
    assert dataset.train.images.shape == (20, 3, 32, 32)
    assert dataset.train.labels.tolist() == [*range(1, 10), 0] * 2
    # Row 4, column 7 of the blue channel; the green one holds the label, 10 for a zero.
    assert dataset.test.images[0, 2, 4, 7] == 99
    assert dataset.test.images[9, 1, 0, 0] == 10
    assert dataset.classes == [str(digit) for digit in range(10)]
    assert not dataset.stand_in


def test_svhn_goes_on_to_a_prepared_file_and_a_training(tmp_path, monkeypatch):
    write_svhn(tmp_path, monkeypatch)
    source = TypeAdapter(DataSource).validate_python({"source": "torchvision", "name": "SVHN"})
    dataset = prepare(source, tmp_path)
    npz, card = tmp_path / "svhn.npz", tmp_path / "svhn.json"
    write_dataset(dataset, npz, card)
    lenet = declared("classify", model={"name": "classifier.lenet5"}, epochs=1)
    checkpoint = Checkpoint(tmp_path / "checkpoint", "")
    trained = train(lenet, 0, read_dataset(npz, card), checkpoint, lambda *rest: None)
    assert [row for row in trained.history if row[1:3] == ("val", "accuracy")]


def write_cifar10(root, monkeypatch):
    """CIFAR-10's own format: pickled batches of rows of 3,072 values, channel after channel."""
    folder = root / "cifar-10-batches-py"
    folder.mkdir()
    rows = np.zeros((10, 3072), np.uint8)
    rows[:, 1024:2048] = 50  # green
    rows[:, 2048 + 32 * 4 + 7] = 99  # blue, row 4, column 7
    batch = {"data": rows, "labels": list(range(10))}
    meta = {"label_names": [f"class {label}" for label in range(10)]}
    lists = {"train_list": ["data_batch_1"], "test_list": ["test_batch"]}
    digests = {}
    for name, content in (("data_batch_1", batch), ("test_batch", batch), ("batches.meta", meta)):
        (folder / name).write_bytes(pickle.dumps(content))
        digests[name] = hashlib.md5((folder / name).read_bytes()).hexdigest()
    cifar10 = torchvision.datasets.CIFAR10
    for attribute, names in lists.items():
        monkeypatch.setattr(cifar10, attribute, [[name, digests[name]] for name in names])
    monkeypatch.setattr(cifar10, "meta", {**cifar10.meta, "md5": digests["batches.meta"]})


def test_reads_cifar10_in_its_official_format(tmp_path, monkeypatch):
    write_cifar10(tmp_path, monkeypatch)
    dataset = vision("CIFAR10", tmp_path)
    assert dataset.train.images.shape == (10, 3, 32, 32)
    assert dataset.test.images[0, :, 4, 7].tolist() == [0, 50, 99]
    assert dataset.classes[3] == "class 3"
    assert dataset.title == "CIFAR-10"


@pytest.mark.parametrize(("name", "place"), [("SVHN", "train_32x32.mat"), ("CIFAR10", "cifar-10")])
def test_what_cannot_be_downloaded_says_where_it_is_looked_for(tmp_path, monkeypatch, name, place):
    if name == "SVHN":
        parts = {
            split: ["http://127.0.0.1:9/x", f"{split}.mat", "0"] for split in ("train", "test")
        }
        monkeypatch.setattr(torchvision.datasets.SVHN, "split_list", parts)
    else:
        monkeypatch.setattr(torchvision.datasets.CIFAR10, "url", "http://127.0.0.1:9/")
    with pytest.raises(ProofsheetError, match=rf"{name}: not found under .*{place}"):
        vision(name, tmp_path)
