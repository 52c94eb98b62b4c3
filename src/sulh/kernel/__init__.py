"""The thin Django base every room stands on."""
