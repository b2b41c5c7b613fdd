import struct

import numpy as np
import pytest
import torchvision

from proofsheet.data.vision import vision
from proofsheet.errors import ProofsheetError


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


def test_no_network_is_one_line_with_the_remedy(tmp_path, monkeypatch):
    # A port on this machine that nothing listens on: the download is refused at once.
    monkeypatch.setattr(torchvision.datasets.MNIST, "mirrors", ["http://127.0.0.1:9/"])
    with pytest.raises(ProofsheetError, match=r"MNIST: not found under .* set `root`") as caught:
        vision("MNIST", tmp_path)
    assert "\n" not in str(caught.value)


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
