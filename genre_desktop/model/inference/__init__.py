"""Inference with NumPy alone: the network of a bundle, computed as Keras computes it, without TensorFlow."""
