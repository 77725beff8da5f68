"""Names that are used once in the whole database, made from short ones in the models."""

from piccolo.table import Table


def name_rules(tables: list[type[Table]]) -> list[type[Table]]:
    """Put each table's name before those of its composite rules; returns the tables.

    A model says `one_number = Unique([...])` and another may say the same, but PostgreSQL keeps
    the names of rules, indexes and tables in one list, and refuses the second.
    """
    for table in tables:
        for rule in table._meta.constraints:
            own = f"{table._meta.tablename}_"
            if not rule._meta.name.startswith(own):
                rule._meta.name = own + rule._meta.name
    return tables
