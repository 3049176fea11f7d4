package runtime

// Some returns the option that holds v. What an Option[A] of a specification
// is in Go, a *A, is nil where it holds nothing.
func Some[A any](v A) *A { return &v }
