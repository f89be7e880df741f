"""Learns the adapter of the sentence encoder from the project's own examples; needs TensorFlow."""
