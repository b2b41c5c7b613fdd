from proofsheet.follow import Follower


def printed(capsys):
    return capsys.readouterr().err.splitlines()


def test_prints_what_is_added_and_not_what_was_there(tmp_path, capsys):
    old = tmp_path / "old.log"
    old.write_text("before\n")
    follower = Follower(tmp_path)
    with old.open("a") as file:
        file.write("after\n")
    (tmp_path / "new.log").write_text("one\ntwo\n")
    follower.start()
    follower.stop()
    assert sorted(printed(capsys)) == ["after", "one", "two"]


def test_half_a_line_waits_until_it_is_whole(tmp_path, capsys):
    follower = Follower(tmp_path)
    with (tmp_path / "a.log").open("w", buffering=1) as file:
        file.write("whole\nhalf")
        file.flush()
        follower._print_new()
        assert printed(capsys) == ["whole"]
        file.write(" done\n")
    follower._print_new()
    assert printed(capsys) == ["half done"]


def test_a_job_that_runs_again_is_read_from_its_beginning(tmp_path, capsys):
    log = tmp_path / "a.log"
    log.write_text("a long first run\n")
    follower = Follower(tmp_path)
    log.unlink()
    (tmp_path / "other").write_text("")  # takes the inode that was set free
    log.write_text("second\n")
    follower._print_new()
    assert printed(capsys) == ["second"]
