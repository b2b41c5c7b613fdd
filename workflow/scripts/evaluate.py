from proofsheet.jobs.warm import hand_over

hand_over()

from pathlib import Path

from proofsheet.data.dataset import read_dataset
from proofsheet.declare.job import EvaluateJob
from proofsheet.evaluate.experiment import evaluate
from proofsheet.evaluate.layers import Layer
from proofsheet.evaluate.weights import load_trained
from proofsheet.files import write_arrays, write_rows
from proofsheet.jobs.job import job
from proofsheet.paths import seed_of

with job(snakemake.log[0], snakemake.output, snakemake.input) as log:
    files = snakemake.input
    dataset = read_dataset(Path(files.data), Path(files.card))
    seeds = {
        seed_of(run): load_trained(run, weights, history, dataset)
        for run, weights, history in zip(files.runs, files.weights, files.histories, strict=True)
    }
    classifier = None
    if hasattr(files, "classifier"):
        classifier = load_trained(
            files.classifier, files.classifier_weights, files.classifier_history, dataset
        )
    told = EvaluateJob.model_validate_json(snakemake.params.told)
    evaluated = evaluate(seeds, told.evaluate, classifier)
    header = ["seed", "split", "case", "quantity", "value"]
    write_rows(snakemake.output.metrics, header, evaluated.metrics)
    write_arrays(snakemake.output.arrays, evaluated.arrays)
    write_rows(snakemake.output.layers, Layer._fields, evaluated.layers)
    found = f"{len(evaluated.metrics)} metrics of {len(seeds)} seeds"
    log.info("%s: %s", snakemake.rule.removeprefix("evaluate_"), found)
