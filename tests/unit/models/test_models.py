from functools import partial

import pytest
import torch

from proofsheet.errors import ProofsheetError
from proofsheet.models import autoencoder, classifier, dense, linear, vision
from proofsheet.models.normalise import Normalise


def parameters(model):
    return sum(weight.numel() for weight in model.parameters())


@pytest.mark.parametrize(
    "build",
    [
        classifier.cnn,
        partial(classifier.blocks, convolutions=((4,), (8,)), dense=(16,), dropout=0.5),
        classifier.lenet5,
        dense.fnn,
        autoencoder.dense,
    ],
)
@pytest.mark.parametrize("shape", [(1, 28, 28), (3, 32, 32), (3, 36, 20)])
def test_a_classifier_gives_a_logit_per_class(build, shape):
    model = build(image_shape=shape, classes=7)
    assert model(torch.rand(2, *shape)).shape == (2, 7)


@pytest.mark.parametrize(
    ("build", "count"),
    [
        # Counts of the originals with ten classes, published with torchvision less its 1000.
        (vision.resnet18, 11_689_512 - 990 * 513),
        (vision.resnet50, 25_557_032 - 990 * 2049),
        (vision.resnet101, 44_549_160 - 990 * 2049),
        # Convolutions of AlexNet and VGG-11-BN, and one linear layer.
        (vision.alexnet, 2_469_696 + 10 * 257),
        (vision.vgg11_bn, 9_225_984 + 10 * 513),
    ],
)
def test_networks_of_torchvision_have_their_published_size(build, count):
    model = build(image_shape=(3, 32, 32), classes=10)
    assert parameters(model) == count
    assert model.eval()(torch.rand(2, 3, 32, 32)).shape == (2, 10)


@pytest.mark.parametrize(
    "build", [vision.vgg11_bn, vision.resnet18, vision.resnet50, vision.resnet101]
)
def test_a_narrow_network_has_about_the_square_of_its_width_in_weights(build):
    whole, narrow = (
        parameters(build(image_shape=(3, 32, 32), classes=10, width=width)) for width in (1, 0.25)
    )
    assert narrow / whole == pytest.approx(1 / 16, rel=0.15)


def test_blocks_start_as_the_identity_where_asked():
    model = vision.resnet50(image_shape=(3, 32, 32), classes=10, zero_init_residual=True)
    assert not model.body.layer1[0].bn3.weight.any()
    assert vision.resnet50(image_shape=(3, 32, 32), classes=10).body.layer1[0].bn3.weight.all()


def test_lenet5_has_its_well_known_size():
    # 6·(3·25+1) + 16·(6·25+1) + 120·401 + 84·121 + 10·85
    model = classifier.lenet5(image_shape=(3, 32, 32), classes=10)
    assert parameters(model) == 62_006


def test_networks_of_torchvision_refuse_grey_images():
    with pytest.raises(ProofsheetError, match=r"1 channel.* take 3; use colour images"):
        vision.resnet18(image_shape=(1, 28, 28), classes=10)


def test_blocks_have_the_convolutions_and_dense_layers_that_are_asked_for():
    model = classifier.blocks(
        image_shape=(3, 32, 32), classes=10, convolutions=((8, 8), (16,)), dense=(20,)
    )
    weights = [tuple(p.shape) for name, p in model.named_parameters() if p.dim() > 1]
    convolutions = [(8, 3, 3, 3), (8, 8, 3, 3), (16, 8, 3, 3)]
    # Two poolings leave 8×8 pixels of 16 channels.
    assert weights == [*convolutions, (20, 16 * 8 * 8), (10, 20)]


def test_blocks_end_in_logits_of_either_sign():
    torch.manual_seed(0)
    model = classifier.blocks(image_shape=(3, 8, 8), classes=10, convolutions=((4,),))
    logits = model.eval()(torch.rand(5, 3, 8, 8))
    assert logits.shape == (5, 10)
    assert logits.min() < 0 < logits.max()


def test_a_dense_autoencoder_mirrors_its_layers():
    model = autoencoder.dense(image_shape=(3, 4, 4), classes=10, hidden=(20, 12), code=5)
    weights = [tuple(p.shape) for p in model.parameters() if p.dim() > 1]
    encoder = [(20, 48), (12, 20), (5, 12)]
    assert weights == [*encoder, (12, 5), (20, 12), (48, 20), (10, 5)]
    assert model.decode(model.encode(torch.rand(2, 3, 4, 4))).shape == (2, 3, 4, 4)


def test_a_dense_autoencoder_draws_pixels_of_either_sign_of_logit():
    torch.manual_seed(0)
    model = autoencoder.dense(image_shape=(1, 4, 4), classes=2, code_dropout=0.5)
    logits = model.train().decode(model.encode(torch.rand(9, 1, 4, 4)))
    assert logits.min() < 0 < logits.max()


def test_normalising_centres_and_scales_each_channel():
    layer = Normalise([0.5, 0.25], [0.5, 0.25])
    images = torch.tensor([1.0, 1.0]).view(1, 2, 1, 1)
    assert layer(images).flatten().tolist() == [1.0, 3.0]


def test_dropout_leaves_units_out_in_training_only():
    torch.manual_seed(0)
    model = dense.fnn(image_shape=(1, 4, 4), classes=3, dropout=0.5)
    images = torch.rand(1, 1, 4, 4).expand(2, 1, 4, 4)
    one, other = model.train()(images)
    assert not torch.equal(one, other)
    one, other = model.eval()(images)
    assert torch.equal(one, other)


def test_linear_networks_are_linear_in_their_input():
    torch.manual_seed(0)
    model = linear.pairs(image_shape=(1, 14, 14), classes=2)
    one, other = torch.rand(2, 3, 1, 14, 14).unbind()
    middle = model((one + other) / 2)
    for name, ends in model(one).items():
        torch.testing.assert_close(middle[name], (ends + model(other)[name]) / 2)


def test_lenet5_takes_sides_that_do_not_halve_evenly():
    model = classifier.lenet5(image_shape=(3, 30, 35), classes=4)
    assert model(torch.rand(2, 3, 30, 35)).shape == (2, 4)


@pytest.mark.parametrize(
    ("build", "shape", "needs"),
    [
        (classifier.lenet5, (3, 32, 15), "at least 16×16"),
        (partial(classifier.blocks, convolutions=((4,), (8,))), (3, 2, 8), "at least 4×4"),
    ],
)
def test_images_of_a_size_that_does_not_fit_are_one_line(build, shape, needs):
    with pytest.raises(ProofsheetError, match=needs):
        build(image_shape=shape, classes=10)
