"""The console shows what jobs write into their logs, while they write it.

Jobs write to their logs alone. The process that runs Snakemake reads along, so that lines from
several jobs, on this machine or on a cluster, never tear the progress panel.
"""

import sys
import threading
from pathlib import Path

# Seconds between two looks.
EVERY = 0.5


class Follower:
    """Prints to standard error what is added to any ``*.log`` below a folder."""

    def __init__(self, folder: Path):
        self.folder = folder
        # By path and inode: a job that runs again writes a new file at the same path.
        self.read = {key: size for key, _, size in self._logs()}
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        """Print what is left and end."""
        self.done.set()
        self.thread.join()
        self._print_new()

    def _run(self) -> None:
        while not self.done.wait(EVERY):
            self._print_new()

    def _logs(self) -> list[tuple[tuple[str, int], Path, int]]:
        found = []
        for path in sorted(self.folder.rglob("*.log")):
            try:
                stat = path.stat()
            except FileNotFoundError:  # removed since it was listed
                continue
            found.append(((str(path), stat.st_ino), path, stat.st_size))
        return found

    def _print_new(self) -> None:
        for key, path, size in self._logs():
            start = self.read.get(key, 0)
            if size <= start:
                continue
            with path.open("rb") as file:
                file.seek(start)
                # Half a line waits until it is whole.
                text = file.read(size - start).rpartition(b"\n")[0]
            if text:
                self.read[key] = start + len(text) + 1
                print(text.decode("utf-8", "replace"), file=sys.stderr, flush=True)
