"""Reconstruct images through a small random code."""
