from pathlib import Path

import proofsheet.quick_imports  # noqa: F401
from proofsheet.checkpoint import Checkpoint
from proofsheet.data.dataset import read_dataset
from proofsheet.files import settings
from proofsheet.gpu import own_gpu
from proofsheet.job import job
from proofsheet.progress import Bar
from proofsheet.record import identity, write_trained
from proofsheet.training import train

with job(snakemake.log[0]) as say:
    declared = settings(snakemake.params.train)
    seed = int(snakemake.wildcards.seed)
    record = identity(
        snakemake.params.train, seed, Path(snakemake.input.card), list(snakemake.input.code)
    )
    checkpoint = Checkpoint(Path(snakemake.params.checkpoint), record.digest, say)
    bar = Bar(f"{snakemake.rule.removeprefix('train_')} seed {seed}", declared.epochs, say)
    dataset = read_dataset(Path(snakemake.input.data), Path(snakemake.input.card))
    with own_gpu(declared.device, say):
        trained = train(declared, seed, dataset, checkpoint, bar)
    write_trained(trained, record, Path(snakemake.output.run).parent)
    checkpoint.remove()
    say(bar.summary())
