"""Tables: kept files in, rows out."""
