"""Message logs of any export shape become notices: splitting, then meaning."""
