"""The reports that are kept in docs/gallery, and the warning when they are old."""

import hashlib
import json
import subprocess
import sys

import pytest

from conftest import PROJECT

KEPT = PROJECT / "docs" / "gallery"


def gallery(project, *arguments):
    command = [sys.executable, "workflow/scripts/gallery.py", *arguments]
    return subprocess.run(command, cwd=project.folder, capture_output=True, text=True)


def commit(folder):
    identity = ("-c", "user.name=A", "-c", "user.email=a@b.c")
    for command in (["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "All"]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True)
    return head.stdout.strip()


@pytest.fixture
def made(fresh):
    """A committed project, in whose ``results/gallery`` is one report."""
    (fresh.folder / ".gitignore").write_text("/results/\n__pycache__/\n")
    (fresh.folder / "docs").mkdir()
    (fresh.folder / "docs" / "a.md").touch()
    fresh.head = commit(fresh.folder)
    reports = fresh.folder / "results" / "gallery" / "reports"
    reports.mkdir(parents=True)
    (reports / "one.pdf").write_bytes(b"a report")
    listed = {"reports/one.pdf": hashlib.sha256(b"a report").hexdigest()}
    (reports.parent / "manifest.json").write_text(json.dumps(listed))
    return fresh


def test_the_four_reports_are_those_of_their_manifest():
    listed = json.loads((KEPT / "manifest.json").read_text())
    made = {name: digest for name, digest in listed.items() if name.endswith(".pdf")}
    kept = {
        f"reports/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest()
        for path in KEPT.glob("*.pdf")
    }
    assert len(kept) == 4
    assert kept.items() <= made.items()


def test_what_is_kept_is_at_most_four_megabytes():
    assert sum(path.stat().st_size for path in KEPT.iterdir()) <= 4_000_000


def test_keeps_reports_and_manifest_and_names_the_commit(made):
    for _ in range(2):  # what was kept before does not count as changed
        assert gallery(made, "--keep").returncode == 0
    kept = made.folder / "docs" / "gallery"
    assert (kept / "one.pdf").read_bytes() == b"a report"
    assert "reports/one.pdf" in json.loads((kept / "manifest.json").read_text())
    assert json.loads((kept / "made_of.json").read_text())["commit"] == made.head


def test_warns_of_trainings_declared_otherwise_since_and_refuses_a_release(made):
    gallery(made, "--keep")
    assert gallery(made, "--strict").returncode == 0
    made.edit("config/gallery.yaml", "epochs: 5", "epochs: 6")
    warned = gallery(made)
    assert warned.returncode == 0
    assert "as they are declared: svhn_alexnet; before a release: make gallery" in warned.stderr
    assert gallery(made, "--strict").returncode == 1


def test_a_release_without_a_gallery_is_refused(made):
    assert gallery(made, "--strict").returncode == 1


def test_words_of_a_write_up_do_not_warn(made):
    gallery(made, "--keep")
    made.edit("writeups/verification_vae.yaml", "title: ", "title: Once more, ")
    assert gallery(made, "--strict").stderr == ""


def test_keeps_nothing_of_a_damaged_run(made):
    (made.folder / "results" / "gallery" / "reports" / "one.pdf").write_bytes(b"another")
    done = gallery(made, "--keep")
    assert done.returncode == 1
    assert "results/gallery/reports/one.pdf: not as its manifest says" in done.stderr
    assert not (made.folder / "docs" / "gallery").exists()


def test_keeps_nothing_of_no_commit(made):
    made.edit("config/gallery.yaml", "epochs: 5", "epochs: 6")
    assert "config/gallery.yaml: in no commit" in gallery(made, "--keep").stderr
