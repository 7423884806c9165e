"""What the documents of a unit hold: one module each, pure, which gives what its template draws."""
