import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from proofsheet.data.folder import folder
from proofsheet.data.listing import digest
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


def test_classes_are_sorted_as_people_count(images):
    for split in ("train", "test"):
        for number in ("10", "9", "9b"):
            (images / split / number).mkdir()
            Image.new("L", (4, 3)).save(images / split / number / "0.png")
    assert read(images).classes == ["9", "9b", "10", "cat", "dog"]


def test_a_photograph_lies_as_viewers_show_it(images):
    upright = images / "train" / "cat" / "0.png"
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: to be turned by a quarter
    Image.fromarray(np.array([[1], [2], [3], [4]], np.uint8).repeat(3, 1)).save(upright, exif=exif)
    pixels = read(images).train.images[0, 0]
    assert pixels.tolist() == [[4, 3, 2, 1]] * 3


def test_an_image_of_far_too_many_pixels_is_named(images):
    Image.new("1", (20_000, 10_000)).save(images / "train" / "cat" / "vast.png")
    with pytest.raises(ProofsheetError, match=r"vast\.png: far too many pixels"):
        read(images)


@pytest.mark.parametrize("name", ["gone.png", "gone.txt"])
def test_a_link_to_nothing_is_named_where_it_is_an_image(images, name):
    (images / "train" / "cat" / name).symlink_to("nowhere")
    if name.endswith("txt"):
        assert len(read(images).train) == 4
    else:
        with pytest.raises(ProofsheetError, match=r"gone\.png: not a file"):
            read(images)


def test_a_pipe_is_waited_for_by_nobody(images):
    os.mkfifo(images / "train" / "cat" / "pipe.png")
    with pytest.raises(ProofsheetError, match=r"pipe\.png: not a file"):
        read(images)


def touched(images):
    for file in images.rglob("*.png"):
        os.utime(file, (0, 0))
    return images


def moved(images):
    return images.rename(images.with_name("elsewhere"))


def with_what_a_desktop_leaves(images):
    for name in (".DS_Store", "Thumbs.db", "._0.png"):
        (images / "train" / "cat" / name).write_bytes(b"x")
    (images / "train" / "gone").symlink_to("nowhere")
    return images


@pytest.mark.parametrize("change", [touched, moved, with_what_a_desktop_leaves])
def test_the_digest_is_one_of_names_and_contents(images, change):
    before = digest(images)
    assert digest(change(images)) == before


def renamed(images):
    (images / "train" / "cat" / "0.png").rename(images / "train" / "cat" / "2.png")


def replaced(images):
    Image.new("L", (4, 3), 7).save(images / "train" / "cat" / "0.png")


@pytest.mark.parametrize("change", [renamed, replaced])
def test_another_name_or_content_is_another_digest(images, change):
    before = digest(images)
    change(images)
    assert digest(images) != before


def test_a_name_that_is_no_text_is_refused(images):
    bad = os.fsencode(images / "train" / "cat") + b"/\xff.png"
    Path(os.fsdecode(bad)).write_bytes(b"x")
    with pytest.raises(ProofsheetError, match="no UTF-8; rename it"):
        digest(images)


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


def deep(file):
    Image.fromarray(np.full((3, 4), 2000, np.uint16)).save(file)


def floating(file):
    Image.fromarray(np.zeros((3, 4), np.float32)).save(file, "TIFF")


def transparent(file):
    Image.new("RGBA", (4, 3)).save(file)


def transparent_palette(file):
    Image.new("P", (4, 3)).save(file, transparency=0)


def animated(file):
    frames = [Image.new("L", (4, 3), level) for level in (0, 9)]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])


@pytest.mark.parametrize(
    ("write", "line"),
    [
        (deep, "more than 8 bits a pixel"),
        (floating, "more than 8 bits a pixel"),
        (transparent, "transparent; save it on the ground"),
        (transparent_palette, "transparent; save it on the ground"),
        (animated, "2 frames; save one"),
    ],
)
@pytest.mark.parametrize("mode", [None, "L"])
def test_what_has_no_plain_pixels_is_refused_whatever_the_mode(images, write, line, mode):
    write(images / "train" / "cat" / "0.png")
    with pytest.raises(ProofsheetError, match=rf"train/cat/0\.png: .*{line}"):
        read(images, mode)
