"""A small write-up with every kind of job, for what asks nothing of the shipped ones."""

import yaml

NAME = "one_more"


def classifier(title, *hidden):
    return {
        "title": title,
        "train": {
            "data": "mnist",
            "task": "classify",
            "model": {"name": "dense.fnn", "hidden": list(hidden)},
            "optimiser": {"name": "sgd", "lr": 0.1},
            "batch_size": 32,
            "epochs": 2,
            "hold_out": {"of": "test", "share": 0.5},
        },
        "seeds": [0],
    }


WRITEUP = {
    "title": "One more write-up",
    "course": "A course",
    "headline": "One layer reaches {one_layer/test accuracy|.0%}.",
    "parts": {"digits": {"title": "Digits", "source": "workflow/scripts/proofsheet/train/loop.py"}},
    "experiments": {
        "one_layer": classifier("One layer", 8) | {"seeds": [0, 1, 2]},
        "two_layers": classifier("Two layers", 8, 8),
        "three_layers": classifier("Three layers", 8, 8, 8),
        "no_layer": classifier("No layer"),
        "vae": {
            "title": "A VAE that another experiment judges",
            "train": {
                **classifier("")["train"],
                "task": "vae",
                "model": {"name": "vae.dense", "latent": 2, "hidden": 8},
                "loss": {"reconstruction": "bce", "reduction": "sum"},
                "optimiser": {"name": "adam", "lr": 0.001},
            },
            "evaluate": {"classifier": "no_layer"},
            "seeds": [0],
        },
    },
    "published": {
        "one_layer": {
            "test_accuracy": {
                "title": "test accuracy",
                "where": "Page 1",
                "measured": {"split": "test", "quantity": "accuracy"},
                "scale": "share",
                "value": 0.75,
            }
        }
    },
    "figures": {
        "loss": {
            "draw": {"kind": "loss_curves", "experiments": ["vae"], "ylabel": "loss"},
            "caption": "Loss.",
            "alt": "A falling line.",
            "number": 1,
        }
    },
    "tables": {
        "accuracy": {
            "kind": "quantities",
            "experiment": "one_layer",
            "rows": [
                {
                    "title": "Test accuracy",
                    "split": "test",
                    "quantity": "accuracy",
                    "published": "test_accuracy",
                }
            ],
            "caption": "Accuracy.",
        }
    },
}
TEMPLATE = """{% extends "report.html.j2" %}
{% import "macros.html.j2" as show with context %}
{% block main %}
{{ show.heading("digits") }}
{{ show.figure(figures.loss) }}
{% endblock %}
"""


def declare(project, **changes):
    """Write it into a copy of the project, whose run then builds it alone."""
    text = yaml.safe_dump(WRITEUP, sort_keys=False)
    (project.folder / "writeups" / f"{NAME}.yaml").write_text(text)
    (project.folder / "templates" / f"{NAME}.html.j2").write_text(TEMPLATE)
    # Its own seeds and settings, for they are small.
    project.configure(**{"writeups": [NAME], "seeds": {}, "train": {}, **changes})
    return project
