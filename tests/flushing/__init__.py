"""A Django app for tests alone: emptying the database between tests must get past the triggers of the audit log."""
