import pytest

from slurm import Slurm, missing_programs


@pytest.fixture(scope="session")
def slurm(tmp_path_factory):
    """A running Slurm."""
    if missing := missing_programs():
        pytest.skip(f"needs Slurm (Debian: slurm-wlm, munge); not found: {', '.join(missing)}")
    slurm = Slurm(tmp_path_factory.mktemp("slurm"))
    try:
        slurm.start()
        yield slurm
    finally:
        slurm.stop()
