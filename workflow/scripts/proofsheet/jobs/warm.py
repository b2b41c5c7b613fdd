"""A process that has imported what jobs import, from which those of one local build are forked.

Importing torch, pandas and matplotlib costs a job up to four seconds of CPU; a child of a process
that has them begins in a few hundredths of one. A script asks it first, and where there is none, as
on a cluster or for a single figure, goes on by itself and writes the same bytes.
"""

import atexit
import importlib
import json
import os
import runpy
import selectors
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from proofsheet import startup

# Set for the jobs of a build that has a warm process: its socket, from the folder of the build.
VARIABLE = "PROOFSHEET_WARM"
SOCKET = Path(".snakemake", "proofsheet", "warm")
LIBRARY = Path(__file__).parents[1]

# Fewer jobs than this import less than it would.
WORTH_IT = 8


class Warm:
    """The warm process of a build, which ends with it."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, code: Iterable[str]) -> None:
        """Start it, with the modules of the library at the paths ``code`` imported."""
        SOCKET.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        SOCKET.unlink(missing_ok=True)
        # A library that starts threads while it is imported could not be forked.
        one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(SOCKET))
            listener.listen(128)
            self.process = subprocess.Popen(
                [sys.executable, LIBRARY.parent / "warm.py", str(listener.fileno()), *code],
                stdin=subprocess.PIPE,
                pass_fds=[listener.fileno()],
                env={**os.environ, **one},
            )
        os.environ[VARIABLE] = str(SOCKET)

    def stop(self) -> None:
        """End it. Waited for, it counts in the CPU time of the build."""
        if self.process and self.process.stdin:
            self.process.stdin.close()
            self.process.wait()


def hand_over() -> None:
    """Run this script in a child of the warm process and exit as it did; return where none is.

    To be called before heavy imports.
    """
    startup.importing()
    path = os.environ.get(VARIABLE, "")
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            since = os.stat(path).st_mtime_ns
            if any(file.stat().st_mtime_ns > since for file in LIBRARY.rglob("*.py")):
                return  # what it has imported is not what is there
            connection.connect(path)
            request = json.dumps([os.getcwd(), sys.argv, dict(os.environ)]).encode()
            socket.send_fds(connection, [len(request).to_bytes(4)], [0, 1, 2])
            connection.sendall(request)
        except OSError:
            return
        status = connection.recv(1)
    os._exit(status[0] if status else 1)


def serve(listener: socket.socket, code: list[str]) -> None:
    """Import, then fork a child for each script that asks, until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a console sends Ctrl-C to all; Snakemake decides
    startup.importing()
    for path in code:
        name = Path(path).resolve().relative_to(LIBRARY.parent).with_suffix("")
        with suppress(Exception):  # the job that needs it will say so
            importlib.import_module(".".join(name.parts))
    startup.imported()
    children: dict[int, socket.socket] = {}
    with selectors.DefaultSelector() as selector:
        selector.register(sys.stdin, selectors.EVENT_READ, lambda: end(children))
        selector.register(
            listener, selectors.EVENT_READ, lambda: fork(listener, selector, children)
        )
        while True:
            for key, _ in selector.select():
                key.data()


def fork(
    listener: socket.socket, selector: selectors.BaseSelector, children: dict[int, socket.socket]
) -> None:
    connection, _ = listener.accept()
    size, files, _, _ = socket.recv_fds(connection, 4, 3)
    request = connection.recv(int.from_bytes(size), socket.MSG_WAITALL)
    child = os.fork()
    if not child:
        selector.close()
        for inherited in (listener, connection, *children.values()):
            inherited.close()
        for target, file in enumerate(files):
            os.dup2(file, target)
        os._exit(run(*json.loads(request)))
    for file in files:
        os.close(file)
    children[child] = connection
    ended = os.pidfd_open(child)

    def reap() -> None:
        selector.unregister(ended)
        selector.unregister(connection)
        os.close(ended)
        del children[child]
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        with connection, suppress(OSError):
            connection.send(bytes([status if status >= 0 else 128 - status]))

    def kill() -> None:  # a script that is gone before its child was killed
        if child in children:
            os.kill(child, signal.SIGKILL)

    selector.register(ended, selectors.EVENT_READ, reap)
    selector.register(connection, selectors.EVENT_READ, kill)


def run(folder: str, arguments: list[str], environment: dict[str, str]) -> int:
    """In a child: be the process of the script that asked, and return its exit status."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
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


def end(children: dict[int, socket.socket]) -> None:
    """The build has ended, or was killed: no job of it lives on."""
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    SOCKET.unlink(missing_ok=True)
    os._exit(0)
