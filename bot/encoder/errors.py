"""What can go wrong with the sentence encoder; each message says what to do."""


class EncoderError(RuntimeError):
    """Base of every error of the sentence encoder."""


class MissingPackageError(EncoderError):
    """A package that is needed is not installed."""


class MissingFileError(EncoderError):
    """A file of the model directory is absent or cannot be read."""


class WrongHashError(EncoderError):
    """The weights are not the ones that were expected."""


class UnsupportedArchitectureError(EncoderError):
    """The directory holds a model that the graph cannot express."""


class GraphStoreError(EncoderError):
    """The built graph cannot be written to the cache directory."""
