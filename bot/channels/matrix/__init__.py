"""Matrix: the assistant as a user of a homeserver, with which it keeps in touch by itself."""
