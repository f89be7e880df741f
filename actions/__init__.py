"""The custom actions, one a file. No promise of the assistant depends on them."""
