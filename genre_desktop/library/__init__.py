"""Many files: scanning folders and classifying what is found. No Qt."""
