"""An epoch by one contender: ``loops.py <experiment> <contender> [key=value]``.

Prints the seconds of the second epoch of ``IMAGES`` random images of the data set's size: the first
sets up, and speed does not depend on what they show. Contenders: ``ours`` is the training loop as
it is, without evaluations; ``resident`` the same steps on one batch that never changes, the least
that they can take; ``textbook`` a ``DataLoader`` that reads and transforms an image at a time, and
normalises where the network of ours does; ``lightning`` is fed from a ``TensorDataset``;
``metric_learning`` is the textbook's with the losses of pytorch-metric-learning. Networks,
optimisers and batch sizes are those of the full run; a ``key`` of the training may be another, as
in ``batch_size=64``. All compute on one thread.
"""

import importlib
import logging
import sys
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch.utils.data import DataLoader, TensorDataset
from torchvision.transforms import Compose, Normalize, ToTensor

sys.path.append(str(Path(__file__).parents[1] / "workflow" / "scripts"))

from proofsheet.data.dataset import Dataset, Split
from proofsheet.data.splits import split_images
from proofsheet.declare.experiment import as_training
from proofsheet.declare.project import load_project
from proofsheet.models.normalise import Normalise
from proofsheet.tasks.task import build_model, objective_for
from proofsheet.train import loop
from proofsheet.train.checkpoint import Checkpoint
from proofsheet.train.device import autocast, memory_format, use_device

SHAPES = {"mnist": (1, 28, 28), "cifar10": (3, 32, 32), "svhn": (3, 32, 32)}
IMAGES = 4_000
EPOCHS = 2

# Of contenders that need one; imported before the clock starts.
LIBRARIES = {"lightning": "lightning", "metric_learning": "pytorch_metric_learning.losses"}


class Pictures(torch.utils.data.Dataset):
    """Rows of images, each read as a picture and transformed, as torchvision's data sets are."""

    def __init__(self, images, rows, transform):
        self.pixels = images.pixels.permute(0, 2, 3, 1).numpy()
        self.labels, self.rows = images.labels, rows.tolist()
        self.transform = transform

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        row = self.rows[index]
        pictures = [Image.fromarray(self.pixels[image].squeeze()) for image in row]
        labels = torch.stack([self.labels[image] for image in row])
        return torch.stack([self.transform(picture) for picture in pictures]), labels


def optimiser_for(settings, model):
    given = settings.optimiser
    if given.name == "sgd":
        return torch.optim.SGD(model.parameters(), lr=given.lr, momentum=given.momentum)
    return torch.optim.Adam(model.parameters(), lr=given.lr)


class Contest:
    """One experiment, and an epoch of it by each contender."""

    def __init__(self, settings, count):
        generator = np.random.default_rng(0)
        pixels = generator.integers(0, 256, (count, *SHAPES[settings.data]), np.uint8)
        split = Split(pixels, np.arange(count) % 10)
        few = split.take(np.arange(100))
        self.classes = [str(number) for number in range(10)]
        self.dataset = Dataset(split, few, self.classes, "", "", "", True)
        self.settings = settings
        self.images = split_images(self.dataset, settings, "cpu")["train"]
        self.objective = objective_for(settings, self.classes)
        labels = self.images.labels
        self.rows = self.objective.sample(labels, len(labels), torch.Generator().manual_seed(0))
        use_device(settings)
        self.model = build_model(settings, self.dataset.image_shape, len(self.classes)).train()
        self.ends = []

    def ended(self):
        self.ends.append(time.perf_counter())

    def ours(self):
        def report(epoch, done, rows, means):
            if done == rows:
                self.ended()

        loop.evaluate_terms = lambda *arguments: {}
        with tempfile.TemporaryDirectory() as folder:
            checkpoint = Checkpoint(Path(folder, "checkpoint"), "")
            loop.train(self.settings, 0, self.dataset, checkpoint, report)

    def resident(self):
        self.model.to(memory_format=memory_format(self.settings))
        optimiser = loop.build_optimiser(self.settings.optimiser, self.model)
        batch = self.images.batch(self.rows[: self.settings.batch_size])
        for _ in range(EPOCHS):
            for _ in self.rows.split(self.settings.batch_size):
                with autocast(self.settings):
                    loss = self.objective.terms(self.model, *batch)["loss"]
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()
            self.ended()

    def transform(self):
        """What a textbook does to an image: what ours leaves to the network's first layer."""
        steps = [ToTensor()]
        for layer in self.model.modules():
            if isinstance(layer, Normalise):
                steps.append(Normalize(layer.mean.flatten().tolist(), layer.std.flatten().tolist()))
                layer.forward = lambda images: images
        return Compose(steps)

    def textbook(self, loss_of=None):
        loss_of = loss_of or (lambda *batch: self.objective.terms(self.model, *batch)["loss"])
        optimiser = optimiser_for(self.settings, self.model)
        pictures = Pictures(self.images, self.rows, self.transform())
        loader = DataLoader(pictures, batch_size=self.settings.batch_size)
        for _ in range(EPOCHS):
            running = 0.0
            for images, labels in loader:
                optimiser.zero_grad()
                loss = loss_of(images, labels)
                loss.backward()
                optimiser.step()
                running += loss.item()
            self.ended()

    def metric_learning(self):
        names = {"triplet": "TripletMarginLoss", "contrastive": "ContrastiveLoss"}
        criterion = getattr(self.library, names[self.settings.loss.name])()
        # It mines its pairs and triplets among all images of a batch.
        self.textbook(
            lambda images, labels: criterion(self.model(images.flatten(0, 1)), labels.flatten())
        )

    def lightning(self):
        logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
        contest, lightning = self, self.library

        class Module(lightning.LightningModule):
            def __init__(self):
                super().__init__()
                self.model = contest.model

            def training_step(self, batch, number):
                loss = contest.objective.terms(self.model, *batch)["loss"]
                self.log("loss", loss)
                return loss

            def on_train_epoch_end(self):
                contest.ended()

            def configure_optimizers(self):
                return optimiser_for(contest.settings, self.model)

        data = TensorDataset(*self.images.batch(torch.arange(len(self.images))[:, None]))
        quiet = dict.fromkeys(
            ("logger", "enable_checkpointing", "enable_progress_bar", "enable_model_summary"), False
        )
        trainer = lightning.Trainer(max_epochs=EPOCHS, accelerator="cpu", **quiet)
        trainer.fit(Module(), DataLoader(data, batch_size=self.settings.batch_size, shuffle=True))


def main() -> None:
    warnings.simplefilter("ignore")
    name, contender, *changes = sys.argv[1:]
    project = load_project([Path("config/full.yaml")])
    declared = project.experiments[name].train.model_dump(mode="json")
    given = dict(change.split("=") for change in changes)
    count = int(given.pop("images", IMAGES))
    own = {"epochs": EPOCHS, "train_fraction": 1, "pretrained": False}
    contest = Contest(as_training({**declared, **own, **given}), count)
    if contender in LIBRARIES:
        contest.library = importlib.import_module(LIBRARIES[contender])
    getattr(contest, contender)()
    first, second = contest.ends
    print(second - first)


if __name__ == "__main__":
    main()
