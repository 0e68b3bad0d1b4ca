"""Use cases, one verb a file; the only place that joins store, intake, engine and documents. Nothing here prints."""
