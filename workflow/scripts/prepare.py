from pathlib import Path

from proofsheet.data.dataset import write_dataset
from proofsheet.data.prepare import prepare
from proofsheet.files import settings
from proofsheet.job import job

with job(snakemake.log[0]) as say:
    dataset = prepare(
        settings(snakemake.params.source), Path(snakemake.config.get("root", "data")), say
    )
    write_dataset(dataset, Path(snakemake.output.data), Path(snakemake.output.card))
    sizes = f"{len(dataset.train):,} training and {len(dataset.test):,} test images"
    say(f"{snakemake.wildcards.dataset}: {sizes}, {dataset.title}")
