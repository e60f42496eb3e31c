"""A library of many files: scan, classification, store, analysis, export. No Qt."""
