"""What every script shares: a log, and errors as one line."""

import errno
import logging
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from proofsheet import startup
from proofsheet.errors import ProofsheetError
from proofsheet.files import sha256
from proofsheet.jobs.lock import at_work
from proofsheet.jobs.records import recorded, records
from proofsheet.paths import below_root

# What a disk says that is no bug.
REMEDIES = {
    errno.ENOSPC: "no space left on the disk; free some, and run again",
    errno.EDQUOT: "the disk quota is used up; free some, and run again",
    errno.EROFS: "the disk may only be read; results need one that may be written",
    errno.EACCES: "may not be read or written; see who owns it",
}


@contextmanager
def job(
    log: str | Path, made: Iterable[str] = (), reads: Iterable[str] = ()
) -> Iterator[logging.Logger]:
    """Yield a logger that writes lines into ``log``, which the console follows; at the end the log
    records the digests of what was ``made``, by which the manifest knows what was changed later.

    Bad input ends the job with its own lines and exit status 1, as does what it ``reads`` and
    somebody changed; anything else is a bug, whose traceback is kept.
    """
    startup.imported()
    Path(log).parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(log, mode="w", encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.getLogger("proofsheet")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False  # the console follows the log
    try:
        with at_work(Path(log)):
            yield logger
            for path in made:
                logger.info(recorded(path))
    except ProofsheetError as error:
        logger.error("ERROR  %s", str(error).replace("\n", "\nERROR  "))
        sys.exit(1)
    except Exception as error:
        bug = traceback.format_exc().rstrip()
        logger.error(_of_the_disk(error) or _changed(reads, Path(log)) or bug)
        sys.exit(1)
    finally:
        logger.removeHandler(handler)
        handler.close()
        startup.ending()


def _changed(files: Iterable[str], log: Path) -> str:
    """A line for each file that is not what its job made; empty where all are."""
    logs = [parent for parent in log.parents if parent.name == "logs"]
    made = records(logs[-1]) if logs else {}
    kept = [(file, made[below_root(file)]) for file in files if below_root(file) in made]
    changed = [record.change(file, sha256(file)) for file, record in kept]
    return "\n".join(f"ERROR  {wrong}" for wrong in changed if wrong)


def _of_the_disk(error: BaseException | None) -> str:
    """One line of what the disk says, also where a library says it in its own words; else empty."""
    while error is not None:
        code = error.errno if isinstance(error, OSError) else None
        if code is None and "No space left on device" in str(error):
            code = errno.ENOSPC
        if code in REMEDIES:
            name = getattr(error, "filename", None)
            return f"ERROR  {f'{name}: ' if name else ''}{REMEDIES[code]}"
        error = error.__cause__ or error.__context__
    return ""
