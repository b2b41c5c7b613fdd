rule prepare:
    """One configured source becomes one checked file of uint8 images, and its card."""
    input:
        lambda wildcards: image_folders(wildcards.dataset),
        code=code("prepare", "data.prepare"),
    output:
        data=f"{RESULTS}/data/{{dataset}}.npz",
        card=f"{RESULTS}/data/{{dataset}}.json",
    log:
        f"{RESULTS}/logs/prepare/{{dataset}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/prepare/{{dataset}}.tsv"
    localrule: True
    conda:
        "../../envs/train.yaml"
    params:
        source=lambda wildcards: declared_json(RUN.data[wildcards.dataset]),
        images=lambda wildcards: image_digest(wildcards.dataset),
    script:
        "../scripts/prepare.py"
