"""JSON Schema of the files that a person writes, by which editors complete and check them."""

from typing import Any

from proofsheet.declare.run import AuthorFile, Run
from proofsheet.declare.writeup import Writeup


def schemas() -> dict[str, dict[str, Any]]:
    """By file name in ``config/schema/``."""
    run = Run.model_json_schema()
    run["required"].remove("author")  # in a file of its own
    writeup = Writeup.model_json_schema()
    # The task says which options there are, and many have defaults.
    writeup["$defs"]["Experiment"]["required"].remove("evaluate")
    for definition in writeup["$defs"].values():
        if definition.get("title", "").endswith("Evaluation"):
            definition["required"].remove("task")
            definition["properties"].pop("task")
    writeup["$defs"]["Experiment"]["properties"]["evaluate"].pop("discriminator")
    return {
        "run.json": run,
        "author.json": AuthorFile.model_json_schema(),
        "writeup.json": writeup,
    }
