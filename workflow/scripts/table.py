from pathlib import Path

from proofsheet.evidence import Evidence
from proofsheet.files import settings, write_frame
from proofsheet.job import job
from proofsheet.tables import build_table

with job(snakemake.log[0]):
    # results/<run>/tables/<writeup>/<table>.csv
    evidence = Evidence(Path(snakemake.output.csv).parents[2])
    write_frame(snakemake.output.csv, build_table(settings(snakemake.params.table), evidence))
