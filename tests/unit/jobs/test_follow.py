from proofsheet.jobs.follow import Follower


def printed(capsys):
    return capsys.readouterr().err.splitlines()


def test_prints_new_logs_and_not_those_that_were_there(tmp_path, capsys):
    old = tmp_path / "old.log"
    old.write_text("before\n")
    follower = Follower(tmp_path)
    follower.start()
    (tmp_path / "new.log").write_text("one\ntwo\n")
    follower.stop()
    assert printed(capsys) == ["one", "two"]


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
    follower.start()
    log.write_text("a second run, longer than the first\n")
    follower.stop()
    assert printed(capsys) == ["a second run, longer than the first"]


def test_a_job_that_is_tried_again_is_read_from_its_beginning(tmp_path, capsys):
    log = tmp_path / "a.log"
    follower = Follower(tmp_path)
    follower.start()
    log.write_text("a first try that fails\n")
    follower.stop()
    log.write_text("second\n")
    follower._print_new()
    assert printed(capsys) == ["a first try that fails", "second"]


def test_a_job_whose_second_try_is_already_longer_is_read_from_its_beginning(tmp_path, capsys):
    log = tmp_path / "a.log"
    follower = Follower(tmp_path)
    follower.start()
    log.write_text("epoch 1\n")
    follower._print_new()
    with log.open("a") as file:
        file.write("epoch 2\n")
    follower.stop()
    assert printed(capsys) == ["epoch 1", "epoch 2"]
    log.write_text("going on after epoch 1\nepoch 2\nepoch 3\n")
    follower._print_new()
    assert printed(capsys) == ["going on after epoch 1", "epoch 2", "epoch 3"]


def test_a_second_try_that_begins_alike_is_read_from_its_beginning(tmp_path, capsys):
    log = tmp_path / "a.log"
    follower = Follower(tmp_path)
    follower.start()
    for text in ("going on\n", "going on\nslow\n", "going on\nfast\ndone\n"):
        log.write_text(text)
        follower._print_new()
    follower.stop()
    assert printed(capsys) == ["going on", "slow", "going on", "fast", "done"]
