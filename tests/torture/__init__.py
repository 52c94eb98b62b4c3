"""What was acknowledged survives: kills, power cuts, full and read-only disks, backups taken under load.

Each has a short form that runs with the other tests, and a long one (marker ``torture``, ``make torture``) whose
length and place the environment sets: ``SULH_TORTURE_KILLS``, ``SULH_TORTURE_MINUTES``, ``SULH_TORTURE_CUTS`` and
``SULH_TORTURE_STATE`` (a folder in which the kills go on from where an earlier run ended).
"""
