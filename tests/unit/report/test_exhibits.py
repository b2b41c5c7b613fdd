import pytest

from proofsheet.declare.job import ReportJob
from proofsheet.report.exhibits import command, load_figures, load_tables, where_shown
from proofsheet.verdicts.comparability import Comparability
from synthetic import read_results, write_experiment

COLUMN = {"title": "Accuracy", "split": "test", "quantity": "accuracy", "format": ".1f"}


def figure(number=None, **draw):
    return {"draw": draw, "caption": "What it is.", "alt": "Bars.", "number": number}


def table(kind, **keys):
    return {"kind": kind, "caption": "Accuracies.", **keys}


def told(writeup, run="quick", notes=None):
    names = {"name": "w", "run": run, "configfile": "config/config.yaml", "commit": ""}
    return ReportJob.model_validate(
        {**names, "writeup": writeup, "author": {"name": "N"}, "links": {}, "notes": notes or {}}
    )


# Figures


@pytest.fixture
def figures(tmp_path, writeup):
    (tmp_path / "figures" / "w").mkdir(parents=True)
    numbers = {"first": 4, "beyond": None, "second": 7, "more": None}
    for name in numbers:
        (tmp_path / "figures" / "w" / f"{name}.svg").write_text("<svg/>")
    declared = writeup(
        figures={name: figure(number, kind="confusion") for name, number in numbers.items()}
    )
    notes = {**dict.fromkeys(numbers, ""), "first": "All seeds."}
    return load_figures(told(declared, notes=notes), read_results(tmp_path))


def test_figures_have_the_writeups_numbers_or_ours(figures):
    labels = {name: shown.label for name, shown in figures.items()}
    assert labels == {
        "first": "Figure 4",
        "beyond": "Figure S1",
        "second": "Figure 7",
        "more": "Figure S2",
    }


def test_a_caption_says_what_its_kind_says_of_seeds(figures):
    assert figures["first"].caption == "What it is. All seeds."
    assert figures["beyond"].caption == "What it is."


def test_a_figure_leads_to_its_data_and_the_command(figures):
    shown = figures["first"]
    assert (shown.path, shown.command) == (
        "figures/w/first.csv",
        "make figure FIGURE=w/first",
    )


def test_a_figure_is_part_of_the_page(figures):
    # "<svg/>" in Base64.
    src = "data:image/svg+xml;base64,PHN2Zy8+"
    assert figures["first"].body == {"alt": "Bars.", "src": src}


def test_a_figure_and_a_table_of_one_name_have_two_places(figures):
    shown = figures["first"]
    assert shown.anchor == "fig-first"
    assert shown._replace(label="Table 1").anchor == "tab-first"


@pytest.mark.parametrize(
    ("run", "expected"), [("quick", "make verdicts"), ("full", "make verdicts RUN=full")]
)
def test_a_command_names_every_run_but_the_quick_one(run, expected):
    assert command(run, "make verdicts") == expected


# Tables


@pytest.fixture
def tables(tmp_path, writeup):
    write_experiment(tmp_path, "a", {("test", "accuracy"): [10.0, 12.0]})
    history = {("train", "loss"): [[3.0]]}
    write_experiment(tmp_path, "b", {("test", "accuracy"): [-1.0]}, history)
    loss = {"title": "Loss", "experiment": "b", "quantity": "loss"}
    declared = writeup(
        tables={
            "metrics": table("metrics", experiments=["a", "b"], columns=[COLUMN]),
            "epochs": table("epochs", columns=[loss]),
        }
    )
    results = read_results(tmp_path)
    return load_tables(told(declared), results, Comparability({}, [], results.epochs))


def test_tables_are_numbered_in_the_order_declared(tables):
    assert {name: shown.label for name, shown in tables.items()} == {
        "metrics": "Table 1",
        "epochs": "Table 2",
    }


def test_a_cell_is_a_mean_with_what_stands_behind_it(tables):
    rows = {row.title: tuple(row.cells[0]) for row in tables["metrics"].body.rows}
    # t(0.975, 1) · √2 / √2 is 12.7; one seed has no interval.
    assert rows == {"Network a": ("11.0", "12.7"), "Network b": ("−1.0", "")}


def test_a_caption_says_over_what_means_are_taken(tables):
    assert tables["metrics"].caption == "Accuracies. Means over seeds with 95 % interval."
    assert tables["epochs"].caption == "Accuracies. Means over seeds."


def test_a_table_leads_to_its_csv_and_the_command(tables):
    shown = tables["metrics"]
    assert (shown.path, shown.command) == ("tables/w/metrics.csv", "make table TABLE=w/metrics")


# Where a published number stands

BARS = {
    "kind": "accuracy_bars",
    "experiments": ["a"],
    "metric": {"split": "test", "quantity": "accuracy"},
    "xlabel": "",
}
PRINTED = {"title": "Printed"}


def test_a_number_stands_in_the_figure_that_names_it(writeup):
    declared = writeup(figures={"bars": figure(**BARS, published="test_accuracy")})
    assert where_shown(declared, "a", "test_accuracy") == "bars"


def test_a_part_of_a_quantitys_name_is_not_that_quantity(writeup):
    declared = writeup(figures={"bars": figure(**BARS, published="training_loss")})
    assert where_shown(declared, "a", "loss") == ""


def test_words_around_a_figure_name_no_quantity(writeup):
    declared = writeup(figures={"loss": {**figure(**BARS, published="accuracy"), "alt": "loss"}})
    assert where_shown(declared, "a", "loss") == ""


def test_a_figure_of_another_experiment_does_not_show_it(writeup):
    declared = writeup(figures={"bars": figure(**BARS, published="loss")})
    assert where_shown(declared, "b", "loss") == ""


def test_a_term_of_a_figure_shows_its_number(writeup):
    terms = [
        {"quantity": "loss", "title": "Loss"},
        {"quantity": "kl", "title": "KL", "published": "printed_kl"},
    ]
    declared = writeup(
        figures={"terms": figure(kind="loss_curves", experiments=["a"], ylabel="", terms=terms)}
    )
    assert where_shown(declared, "a", "printed_kl") == "terms"


def test_a_table_comes_before_a_figure(writeup):
    declared = writeup(
        figures={"bars": figure(**BARS, published="loss")},
        tables={
            "numbers": table(
                "metrics", experiments=["b", "a"], columns=[{**PRINTED, "published": "loss"}]
            )
        },
    )
    assert where_shown(declared, "a", "loss") == "numbers"


@pytest.mark.parametrize(("experiment", "expected"), [("a", ""), ("b", "epochs")])
def test_a_column_of_one_experiment_shows_no_number_of_another(writeup, experiment, expected):
    columns = [
        {"title": "Ours", "experiment": "a", "quantity": "loss"},
        {**PRINTED, "experiment": "b", "published": "loss"},
    ]
    declared = writeup(tables={"epochs": table("epochs", columns=columns)})
    assert where_shown(declared, experiment, "loss") == expected
