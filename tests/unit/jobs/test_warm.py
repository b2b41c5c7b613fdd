"""The warm process runs a script as if it ran by itself, and leaves nothing behind."""

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from proofsheet.jobs import warm

SCRIPTS = Path(warm.__file__).parents[2]
BEGIN = (
    f"import sys; sys.path.append({str(SCRIPTS)!r})\nfrom proofsheet.jobs.warm import hand_over\n"
)


@pytest.fixture
def started(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(warm.VARIABLE, raising=False)
    process = warm.Warm()
    process.start([str(SCRIPTS / "proofsheet" / "files.py")])
    folder = Path(os.environ[warm.VARIABLE]).parent
    assert folder.stat().st_mode & 0o777 == 0o700
    yield process
    process.stop()
    assert not folder.exists()


def script(text: str, *arguments: str) -> subprocess.Popen[str]:
    path = Path("script.py")
    path.write_text(f"{BEGIN}hand_over()\n{text}")
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([sys.executable, path, *arguments], text=True, **pipes)


def test_is_the_script_that_asked(started):
    text = "import os\nprint(os.getppid(), sys.argv[1:], os.environ['MINE'], __name__)"
    os.environ["MINE"] = "x"
    output, errors = script(text, "a", "b c").communicate()
    del os.environ["MINE"]
    assert output == f"{started.process.pid} ['a', 'b c'] x __main__\n", errors


def test_has_imported_what_it_was_told_to(started):
    output, _ = script("print('proofsheet.files' in sys.modules)").communicate()
    assert output == "True\n"


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        ("sys.exit(3)", 3, ""),
        ("sys.exit('no')", 1, "no"),
        ("1 / 0", 1, "ZeroDivisionError"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", 1, "was killed"),
    ],
)
def test_ends_as_its_child_ended(started, text, status, said):
    process = script(text)
    _, errors = process.communicate()
    assert (process.returncode, said in errors) == (status, True)


def test_several_scripts_run_at_once(started):
    text = "import time, pathlib\npathlib.Path(sys.argv[1]).touch()\n"
    text += "while not pathlib.Path(sys.argv[2]).exists(): time.sleep(0.01)"
    both = script(text, "a", "b"), script(text, "b", "a")
    for process in both:
        process.communicate(timeout=20)
    assert [process.returncode for process in both] == [0, 0]


def _wait_for(condition):
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


ENDLESS = "import os, time\nopen('pid', 'w').write(str(os.getpid()))\nwhile True: time.sleep(1)"


def _runs(pid: str) -> bool:
    """Whether it is there and has not ended, waited for or not."""
    status = Path("/proc", pid, "status")
    return status.exists() and "State:\tZ" not in status.read_text()


CAREFUL = f"import atexit\natexit.register(lambda: open('half', 'w'))\n{ENDLESS}"


def test_a_script_that_is_killed_takes_its_child_along(started):
    process = script(ENDLESS)
    _wait_for(lambda: Path("pid").exists() and Path("pid").read_text())
    process.send_signal(signal.SIGKILL)
    process.communicate()
    _wait_for(lambda: not _runs(Path("pid").read_text()))


def test_the_end_of_the_build_ends_its_jobs_with_their_tidying_up(started):
    process = script(CAREFUL)
    _wait_for(lambda: Path("pid").exists() and Path("pid").read_text())
    started.stop()
    process.communicate()
    assert (process.returncode, _runs(Path("pid").read_text())) == (1, False)
    assert Path("half").exists()


def test_ctrl_c_lets_a_job_tidy_up(started):
    process = script(CAREFUL)
    _wait_for(lambda: Path("pid").exists() and Path("pid").read_text())
    process.send_signal(signal.SIGINT)
    os.kill(int(Path("pid").read_text()), signal.SIGINT)
    _, errors = process.communicate()
    assert (process.returncode, "KeyboardInterrupt" in errors) == (1, True)
    assert Path("half").exists()


def test_jobs_end_where_the_warm_process_is_killed(started):
    process = script(ENDLESS)
    _wait_for(lambda: Path("pid").exists() and Path("pid").read_text())
    started.process.kill()
    assert process.wait(timeout=10) == 1
    process.communicate()
    _wait_for(lambda: not _runs(Path("pid").read_text()))
    Path(os.environ[warm.VARIABLE]).unlink()
    Path(os.environ[warm.VARIABLE]).parent.rmdir()


def test_a_script_that_says_nothing_holds_up_no_other(started):
    silent = socket.socket(socket.AF_UNIX)
    silent.connect(os.environ[warm.VARIABLE])
    assert script("print('done')").communicate(timeout=20)[0] == "done\n"
    silent.close()


def test_two_builds_have_one_each(started):
    mine = os.environ.pop(warm.VARIABLE)
    other = warm.Warm()
    other.start([])
    assert os.environ[warm.VARIABLE] != mine
    other.stop()
    os.environ[warm.VARIABLE] = mine
    output, _ = script("import os\nprint(os.getppid())").communicate()
    assert output == f"{started.process.pid}\n"


def test_a_person_may_do_without(tmp_path, monkeypatch):
    monkeypatch.setenv(warm.VARIABLE, "0")
    process = warm.Warm()
    process.start([])
    assert process.process is None


def test_a_process_that_dies_before_a_job_began_leaves_it_to_itself(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("warm")
        listener.listen()
        monkeypatch.setenv(warm.VARIABLE, "warm")
        process = script("import os\nprint(os.getppid())")
        listener.accept()[0].close()
    assert process.communicate()[0] == f"{os.getpid()}\n"


def test_runs_by_itself_without_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(warm.VARIABLE, "gone")
    process = script("import os\nprint(os.getppid())")
    assert process.communicate()[0] == f"{os.getpid()}\n"


def test_runs_by_itself_where_the_library_was_edited(started):
    os.utime(os.environ[warm.VARIABLE], ns=(0, 0))
    process = script("import os\nprint(os.getppid())")
    assert process.communicate()[0] == f"{os.getpid()}\n"


def test_its_cpu_time_counts_as_the_builds(started):
    before = cpu_of_children()
    script("import time\nwhile time.process_time() < 1: pass").communicate()
    started.stop()
    assert cpu_of_children() - before > 1


def cpu_of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
