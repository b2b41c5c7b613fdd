"""Reading and writing the files of the contract: stable bytes, never half a file."""

import csv
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from proofsheet.errors import ProofsheetError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


def canonical(value: Any, sort: bool = True) -> str:
    """JSON with sorted keys and no spaces: equal values give equal text.

    ``sort=False`` keeps the declared order, for what is shown in that order.
    """
    return json.dumps(value, sort_keys=sort, separators=(",", ":"), ensure_ascii=False)


def sha256(path: str | Path) -> str:
    """Hexadecimal SHA-256 of a file's bytes."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """Yield a temporary path beside ``path``; put it in place only if the block succeeds."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    # The suffix stays last, because writers choose their format by it.
    temporary = path.with_name(f".{path.stem}.{os.getpid()}{path.suffix}")
    try:
        yield temporary
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def write_text(path: str | Path, text: str) -> None:
    """Write UTF-8 text with Unix line ends."""
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def write_json(path: str | Path, value: Any) -> None:
    """Write indented JSON with sorted keys."""
    write_text(path, json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n")


def read_json(path: str | Path) -> Any:
    """Read a JSON file.

    :raises ProofsheetError: where it is none.
    """
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise ProofsheetError(f"{path}: {str(error.strerror).lower()}") from None
    except ValueError:
        raise ProofsheetError(f"{path}: not readable as JSON; make it again") from None


def write_rows(path: str | Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write tidy rows as CSV. Floats keep every digit needed to read them back exactly."""
    with replacing(path) as temporary, open(temporary, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_frame(path: str | Path, frame: "pd.DataFrame") -> None:
    """Write a tidy data frame as CSV, without its index."""
    with replacing(path) as temporary:
        frame.to_csv(temporary, index=False, lineterminator="\n")


def write_arrays(path: str | Path, arrays: dict[str, "np.ndarray"]) -> None:
    """Write named arrays as ``.npz``, whose entries carry no time."""
    import numpy as np

    with replacing(path) as temporary:
        np.savez_compressed(temporary, **arrays)  # type: ignore[arg-type]
