"""What is urgent, what is a crisis and what is refused: pure functions over one message's text.

Nothing here imports the dialogue framework or a language model. Rules, vocabulary and context
cues are data under ``data/knowledge/safety``; `assess.SafetyCore` is the way in.
"""
