"""The quick run as a student would script it: one process from data to PDF, and no pipeline.

``plain_script.py <folder>`` trains what the quick run declares with ``DataLoader`` and
``ToTensor``, evaluates it, draws as many figures with pyplot and prints a PDF for each write-up.
Networks, losses and evaluations are the library's; the rest is a textbook's. It keeps what a script
keeps: nothing resumes, and no number is judged. Ends with a line of JSON: seconds of CPU of each
part.
"""

import argparse
import base64
import json
import sys
import time
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import torch
from torch.utils.data import DataLoader, Dataset
from torchvision.transforms import ToTensor
from weasyprint import HTML

sys.path.append(str(Path(__file__).parents[1] / "workflow" / "scripts"))

from proofsheet.data.prepare import prepare
from proofsheet.data.splits import split_images
from proofsheet.declare.project import load_project
from proofsheet.tasks.task import (
    HistoryRow,
    TrainedModel,
    build_model,
    evaluation_of,
    objective_for,
)
from proofsheet.train.pretrained import load_pretrained

seconds: dict[str, float] = defaultdict(float)


@contextmanager
def part(name):
    start = time.process_time()
    yield
    seconds[name] += time.process_time() - start


class Rows(Dataset):
    """Images, pairs or triplets of images with their labels."""

    def __init__(self, pictures, labels, rows):
        self.pictures, self.labels, self.rows = pictures, labels, rows

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        row = self.rows[index]
        return self.pictures[row], self.labels[row]


def train(settings, seed, dataset):
    images = split_images(dataset, settings, "cpu")
    objective = objective_for(settings, dataset.classes)
    torch.manual_seed(seed)
    model = build_model(settings, dataset.image_shape, len(dataset.classes))
    load_pretrained(model, settings)
    given = settings.optimiser
    if given.name == "sgd":
        optimiser = torch.optim.SGD(model.parameters(), lr=given.lr, momentum=given.momentum)
    else:
        optimiser = torch.optim.Adam(model.parameters(), lr=given.lr)
    generator = torch.Generator().manual_seed(seed)
    # Transformed once: a transform for each image in each epoch takes another half of the time.
    transform = ToTensor()
    resident = {
        split: torch.stack(
            [transform(picture) for picture in some.pixels.permute(0, 2, 3, 1).numpy()]
        )
        for split, some in images.items()
    }

    def loader(split, size):
        labels = images[split].labels
        rows = objective.sample(labels, len(labels), generator)
        return DataLoader(Rows(resident[split], labels, rows), batch_size=size)

    schedule = None
    if given.schedule == "one_cycle":
        steps = settings.epochs * len(loader("train", settings.batch_size))
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, given.lr, total_steps=steps)
    history, lines = [], []
    for epoch in range(1, settings.epochs + 1):
        model.train()
        running = []
        for pictures, labels in loader("train", settings.batch_size):
            optimiser.zero_grad()
            loss = objective.terms(model, pictures, labels)["loss"]
            loss.backward()
            optimiser.step()
            if schedule:
                schedule.step()
            running.append(loss.item())
        lines += running
        history.append(HistoryRow(epoch, "train", "running_loss", float(np.mean(running))))
        model.eval()
        for split in ("train", "val"):
            totals: dict[str, float] = defaultdict(float)
            count = 0
            with torch.no_grad():
                for pictures, labels in loader(split, 1000):
                    for name, value in objective.terms(model, pictures, labels).items():
                        totals[name] += value.item() * len(labels)
                    count += len(labels)
            history += [
                HistoryRow(epoch, split, name, total / count) for name, total in totals.items()
            ]
        print(f"epoch {epoch}/{settings.epochs}  loss {history[-1].value:.4f}", flush=True)
    return TrainedModel(model, settings, images, dataset.classes, history), lines


def evaluate(name, experiments, trained):
    declared = experiments[name]
    needs = declared.needs()
    classifier = trained[needs[0]][0][0] if needs else None
    found = []
    for seed, (model, _) in zip(declared.seeds, trained[name], strict=True):
        own = evaluation_of(declared.train.task).evaluate(
            model, declared.evaluate, seed, classifier
        )
        found.append(own._replace(arrays=own.arrays if found else own.arrays | own.of_first()))
    return found


def draw(kind, names, trained, evaluated):
    """A picture of the kind's sort: curves, images, a matrix, bars or points."""
    arrays = {name: evaluated[name][0].arrays for name in names}
    first = arrays[names[0]] if names else {}
    if kind in ("labelled_images", "reconstructions", "prior_samples", "latent_traversal"):
        key = {
            "labelled_images": "examples",
            "reconstructions": "reconstructions",
            "prior_samples": "prior",
            "latent_traversal": "traversal",
        }[kind]
        pictures = first[key].reshape(-1, *first[key].shape[-3:])
        figure, axes = plt.subplots(2, 5, figsize=(6.5, 2.8))
        for axis, picture in zip(axes.flat, pictures, strict=False):
            axis.imshow(picture.transpose(1, 2, 0).squeeze(), cmap="gray")
            axis.axis("off")
    elif kind == "confusion":
        figure, axis = plt.subplots(figsize=(5, 4))
        axis.imshow(first["confusion"], cmap="Blues")
        for (row, column), count in np.ndenumerate(first["confusion"]):
            axis.text(column, row, count, ha="center", va="center")
    elif kind == "embedding_map":
        figure, axes = plt.subplots(1, len(names), figsize=(6.5, 2.4))
        for axis, name in zip(axes, names, strict=True):
            points = arrays[name]["map"]
            axis.scatter(*points.T, c=arrays[name]["map_labels"], cmap="tab10", s=3)
            axis.set_title(name)
    elif kind in ("roc_curves", "score_histograms"):
        figure, axes = plt.subplots(1, len(names), figsize=(6.5, 2.4))
        for axis, name in zip(axes, names, strict=True):
            if kind == "roc_curves":
                axis.plot(arrays[name]["fpr"], arrays[name]["tpr"])
            else:
                axis.stairs(arrays[name]["same"], arrays[name]["edges"], fill=True, alpha=0.5)
                axis.stairs(arrays[name]["different"], arrays[name]["edges"], fill=True, alpha=0.5)
            axis.set_title(name)
    elif kind in ("accuracy_bars", "class_accuracy", "loss_gaps", "eigenvalues", "reliability"):
        figure, axis = plt.subplots(figsize=(6.5, 2.8))
        values = [evaluated[name][0].metrics[0][3] for name in names]
        axis.bar(names, values)
        axis.tick_params(axis="x", rotation=30)
    elif kind == "batch_lines":
        figure, axis = plt.subplots(figsize=(6.5, 2.8))
        for name in names:
            axis.plot(trained[name][0][1], label=name, lw=0.5)
        axis.legend()
    else:
        figure, axes = plt.subplots(
            1, max(1, min(3, len(names))), figsize=(6.5, 2.6), squeeze=False
        )
        for number, name in enumerate(names):
            axis = axes.flat[number % axes.size]
            for split in ("train", "val"):
                rows = [row for row in trained[name][0][0].history if row.split == split]
                rows = [row for row in rows if row.quantity == "loss"]
                axis.plot([r.epoch for r in rows], [r.value for r in rows], label=f"{name} {split}")
            axis.set_xlabel("epoch")
            axis.legend(fontsize=6)
    return figure


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--threads", type=int, help="of torch; as many as it likes where not given")
    parser.add_argument("--configfile", type=Path, default=Path("config/config.yaml"))
    options = parser.parse_args()
    if options.threads:
        torch.set_num_threads(options.threads)
    options.folder.mkdir(parents=True, exist_ok=True)
    project = load_project([options.configfile])
    run, experiments = project.run, project.experiments
    with part("data"):
        data = {name: prepare(source, Path(run.root)) for name, source in run.data.items()}
    trained, evaluated = {}, {}
    for name, one in experiments.items():
        print(name, flush=True)
        with part("train"):
            trained[name] = [train(one.train, seed, data[one.train.data]) for seed in one.seeds]
    for name in experiments:
        with part("evaluate"):
            evaluated[name] = evaluate(name, experiments, trained)
    for name, writeup in project.writeups.items():
        page = [f"<h1>{writeup.title}</h1>"]
        with part("figures"):
            for title, declared in writeup.figures.items():
                shown = declared.draw.experiments
                figure = draw(declared.draw.kind, shown, trained, evaluated)
                figure.suptitle(title)
                for suffix in ("png", "pdf", "svg"):
                    path = options.folder / f"{name}-{title}.{suffix}"
                    figure.savefig(path, dpi=200, bbox_inches="tight")
                plt.close(figure)
                picture = base64.b64encode(path.read_bytes()).decode()
                page.append(f"<h2>{title}</h2><img src='data:image/svg+xml;base64,{picture}'>")
        with part("tables"):
            for title, table in writeup.tables.items():
                rows = [
                    (one, *row)
                    for one in table.experiments
                    for row in (*evaluated[one][0].metrics, *trained[one][0][0].history[-4:])
                ]
                frame = pd.DataFrame(rows)
                frame.to_csv(options.folder / f"{name}-{title}.csv")
                page.append(f"<h2>{title}</h2>{frame.to_html(index=False)}")
        html = options.folder / f"{name}.html"
        html.write_text("<style>body{font:10pt sans-serif} img{width:100%}</style>" + "".join(page))
        with part("pdf"):
            HTML(str(html)).write_pdf(options.folder / f"{name}.pdf")
    seconds["all"] = time.process_time()
    print(json.dumps({name: round(value, 1) for name, value in seconds.items()}))


if __name__ == "__main__":
    main()
