// Package edits measures how far apart two names are spelt. It serves the
// runtime alone, which users' programs are compiled from without the rest of the
// module; the command's own diagnostics weigh slips of the hand besides.
package edits

// Distance is the number of letters to insert, remove or replace between a and b:
// Levenshtein's distance.
func Distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		corner := row[0]
		row[0] = i + 1
		for j := range b {
			change := corner
			if a[i] != b[j] {
				change++
			}
			corner = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
