"""Where the sound lies in a file: headers whose sizes are wrong, tags of any size, and streams one after the other."""
