import numpy as np
import pytest
from PIL import Image

from proofsheet.data.folder import folder
from proofsheet.errors import ProofsheetError


@pytest.fixture
def images(tmp_path):
    """Two splits of two classes with two 4×3 grey images each, whose value tells them apart."""
    for s, split in enumerate(["train", "test"]):
        for c, name in enumerate(["cat", "dog"]):
            path = tmp_path / split / name
            path.mkdir(parents=True)
            for i in range(2):
                Image.new("L", (4, 3), 100 * s + 10 * c + i).save(path / f"{i}.png")
    return tmp_path


def read(path, mode=None):
    return folder(path, "Pets", "CC0", mode, stand_in=True)


def test_reads_pixels_labels_and_classes(images):
    dataset = read(images)
    assert dataset.classes == ["cat", "dog"]
    assert dataset.train.images.shape == (4, 1, 3, 4)
    assert dataset.train.images[:, 0, 0, 0].tolist() == [0, 1, 10, 11]
    assert dataset.test.images[:, 0, 0, 0].tolist() == [100, 101, 110, 111]
    assert dataset.test.labels.tolist() == [0, 0, 1, 1]


def test_colour_images_have_their_channels_first(images):
    dataset = read(images, "RGB")
    assert dataset.train.images.shape == (4, 3, 3, 4)
    assert dataset.train.images.flags.c_contiguous


def test_hidden_folders_are_no_classes(images):
    (images / "train" / ".ipynb_checkpoints").mkdir()
    assert read(images).classes == ["cat", "dog"]


def test_a_missing_split_is_named(images):
    for file in sorted((images / "test").rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    (images / "test").rmdir()
    with pytest.raises(ProofsheetError, match="test: no such folder"):
        read(images)


def test_a_class_without_images_is_named(images):
    for file in (images / "train" / "dog").iterdir():
        file.unlink()
    with pytest.raises(ProofsheetError, match=r"train/dog: no \.png or \.jpg"):
        read(images)


def test_a_class_missing_in_one_split_is_named(images):
    (images / "train" / "emu").mkdir()
    Image.new("L", (4, 3)).save(images / "train" / "emu" / "0.png")
    with pytest.raises(ProofsheetError, match="test/emu: no such folder"):
        read(images)


def test_an_image_of_another_size_is_named_with_both_sizes(images):
    Image.new("L", (5, 3)).save(images / "test" / "dog" / "odd.png")
    with pytest.raises(ProofsheetError, match=r"odd\.png: 5×3 pixels, but .*0\.png has 4×3"):
        read(images)


def test_an_image_of_another_mode_is_named_with_the_remedy(images):
    Image.new("RGB", (4, 3)).save(images / "test" / "dog" / "odd.png")
    with pytest.raises(ProofsheetError, match=r"odd\.png: mode RGB, but .*set `mode: L`"):
        read(images)


@pytest.mark.parametrize("content", [b"", b"not an image", b"\x89PNG\r\n\x1a\nbroken"])
def test_an_unreadable_image_is_named(images, content):
    (images / "train" / "cat" / "bad.png").write_bytes(content)
    with pytest.raises(ProofsheetError, match=r"bad\.png: not a readable image"):
        read(images)


def test_a_truncated_image_is_named(images):
    noise = np.random.default_rng(0).integers(0, 255, (3, 4), np.uint8)
    whole = images / "train" / "cat" / "bad.png"
    Image.fromarray(noise).save(whole)
    whole.write_bytes(whole.read_bytes()[:50])
    with pytest.raises(ProofsheetError, match=r"bad\.png: not a readable image"):
        read(images)
