# A pair of rules for each experiment, made here and nowhere else: jobs of one rule are one array of
# a scheduler, which gives all of them the same memory and time.
for experiment in PLAN.experiments:

    rule:
        """One experiment, one seed: weights, history, and the settings that made them."""
        name:
            f"train_{experiment}"
        input:
            unpack(reads(of(PLAN.train, experiment))),
        output:
            weights=PATHS.of_seed(experiment, "{seed}", "weights.safetensors"),
            run=PATHS.of_seed(experiment, "{seed}", "run.json"),
            history=PATHS.of_seed(experiment, "{seed}", "history.csv"),
            steps=PATHS.of_seed(experiment, "{seed}", "steps.csv"),
        log:
            PATHS.log("train", experiment, "seed{seed}"),
        # Before figures and tables, the longest first, so that none is left over for a single core
        # at the end.
        priority: PLAN.experiments[experiment].resources.runtime
        group:
            PLAN.group(experiment)
        conda:
            "../../envs/train.yaml"
        threads: PLAN.experiments[experiment].train.threads
        resources:
            mem_mb=growing(experiment, "mem_mb"),
            runtime=growing(experiment, "runtime"),
            gpu=int(PLAN.experiments[experiment].train.device == "cuda"),
        params:
            told=told(of(PLAN.train, experiment)),
            checkpoint=PATHS.checkpoint(experiment, "{seed}"),
        script:
            "../scripts/train.py"

    rule:
        """All seeds of one experiment: metrics, and the arrays that figures need."""
        name:
            f"evaluate_{experiment}"
        input:
            unpack(reads(of(PLAN.evaluate, experiment))),
        output:
            metrics=PATHS.of_experiment(experiment, "metrics.csv"),
            arrays=PATHS.of_experiment(experiment, "arrays.npz"),
            layers=PATHS.of_experiment(experiment, "layers.csv"),
        log:
            PATHS.log("evaluate", experiment),
        group:
            PLAN.group(experiment)
        conda:
            "../../envs/train.yaml"
        threads: PLAN.experiments[experiment].train.threads
        resources:
            mem_mb=growing(experiment, "mem_mb"),
            runtime=growing(experiment, "runtime"),
        params:
            told=told(of(PLAN.evaluate, experiment)),
        script:
            "../scripts/evaluate.py"
