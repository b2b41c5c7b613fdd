from proofsheet.jobs.warm import hand_over

hand_over()

import pandas as pd

from proofsheet.files import write_frame
from proofsheet.jobs.job import job

with job(snakemake.log[0], snakemake.output, snakemake.input):
    write_frame(
        snakemake.output.csv,
        pd.concat([pd.read_csv(path, dtype=str) for path in snakemake.input.verdicts]),
    )
