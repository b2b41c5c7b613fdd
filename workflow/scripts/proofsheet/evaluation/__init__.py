"""Evaluation, one module per task: from trained weights to metrics and sample arrays."""
