import json

import pytest

from proofsheet.declare.experiment import Experiment
from proofsheet.errors import ProofsheetError
from proofsheet.plan import precision
from trainings import raw

INTEL = "flags\t: fpu vme avx512f avx512_bf16 amx_tile\n"
OLD = "flags\t: fpu vme avx512f\n"


@pytest.fixture
def experiments():
    """Two of which one leaves its precision to the processor."""
    trainings = {"auto": raw("classify", precision="auto"), "fixed": raw("classify")}
    return {
        name: Experiment.model_validate({"title": name, "train": train})
        for name, train in trainings.items()
    }


@pytest.fixture
def kept(tmp_path):
    return tmp_path / "results" / "precision.json"


@pytest.mark.parametrize(("flags", "expected"), [(INTEL, "bf16"), (OLD, "fp32")])
def test_a_processor_that_multiplies_bf16_is_used_so(tmp_path, flags, expected):
    (tmp_path / "cpuinfo").write_text(flags)
    assert precision.of_processor(tmp_path / "cpuinfo") == expected


def test_a_system_that_tells_nothing_of_its_processor_trains_in_fp32(tmp_path):
    assert precision.of_processor(tmp_path / "cpuinfo") == "fp32"


@pytest.mark.parametrize("auto", ["bf16", "fp32"])
def test_what_a_run_has_kept_decides_on_every_machine(experiments, kept, auto):
    kept.parent.mkdir()
    kept.write_text(json.dumps({"auto": auto}))
    found = precision.resolved(experiments, kept)
    assert found["auto"].train.precision == auto
    assert found["fixed"].train.precision == "fp32"


def test_planning_decides_and_writes_nothing(experiments, kept):
    assert precision.resolved(experiments, kept)["auto"].train.precision != "auto"
    assert not kept.exists()


def test_what_is_kept_stays(experiments, kept, monkeypatch):
    for answer in ("bf16", "fp32"):
        monkeypatch.setattr(precision, "of_processor", lambda answer=answer: answer)
        precision.keep(experiments, kept)
    assert json.loads(kept.read_text()) == {"auto": "bf16"}


def test_nothing_is_kept_where_nothing_asks_for_it(experiments, kept):
    precision.keep({"fixed": experiments["fixed"]}, kept)
    assert not kept.exists()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"auto": "fp16"}'])
def test_a_file_that_says_neither_is_one_line(experiments, kept, text):
    kept.parent.mkdir()
    kept.write_text(text)
    with pytest.raises(ProofsheetError, match=r"precision\.json: .*delete it"):
        precision.resolved(experiments, kept)


@pytest.mark.parametrize(("flags", "expected"), [(INTEL, []), (OLD, ["bf16"])])
def test_bf16_on_a_processor_that_does_not_multiply_it_is_told(tmp_path, flags, expected):
    (tmp_path / "cpuinfo").write_text(flags)
    trainings = {
        "bf16": raw("classify", precision="bf16"),
        "gpu": raw("classify", precision="bf16", device="cuda"),
        "fp32": raw("classify"),
    }
    experiments = {
        name: Experiment.model_validate({"title": name, "train": train})
        for name, train in trainings.items()
    }
    assert precision.emulated(experiments, tmp_path / "cpuinfo") == expected
