"""The declared write-ups of the project, read together and checked against each other."""

import fnmatch
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from proofsheet.declarations.training import Experiment
from proofsheet.declarations.writeup import Writeup
from proofsheet.errors import ProofsheetError
from proofsheet.validation import read_yaml, validate

Overrides = dict[str, dict[str, Any]]


def load_writeups(
    folder: Path, train: Overrides, resources: Overrides | None = None
) -> dict[str, Writeup]:
    """Read and check every ``<writeup>.yaml`` in ``folder``.

    ``train`` and ``resources`` map experiments, by name or by a pattern such as ``svhn_*``, to keys
    that a run replaces, the later over the earlier; they are checked as if they stood in the
    write-up.
    """
    overrides = {"train": train, "resources": resources or {}}
    writeups: dict[str, Writeup] = {}
    for path in sorted(folder.glob("*.yaml")):
        raw = read_yaml(path)
        for name, experiment in (raw.get("experiments") or {}).items():
            for block, by_pattern in overrides.items():
                for keys in matching(by_pattern, name):
                    # A new mapping: in YAML, two experiments may share one by an alias.
                    experiment[block] = {**experiment.get(block, {}), **keys}
        writeups[path.stem] = validate(Writeup, raw, path)
    _check_references(folder, writeups, overrides)
    return writeups


def all_experiments(writeups: dict[str, Writeup]) -> dict[str, Experiment]:
    """Experiments of all write-ups by name; a name is declared once."""
    return {
        name: experiment
        for writeup in writeups.values()
        for name, experiment in writeup.experiments.items()
    }


def matching(by_pattern: dict[str, Any], name: str) -> list[Any]:
    """What a run says of an experiment, under its name or a pattern that fits it, in order."""
    return [value for pattern, value in by_pattern.items() if fnmatchcase(name, pattern)]


def check_patterns(key: str, patterns: Iterable[str], names: list[str]) -> None:
    """Raise unless every pattern fits an experiment; ``key`` is where the patterns stand."""
    for pattern in patterns:
        if not fnmatch.filter(names, pattern):
            known = ", ".join(sorted(names))
            raise ProofsheetError(f"config: {key}.{pattern}: no such experiment; there are {known}")


def _check_references(
    folder: Path, writeups: dict[str, Writeup], overrides: dict[str, Overrides]
) -> None:
    owner: dict[str, str] = {}
    for writeup, declared in writeups.items():
        for name in declared.experiments:
            if name in owner:
                raise ProofsheetError(
                    f"{folder / writeup}.yaml: experiments.{name}: already declared in "
                    f"{owner[name]}.yaml; declare it once and name it in both"
                )
            owner[name] = writeup
    known = ", ".join(sorted(owner))
    for block, by_pattern in overrides.items():
        check_patterns(block, by_pattern, list(owner))
    experiments = all_experiments(writeups)
    for writeup, declared in writeups.items():
        used = set(declared.shown())
        for experiment in declared.experiments.values():
            used.update(experiment.needs())
        for name in sorted(used - owner.keys()):
            raise ProofsheetError(
                f"{folder / writeup}.yaml: names experiment {name!r}, which no write-up "
                f"declares; there are {known}"
            )
        _check_published(f"{folder / writeup}.yaml", declared)
        for claim, body in declared.claims.items():
            if body.evidence not in declared.figures and body.evidence not in declared.tables:
                raise ProofsheetError(
                    f"{folder / writeup}.yaml: claims.{claim}.evidence: {body.evidence!r} is "
                    "neither a figure nor a table of this write-up"
                )
        for name, experiment in declared.experiments.items():
            for reader in experiment.needs():
                _check_reader(f"{folder / writeup}.yaml", name, experiment, reader, experiments)


def _check_published(where: str, declared: Writeup) -> None:
    """Raise unless every claim speaks of numbers that the write-up is declared to print."""
    printed = {name: list(quantities) for name, quantities in declared.published.items()}
    for claim, body in declared.claims.items():
        for part in body.parts():
            if part.kind == "arithmetic" and part.published not in printed:
                raise ProofsheetError(
                    f"{where}: claims.{claim}: {part.title}: published: nothing is published of "
                    f"{part.published!r}; there are {', '.join(printed)}"
                )
            if part.kind == "threshold" and part.published is not None:
                names = printed.get(part.experiment, [])
                if part.published not in names:
                    raise ProofsheetError(
                        f"{where}: claims.{claim}: {part.title}: published: no {part.published!r} "
                        f"of {part.experiment}; there are {', '.join(names) or 'none'}"
                    )
    try:
        declared.claim_texts()
    except (LookupError, ValueError, AttributeError) as error:
        raise ProofsheetError(
            f"{where}: claims: a text names a number that is not published: {error}; write "
            "{experiment[quantity]}, as declared under `published`"
        ) from None


def _check_reader(
    where: str, name: str, experiment: Experiment, reader: str, experiments: dict[str, Experiment]
) -> None:
    other = experiments[reader].train
    if other.task != "classify" or other.data != experiment.train.data:
        raise ProofsheetError(
            f"{where}: experiments.{name}.evaluate.reader: {reader!r} is no classifier trained on "
            f"{experiment.train.data}; name one"
        )


def check_data(writeups: dict[str, Writeup], names: list[str], data: set[str]) -> None:
    """Raise unless ``data`` has every data set that the write-ups ``names`` train on."""
    experiments = all_experiments(writeups)
    needed = {
        experiments[name].train.data for writeup in names for name in writeups[writeup].shown()
    }
    needed |= {name for writeup in names for name in writeups[writeup].data_shown()}
    for name in sorted(needed - data):
        raise ProofsheetError(
            f"config: data.{name}: missing; say where {name} comes from, for example "
            f"{{source: torchvision, name: MNIST}} (there are {', '.join(sorted(data))})"
        )
