from proofsheet.jobs.warm import hand_over

hand_over()

import importlib

from proofsheet.declare.figure import FigureJob
from proofsheet.declare.signatures import figure as signature
from proofsheet.figures.style import as_labels, save, use_style, with_labels
from proofsheet.files import write_frame
from proofsheet.jobs.job import job
from proofsheet.results.reader import Results

with job(snakemake.log[0], snakemake.output, snakemake.input) as log:
    told = FigureJob.model_validate_json(snakemake.params.told)
    options = signature(told.draw.kind).options.model_validate(with_labels(told.draw.options))
    files = [*snakemake.input.kept, *snakemake.input.data, *snakemake.input.cards]
    use_style(snakemake.input.fonts, told.small)
    kind = importlib.import_module(f"proofsheet.figures.{told.draw.kind}")
    results = Results(files, told.published)
    figure, plotted = kind.draw(results, as_labels(told.titles), **dict(options))
    save(figure, [snakemake.output.svg, snakemake.output.png, snakemake.output.pdf])
    write_frame(snakemake.output.csv, plotted)
    log.info("drew %s", snakemake.output.svg)
