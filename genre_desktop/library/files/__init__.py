"""Facts of a file besides its sound (size, tags, identity), and writing of files."""
