"""Where every kept file of a run lies. Nothing else spells these paths."""

from __future__ import annotations

from pathlib import PurePath

# Below a run's folder; no run is called so.
FOLDERS = ("data", "runs", "figures", "tables", "verdicts", "reports", "recovered")


class Paths:
    """Of one run, below the folder ``root``; arguments may be wildcards, ``{seed}``.

    ``Paths("")`` gives paths as reports cite them.
    """

    def __init__(self, root: str):
        self.root = root

    def __call__(self, below: str) -> str:
        return f"{self.root}/{below}" if self.root else below

    def data(self, dataset: str) -> str:
        return self(f"data/{dataset}.npz")

    def card(self, dataset: str) -> str:
        return self(f"data/{dataset}.json")

    def of_seed(self, experiment: str, seed: int | str, name: str) -> str:
        """A file that a training wrote: weights.safetensors, run.json, history.csv, steps.csv."""
        return self(f"runs/{experiment}/seed{seed}/{name}")

    def of_experiment(self, experiment: str, name: str) -> str:
        """A file that an evaluation wrote: metrics.csv, arrays.npz, layers.csv."""
        return self(f"runs/{experiment}/{name}")

    def checkpoint(self, experiment: str, seed: int | str) -> str:
        return self(f"checkpoints/{experiment}/seed{seed}.pt")

    def figure(self, writeup: str, figure: str, suffix: str) -> str:
        return self(f"figures/{writeup}/{figure}.{suffix}")

    def table(self, writeup: str, table: str) -> str:
        return self(f"tables/{writeup}/{table}.csv")

    def verdicts(self, writeup: str = "") -> str:
        """Of one write-up, or of all."""
        return self(f"verdicts/{writeup}.csv" if writeup else "verdicts.csv")

    def rung(self, experiment: str, rung: int | str) -> str:
        """What one round of a search for an experiment's settings found."""
        return self(f"recovered/{experiment}/{rung}.csv")

    def recovered(self, experiment: str) -> str:
        """All that a search found, as it is kept beside the write-ups."""
        return self(f"recovered/{experiment}.csv")

    def report(self, writeup: str, suffix: str) -> str:
        return self(f"reports/{writeup}.{suffix}")

    def manifest(self) -> str:
        return self("manifest.json")

    def precision(self) -> str:
        """What ``precision: auto`` is in this run."""
        return self("precision.json")

    def log(self, *names: str) -> str:
        return self(f"logs/{'/'.join(names)}.log")


# Kept files as they are cited, below the run's folder.
CITED = Paths("")


def below_root(file: str) -> str:
    """The part of a kept file's path that says what it is, wherever the run's folder is."""
    parts = PurePath(file).parts
    for depth in (4, 3, 2):
        if len(parts) >= depth and parts[-depth] in FOLDERS:
            return "/".join(parts[-depth:])
    return parts[-1]


def seed_of(file: str) -> int:
    """The seed of a file that a training wrote."""
    return int(PurePath(file).parent.name.removeprefix("seed"))
