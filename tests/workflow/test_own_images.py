"""A person's own images take the place of a data set."""

import json
import os

import numpy as np
import pytest
from PIL import Image


def test_colour_images_of_another_size_go_through(fresh):
    generator = np.random.default_rng(0)
    for split, count in (("train", 12), ("test", 8)):
        for name in ("red", "green", "blue"):
            folder = fresh.folder / "mine" / split / name
            folder.mkdir(parents=True)
            for index in range(count):
                pixels = generator.integers(0, 256, (17, 20, 3), np.uint8)
                Image.fromarray(pixels).save(folder / f"{index}.png")
    fresh.configure(
        data={"mnist": {"source": "folder", "path": "mine", "title": "My colours"}}, seeds=[0]
    )
    fresh.build(
        "results/tiny/runs/vae_mse/metrics.csv",
        "results/tiny/figures/verification_vae/vae_mse_images.svg",
        "results/tiny/figures/verification_vae/embedding_map.svg",
    )
    card = json.loads((fresh.results / "data" / "mnist.json").read_text())
    assert card["image_shape"] == [3, 17, 20]
    assert card["classes"] == ["blue", "green", "red"]
    assert card["splits"]["train"]["per_class"] == {"blue": 12, "green": 12, "red": 12}
    assert card["stand_in"]

    target = "results/tiny/figures/verification_vae/embedding_map.svg"
    assert fresh.planned(target) == {}
    # Neither dates nor what a desktop leaves, neither its place nor words are content.
    for file in (fresh.folder / "mine").rglob("*.png"):
        os.utime(file, (0, 0))
    (fresh.folder / "mine" / "train" / "red" / ".DS_Store").write_bytes(b"x")
    (fresh.folder / "mine").rename(fresh.folder / "a{b}")
    (fresh.folder / "a{b}" / "train" / "<blue>").mkdir()
    fresh.configure(
        data={"mnist": {"source": "folder", "path": "a{b}", "title": "Colours", "licence": "CC0"}},
        seeds=[0],
    )
    with pytest.raises(AssertionError, match=r"<blue>: no \.png or \.jpg in it"):
        fresh.planned(target)
    (fresh.folder / "a{b}" / "train" / "<blue>").rmdir()
    assert fresh.planned(target) == {}
    (fresh.folder / "a{b}").rename(fresh.folder / "mine")
    fresh.configure(
        data={"mnist": {"source": "folder", "path": "mine", "title": "My colours"}}, seeds=[0]
    )
    target = "results/tiny/data/mnist.json"
    Image.new("RGB", (20, 17)).save(fresh.folder / "mine" / "train" / "red" / "0.png")
    assert fresh.planned(target) == {"prepare": 1}
