"""The pages of the record room."""
