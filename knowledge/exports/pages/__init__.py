"""The templates, style and words of exported web pages and cards."""
