"""What people touch: the web pages and the command line."""
