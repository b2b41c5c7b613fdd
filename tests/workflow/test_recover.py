"""A search for settings, as jobs of the same workflow."""

import numpy as np
import pandas as pd
from PIL import Image

RECOVER = """
recover:
  vae_bce:
    fit:
      reconstruction_loss:
        - {file: history, split: train, quantity: running_reconstruction}
        - {file: history, split: val, quantity: reconstruction}
    vary:
      model.latent: [2, 3]
      batch_size: [16, 32]
      # The second diverges at once.
      optimiser: [{name: adam, lr: 0.001}, {name: sgd, lr: 1.0e+20}]
    rungs:
      - {candidates: 7, epochs: 1}
      - {candidates: 2, epochs: 2, seeds: [0, 1]}
published:
  vae_bce:
    reconstruction_loss:
      title: reconstruction loss
      where: nowhere
      scale: loss
      measured: {file: history, split: train, quantity: running_reconstruction}
      epochs: {1: 200, 2: 180}
"""


def test_the_nearest_of_each_round_go_on_and_nothing_is_searched_twice(fresh):
    file = fresh.folder / "writeups" / "verification_vae.yaml"
    file.write_text(file.read_text() + RECOVER)
    last = "results/tiny/recovered/vae_bce.csv"
    generator = np.random.default_rng(0)
    for split, count in (("train", 30), ("test", 10)):
        for name in ("one", "other"):
            folder = fresh.folder / "own" / split / name
            folder.mkdir(parents=True)
            for index in range(count):
                pixels = generator.integers(0, 256, (12, 12), np.uint8)
                Image.fromarray(pixels).save(folder / f"{index}.png")
    own = {"source": "folder", "path": "own", "title": "Own", "stand_in": False}
    fresh.configure(recover="vae_bce", data={"mnist": own})
    fresh.build(last)
    first = pd.read_csv(fresh.results / "recovered" / "vae_bce" / "0.csv")
    found = pd.read_csv(fresh.folder / last)
    assert first.distance.is_monotonic_increasing
    assert (len(first), len(found)) == (7, 7)
    assert np.isinf(first.distance).tolist() == first.optimiser.str.contains("sgd").tolist()
    # Both seeds of the two nearest, then the other five as they were.
    assert set(found.candidate[:2]) == set(first.candidate[:2])
    assert found.seeds.tolist() == [2] * 2 + [1] * 5
    assert found.epochs.tolist() == [2] * 2 + [1] * 5
    assert found.candidate[2:].tolist() == first.candidate[2:].tolist()
    trained = {path.parent.parent.name for path in fresh.results.glob("runs/*/*/weights*")}
    assert len(trained) == 7 + 2
    assert fresh.planned(last) == {}
