import pytest

from proofsheet.declare.job import ReportJob
from proofsheet.report.exhibits import Cell, load_figures, load_tables, where_shown
from synthetic import printed, read_results, write_experiment

COLUMN = {"title": "Accuracy", "split": "test", "quantity": "accuracy", "format": ".0%"}


def figure(number=None, **draw):
    return {"draw": draw, "caption": "What it is.", "alt": "Bars.", "number": number}


def table(kind, **keys):
    return {"kind": kind, "caption": "Accuracies.", **keys}


def told(writeup, run="quick", notes=None):
    commands = {"run": run, "configfile": "config/config.yaml", "overrides": {}}
    names = {"name": "w", "commands": commands, "commit": "", "own_images": {}}
    return ReportJob.model_validate(
        {**names, "writeup": writeup, "author": {"name": "N"}, "links": {}, "notes": notes or {}}
    )


# Figures


@pytest.mark.parametrize("small", [True, False])
def test_a_small_figure_needs_half_of_a_page(tmp_path, writeup, small):
    (tmp_path / "figures" / "w").mkdir(parents=True)
    (tmp_path / "figures" / "w" / "one.svg").write_text("<svg/>")
    declared = writeup(figures={"one": {**figure(kind="confusion"), "small": small}})
    shown = load_figures(told(declared, notes={"one": ""}), read_results(tmp_path))
    assert shown["one"].wide is not small


@pytest.fixture
def figures(tmp_path, writeup):
    (tmp_path / "figures" / "w").mkdir(parents=True)
    numbers = {"first": 4, "beyond": None}
    for name in numbers:
        (tmp_path / "figures" / "w" / f"{name}.svg").write_text("<svg/>")
    declared = writeup(
        figures={name: figure(number, kind="confusion") for name, number in numbers.items()}
    )
    notes = {**dict.fromkeys(numbers, ""), "first": "All seeds."}
    return load_figures(told(declared, notes=notes), read_results(tmp_path))


def test_figures_have_the_writeups_numbers_or_none(figures):
    assert {name: shown.number for name, shown in figures.items()} == {"first": 4, "beyond": None}


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
    src = "data:image/svg+xml,%3Csvg/%3E"
    assert figures["first"].body == {"alt": "Bars.", "src": src}


def test_a_figure_and_a_table_of_one_name_have_two_places(figures, tables):
    shown = figures["first"]
    assert shown.anchor == "fig-first"
    assert shown._replace(body=tables["epochs"].body).anchor == "tab-first"


# Tables


PSNR = {"title": "PSNR", "split": "test", "quantity": "psnr", "format": ".1f", "published": "psnr"}


@pytest.fixture
def tables(tmp_path, writeup):
    """Of ``a`` three seeds and what is printed; of ``b`` two, of one epoch."""
    metrics = {("test", "accuracy"): [0.25, 0.5, 0.75], ("test", "psnr"): [20.0, 21.0, 22.0]}
    write_experiment(tmp_path, "a", metrics)
    history = {("train", "loss"): [[3.0], [5.0]]}
    metrics = {("test", "accuracy"): [0.25, 0.5], ("test", "psnr"): [-1.0, 3.0]}
    write_experiment(tmp_path, "b", metrics, history)
    loss = {"title": "Loss", "experiment": "b", "quantity": "loss", "published": "loss"}
    published = {
        "a": {"psnr": printed(value=20.45, scale="decibel")},
        "b": {"loss": printed(epochs={2: 2.5})},
    }
    declared = writeup(
        published=published,
        tables={
            "metrics": table("metrics", experiments=["a", "b"], columns=[COLUMN, PSNR]),
            "epochs": table("epochs", columns=[{**loss, "format": ".1f"}]),
        },
    )
    return load_tables(told(declared), read_results(tmp_path, published))


def cells(tables, name, key):
    (row,) = (row for row in tables[name].body.rows if row.key == key)
    return row.cells


def test_tables_stand_in_the_order_declared_and_have_no_number(tables):
    assert [(name, shown.number) for name, shown in tables.items()] == [
        ("metrics", None),
        ("epochs", None),
    ]


def test_a_table_has_the_titles_of_its_columns_and_rows(tables):
    body = tables["metrics"].body
    assert body.columns == ["Accuracy", "PSNR"]
    assert [row.title for row in body.rows] == ["Network a", "Network b"]


def test_a_cell_is_a_mean_with_its_interval_and_what_is_printed_as_printed(tables):
    # t(0.975, 2) · s / √3 is 2.484, with s = 1.
    assert cells(tables, "metrics", "a")[1] == Cell("21.0", "18.5 to 23.5", "20.45")


def test_the_interval_of_a_share_is_that_of_a_share(tables):
    # In angles 45 degrees, and 4.3027 · 15 / √3 to each side: sin²(7.738°) and sin²(82.262°).
    assert cells(tables, "metrics", "a")[0] == Cell("50%", "2 to 98%", "")


def test_two_seeds_are_both_shown(tables):
    assert cells(tables, "metrics", "b")[1] == Cell("−1.0, 3.0", "", "")


def test_lines_of_a_training_are_means_alone(tables):
    assert cells(tables, "epochs", "1") == [Cell("4.0", "", "")]


def test_what_is_printed_stands_also_where_ours_has_no_such_epoch(tables):
    assert cells(tables, "epochs", "2") == [Cell("–", "", "2.5")]


def test_a_caption_is_as_declared(tables):
    assert tables["metrics"].caption == "Accuracies."


def test_a_table_leads_to_its_csv_and_the_command(tables):
    shown = tables["metrics"]
    assert (shown.path, shown.command) == ("tables/w/metrics.csv", "make table TABLE=w/metrics")


def test_a_column_without_any_number_is_left_out_and_named(tmp_path, writeup):
    nothing = float("nan")
    metrics = {("test", "accuracy"): [10.0], ("test", "ece"): [nothing]}
    write_experiment(tmp_path, "a", metrics)
    empty = {"title": "ECE", "split": "test", "quantity": "ece"}
    declared = writeup(tables={"t": table("metrics", experiments=["a"], columns=[empty, COLUMN])})
    shown = load_tables(told(declared), read_results(tmp_path))["t"]
    assert shown.body.columns == ["Accuracy"]
    assert [len(row.cells) for row in shown.body.rows] == [1]
    assert shown.caption == "Accuracies. Left out, as not every seed has a number: ECE."


# Where a published number stands

BARS = {
    "kind": "accuracy_bars",
    "experiments": ["a"],
    "metric": {"split": "test", "quantity": "accuracy"},
    "xlabel": "",
}
PRINTED = {"title": "Printed", "quantity": "loss"}


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
