from proofsheet.jobs.warm import hand_over

hand_over()

from proofsheet.declare.table import TableJob
from proofsheet.files import write_frame
from proofsheet.jobs.job import job
from proofsheet.results.reader import Results
from proofsheet.tables.build import as_frame, build_table

with job(snakemake.log[0], snakemake.output, snakemake.input):
    told = TableJob.model_validate_json(snakemake.params.told)
    built = build_table(told.table, Results(snakemake.input.kept, told.published), told.titles)
    write_frame(snakemake.output.csv, as_frame(built))
