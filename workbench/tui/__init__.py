"""The terminal interface: shows what services returned, collects what a person decides, computes nothing itself."""
