"""The intent classifier: a network of one hidden layer, free of the framework."""
