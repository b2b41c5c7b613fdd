"""Verdicts as pages show them."""

from collections import Counter
from typing import Any

import pandas as pd


def load_claims(writeup: dict[str, Any], verdicts: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Claims by id, each with its findings by measure and where its evidence stands."""
    claims = {}
    for name, claim in writeup["claims"].items():
        rows = verdicts[(verdicts.statement == "claim") & (verdicts.name == name)]
        claims[name] = {
            "name": name,
            "text": claim["text"],
            "verdict": rows.overall.iloc[0],
            "stand_in": bool(rows.stand_in.iloc[0]),
            "evidence": claim["evidence"],
            "findings": {row["measure"]: row for row in rows.to_dict("records")},
        }
    return claims


def load_published(writeup: dict[str, Any], verdicts: pd.DataFrame) -> list[dict[str, Any]]:
    """Published quantities in their order: each number with its verdict, a curve's distance."""
    shown = []
    for experiment, quantities in writeup["printed"].items():
        for quantity, declared in quantities.items():
            rows = verdicts[verdicts.name == f"{experiment}/{quantity}"]
            curves = rows[rows.statement == "curve"].to_dict("records")
            shown.append(
                {
                    "experiment": experiment,
                    "quantity": quantity,
                    "of": writeup["experiments"][experiment]["title"],
                    "title": declared["title"],
                    "where": declared["where"],
                    "percent": declared["unit"] == "percent",
                    "points": rows[rows.statement == "published"].to_dict("records"),
                    "curve": curves[0] if curves else None,
                }
            )
    return shown


def counts(verdicts: pd.DataFrame) -> dict[str, Counter[str]]:
    """How many claims, and how many published numbers, have each verdict."""
    claims = verdicts[verdicts.statement == "claim"].drop_duplicates("name").overall
    published = verdicts[verdicts.statement == "published"].verdict
    return {"claims": Counter(claims), "published": Counter(published)}


def where_shown(writeup: dict[str, Any], experiment: str, quantity: str) -> str:
    """The first table, or else figure, that shows a published quantity; empty if none does."""
    for name, table in writeup["tables"].items():
        for item in [*table.get("columns", []), *(table["rows"] if _has_rows(table) else [])]:
            of = [item["experiment"]] if item.get("experiment") else table["experiments"]
            if item.get("published") == quantity and experiment in of:
                return name
    for name, figure in writeup["figures"].items():
        if quantity in str(figure["draw"]) and experiment in figure["draw"]["experiments"]:
            return name
    return ""


def _has_rows(table: dict[str, Any]) -> bool:
    return table["kind"] == "quantities"
