"""What a change of rulesets changes: in words, for each rule, proved or shown by a case, and in recorded answers."""
