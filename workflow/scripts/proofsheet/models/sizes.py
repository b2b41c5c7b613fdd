"""What sizes of images a network can take."""

from proofsheet.errors import ProofsheetError


def require_pixels(model: str, image_shape: tuple[int, int, int], least: int) -> None:
    """Raise :class:`ProofsheetError` unless both sides have ``least`` pixels.

    :param image_shape: channels, height, width.
    """
    _, height, width = image_shape
    if min(height, width) < least:
        raise ProofsheetError(
            f"images are {width}×{height} pixels, and {model} needs at least {least}×{least}; "
            "scale them"
        )
