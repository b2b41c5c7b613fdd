"""What sizes of images a network can take."""

from proofsheet.errors import ProofsheetError


def require_pixels(
    model: str, image_shape: tuple[int, int, int], least: int, step: int = 1
) -> None:
    """Raise :class:`ProofsheetError` unless both sides have ``least`` pixels, in steps of ``step``.

    :param image_shape: channels, height, width.
    """
    _, height, width = image_shape
    if min(height, width) < least or height % step or width % step:
        steps = f", both sides multiples of {step}" if step > 1 else ""
        raise ProofsheetError(
            f"images are {width}×{height} pixels, and {model} needs at least {least}×{least}"
            f"{steps}; scale them"
        )
