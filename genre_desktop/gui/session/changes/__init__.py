"""Changes to the list that can be undone."""
