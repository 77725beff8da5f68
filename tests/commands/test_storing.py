"""The tables are made, and made again without harm; nothing begins before they are there."""

from commands.operating import Operator


def test_nothing_begins_before_the_tables_are_made(tmp_path):
    fresh = Operator(tmp_path, "commands_fresh")
    for words in (("serve",), ("demo",)):
        said = fresh.is_refused(*words)
        assert said.startswith("The database is ")
        assert said.endswith(" behind. Run `scrutiny migrate` first.")


def test_tables_are_made_once_and_with_them_the_secret_file(empty):
    assert empty.does("migrate") == "The database is up to date.\n"
    assert (empty.home / "secret.json").stat().st_mode & 0o777 == 0o600


def test_the_demo_is_not_poured_over_people(site):
    assert site.is_refused("demo") == (
        "There are people in this database already: the demo only fills an empty one."
    )
