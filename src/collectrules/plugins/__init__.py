"""What vendors add, and what is built in: hooks, channels, handoff formats."""
