"""What a turn of the conversation owes the person: pure rules over plain events.

Nothing here imports rasa or sanic, so the rules can be tested in milliseconds
and can outlive the framework that runs them.
"""
