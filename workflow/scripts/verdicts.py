from proofsheet.jobs.warm import hand_over

hand_over()

from proofsheet.declare.job import VerdictsJob
from proofsheet.files import write_frame
from proofsheet.jobs.job import job
from proofsheet.results.reader import Results
from proofsheet.verdicts.comparability import Comparability
from proofsheet.verdicts.judge import judge_writeup

with job(snakemake.log[0], snakemake.output, snakemake.input):
    told = VerdictsJob.model_validate_json(snakemake.params.told)
    results = Results([*snakemake.input.kept, *snakemake.input.cards], told.published)
    comparability = Comparability(told.datasets, results.stand_ins(), results.epochs)
    writeup = snakemake.wildcards.writeup
    write_frame(snakemake.output.csv, judge_writeup(writeup, told, results, comparability))
