"""One figure of the quick run as a script draws it: ``draw_figure.py <results> <folder>``."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

results, folder = map(Path, sys.argv[1:])
experiments = ("verify_bce", "verify_contrastive", "verify_triplet")
curves = (("train", "running_loss"), ("train", "loss"), ("val", "loss"))

figure, panels = plt.subplots(1, 3, figsize=(6.5, 2.4), layout="constrained")
plotted = []
for name, panel in zip(experiments, panels, strict=True):
    files = sorted((results / "runs" / name).glob("seed*/history.csv"))
    history = pd.concat(pd.read_csv(file) for file in files)
    for split, quantity in curves:
        rows = history[(history.split == split) & (history.quantity == quantity)]
        seeds = rows.groupby("epoch").value.agg(["mean", "min", "max"])
        panel.fill_between(seeds.index, seeds["min"], seeds["max"], alpha=0.2)
        panel.plot(seeds.index, seeds["mean"], label=f"{split} {quantity}")
        plotted.append(seeds.assign(experiment=name, split=split, quantity=quantity))
    panel.set(title=name, xlabel="epoch")
panels[0].set_ylabel("loss")
panels[0].legend()
for suffix in ("svg", "png", "pdf"):
    figure.savefig(folder / f"loss_curves.{suffix}", dpi=200)
pd.concat(plotted).to_csv(folder / "loss_curves.csv")
