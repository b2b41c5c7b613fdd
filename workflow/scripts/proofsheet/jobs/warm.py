"""A process that has imported what jobs import, from which those of one local build are forked.

Importing torch, pandas and matplotlib costs a job up to four seconds of CPU; a child of a process
that has them begins in a few hundredths of one. A script asks it first, and where there is none, as
on a cluster or for a single figure, goes on by itself and writes the same bytes.
"""

import atexit
import ctypes
import importlib
import json
import os
import runpy
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import weakref
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from proofsheet import startup

# Its socket, for the jobs of a build that has one; set to 0 by a person, it keeps builds without.
VARIABLE = "PROOFSHEET_WARM"
LIBRARY = Path(__file__).parents[1]

# Fewer jobs than this import less than it would.
WORTH_IT = 8

# Libraries take theirs when they are loaded: one, so that jobs do not depend on how they begin.
# Torch is told its own later.
THREADS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

BEGUN = b"\xff"
GRACE = 5.0  # seconds in which a job that is to end removes half-written files
PR_SET_PDEATHSIG = 1


class Warm:
    """The warm process of a build, which ends with it."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, code: Iterable[str]) -> None:
        """Start it, with the modules of the library at the paths ``code`` imported.

        Where it cannot be, builds go on without: other systems than Linux, or no socket to be had.
        """
        if sys.platform != "linux" or VARIABLE in os.environ:
            return
        with suppress(OSError), socket.socket(socket.AF_UNIX) as listener:
            path = Path(tempfile.mkdtemp(prefix="proofsheet-"), "warm")  # nobody else's: 0700
            listener.bind(str(path))
            listener.listen(128)
            self.process = subprocess.Popen(
                [sys.executable, LIBRARY.parent / "warm.py", str(listener.fileno()), path, *code],
                stdin=subprocess.PIPE,
                pass_fds=[listener.fileno()],
                env={**os.environ, **THREADS},
            )
            os.environ[VARIABLE] = str(path)

    def stop(self) -> None:
        """End it. Waited for, it counts in the CPU time of the build."""
        os.environ.pop(VARIABLE, None)
        if self.process and self.process.stdin:
            self.process.stdin.close()
            try:
                self.process.wait(2 * GRACE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def hand_over() -> None:
    """Run this script in a child of the warm process and exit as it did; return where none is.

    To be called before heavy imports.
    """
    os.environ.update(THREADS)
    startup.importing()
    if VARIABLE not in os.environ:
        return
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            path = os.environ[VARIABLE]
            since = os.stat(path).st_mtime_ns
            if any(file.stat().st_ctime_ns > since for file in LIBRARY.rglob("*.py")):
                return  # what it has imported is not what is there
            connection.connect(path)
            request = json.dumps([os.getcwd(), sys.argv, dict(os.environ)]).encode()
            socket.send_fds(connection, [len(request).to_bytes(4)], [0, 1, 2])
            connection.sendall(request)
            if connection.recv(1) != BEGUN:
                return
        except OSError:
            return
        # A console sends Ctrl-C to the child too, whose end this waits for.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        with suppress(OSError):
            status = connection.recv(1)
            os._exit(status[0] if status else died())
    os._exit(died())


def died() -> int:
    print("the process of this job was killed: too little memory?", file=sys.stderr, flush=True)
    return 1


def serve(listener: socket.socket, path: Path, code: list[str]) -> None:
    """Import, then fork a child for each script that asks, until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a console sends Ctrl-C to all; Snakemake decides
    startup.importing()
    for file in code:
        name = Path(file).resolve().relative_to(LIBRARY.parent).with_suffix("")
        with suppress(Exception):  # the job that needs it will say so
            importlib.import_module(".".join(name.parts))
    startup.imported()
    server = os.getpid()
    children: set[int] = set()
    while True:
        readable, _, _ = select.select([listener, sys.stdin], [], [])
        if sys.stdin in readable:
            break
        connection, _ = listener.accept()
        with connection, suppress(OSError):  # no process to be had: the script goes on by itself
            child = os.fork()
            if not child:
                listener.close()
                be_child(connection, server)
            children.add(child)
        # Those that have ended count only when they are waited for.
        children -= {child for child in children if os.waitpid(child, os.WNOHANG)[0]}
    end(children)
    shutil.rmtree(path.parent, ignore_errors=True)
    atexit._run_exitfuncs()
    os._exit(0)


def end(children: set[int]) -> None:
    """The build has ended, or was killed: no job of it lives on."""
    for sign, grace in ((signal.SIGINT, GRACE), (signal.SIGKILL, GRACE)):
        for child in children:
            os.kill(child, sign)
        until = time.monotonic() + grace
        while children and time.monotonic() < until:
            children -= {child for child in children if os.waitpid(child, os.WNOHANG)[0]}
            time.sleep(0.01)


def be_child(connection: socket.socket, server: int) -> None:
    """Be the process of the script that asks; its exit status is the last byte that it is sent."""
    status = 1
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != server:
            return
        size, files, _, _ = socket.recv_fds(connection, 4, 3)
        request = connection.recv(int.from_bytes(size), socket.MSG_WAITALL)
        for target, file in enumerate(files):
            os.dup2(file, target)
            os.close(file)
        connection.sendall(BEGUN)
        threading.Thread(target=follow, args=[connection], daemon=True).start()
        status = run(*json.loads(request))
        connection.sendall(bytes([status]))
    finally:
        os._exit(status)


def follow(connection: socket.socket) -> None:
    """End as Ctrl-C would where the script that asked is gone, and then without ceremony."""
    with suppress(OSError):
        connection.recv(1)
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(GRACE)
    os._exit(1)


def run(folder: str, arguments: list[str], environment: dict[str, str]) -> int:
    """In a child: run the script that asked, and return its exit status."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # What the server would do at its end is not this process's to do; its own finalizers are.
    atexit._clear()
    atexit.register(weakref.finalize._exitfunc)  # type: ignore[attr-defined]
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    del os.environ[VARIABLE]
    sys.argv = arguments
    status = 0
    try:
        runpy.run_path(arguments[0], run_name="__main__")
    except SystemExit as ending:
        if isinstance(ending.code, str):
            print(ending.code, file=sys.stderr)
        status = ending.code if isinstance(ending.code, int) else bool(ending.code)
    except BaseException:
        traceback.print_exc()
        status = 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    return status
