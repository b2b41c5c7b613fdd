rule train:
    """One experiment, one seed: weights, history, and the settings that made them."""
    input:
        unpack(lambda wildcards: prepared(EXPERIMENTS[wildcards.experiment].train.data)),
        unpack(lambda wildcards: initial_weights(wildcards.experiment)),
        code=lambda wildcards: training_code(wildcards.experiment),
    output:
        weights=f"{RESULTS}/runs/{{experiment}}/seed{{seed}}/weights.safetensors",
        run=f"{RESULTS}/runs/{{experiment}}/seed{{seed}}/run.json",
        history=f"{RESULTS}/runs/{{experiment}}/seed{{seed}}/history.csv",
        steps=f"{RESULTS}/runs/{{experiment}}/seed{{seed}}/steps.csv",
    log:
        f"{RESULTS}/logs/train/{{experiment}}/seed{{seed}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/train/{{experiment}}/seed{{seed}}.tsv"
    # Before figures and tables, so that no training is left over for a single core at the end.
    priority: 1
    conda:
        "../../envs/train.yaml"
    threads: lambda wildcards: EXPERIMENTS[wildcards.experiment].train.threads
    params:
        train=lambda wildcards: declared_json(EXPERIMENTS[wildcards.experiment].train),
        checkpoint=f"{RESULTS}/checkpoints/{{experiment}}/seed{{seed}}.pt",
    script:
        "../scripts/train.py"


rule evaluate:
    """All seeds of one experiment: metrics, and the arrays that figures need."""
    input:
        unpack(lambda wildcards: prepared(EXPERIMENTS[wildcards.experiment].train.data)),
        unpack(lambda wildcards: trained(wildcards.experiment)),
        unpack(lambda wildcards: readers(wildcards.experiment)),
        code=lambda wildcards: evaluation_code(wildcards.experiment),
    output:
        metrics=f"{RESULTS}/runs/{{experiment}}/metrics.csv",
        arrays=f"{RESULTS}/runs/{{experiment}}/arrays.npz",
        layers=f"{RESULTS}/runs/{{experiment}}/layers.csv",
    log:
        f"{RESULTS}/logs/evaluate/{{experiment}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/evaluate/{{experiment}}.tsv"
    conda:
        "../../envs/train.yaml"
    threads: lambda wildcards: EXPERIMENTS[wildcards.experiment].train.threads
    params:
        evaluate=lambda wildcards: canonical(EXPERIMENTS[wildcards.experiment].evaluate),
    script:
        "../scripts/evaluate.py"
