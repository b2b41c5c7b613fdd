import subprocess

import pytest

from proofsheet.plan.revision import revision


@pytest.fixture
def repository(tmp_path):
    def git(*arguments):
        author = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        done = subprocess.run(
            ["git", *author, *arguments], cwd=tmp_path, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    git("init", "--quiet")
    for name in ("one", "two"):
        (tmp_path / name).write_text(name)
        git("add", name)
        git("commit", "--quiet", "--message", name)
    return tmp_path, git


def test_names_the_commit_that_last_changed_the_file(repository):
    folder, git = repository
    assert revision("one", project=folder) == git("rev-parse", "HEAD~1")
    assert revision("two", project=folder) == git("rev-parse", "HEAD")


def test_of_several_files_it_is_the_last_commit(repository):
    folder, git = repository
    assert revision("one", "two", project=folder) == git("rev-parse", "HEAD")
    (folder / "two").write_text("changed")
    assert revision("one", "two", project=folder) == ""


def test_an_uncommitted_change_has_no_commit(repository):
    folder, _ = repository
    (folder / "one").write_text("changed")
    assert revision("one", project=folder) == ""


def test_outside_a_repository_there_is_none(tmp_path):
    assert revision("one", project=tmp_path) == ""
