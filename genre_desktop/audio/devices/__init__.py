"""Sound devices, as the system offers them."""
