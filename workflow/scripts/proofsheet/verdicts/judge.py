"""All verdicts on one write-up."""

from pathlib import Path

import pandas as pd

from proofsheet.declare.job import VerdictsJob
from proofsheet.results.reader import Results
from proofsheet.verdicts.claims import judge_claims
from proofsheet.verdicts.comparability import Comparability
from proofsheet.verdicts.published import judge_published

# A statement has one row for each of its measures, or each number of a published quantity;
# `overall` is the verdict on the statement and the same in all of them.
COLUMNS = ["writeup", "statement", "name", "measure", "beside", "verdict", "overall", "recorded",
           "printed", "published", "measured", "effect", "low", "high", "level", "shape",
           "agree", "seeds", "reading", "asks", "stand_in"]  # fmt: skip


def judge_writeup(
    writeup: str, told: VerdictsJob, results: Results, comparability: Comparability
) -> pd.DataFrame:
    """The rows of ``verdicts.csv`` that speak of one write-up.

    :returns: columns :data:`COLUMNS`. ``statement`` is ``claim``, ``remark``, ``published`` or
        ``curve``;
        see :class:`proofsheet.verdicts.claims.Finding` and
        :func:`proofsheet.verdicts.published.judge_published` for the numbers.
    """
    rows = [
        *judge_claims(told.claims, results, comparability, told.titles),
        *judge_claims(told.remarks, results, comparability, told.titles),
        *judge_published(told.published, results, comparability),
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS).assign(writeup=writeup)
    whole = ["agree", "seeds"]
    return frame.astype(dict.fromkeys(whole, "Int64")).assign(
        beside=frame.beside.eq(True), stand_in=frame.stand_in.eq(True)
    )


def read_verdicts(path: str | Path) -> pd.DataFrame:
    """Rows of ``verdicts.csv``; numbers as printed stay text."""
    return pd.read_csv(path, dtype={"name": str, "measure": str, "printed": str})


def on_record(verdicts: pd.DataFrame) -> pd.DataFrame:
    """The first row of each claim and each published quantity that has a verdict recorded."""
    rows = verdicts[verdicts.recorded.notna()]
    return rows[~rows.duplicated(["writeup", "name"])]


def changed(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Rows of :func:`on_record` whose verdict is not the recorded one.

    Verdicts that speak of a stand-in are left out, because the record speaks of the real data.
    """
    rows = on_record(verdicts)
    return rows[~rows.stand_in & (rows.overall != rows.recorded)]
