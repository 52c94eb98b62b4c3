"""How a command says that it cannot do what was asked."""


class Fail(Exception):
    """One clear sentence for the user: what, where, and how to mend it. The command ends with exit code 2."""
