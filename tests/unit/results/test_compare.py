import pytest

from proofsheet.results.compare import apart, first_difference, kept_files


@pytest.mark.parametrize(("one", "other", "found"), [
    (b"abcdef", b"abcdef", None),
    (b"abcdef", b"abXYef", (2, 4)),
    (b"abXdeX", b"abcdef", (2, 3)),
    (b"abc", b"abcde", (3, 5)),
    (b"abcXX", b"abcde", (3, 5)),
    (b"", b"a", (0, 1)),
])  # fmt: skip
def test_the_first_range_that_differs(tmp_path, one, other, found):
    (tmp_path / "one").write_bytes(one)
    (tmp_path / "other").write_bytes(other)
    assert first_difference(tmp_path / "one", tmp_path / "other") == found


def metrics(folder, name, loss, accuracy):
    """Of two seeds, half a unit to each side."""
    lines = ["seed,split,case,quantity,value"]
    for seed, off in ((0, -0.5), (1, 0.5)):
        lines += [f"{seed},test,,loss,{loss + off}", f"{seed},test,easy,accuracy,{accuracy}"]
    (folder / name).write_text("\n".join(lines))
    return folder / name


def test_means_within_a_tolerance_are_not_apart(tmp_path):
    one, other = metrics(tmp_path, "a", 100, 0.5), metrics(tmp_path, "b", 104, 0.508)
    assert apart(one, other, relative=0.05, absolute=0.01) == []


def test_a_mean_beyond_both_is_named_with_both_values(tmp_path):
    one, other = metrics(tmp_path, "a", 100, 0.5), metrics(tmp_path, "b", 110, 0.508)
    assert apart(one, other, relative=0.05, absolute=0.01) == ["test loss: 100 here, 110 there"]


def test_logs_checkpoints_and_locks_are_not_kept(tmp_path):
    for name in ("a.csv", "runs/b.csv", "logs/c.log", "checkpoints/d.pt", ".lock", "runs/.e.tmp"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert kept_files(tmp_path) == {"a.csv", "runs/b.csv"}
