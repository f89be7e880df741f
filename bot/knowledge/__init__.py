"""What the assistant knows: sources, facts, topics and the table of main sites.

Pure data and its checks: nothing here imports rasa or sanic.
"""
