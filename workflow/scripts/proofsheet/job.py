"""What every script shares: a log, and errors as one line."""

import gc
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from proofsheet.errors import ProofsheetError


@contextmanager
def job(log: str | Path) -> Iterator[Callable[[str], None]]:
    """Yield a function that writes a line into ``log``, which the console follows.

    Bad input ends the job with one line and exit status 1; anything else is a bug, whose traceback
    is kept.
    """
    # What was imported stays to the end, and is not looked over for garbage even then.
    gc.freeze()
    gc.enable()
    Path(log).parent.mkdir(parents=True, exist_ok=True)
    with open(log, "w", encoding="utf-8", buffering=1) as file:

        def say(line: str) -> None:
            print(line, file=file)

        try:
            yield say
        except ProofsheetError as error:
            say(f"ERROR  {error}")
            sys.exit(1)
        except Exception:
            say(traceback.format_exc().rstrip())
            sys.exit(1)
        finally:
            # Of torchvision's; at exit it reports what the collector did not look over as leaked.
            if "triton" in sys.modules:
                gc.unfreeze()
