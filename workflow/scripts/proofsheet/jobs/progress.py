"""Progress of one training, as lines that suit a console shared by several jobs, and a log."""

import logging
import time
from collections.abc import Callable

from tqdm import tqdm

log = logging.getLogger(__name__)

# Seconds between two lines within an epoch: often enough to see that it lives.
EVERY = 5.0

BAR = "{desc} {bar} {percentage:3.0f}%  {elapsed} < {remaining}  {rate_fmt}{postfix}"


class Bar:
    """Prints a bar after each epoch, and within an epoch every few seconds.

    Jobs run side by side and share a console, where bars that redraw themselves would overwrite
    each other; so each update is a line of its own.
    """

    def __init__(self, label: str, epochs: int):
        self.label = label
        self.epochs = epochs
        self.start = self.last = time.monotonic()
        self.images = 0
        self.first_epoch: int | None = None

    def __call__(
        self, epoch: int, done: int, total: int, means: Callable[[], dict[str, float]]
    ) -> None:
        self.first_epoch = self.first_epoch or epoch
        now = time.monotonic()
        if done < total and now - self.last < EVERY:
            return
        self.last = now
        trained = (epoch - self.first_epoch) * total + done
        skipped = (self.first_epoch - 1) * total
        line = tqdm.format_meter(
            n=skipped + trained,
            total=self.epochs * total,
            elapsed=now - self.start,
            initial=skipped,
            prefix=f"{self.label:<26} epoch {epoch:>3}/{self.epochs}",
            postfix=f"loss {means()['loss']:.4g}",
            unit=" examples",
            unit_scale=True,
            ncols=120,
            bar_format=BAR,
        )
        self.images = trained
        log.info(line)

    def summary(self) -> str:
        seconds = time.monotonic() - self.start
        rate = self.images / seconds if seconds else 0.0
        return f"{self.label}  trained on {self.images:,} examples at {rate:,.0f} a second"
