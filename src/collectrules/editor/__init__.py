"""What an editor asks about a ruleset while it is written: what is wrong, what a word means, what may stand here.

Texts come as they stand in the editor, saved or not. `server` speaks the Language Server Protocol; the rest knows
nothing of it. Lines and columns count from 0, as editors count.
"""
