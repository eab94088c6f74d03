"""Views: one module for each address of the app, with a function ``view`` that draws it."""
