"""From a path to blocks of samples."""
