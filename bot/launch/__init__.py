"""Start the assistant and everything around it with one command: `python -m bot.launch run`."""
