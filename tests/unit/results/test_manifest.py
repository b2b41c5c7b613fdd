from proofsheet.results.manifest import manifest


def test_every_file_has_its_digest_by_its_path_below_the_run(tmp_path):
    kept = tmp_path / "results" / "quick" / "runs" / "a" / "metrics.csv"
    kept.parent.mkdir(parents=True)
    kept.write_text("abc")
    # The SHA-256 of "abc", as FIPS 180-2 gives it.
    assert manifest([str(kept)]) == {
        "runs/a/metrics.csv": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    }
