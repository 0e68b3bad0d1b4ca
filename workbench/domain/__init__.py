"""What things are: frozen types of the field, standard library only, no I/O and no clock."""
