"""Training of the shipped classifier: needs torch (``requirements.txt`` beside this file), the run-time install does not.

The steps write into one work folder, each reads what the one before left, and each can be repeated alone.
"""
