"""Playing the selected track."""
