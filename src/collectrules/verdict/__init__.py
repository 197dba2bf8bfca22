"""From truths to an answer: who speaks, why, and what would make the act lawful."""
