"""What can be asked of the store, one class a subject; all speak domain types and take the case's key."""
