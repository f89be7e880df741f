"""Proof by search that no conversation breaks a promise, and long random walks beside it."""
