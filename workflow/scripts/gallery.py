"""The reports that a visitor opens without building, in ``docs/gallery``, and whether they are old.

``--keep`` puts those of ``results/gallery`` there, with its manifest and what was declared of its
trainings. Otherwise says which trainings are declared differently since; ``--strict`` fails then.
"""

import hashlib
import shutil
import sys
from fnmatch import fnmatch
from pathlib import Path

from proofsheet.declare.project import load_project
from proofsheet.errors import ProofsheetError
from proofsheet.files import canonical, read_json, write_json
from proofsheet.plan.revision import PROJECT, run_git
from proofsheet.results.manifest import differences

RUN, KEPT = Path("results/gallery"), Path("docs/gallery")
MADE_OF = KEPT / "made_of.json"


def trainings() -> dict[str, str]:
    """A digest of what is declared of each training: settings, seeds, origin of its images."""
    # Folders of images are any that is there: whose declarations changed is asked without them.
    declared = load_project([Path("config/gallery.yaml")], {"data": {"cifar10": {"path": "docs"}}})
    images = {
        name: source.model_dump(exclude={"path", "title", "licence"})
        for name, source in declared.run.data.items()
    }
    return {
        name: hashlib.sha256(
            canonical([one.train.model_dump(), one.seeds, images[one.train.data]]).encode()
        ).hexdigest()
        for name, one in declared.experiments.items()
    }


def keep() -> None:
    """Copy the reports; what is not whole, or of no commit, is refused."""
    listed = read_json(RUN / "manifest.json")
    if damaged := differences(listed, RUN):
        raise ProofsheetError(f"{RUN}/{next(iter(damaged))}: not as its manifest says; build again")
    if changed := run_git(PROJECT, "status", "--porcelain", "--", ".", f":!{KEPT}").stdout:
        raise ProofsheetError(f"{changed.split()[1]}: in no commit; commit it and build again")
    commit = run_git(PROJECT, "rev-parse", "HEAD").stdout.strip()
    KEPT.mkdir(parents=True, exist_ok=True)
    for name in ["manifest.json", *(path for path in listed if fnmatch(path, "reports/*.pdf"))]:
        shutil.copyfile(RUN / name, KEPT / Path(name).name)
    write_json(MADE_OF, {"commit": commit, "trainings": trainings()})


def main() -> None:
    if sys.argv[1:] == ["--keep"]:
        return keep()
    then = read_json(MADE_OF)["trainings"] if MADE_OF.exists() else {}
    now = trainings()
    changed = sorted(name for name in {*then, *now} if then.get(name) != now.get(name))
    if changed:
        which = ", ".join(changed) if then else "all of them"
        print(
            f"WARNING  {KEPT}: has not these trainings as they are declared: {which}; "
            "before a release: make gallery",
            file=sys.stderr,
        )
    sys.exit(bool(changed and sys.argv[1:] == ["--strict"]))


try:
    main()
except ProofsheetError as error:
    sys.exit(f"ERROR  {error}")
