"""Checks of a model from a stranger, before Keras builds it.

Keras's own safe mode has been bypassed several times, and a correct hash only says that the weights are those of the
card. So Keras reads nothing of a ``.keras`` file: `keras_archive` takes three members out of it, `network_plan` reads
the layers and describes them anew from a list of known kinds, `hdf5_reader` reads the weights, `network_builder` builds
the network of both, and `trial` calls it once in a process of its own.
"""
