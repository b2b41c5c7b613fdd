# Rules for each experiment: jobs of one rule are one array of a scheduler, which gives all of them
# the same memory and time.
for experiment in EXPERIMENTS:

    rule:
        """One experiment, one seed: weights, history, and the settings that made them."""
        name:
            f"train_{experiment}"
        input:
            unpack(later(training_inputs, experiment)),
        output:
            weights=f"{RESULTS}/runs/{experiment}/seed{{seed}}/weights.safetensors",
            run=f"{RESULTS}/runs/{experiment}/seed{{seed}}/run.json",
            history=f"{RESULTS}/runs/{experiment}/seed{{seed}}/history.csv",
            steps=f"{RESULTS}/runs/{experiment}/seed{{seed}}/steps.csv",
        log:
            f"{RESULTS}/logs/train/{experiment}/seed{{seed}}.log",
        benchmark:
            f"{RESULTS}/benchmarks/train/{experiment}/seed{{seed}}.tsv"
        # Before figures and tables, so that no training is left over for a single core at the end.
        priority: 1
        group:
            grouped(experiment)
        conda:
            "../../envs/train.yaml"
        threads: EXPERIMENTS[experiment].train.threads
        resources:
            mem_mb=growing(experiment, "mem_mb"),
            runtime=growing(experiment, "runtime"),
            gpu=int(EXPERIMENTS[experiment].train.device == "cuda"),
        params:
            train=later(declared_json, EXPERIMENTS[experiment].train),
            checkpoint=f"{RESULTS}/checkpoints/{experiment}/seed{{seed}}.pt",
        script:
            "../scripts/train.py"

    rule:
        """All seeds of one experiment: metrics, and the arrays that figures need."""
        name:
            f"evaluate_{experiment}"
        input:
            unpack(later(evaluation_inputs, experiment)),
        output:
            metrics=f"{RESULTS}/runs/{experiment}/metrics.csv",
            arrays=f"{RESULTS}/runs/{experiment}/arrays.npz",
            layers=f"{RESULTS}/runs/{experiment}/layers.csv",
        log:
            f"{RESULTS}/logs/evaluate/{experiment}.log",
        benchmark:
            f"{RESULTS}/benchmarks/evaluate/{experiment}.tsv"
        group:
            grouped(experiment)
        conda:
            "../../envs/train.yaml"
        threads: EXPERIMENTS[experiment].train.threads
        resources:
            mem_mb=growing(experiment, "mem_mb"),
            runtime=growing(experiment, "runtime"),
        params:
            evaluate=later(canonical, EXPERIMENTS[experiment].evaluate),
        script:
            "../scripts/evaluate.py"
