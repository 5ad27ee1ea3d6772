"""Questions to the texts of a library: what is asked for, which passages say it, and how sure that is. Pure."""
