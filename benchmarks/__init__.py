"""Speed of collectrules, side by side with its peers. `python -m benchmarks` runs everything."""
