"""The page about the seed says what the tests show, and no more."""

from tests.seed.table import PAGE, page, rows, shown, state


def test_the_page_says_what_the_marks_say() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: make rows"


def test_all_rows_of_the_seed_are_there() -> None:
    practices = [f"{n:02}" for n in range(1, 41)]
    tools = [f"C{n}" for n in range(1, 12)]
    further = [f"R{n}" for n in range(1, 10)]
    assert [*rows()] == [*practices, *tools, "M1", "M2", "M3", "M+", *further]


def test_no_row_claims_more_than_a_test_shows() -> None:
    tests = shown()
    assert tests.keys() <= rows().keys(), "a mark names a row that the seed does not have"
    for number, row in rows().items():
        assert row.get("does") or row.get("left") or row.get("nothing"), number
        if state(row, tests.get(number, [])) == "missing":
            assert "left" in row, f"{number} has no test and does not say what is missing"
