"""What is known of a file besides its sound: size, tags, identity."""
