from proofsheet.declare.job import TableJob
from proofsheet.files import write_frame
from proofsheet.jobs.job import job
from proofsheet.results.reader import Results
from proofsheet.tables.build import as_frame, build_table
from proofsheet.verdicts.comparability import Comparability

with job(snakemake.log[0]):
    told = TableJob.model_validate_json(snakemake.params.told)
    results = Results([*snakemake.input.kept, *snakemake.input.cards], told.published)
    comparability = Comparability(told.datasets, results.stand_ins(), results.epochs)
    built = build_table(told.table, results, told.titles, comparability)
    write_frame(snakemake.output.csv, as_frame(built))
