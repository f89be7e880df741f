"""Rasa's NLU components of the assistant: thin, each a door to one pure package.

Order in the pipeline: tokenizer, message splitter, sentence featurizer, clinical
extractor, act classifier, and the safety guard last.
"""
