"""What every script shares: a log, and errors as one line."""

import logging
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from proofsheet import startup
from proofsheet.errors import ProofsheetError
from proofsheet.results.manifest import recorded


@contextmanager
def job(log: str | Path, made: Iterable[str] = ()) -> Iterator[logging.Logger]:
    """Yield a logger that writes lines into ``log``, which the console follows; at the end the log
    records the digests of what was ``made``, by which the manifest knows what was changed later.

    Bad input ends the job with its own lines and exit status 1; anything else is a bug, whose
    traceback is kept.
    """
    startup.imported()
    Path(log).parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(log, mode="w", encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.getLogger("proofsheet")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield logger
        for path in made:
            logger.info(recorded(path))
    except ProofsheetError as error:
        logger.error("ERROR  %s", str(error).replace("\n", "\nERROR  "))
        sys.exit(1)
    except Exception:
        logger.error(traceback.format_exc().rstrip())
        sys.exit(1)
    finally:
        logger.removeHandler(handler)
        handler.close()
        startup.ending()
