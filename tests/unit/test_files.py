import math

import pytest

from proofsheet.files import canonical, read_json, replacing, write_json, write_rows


def test_canonical_text_does_not_depend_on_the_order_of_keys():
    assert canonical({"b": 1, "a": {"d": 2, "c": 3}}) == canonical({"a": {"c": 3, "d": 2}, "b": 1})


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path):
    path = tmp_path / "a.json"
    write_json(path, 1)

    def write_half():
        with replacing(path) as temporary:
            temporary.write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()
    assert read_json(path) == 1
    assert list(tmp_path.iterdir()) == [path]


def test_floats_are_written_with_every_digit(tmp_path):
    write_rows(tmp_path / "a.csv", ["value"], [[0.1 + 0.2], [math.pi]])
    lines = (tmp_path / "a.csv").read_text().splitlines()
    assert [float(line) for line in lines[1:]] == [0.1 + 0.2, math.pi]
