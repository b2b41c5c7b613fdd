"""Kept files read; statistics over seeds."""
