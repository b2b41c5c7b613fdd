"""What searches for settings found, as a report tells it."""

from __future__ import annotations

from typing import NamedTuple

from proofsheet.declare.writeup import Writeup
from proofsheet.paths import CITED
from proofsheet.results.reader import Results
from proofsheet.verdicts.search import Pinned, pinned


class Search(NamedTuple):
    """A search for the settings of one experiment."""

    title: str
    tried: int
    off: float
    """Of the nearest candidate, mean difference over mean printed number."""
    seeds: int
    settings: list[Pinned]
    readings: dict[str, str]
    """By printed quantity, what of ours came so near, where that was open."""
    path: str


def searches(writeup: Writeup, results: Results) -> list[Search]:
    """Of each experiment that the write-up has searched for, and found."""
    found = []
    for name, recover in writeup.recover.items():
        if not results.has(CITED.recovered(name)):
            continue
        ranked = results.recovered(name)
        best = ranked.iloc[0]
        open_ones = [quantity for quantity, readings in recover.fit.items() if len(readings) > 1]
        found.append(
            Search(
                writeup.experiments[name].title,
                len(ranked),
                float(best.distance),
                int(best.seeds),
                pinned(ranked, recover.vary),
                {
                    writeup.published[name][quantity].title: best[f"{quantity} is"]
                    for quantity in open_ones
                },
                f"writeups/{CITED.recovered(name)}",
            )
        )
    return found
