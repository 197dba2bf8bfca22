"""What a case may state, and how one is read."""
