import subprocess

import pytest

from proofsheet.plan.revision import revision, why_unknown


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


def test_files_as_they_are_checked_out_stand_at_that_commit(repository):
    folder, git = repository
    assert revision("one", "two", project=folder) == git("rev-parse", "HEAD")


def test_a_clone_without_history_stands_at_the_same_commit(repository, tmp_path):
    folder, git = repository
    shallow = tmp_path / "shallow"
    git("clone", "--quiet", "--depth=1", f"file://{folder}", str(shallow))
    assert revision("one", project=shallow) == git("rev-parse", "HEAD")


def changed(folder, git):
    (folder / "one").write_text("changed")


def unknown_though_git_does_not_show_it(folder, git):
    git("config", "status.showUntrackedFiles", "no")
    (folder / "three").write_text("new")


def ignored(folder, git):
    (folder / ".git" / "info" / "exclude").write_text("three\n")
    (folder / "three").write_text("new")


@pytest.mark.parametrize("change", [changed, unknown_though_git_does_not_show_it, ignored])
def test_what_is_not_as_it_is_checked_out_has_no_commit(repository, change):
    change(*repository)
    assert revision("one", "three", project=repository[0]) == ""


def test_a_file_outside_the_project_has_no_commit(repository, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "file"
    elsewhere.write_text("x")
    assert revision("one", str(elsewhere), project=repository[0]) == ""


def test_the_environment_names_no_other_repository(repository, tmp_path, monkeypatch):
    folder, git = repository
    head = git("rev-parse", "HEAD")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    assert revision("one", project=folder) == head
    assert why_unknown(folder) == ""


def test_a_repository_of_somebody_else_is_read_too(repository, monkeypatch):
    folder, git = repository
    head = git("rev-parse", "HEAD")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert revision("one", project=folder) == head


def test_outside_a_repository_there_is_none_and_git_says_why(tmp_path):
    assert revision("one", project=tmp_path) == ""
    assert "not a git repository" in why_unknown(tmp_path)


def test_without_git_there_is_none(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert revision("one", project=tmp_path) == ""
    assert why_unknown(tmp_path) == "there is no git here"
