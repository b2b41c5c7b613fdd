"""Figures, one kind per module: kept files in, a matplotlib figure and its data out."""
