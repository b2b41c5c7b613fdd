"""A search for an experiment's settings: candidates are experiments like any other."""

from __future__ import annotations

import csv

from proofsheet.declare.experiment import Experiment
from proofsheet.declare.project import Project
from proofsheet.declare.recover import RankJob
from proofsheet.declare.run import is_original
from proofsheet.declare.writeup import Writeup
from proofsheet.errors import ProofsheetError


class Search:
    """The candidates for the settings of the experiment that a run asks for.

    :raises ProofsheetError: where no write-up says how to search, or a stand-in trains.
    """

    def __init__(self, project: Project):
        self.experiment = project.run.recover
        at = project.document.at(("recover",))
        writeup = _searching(at, self.experiment, project.writeups)
        self.declared = project.experiments[self.experiment]
        dataset = self.declared.train.data
        if not is_original(project.run.data[dataset]):
            raise ProofsheetError(
                f"{at}: {self.experiment!r}: {dataset} is a stand-in in this run, of which "
                "nothing was printed; choose a run on the write-up's own data, as RUN=full"
            )
        recover = writeup.recover[self.experiment]
        self.rungs, self.fit = recover.rungs, recover.fit
        self.published = {self.experiment: writeup.published[self.experiment]}
        drawn = enumerate(recover.candidates(self.declared.train))
        self.candidates = {f"{self.experiment}-{number:03d}": one for number, one in drawn}

    def experiments(self) -> dict[str, Experiment]:
        """One for each candidate and number of epochs, with the seeds of all rounds so long."""
        seeds: dict[int, list[int]] = {}
        for rung in self.rungs:
            seeds[rung.epochs] = list(dict.fromkeys([*seeds.get(rung.epochs, []), *rung.seeds]))
        found = {}
        for name, one in self.candidates.items():
            for epochs, of_epochs in seeds.items():
                train = one.train.model_copy(update={"epochs": epochs})
                changes = {"train": train, "seeds": of_epochs}
                found[f"{name}-{epochs}"] = self.declared.model_copy(update=changes)
        return found

    def job(self, rung: int, before: list[str]) -> RankJob:
        """What one round ranks.

        :param before: the file of the round before, of which the nearest candidates go on.
        """
        declared = self.rungs[rung]
        names = list(self.candidates)
        if before:
            with open(before[0], newline="") as file:  # without pandas, which plans do not need
                names = [row["candidate"] for row in csv.DictReader(file)][: declared.candidates]
        return RankJob(
            rung=rung,
            epochs=declared.epochs,
            fit=self.fit,
            published=self.published,
            candidates={
                f"{name}-{declared.epochs}": self.candidates[name].settings for name in names
            },
        )


def _searching(at: str, experiment: str, writeups: dict[str, Writeup]) -> Writeup:
    for writeup in writeups.values():
        if experiment in writeup.recover:
            return writeup
    known = ", ".join(name for writeup in writeups.values() for name in writeup.recover)
    raise ProofsheetError(
        f"{at}: {experiment!r}: no write-up of this run says how to search; there are "
        f"{known or 'none'}"
    )
