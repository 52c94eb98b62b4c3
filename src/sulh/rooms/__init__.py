"""Django apps, one for each stage of the work; a room bears the name of what happens in it."""
