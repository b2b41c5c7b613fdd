from pathlib import Path

from proofsheet.data.dataset import write_dataset
from proofsheet.data.prepare import prepare
from proofsheet.declare.job import PrepareJob
from proofsheet.jobs.job import job

with job(snakemake.log[0], snakemake.output, snakemake.input) as log:
    told = PrepareJob.model_validate_json(snakemake.params.told)
    places = snakemake.config["places"]
    dataset = prepare(told.source, Path(places[snakemake.wildcards.dataset]))
    write_dataset(dataset, Path(snakemake.output.data), Path(snakemake.output.card))
    sizes = f"{len(dataset.train):,} training and {len(dataset.test):,} test images"
    log.info("%s: %s", snakemake.wildcards.dataset, sizes)
