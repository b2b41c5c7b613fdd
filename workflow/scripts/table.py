import json
from pathlib import Path

from proofsheet.evidence import Evidence
from proofsheet.files import settings, write_frame
from proofsheet.job import job
from proofsheet.tables import build_table

with job(snakemake.log[0]):
    # results/<run>/tables/<writeup>/<table>.csv
    results = Path(snakemake.output.csv).parents[2]
    evidence = Evidence(results, json.loads(snakemake.params.published))
    write_frame(snakemake.output.csv, build_table(settings(snakemake.params.table), evidence))
