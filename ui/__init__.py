"""The web app: a chat window on the assistant, and the command that serves it."""
