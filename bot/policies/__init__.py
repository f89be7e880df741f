"""The dialogue policy: Rasa's RulePolicy, guarded by the pure rules of `bot.dialogue`."""
