"""The engines that decide conditions: one file and one `match` each, and all agree on every record."""
