"""Who sits where: roles in a programme. Names are not kept here: they belong in the vault."""
