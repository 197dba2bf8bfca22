"""What a text says that the law asks about: letters and messages before they go out, and replies that come in."""
