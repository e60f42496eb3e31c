"""The result store: SQLite in the user data folder."""
