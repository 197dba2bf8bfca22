"""The small language in which rulesets say what they ask: text to tree, and dated values put into a tree."""
