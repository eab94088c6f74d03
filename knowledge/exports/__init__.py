"""Writers of glossaries, one a format."""
