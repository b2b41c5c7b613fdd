"""Data that come inside packages or are drawn: nothing to download, small, free to use."""

from proofsheet.data.digits import digits
from proofsheet.data.objects import objects
from proofsheet.data.street_digits import street_digits

__all__ = ["digits", "objects", "street_digits"]
