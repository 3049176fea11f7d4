package diag

// Code identifies a kind of fault; it never changes meaning.
type Code string
