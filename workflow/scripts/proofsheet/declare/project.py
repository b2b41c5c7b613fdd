"""A run and the write-ups that it builds, read together."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

from proofsheet.declare.checks import mistakes
from proofsheet.declare.checks.declared import Declared, choice
from proofsheet.declare.experiment import Experiment
from proofsheet.declare.folders import CONFIG, WRITEUPS, Folders
from proofsheet.declare.reading import Document, Place, read_yaml, require, typed
from proofsheet.declare.run import AUTHOR_FILE, PLACES, Run, load_run
from proofsheet.declare.strict import Strict
from proofsheet.declare.validation import validate
from proofsheet.declare.writeup import Writeup
from proofsheet.errors import ProofsheetError

HERE = Folders()


class Project(NamedTuple):
    """All that is declared of one run, checked."""

    run: Run
    writeups: dict[str, Writeup]
    """Those that the run builds."""
    experiments: dict[str, Experiment]
    """All that these need, as the run changes them; some may be another write-up's."""
    origins: dict[str, Document]
    """What declares each experiment."""
    document: Document
    """What configures the run."""
    folders: Folders


class _Found(Strict):
    """One experiment of a write-up that is not built."""

    experiments: dict[str, Experiment]


def run_document(files: list[Path], overrides: dict[str, Any], folders: Folders = HERE) -> Document:
    """What configures a run: the author's file, the run's files, then single keys.

    :param files: of the run, the later over the earlier; where there are none, the quick run's.
    :param overrides: what was given beside them, as ``--config`` does, or instead of them, as the
        import of a module does.
    :raises ProofsheetError: where a file cannot be read, or a run is named and not given.
    """
    if not files and "run" not in overrides:
        files = [folders.file(f"{CONFIG}/config.yaml")]
    if not files and "writeups" not in overrides:
        run = overrides["run"]
        raise ProofsheetError(
            f"--config: run: {run!r}: the name of a run alone; give its file, as in "
            f"--configfile {CONFIG}/{run}.yaml"
        )
    author = folders.file(f"{CONFIG}/{AUTHOR_FILE}")
    documents = [read_yaml(path) for path in ([author] if author.exists() else []) + files]
    if author.exists():
        require(
            f"{documents[0].at((key,))}: unknown key; this file has `author` alone"
            for key in documents[0].value
            if key != "author"
        )
    named = {str(one.value["run"]): one for one in documents if "run" in one.value}
    if len(named) > 1:
        where = " and ".join(one.at(("run",)).rpartition(":")[0] for one in named.values())
        raise ProofsheetError(f"--configfile: two runs, {' and '.join(named)} ({where}); give one")
    last = documents[-1] if files else Document({}, "config")
    combined = Document({}, last.where, last.node)
    # An author has text alone; elsewhere a number is one.
    given = "--config" if files else "config"
    single = {
        key: value if key == "author" else _typed(value, f"{given}: {key}")
        for key, value in overrides.items()
    }
    for document in [*documents, Document(single, given)]:
        combined.value = _over(combined, document, combined.value, document.value, ())
    if "author" not in combined.value and not author.exists():
        raise ProofsheetError(f"{author}: missing; write it, with `author: {{name: Your Name}}`")
    if files:
        combined.overrides = {key: overrides[key] for key in overrides if key not in PLACES}
    return combined


def load_project(
    files: list[Path], overrides: dict[str, Any] | None = None, folders: Folders = HERE
) -> Project:
    """Read what a run builds, and hold all of it against each other.

    :param files: and ``overrides`` as :func:`run_document` takes them.
    :raises ProofsheetError: a line for each mistake.
    """
    document = run_document(files, overrides or {}, folders)
    paths = folders.named(WRITEUPS, ".yaml")
    run = load_run(document, list(paths))
    documents: dict[str, Document] = {}
    loaded: dict[str, Writeup] = {}
    found: list[str] = []
    for name in run.writeups:
        try:
            documents[name] = _as_run(read_yaml(paths[name]), run, document)
            loaded[name] = validate(Writeup, documents[name])
        except ProofsheetError as error:
            found += str(error).splitlines()
    require(found)
    experiments: dict[str, Experiment] = {}
    origins: dict[str, Document] = {}
    for name, writeup in loaded.items():
        for key, experiment in writeup.experiments.items():
            if key in origins:
                found.append(
                    f"{documents[name].at(('experiments', key))}: already declared in "
                    f"{origins[key].where}; declare it once and name it in both"
                )
            experiments[key], origins[key] = experiment, documents[name]
    pending = [name for writeup in loaded.values() for name in writeup.shown()]
    pending += [need for experiment in experiments.values() for need in experiment.needs()]
    # Other write-ups are read where these do not declare all that they name.
    unknown = [*(set(pending) - experiments.keys()), *_unused_patterns(run, document, experiments)]
    others = [path for name, path in paths.items() if name not in loaded] if unknown else []
    elsewhere, unread = _readable(others, run, document)
    while pending:
        name = pending.pop(0)
        for other in elsewhere:
            if name not in experiments and name in _experiments(other.value):
                only = {"experiments": {name: other.value["experiments"][name]}}
                found_there = Document(only, other.where, other.node, other.moved)
                experiments[name] = validate(_Found, found_there).experiments[name]
                origins[name] = other
        if name in experiments:
            pending += [need for need in experiments[name].needs() if need not in experiments]
    known = [*experiments, *(name for other in elsewhere for name in _experiments(other.value))]
    # First alone: settings that reach nobody leave others as they should not be.
    require(_unused_patterns(run, document, known))
    found += mistakes(
        Declared(run, document, loaded, documents, experiments, origins, unread, folders)
    )
    require(found)
    return Project(run, loaded, experiments, origins, document, folders)


def matching(by_pattern: dict[str, Any], name: str) -> dict[str, Any]:
    """What a run says of an experiment, under its name or a pattern that fits it, in order."""
    return {pat: value for pat, value in by_pattern.items() if fnmatchcase(str(name), pat)}


def _readable(paths: list[Path], run: Run, document: Document) -> tuple[list[Document], list[str]]:
    """Write-ups that are not built; one that is half written is a mistake where it is needed."""
    found, unread = [], []
    for path in paths:
        try:
            found.append(_as_run(read_yaml(path), run, document))
        except ProofsheetError as error:
            unread += str(error).splitlines()
    return found, unread


def _experiments(raw: dict[str, Any]) -> dict[str, Any]:
    found = raw.get("experiments")
    return found if isinstance(found, dict) else {}


def _as_run(document: Document, run: Run, configured: Document) -> Document:
    """A write-up with its defaults, and with what the run replaces, in their places."""
    changed = Document(dict(document.value), document.where, document.node)
    defaults = document.value.get("defaults")
    defaults = defaults if isinstance(defaults, dict) else {}
    experiments = {}
    for name, raw in _experiments(document.value).items():
        if not isinstance(raw, dict):
            experiments[name] = raw
            continue
        # New mappings throughout: in YAML, two experiments may share one by an alias.
        one = dict(raw)
        place = ("experiments", name)
        for key, value in defaults.items():
            if key not in one:
                one[key] = value
                changed.moved[*place, key] = document, ("defaults", key)
            elif isinstance(value, dict) and isinstance(one[key], dict):
                for own in value.keys() - one[key].keys():
                    changed.moved[*place, key, own] = document, ("defaults", key, own)
                one[key] = {**value, **one[key]}
        for key in ("train", "resources"):
            for pattern, keys in matching(getattr(run, key), name).items():
                if not isinstance(one.get(key, {}), dict):
                    continue  # a mistake, told by the schema
                one[key] = {**one.get(key, {}), **keys}
                for replaced in keys:
                    there = (key, pattern, replaced)
                    changed.moved[*place, key, replaced] = configured, there
        for pattern, seeds in matching(run.seeds, name).items():
            one["seeds"] = seeds
            changed.moved[*place, "seeds"] = configured, ("seeds", pattern)
        experiments[name] = one
    if experiments:
        changed.value["experiments"] = experiments
    return changed


def _typed(value: Any, at: str, inside: bool = False) -> Any:
    """Snakemake leaves what stands inside a value of ``--config`` as text."""
    if isinstance(value, dict):
        return {key: _typed(one, f"{at}.{key}", inside=True) for key, one in value.items()}
    if isinstance(value, list):
        return [_typed(one, f"{at}.{place}", inside=True) for place, one in enumerate(value)]
    return typed(value, at) if inside and isinstance(value, str) else value


def _over(target: Document, document: Document, below: Any, above: Any, place: Place) -> Any:
    """``above`` over ``below``, mapping by mapping; ``target`` learns whose each key is.

    Keys of ``above`` come last: of patterns that fit an experiment the last wins.
    """
    if not isinstance(below, dict) or not isinstance(above, dict):
        return above
    merged = dict(below)
    for key, value in above.items():
        there = (*place, key)
        merged[key] = _over(target, document, merged.pop(key, None), value, there)
        if not isinstance(value, dict) or not isinstance(below.get(key), dict):
            target.moved[there] = document, there
    return merged


def _unused_patterns(run: Run, document: Document, names: Iterable[str]) -> list[str]:
    found = []
    for key in ("seeds", "train", "resources"):
        for pattern in getattr(run, key):
            if not any(fnmatchcase(name, pattern) for name in names):
                at = document.at((key, pattern))
                wrong = f"no such experiment; {choice(pattern, set(names))}"
                if "[" in pattern and "]" not in pattern:
                    wrong = "its [ is not closed; write ] behind the letters that fit"
                found.append(f"{at}: {wrong}")
    return found
