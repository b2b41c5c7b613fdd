"""Two builds of a commit, and one against another machine's."""

import json
import re
import shutil
import subprocess
import sys

import pytest

from proofsheet.files import sha256

FIGURE = "figures/one_more/loss.svg"
METRICS = "runs/vae/metrics.csv"


def reproduce(project, *options):
    return subprocess.run(
        [sys.executable, "workflow/scripts/reproduce.py", "tiny", "config/tiny.yaml", *options],
        cwd=project.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_a_file_that_hangs_on_the_time_zone_is_named_and_all_others_have_the_same_bytes(small):
    pytest.importorskip("weasyprint", reason="needs the system library Pango", exc_type=OSError)
    small.edit(
        "workflow/scripts/pdf.py",
        '    log.info("wrote',
        '    import os\n    with open(snakemake.output.pdf, "ab") as pdf:\n'
        '        pdf.write(os.environ["TZ"].encode())\n    log.info("wrote',
    )
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *command], cwd=small.folder, check=True)
    done = reproduce(small)
    assert done.returncode == 1, done.stdout
    same, files = map(int, re.search(r"(\d+) of (\d+) files have the", done.stdout).groups())
    assert files - same == 2
    assert re.search(r"reports/one_more\.pdf: bytes \d+ to \d+ differ", done.stdout)
    assert re.search(r"manifest\.json: bytes \d+ to \d+ differ", done.stdout)


def test_what_is_not_committed_cannot_be_cloned(small):
    subprocess.run(["git", "init", "-q"], cwd=small.folder, check=True)
    done = reproduce(small)
    assert (done.returncode, done.stdout) == (
        1,
        "ERROR  config/tiny.yaml: not committed, so that no clone has it; commit it\n",
    )


class There:
    """The results of another machine."""

    def __init__(self, folder):
        self.folder = folder
        self.manifest = folder / "manifest.json"

    def change(self, name, old, new):
        file = self.folder / name
        text = file.read_text()
        assert re.search(old, text)
        file.write_text(re.sub(old, new, text))
        listed = json.loads(self.manifest.read_text())
        self.manifest.write_text(json.dumps({**listed, name: sha256(file)}))


@pytest.fixture
def there(copy_small):
    shutil.copytree(copy_small.results, copy_small.folder / "there")
    return There(copy_small.folder / "there")


def test_the_same_results_have_the_same_bytes(copy_small, there):
    done = reproduce(copy_small, "--against", str(there.manifest))
    assert done.returncode == 0
    assert re.fullmatch(r"Same bytes: all \d+ files\.\n", done.stdout)


def test_a_figure_that_differs_where_its_numbers_do_not_is_named(copy_small, there):
    there.change(FIGURE, "<svg", "<svg ")
    done = reproduce(copy_small, "--against", str(there.manifest))
    assert done.returncode == 1
    assert f"{FIGURE}: differs, and nothing that it is made of does" in done.stdout


def test_trainings_may_differ_by_a_little_and_figures_with_them(copy_small, there):
    there.change(METRICS, r"(0,train,,running_loss,\d+)\d\.", r"\g<1>0.")
    there.change(FIGURE, "<svg", "<svg ")
    done = reproduce(copy_small, "--against", str(there.manifest))
    assert done.returncode == 0, done.stdout
    assert "hang on 1 trainings that differ, by at most 5% or 0.01" in done.stdout


def test_trainings_that_differ_by_more_are_named(copy_small, there):
    there.change(METRICS, r"0,train,,running_loss,", "0,train,,running_loss,9")
    done = reproduce(copy_small, "--against", str(there.manifest))
    assert done.returncode == 1
    assert re.search(rf"{METRICS}: train running_loss: [\d.]+ here, [\d.]+ there", done.stdout)
