"""What a network is made of: layers, parameters, multiply-adds."""

from __future__ import annotations

import math
from typing import NamedTuple

import torch
from torch import Tensor, nn

from proofsheet.data.splits import Images
from proofsheet.tasks.task import Objective


class Layer(NamedTuple):
    """One layer: its name in the weights, kind, output shape of one image, and what it costs."""

    layer: str
    kind: str
    output: str
    parameters: int
    multiply_adds: int


def summarise(model: nn.Module, objective: Objective, images: Images) -> list[Layer]:
    """Layers with weights, in the order in which one forward pass of the task first uses them.

    ``multiply_adds`` counts those of one image in convolutions and dense layers, as is usual:
    neither biases nor normalisation nor what has no weights.
    """
    layers: dict[str, Layer] = {}

    def look(name: str, module: nn.Module) -> None:
        def hook(module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
            shape = output.shape[1:]
            layers.setdefault(
                name,
                Layer(
                    name,
                    type(module).__name__,
                    " × ".join(map(str, shape)),
                    sum(parameter.numel() for parameter in module.parameters()),
                    multiply_adds(module, inputs[0], shape),
                ),
            )

        handles.append(module.register_forward_hook(hook))

    handles: list[torch.utils.hooks.RemovableHandle] = []
    for name, module in model.named_modules():
        if not list(module.children()) and list(module.parameters()):
            look(name, module)
    rows = objective.sample(images.labels, len(images), torch.Generator().manual_seed(0))[:2]
    with torch.no_grad():
        objective.terms(model, *images.batch(rows))
    for handle in handles:
        handle.remove()
    return list(layers.values())


def multiply_adds(module: nn.Module, entering: Tensor, leaving: torch.Size) -> int:
    """Of one image, from a batch that enters and the shape of one image's output.

    A convolution multiplies its whole kernel at every position of its output, a transposed one at
    every position of its input; a dense layer multiplies each input with each output. Of any other
    layer torch counts them, which takes a second to load: own code for what nearly all networks are
    made of.
    """
    if isinstance(module, nn.Linear):
        return module.in_features * math.prod(leaving)
    if isinstance(module, nn.ConvTranspose2d):
        return module.weight[0].numel() * math.prod(entering.shape[1:])
    if isinstance(module, nn.Conv2d):
        return module.weight[0].numel() * math.prod(leaving)
    if isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d):
        return 0
    from torch.utils.flop_counter import FlopCounterMode

    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        type(module).forward(module, entering)
    return counter.get_total_flops() // 2 // len(entering)
