"""Making the models that are shipped."""
