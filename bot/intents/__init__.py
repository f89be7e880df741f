"""The intent classifier: logistic regression on sentence embeddings, free of the framework."""
