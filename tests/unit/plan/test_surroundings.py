import os

import pytest

from proofsheet.errors import ProofsheetError
from proofsheet.plan.code import LIBRARY
from proofsheet.plan.surroundings import own_surroundings


def test_another_library_is_refused(tmp_path):
    with pytest.raises(ProofsheetError, match="imported before this workflow's own library"):
        own_surroundings(tmp_path)


def test_scripts_find_this_library_before_what_was_on_their_path(monkeypatch, tmp_path):
    own = str(LIBRARY.parent)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), own]))
    for _ in range(2):
        own_surroundings(LIBRARY.parent)
        assert os.environ["PYTHONPATH"].split(os.pathsep) == [own, str(tmp_path)]
