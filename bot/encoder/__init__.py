"""The sentence encoder: text to vectors on this machine, without a deep-learning framework."""

from bot.encoder.encoder import SentenceEncoder
from bot.encoder.errors import EncoderError
from bot.encoder.weights import DEFAULT_SHA256

__all__ = ["DEFAULT_SHA256", "EncoderError", "SentenceEncoder"]
