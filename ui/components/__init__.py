"""Components: pieces of the app that the views share."""
