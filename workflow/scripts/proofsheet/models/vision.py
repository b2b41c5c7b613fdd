"""torchvision's classifiers: images ``(B, 3, H, W)`` in 0..1 to logits ``(B, classes)``.

VGG and AlexNet end in one linear layer here. Their own two layers of 4,096 units hold nine tenths
of the parameters, and 32×32 images leave them a single position to look at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from torch import Tensor, nn
from torch.nn import functional as F
from torchvision import models
from torchvision.models.resnet import BasicBlock, Bottleneck
from torchvision.models.vgg import cfgs, make_layers

from proofsheet.errors import ProofsheetError
from proofsheet.models.normalise import Normalise
from proofsheet.models.sizes import require_pixels

if TYPE_CHECKING:
    from proofsheet.declare.strict import Pixels, Width
    from proofsheet.models.outputs import Classifier

# Of ImageNet's training images; torchvision's weights expect them.
MEAN, STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]

# Channels, of which there are three, height and width.
Coloured = tuple[int, int, int]


class Vision(nn.Module):
    """Normalise, enlarge to ``resize`` pixels a side where that is not 0, and classify.

    ``body`` has torchvision's names for its layers, so that its weights fit.
    """

    def __init__(self, body: nn.Module, image_shape: Coloured, resize: int):
        super().__init__()
        if image_shape[0] != 3:
            raise ProofsheetError(
                f"images have {image_shape[0]} channel(s), and torchvision's networks take 3; use "
                "colour images, or set `mode: RGB` for a folder"
            )
        self.normalise = Normalise(MEAN, STD)
        self.body = body
        self.resize = resize

    def forward(self, images: Tensor) -> Tensor:
        if self.resize:
            size = (self.resize, self.resize)
            images = F.interpolate(images, size, mode="bilinear", align_corners=False)
        return self.body(self.normalise(images))


def alexnet(*, image_shape: Coloured, classes: int, resize: Pixels = 64) -> Classifier:
    """AlexNet's convolutions, whose strides need images of at least 63 pixels a side.

    Krizhevsky (2014), "One weird trick for parallelizing convolutional neural networks".
    """
    require_pixels("vision.alexnet", image_shape, 63, resize)
    features = models.alexnet(num_classes=classes).features
    return Vision(_with_linear_head(features, 256, classes), image_shape, resize)


def vgg11_bn(
    *, image_shape: Coloured, classes: int, resize: Pixels = 0, width: Width = 1.0
) -> Classifier:
    """VGG-11's convolutions with batch normalisation, weights drawn as torchvision draws them.

    Simonyan and Zisserman (2015), "Very Deep Convolutional Networks", configuration A, with
    ``width`` of its channels.
    """
    require_pixels("vision.vgg11_bn", image_shape, 32, resize)
    # Not models.vgg11_bn: it draws 120 million dense weights first, which takes two seconds.
    layers = [layer if layer == "M" else round(width * int(layer)) for layer in cfgs["A"]]
    features = make_layers(layers, batch_norm=True)
    for layer in features:
        if isinstance(layer, nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight, mode="fan_out", nonlinearity="relu")
            nn.init.zeros_(layer.bias)  # type: ignore[arg-type]
    return Vision(_with_linear_head(features, round(width * 512), classes), image_shape, resize)


def resnet18(
    *,
    image_shape: Coloured,
    classes: int,
    resize: Pixels = 0,
    width: Width = 1.0,
    zero_init_residual: bool = False,
) -> Classifier:
    """ResNet-18. He, Zhang, Ren, Sun (2016), "Deep Residual Learning", table 1.

    Behind its first convolution it has ``width`` of the channels. With ``zero_init_residual`` each
    block starts as the identity (Goyal et al. 2017, "Accurate, Large Minibatch SGD", section 5.1).
    """
    body = _ResNet(BasicBlock, [2, 2, 2, 2], classes, width, zero_init_residual)
    return Vision(body, image_shape, resize)


def resnet50(
    *,
    image_shape: Coloured,
    classes: int,
    resize: Pixels = 0,
    width: Width = 1.0,
    zero_init_residual: bool = False,
) -> Classifier:
    """ResNet-50, of the same table, with the same options."""
    body = _ResNet(Bottleneck, [3, 4, 6, 3], classes, width, zero_init_residual)
    return Vision(body, image_shape, resize)


def resnet101(
    *,
    image_shape: Coloured,
    classes: int,
    resize: Pixels = 0,
    width: Width = 1.0,
    zero_init_residual: bool = False,
) -> Classifier:
    """ResNet-101, of the same table, with the same options."""
    body = _ResNet(Bottleneck, [3, 4, 23, 3], classes, width, zero_init_residual)
    return Vision(body, image_shape, resize)


class _ResNet(models.ResNet):  # type: ignore[misc]
    """torchvision's, narrower where ``width`` is not 1."""

    def __init__(
        self,
        block: type[BasicBlock | Bottleneck],
        layers: list[int],
        classes: int,
        width: float,
        zero_init_residual: bool,
    ):
        self.width = width
        super().__init__(block, layers, classes, zero_init_residual)
        if width != 1:
            self.fc = nn.Linear(self.inplanes, classes)

    def _make_layer(self, block: Any, planes: int, *args: Any, **options: Any) -> nn.Sequential:
        return super()._make_layer(block, round(self.width * planes), *args, **options)


def _with_linear_head(features: nn.Module, channels: int, classes: int) -> nn.Module:
    body = nn.Sequential()
    body.add_module("features", features)
    body.add_module("avgpool", nn.AdaptiveAvgPool2d(1))
    body.add_module("flatten", nn.Flatten())
    body.add_module("classifier", nn.Linear(channels, classes))
    return body
