"""One epoch of a small dense VAE, three ways to feed it, in one process on one thread.

The data are random images of MNIST's size: speed does not depend on what they show.
"""

import sys
import time
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset
from torchvision.transforms.functional import to_tensor

sys.path.append(str(Path(__file__).parents[1] / "workflow" / "scripts"))

from proofsheet.data.splits import Images
from proofsheet.declare.tasks.vae import VaeLoss
from proofsheet.models.vae import dense
from proofsheet.tasks.vae.objective import Reconstruction

IMAGES, BATCH, ROUNDS = 30_000, 128, 3


class AsTorchvision(Dataset):
    """Fetches a sample as torchvision's MNIST with ``ToTensor`` does: tensor, PIL image, tensor."""

    def __init__(self, pixels):
        self.pixels = pixels

    def __len__(self):
        return len(self.pixels)

    def __getitem__(self, index):
        return to_tensor(Image.fromarray(self.pixels[index, 0].numpy()))


def main() -> None:
    torch.set_num_threads(1)
    pixels = torch.from_numpy(
        np.random.default_rng(0).integers(0, 256, (IMAGES, 1, 28, 28), np.uint8)
    )
    resident = Images(pixels, torch.zeros(IMAGES, dtype=torch.int64))
    fixed = resident.scaled(torch.arange(BATCH)[:, None])

    def one_tensor():
        for rows in torch.randperm(IMAGES)[:, None].split(BATCH):
            yield resident.scaled(rows)

    def data_loader():
        for batch in DataLoader(AsTorchvision(pixels), batch_size=BATCH, shuffle=True):
            yield batch[:, None]

    def one_batch():
        for _ in range(-(-IMAGES // BATCH)):
            yield fixed

    times = {feed.__name__: [] for feed in (one_tensor, data_loader, one_batch)}
    for _ in range(ROUNDS):
        for feed in (one_tensor, data_loader, one_batch):
            times[feed.__name__].append(epoch(feed))
    limit = min(times["one_batch"])
    for name, seconds in times.items():
        best = min(seconds)
        print(
            f"{name:<12} {best:6.2f} s  {IMAGES / best:9,.0f} images/s  {best / limit:5.2f} × limit"
        )


def epoch(feed) -> float:
    torch.manual_seed(0)
    model = dense(image_shape=(1, 28, 28), classes=10)
    objective = Reconstruction(VaeLoss(reconstruction="bce", reduction="sum"))
    optimiser = torch.optim.Adam(model.parameters(), fused=True)
    start = time.perf_counter()
    for images in feed():
        optimiser.zero_grad(set_to_none=True)
        objective.terms(model, images, torch.zeros(len(images), 1))["loss"].backward()
        optimiser.step()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
