"""What a network that is no class of its own gives, by name.

A model says it of what it returns and a task of what it takes; planning compares the two words.
"""

from torch import nn

Classifier = nn.Module
"""Images ``(B, C, H, W)`` in 0..1 to logits ``(B, classes)``."""
BinaryClassifier = nn.Module
"""Images ``(B, C, H, W)`` in 0..1 to one logit ``(B, 1)``, that of the second class."""
