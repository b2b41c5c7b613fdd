rule report:
    """One write-up's report as one self-contained page."""
    input:
        figures=lambda wildcards: figure_files(wildcards.writeup),
        tables=lambda wildcards: table_files(wildcards.writeup),
        verdicts=f"{RESULTS}/verdicts/{{writeup}}.csv",
        cards=lambda wildcards: cards(wildcards.writeup),
        evidence=lambda wildcards: report_evidence(wildcards.writeup),
        template="templates/{writeup}.html.j2",
        shared=shared_templates(),
        code=code("report", "report.render"),
    output:
        html=report(
            f"{RESULTS}/reports/{{writeup}}.html",
            caption="../report/report.rst",
            category="{writeup}",
            subcategory="Report",
            labels={"report": "page"},
        ),
    log:
        f"{RESULTS}/logs/report/{{writeup}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/report/{{writeup}}.tsv"
    localrule: True
    conda:
        "../../envs/report.yaml"
    params:
        writeup=lambda wildcards: report_declaration(wildcards.writeup),
        author=declared_json(RUN.author),
        code_links=lambda wildcards: code_links(wildcards.writeup),
        commit=lambda wildcards: report_commit(wildcards.writeup),
    script:
        "../scripts/report.py"


rule pdf:
    """The same report in print."""
    input:
        html=f"{RESULTS}/reports/{{writeup}}.html",
        code=code("pdf", "pdf"),
    output:
        pdf=f"{RESULTS}/reports/{{writeup}}.pdf",
    log:
        f"{RESULTS}/logs/pdf/{{writeup}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/pdf/{{writeup}}.tsv"
    localrule: True
    conda:
        "../../envs/report.yaml"
    script:
        "../scripts/pdf.py"


rule index:
    """The page that leads to all reports."""
    input:
        verdicts=f"{RESULTS}/verdicts.csv",
        cards=[card for writeup in RUN.writeups for card in cards(writeup)],
        template="templates/index.html.j2",
        shared=shared_templates(),
        code=code("index", "report.render"),
    output:
        html=f"{RESULTS}/reports/index.html",
    log:
        f"{RESULTS}/logs/index.log",
    benchmark:
        f"{RESULTS}/benchmarks/index.tsv"
    localrule: True
    conda:
        "../../envs/report.yaml"
    params:
        writeups=index_declaration(),
        author=declared_json(RUN.author),
    script:
        "../scripts/index.py"


rule manifest:
    """SHA-256 of every file of the run."""
    input:
        files=everything_listed(),
        code=code("manifest", "manifest"),
    output:
        manifest=f"{RESULTS}/manifest.json",
    log:
        f"{RESULTS}/logs/manifest.log",
    benchmark:
        f"{RESULTS}/benchmarks/manifest.tsv"
    localrule: True
    conda:
        "../../envs/report.yaml"
    script:
        "../scripts/manifest.py"
