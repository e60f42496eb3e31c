"""Data sets, splits, augmentation, architectures, fitting, evaluation and reports."""
