package format

// SetMaxText sets the bound on the size of what is formatted, and returns the
// bound there was.
func SetMaxText(n int) int {
	old := maxText
	maxText = n
	return old
}
