import pytest

from proofsheet.report.networks import Stage, named, stages


def layer(kind, output, parameters=0, multiply_adds=0):
    """A row of ``layers.csv``."""
    return {
        "layer": "any",
        "kind": kind,
        "output": output,
        "parameters": parameters,
        "multiply_adds": multiply_adds,
    }


def words(*layers):
    return [(stage.layers, stage.output) for stage in stages(layers)]


def test_layers_of_one_height_and_width_are_a_stage():
    assert words(
        layer("Conv2d", "8 × 32 × 32"),
        layer("Conv2d", "16 × 32 × 32"),
        layer("Conv2d", "32 × 16 × 16"),
    ) == [("2 convolution", "16 × 32 × 32"), ("convolution", "32 × 16 × 16")]


def test_a_stage_names_each_kind_once_in_the_order_of_its_first_use():
    assert words(
        layer("Conv2d", "8 × 4 × 4"),
        layer("BatchNorm2d", "8 × 4 × 4"),
        layer("Conv2d", "8 × 4 × 4"),
        layer("BatchNorm2d", "8 × 4 × 4"),
        layer("ConvTranspose2d", "8 × 4 × 4"),
    ) == [("2 convolution, 2 batch norm, transposed convolution", "8 × 4 × 4")]


def test_a_size_that_returns_is_another_stage():
    found = words(
        layer("Conv2d", "8 × 4 × 4"), layer("Conv2d", "8 × 2 × 2"), layer("Conv2d", "8 × 4 × 4")
    )
    assert [output for _, output in found] == ["8 × 4 × 4", "8 × 2 × 2", "8 × 4 × 4"]


def test_dense_layers_are_stages_of_their_own():
    # A network of dense layers alone has outputs that a CSV gives as whole numbers.
    assert words(layer("Linear", 128), layer("Linear", 64), layer("Linear", 10)) == [
        ("dense", "128"),
        ("dense", "64"),
        ("dense", "10"),
    ]


def test_normalisation_belongs_to_its_dense_layer():
    found = words(layer("Linear", "128"), layer("BatchNorm1d", "128"), layer("Linear", "10"))
    assert found == [("dense, batch norm", "128"), ("dense", "10")]


def test_a_dense_layer_with_as_many_outputs_as_channels_is_no_convolution():
    found = words(layer("Conv2d", "10 × 1 × 1"), layer("Linear", "10"))
    assert found == [("convolution", "10 × 1 × 1"), ("dense", "10")]


def test_a_stage_has_the_parameters_and_multiply_adds_of_all_its_layers():
    rows = [
        layer("Conv2d", "8 × 4 × 4", 80, 1152),
        layer("BatchNorm2d", "8 × 4 × 4", 16, 0),
        layer("Linear", "10", 1290, 1280),
    ]
    assert stages(rows) == [
        Stage("convolution, batch norm", "8 × 4 × 4", 96, 1152),
        Stage("dense", "10", 1290, 1280),
    ]


def test_a_kind_without_a_word_keeps_its_name():
    assert words(layer("LayerNorm", "8 × 4 × 4")) == [("LayerNorm", "8 × 4 × 4")]


def test_a_network_without_layers_has_no_stage():
    assert stages([]) == []


@pytest.mark.parametrize(
    ("model", "title"),
    [
        ({"name": "vision.resnet18", "width": 0.25}, "A network, width 0.25"),
        ({"name": "vision.resnet18", "width": 1.0}, "A network"),
        ({"name": "classifier.cnn"}, "A network"),
    ],
)
def test_a_narrowed_network_says_so(experiment, model, title):
    assert named(experiment(train={"model": model})) == title
