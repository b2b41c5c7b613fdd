"""The console shows what jobs write into their logs, while they write it.

Jobs write to their logs alone. The process that runs Snakemake reads along, so that lines from
several jobs, on this machine or on a cluster, never tear the progress panel.
"""

import os
import sys
import threading
import time
from pathlib import Path

from proofsheet.jobs.records import RECORD

# Seconds between two looks.
EVERY = 0.5

# First bytes of a log by which it is known to be the same.
RECOGNISED = 200


class Follower:
    """Prints to standard error what is added to any ``*.log`` below a folder."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.started = 0.0
        self.before: dict[Path, int] = {}
        self.read: dict[Path, int] = {}
        self.begins: dict[Path, bytes] = {}
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self.started = time.time()
        self.before = {path: stat.st_mtime_ns for path, stat in self._logs()}
        self.thread.start()

    def stop(self) -> None:
        """Print what is left and end."""
        self.done.set()
        self.thread.join()
        self._print_new()

    def _run(self) -> None:
        while not self.done.wait(EVERY):
            self._print_new()

    def _logs(self) -> list[tuple[Path, os.stat_result]]:
        found = []
        for path in sorted(self.folder.rglob("*.log")):
            try:
                found.append((path, path.stat()))
            except FileNotFoundError:  # removed since it was listed
                continue
        return found

    def _print_new(self) -> None:
        for path, stat in self._logs():
            if stat.st_mtime_ns == self.before.get(path):
                continue  # of an earlier run
            with path.open("rb") as file:
                start = self.read.get(path, 0)
                begins = file.read(min(start, RECOGNISED))
                # A job that runs again writes its log anew.
                if begins != self.begins.get(path, b"")[:start] or stat.st_size < start:
                    start = 0
                file.seek(start)
                # Half a line waits until it is whole.
                text = file.read().rpartition(b"\n")[0]
            if text:
                self.read[path] = start + len(text) + 1
                earlier = self.begins[path] if start else b""
                self.begins[path] = (earlier + text + b"\n")[:RECOGNISED]
                lines = text.decode("utf-8", "replace").splitlines()
                told = [line for line in lines if not line.startswith(f"{RECORD} ")]
                print(*told, sep="\n", end="\n" if told else "", file=sys.stderr, flush=True)
