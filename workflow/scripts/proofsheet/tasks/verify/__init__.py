"""Tell whether two images show the same class."""
