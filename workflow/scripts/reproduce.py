"""Does a rebuild give the same bytes? In two clones that differ in all that should not matter, or
against the manifest of another machine."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from proofsheet.declare.project import load_project
from proofsheet.errors import ProofsheetError
from proofsheet.files import read_json
from proofsheet.plan.plan import FIGURE_FORMATS, Plan
from proofsheet.plan.revision import run_git
from proofsheet.results.compare import apart, first_difference, kept_files
from proofsheet.results.manifest import differences
from proofsheet.verdicts.rules import NEAR_LOSS, NEAR_SHARE

FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/texmf/fonts")
NOBODY = 65534


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run")
    parser.add_argument("configfile")
    parser.add_argument("--against", metavar="MANIFEST", help="another machine's manifest.json")
    parser.add_argument("--root", default="", help="data in torchvision's layout")
    asked = parser.parse_args()
    try:
        if asked.against:
            lines = against(asked.run, asked.configfile, Path(asked.against))
        else:
            lines = twice(asked.run, asked.configfile, asked.root)
    except (ProofsheetError, OSError) as error:
        sys.exit(f"ERROR  {error}")
    if lines:
        sys.exit("\n".join(lines))


# --- Twice here -----------------------------------------------------------------------------------


def twice(run: str, configfile: str, root: str) -> list[str]:
    """Build the commit in two clones; a line for each file that differs."""
    if Path(configfile).is_absolute() or not git("ls-files", "--", configfile):
        raise ProofsheetError(f"{configfile}: not committed, so that no clone has it; commit it")
    if git("status", "--porcelain"):
        print("Uncommitted changes are not built: the commit is.")
    locale = next((name for name in locales() if "utf" in name.lower() and name[0] != "C"), "C")
    settings = [
        {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"},
        {"TZ": "Asia/Kolkata", "LC_ALL": locale, "PYTHONHASHSEED": "4242"},
    ]
    with tempfile.TemporaryDirectory(prefix="proofsheet-") as temporary:
        os.chmod(temporary, 0o755)
        folders = [Path(temporary, "a"), Path(temporary, "a-longer-path", "b")]
        for folder, environment, cores, umask in zip(
            folders, settings, ("1", "all"), (0o022, 0o077), strict=True
        ):
            subprocess.run(["git", "clone", "--quiet", ".", str(folder)], check=True)
            other = folder is folders[1]
            command = [sys.executable, "-m", "snakemake", "--cores", cores]
            command += ["--configfile", configfile]
            command += ["--config", f"root={Path(root).resolve()}"] if root else []
            prefix, told = another_user(folder) if other else ([], "as this user")
            words = ", ".join(f"{name}={value}" for name, value in environment.items())
            print(f"{folder}: --cores {cores}, {words}, umask {umask:03o}, {told}", flush=True)
            build(prefix + command, folder, environment, umask)
        one, two = (folder / "results" / run for folder in folders)
        files = kept_files(one) | kept_files(two)
        lines = []
        for file in sorted(files):
            if not ((one / file).exists() and (two / file).exists()):
                lines.append(f"{file}: only one of the two builds made it")
            elif found := first_difference(one / file, two / file):
                lines.append(f"{file}: bytes {found[0]} to {found[1]} differ")
        print(f"{len(files) - len(lines)} of {len(files)} files have the same bytes")
        return lines


def build(command: list[str], folder: Path, environment: dict[str, str], umask: int) -> None:
    home = folder.parent / f"{folder.name}-home"
    home.mkdir()
    shutil.chown(home, *owner(folder))
    log = folder.parent / f"{folder.name}.log"
    with log.open("w") as output:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, **environment, "HOME": str(home)},
            stdout=output,
            stderr=subprocess.STDOUT,
            umask=umask,
        )
    if done.returncode:
        raise ProofsheetError(f"{folder}: the build failed:\n{log.read_text()[-3000:]}")


def another_user(folder: Path) -> tuple[list[str], str]:
    """What runs a command as a user who owns ``folder`` alone and sees no system font."""
    if os.geteuid() != 0:
        return [], "as this user, with this system's fonts: only root can be another and hide them"
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    # It may read what root installed for itself, and no more.
    user = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    user += ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    hide = "; ".join(f"mount -t tmpfs none {path}" for path in FONTS if Path(path).is_dir())
    hidden = ["unshare", "--mount", "sh", "-ec", f'{hide or ":"}; exec "$@"', "sh"]
    if subprocess.run([*hidden, "true"], capture_output=True).returncode:
        return user, "as another user, with this system's fonts: it lets nobody mount"
    return hidden + user, "as another user, without this system's fonts"


def owner(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_uid, status.st_gid


def locales() -> list[str]:
    return subprocess.run(["locale", "-a"], capture_output=True, text=True).stdout.split()


def git(*arguments: str) -> str:
    done = run_git(Path.cwd(), *arguments)
    if done.returncode:
        raise ProofsheetError(f"git {arguments[0]}: {done.stderr.strip()}")
    return done.stdout


# --- Against another machine ----------------------------------------------------------------------


def against(run: str, configfile: str, manifest: Path) -> list[str]:
    """Hold what was built here against what was built there; a line for what should not differ."""
    root = Path("results", run)
    if not root.is_dir():
        raise ProofsheetError(f"{root}: not there; build it first: make report RUN={run}")
    theirs = read_json(manifest)
    if not isinstance(theirs, dict) or not theirs or not set(theirs) & kept_files(root):
        raise ProofsheetError(f"{manifest}: not a manifest of this run; give one of {root}'s kind")
    found = differences(theirs, root)
    if not found:
        print(f"Same bytes: all {len(theirs)} files.")
        return []
    plan = Plan(load_project([Path(configfile)]))
    rendered = rendering(plan)
    below = len(plan.paths.root) + 1
    lines = [
        f"{file}: differs, and nothing that it is made of does"
        for file, made_of in rendered.items()
        if file in found and not any(one[below:] in found for one in made_of)
    ]
    metrics = [path for path in found if path.endswith("metrics.csv")]
    if metrics and not (manifest.parent / metrics[0]).is_file():
        lines.append(f"{manifest.parent}: metrics are not beside the manifest; copy runs/ too")
        metrics = []
    for path in metrics:
        far = apart(root / path, manifest.parent / path, NEAR_LOSS, NEAR_SHARE)
        lines += [f"{path}: {line}" for line in far]
    print(f"{len(theirs) - len(found)} of {len(theirs)} files have the same bytes.")
    if not lines:
        print(
            f"The others hang on {len(metrics)} trainings that differ, by at most "
            f"{NEAR_LOSS:.0%} or {NEAR_SHARE} of any metric's mean; what is drawn from equal "
            "numbers has equal bytes."
        )
    return lines


def rendering(plan: Plan) -> dict[str, list[str]]:
    """By figure, table and list of verdicts, below the run's folder, what it is made of."""
    below, found = len(plan.paths.root) + 1, {}
    for name, writeup in plan.writeups.items():
        for figure in writeup.figures:
            for form in FIGURE_FORMATS:
                found[plan.paths.figure(name, figure, form)] = plan.figure(name, figure)
        for table in writeup.tables:
            found[plan.paths.table(name, table)] = plan.table(name, table)
        found[plan.paths.verdicts(name)] = plan.verdicts(name)
        found[plan.paths.report(name, "pdf")] = plan.pdf(name)
    return {path[below:]: job.files() for path, job in found.items()}


main()
