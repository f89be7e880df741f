"""Measures whole processes of the assistant beside Rasa's stock configuration."""
