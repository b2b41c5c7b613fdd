from proofsheet.jobs.warm import hand_over

hand_over()

import pandas as pd

from proofsheet.declare.recover import RankJob
from proofsheet.files import write_frame
from proofsheet.jobs.job import job
from proofsheet.results.reader import Results
from proofsheet.verdicts.search import rank

with job(snakemake.log[0], snakemake.output, snakemake.input) as log:
    told = RankJob.model_validate_json(snakemake.params.told)
    before = [pd.read_csv(path) for path in snakemake.input.before]
    found = rank(told, Results(snakemake.input.kept, told.published), before[0] if before else None)
    write_frame(snakemake.output.csv, found)
    best = found.iloc[0]
    log.info("round %d: %s is %.1f %% off", told.rung, best.candidate, 100 * best.distance)
