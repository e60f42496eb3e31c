"""Data sets, splits, augmentation, architectures, fitting, evaluation and reports."""

# Before any module here imports TensorFlow: it decides what that computes with.
import genre_desktop as genre_desktop
