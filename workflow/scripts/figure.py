import importlib
import json
from pathlib import Path

from proofsheet.evidence import Evidence
from proofsheet.figures.style import save, use_style
from proofsheet.files import settings, write_frame
from proofsheet.job import job

with job(snakemake.log[0]) as say:
    options = settings(snakemake.params.draw)
    # results/<run>/figures/<writeup>/<figure>.svg
    results = Path(snakemake.output.svg).parents[2]
    evidence = Evidence(results, json.loads(snakemake.params.published))
    use_style()
    kind = importlib.import_module(f"proofsheet.figures.{options.kind}")
    figure, plotted = kind.draw(evidence, options, vars(settings(snakemake.params.titles)))
    for path in (snakemake.output.svg, snakemake.output.png, snakemake.output.pdf):
        save(figure, Path(path))
    write_frame(snakemake.output.csv, plotted)
    say(f"drew {snakemake.output.svg}")
