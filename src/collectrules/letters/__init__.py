"""Letters: templates, the statements that they say, what they are written as. Whether one may be sent is not here."""
