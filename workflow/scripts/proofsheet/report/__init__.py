"""Reports: templates carry the words, kept files the numbers."""
