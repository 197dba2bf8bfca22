"""What everything stands on: text with places, errors, money, dates."""
