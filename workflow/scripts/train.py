from proofsheet.jobs.warm import hand_over

hand_over()

from pathlib import Path

from proofsheet.data.dataset import read_dataset
from proofsheet.declare.job import TrainJob
from proofsheet.jobs.gpu import own_gpu
from proofsheet.jobs.job import job
from proofsheet.jobs.progress import Bar
from proofsheet.train.checkpoint import Checkpoint
from proofsheet.train.loop import DivergedError, train
from proofsheet.train.record import identity, write_trained

with job(snakemake.log[0], snakemake.output, snakemake.input) as log:
    told = TrainJob.model_validate_json(snakemake.params.told)
    settings = told.train
    seed = int(snakemake.wildcards.seed)
    record = identity(settings, seed, Path(snakemake.input.card), list(snakemake.input.code))
    file = Path(snakemake.config["checkpoints"], snakemake.params.checkpoint)
    checkpoint = Checkpoint(file, record.digest)
    bar = Bar(f"{snakemake.rule.removeprefix('train_')} seed {seed}", settings.epochs)
    dataset = read_dataset(Path(snakemake.input.data), Path(snakemake.input.card))
    with own_gpu(settings.device):
        try:
            trained = train(settings, seed, dataset, checkpoint, bar)
        except DivergedError as diverged:
            if not told.may_diverge:
                raise
            trained = diverged.until_then
    write_trained(trained, record, snakemake.output)
    checkpoint.remove()
    log.info(bar.summary())
