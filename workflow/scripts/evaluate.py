from pathlib import Path

import proofsheet.quick_imports  # noqa: F401
from proofsheet.data.dataset import read_dataset
from proofsheet.evaluation.evaluate import evaluate
from proofsheet.evaluation.kept import load_trained
from proofsheet.evaluation.summary import Layer
from proofsheet.files import settings, write_arrays, write_rows
from proofsheet.job import job
from proofsheet.record import recorded_settings

with job(snakemake.log[0]) as say:
    dataset = read_dataset(Path(snakemake.input.data), Path(snakemake.input.card))
    folders = [Path(run).parent for run in snakemake.input.runs]
    readers = [
        load_trained(recorded_settings(Path(run)), Path(run).parent, dataset)
        for run in snakemake.input.reader
    ]
    evaluated = evaluate(
        recorded_settings(Path(snakemake.input.runs[0])),
        settings(snakemake.params.evaluate),
        folders,
        dataset,
        readers[0] if readers else None,
    )
    write_rows(snakemake.output.metrics, ["seed", "split", "quantity", "value"], evaluated.metrics)
    write_arrays(snakemake.output.arrays, evaluated.arrays)
    write_rows(snakemake.output.layers, Layer._fields, evaluated.layers)
    found = f"{len(evaluated.metrics)} metrics of {len(folders)} seeds"
    say(f"{snakemake.rule.removeprefix('evaluate_')}: {found}")
