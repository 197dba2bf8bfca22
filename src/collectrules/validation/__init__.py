"""Is a file fit to be merged? Every fault of every file, what was excepted and why, in the formats that CI reads."""
