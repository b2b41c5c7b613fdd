rule figure:
    """One figure, in four forms: drawn from kept files, without torch."""
    input:
        unpack(lambda wildcards: shown_images(declared("figure", wildcards).draw)),
        evidence=lambda wildcards: evidence(
            declared("figure", wildcards).draw.experiments
        ),
        code=lambda wildcards: figure_code(declared("figure", wildcards)),
        fonts=fonts(),
    output:
        svg=report(
            f"{RESULTS}/figures/{{writeup}}/{{figure}}.svg",
            caption="../report/figure.rst",
            category="{writeup}",
            subcategory="Figures",
            labels={"figure": "{figure}"},
        ),
        png=f"{RESULTS}/figures/{{writeup}}/{{figure}}.png",
        pdf=f"{RESULTS}/figures/{{writeup}}/{{figure}}.pdf",
        csv=f"{RESULTS}/figures/{{writeup}}/{{figure}}.csv",
    log:
        f"{RESULTS}/logs/figure/{{writeup}}/{{figure}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/figure/{{writeup}}/{{figure}}.tsv"
    localrule: True
    conda:
        "../../envs/report.yaml"
    params:
        draw=lambda wildcards: declared_json(declared("figure", wildcards).draw),
        titles=lambda wildcards: titles(declared("figure", wildcards).draw.experiments),
        published=lambda wildcards: published_json(
            wildcards.writeup, declared("figure", wildcards).draw
        ),
    script:
        "../scripts/figure.py"


rule table:
    """One table as the report shows it, unrounded."""
    input:
        evidence=lambda wildcards: evidence(declared("table", wildcards).experiments),
        code=code("table", "tables"),
    output:
        csv=report(
            f"{RESULTS}/tables/{{writeup}}/{{table}}.csv",
            caption="../report/table.rst",
            category="{writeup}",
            subcategory="Tables",
            labels={"table": "{table}"},
        ),
    log:
        f"{RESULTS}/logs/table/{{writeup}}/{{table}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/table/{{writeup}}/{{table}}.tsv"
    localrule: True
    conda:
        "../../envs/report.yaml"
    params:
        table=lambda wildcards: table_json(declared("table", wildcards)),
        published=lambda wildcards: published_json(
            wildcards.writeup, declared("table", wildcards)
        ),
    script:
        "../scripts/table.py"


rule verdicts:
    """Every claim and every published number of one write-up, judged."""
    input:
        evidence=lambda wildcards: evidence(judged_experiments(wildcards.writeup)),
        cards=lambda wildcards: cards(wildcards.writeup),
        code=code("verdicts", "verdicts.judge"),
    output:
        csv=f"{RESULTS}/verdicts/{{writeup}}.csv",
    log:
        f"{RESULTS}/logs/verdicts/{{writeup}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/verdicts/{{writeup}}.tsv"
    localrule: True
    conda:
        "../../envs/report.yaml"
    params:
        claims=lambda wildcards: declared_claims(wildcards.writeup),
        published=lambda wildcards: published_declared(wildcards.writeup),
        data=lambda wildcards: trained_on(judged_experiments(wildcards.writeup)),
        titles=lambda wildcards: titles(judged_experiments(wildcards.writeup)),
    script:
        "../scripts/verdicts.py"


rule all_verdicts:
    """The verdicts of all write-ups in one file."""
    input:
        verdicts=expand(f"{RESULTS}/verdicts/{{writeup}}.csv", writeup=RUN.writeups),
        code=code("all_verdicts", "files"),
    output:
        csv=report(
            f"{RESULTS}/verdicts.csv",
            caption="../report/verdicts.rst",
            category="Verdicts",
            labels={"table": "all verdicts"},
        ),
    log:
        f"{RESULTS}/logs/all_verdicts.log",
    benchmark:
        f"{RESULTS}/benchmarks/all_verdicts.tsv"
    localrule: True
    conda:
        "../../envs/report.yaml"
    script:
        "../scripts/all_verdicts.py"
