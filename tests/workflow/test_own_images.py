"""A person's own images take the place of a data set."""

import json

import numpy as np
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

    target = "results/tiny/data/mnist.json"
    assert fresh.planned(target) == {}
    Image.new("RGB", (20, 17)).save(fresh.folder / "mine" / "train" / "red" / "0.png")
    assert fresh.planned(target) == {"prepare": 1}
