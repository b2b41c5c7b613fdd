"""Loss functions, one published loss per module."""
