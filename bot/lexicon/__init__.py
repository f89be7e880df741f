"""The clinical vocabulary, the normalizer, and the splitter of messages: pure, no Rasa."""
