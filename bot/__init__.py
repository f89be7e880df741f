"""Metastatic Cancer Companion: the package of the assistant."""
