"""Sound devices, and the streams to and from them."""
