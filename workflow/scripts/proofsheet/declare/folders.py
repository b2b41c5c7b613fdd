"""Where declarations and templates lie."""

from pathlib import Path
from typing import NamedTuple

CONFIG = "config"
WRITEUPS = "writeups"
TEMPLATES = "templates"


class Folders(NamedTuple):
    """A person's own folder, and that of this workflow, which may be elsewhere.

    Of files of one name, the person's own counts.
    """

    own: Path = Path(".")
    workflow: Path = Path(".")

    def file(self, path: str) -> Path:
        """The file of this name; where there is none, as it would be called in a workflow."""
        own = self.own / path
        return own if own.exists() else self.workflow / path

    def named(self, folder: str, suffix: str) -> dict[str, Path]:
        """The files of a folder by their names, without the suffix."""
        files = [*(self.workflow / folder).glob(f"*{suffix}")]
        files += (self.own / folder).glob(f"*{suffix}")
        there = {file.name.removesuffix(suffix): file for file in files}
        return dict(sorted(there.items()))
