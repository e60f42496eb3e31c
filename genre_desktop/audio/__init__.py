"""Sound in and out: decoding, resampling, features and peaks. No Qt, no TensorFlow."""
