package checkpoint

// pairs bounds how many names are compared for one error.
const pairs = 10000

// Not internal/spelling: users' programs are compiled from the runtime alone,
// without the rest of the module.

// nearest is the candidate that differs from name in the fewest letters, "" where
// none is within a third of its length. Every pair costs one of budget.
func nearest(name string, candidates []string, budget *int) string {
	best, least := "", len(name)/3+1
	for _, c := range candidates {
		if *budget--; *budget < 0 {
			break
		}
		if len(c) > 200 || len(name) > 200 {
			continue
		}
		if d := distance(name, c); d < least {
			best, least = c, d
		}
	}
	return best
}

// distance is the number of bytes to insert, remove or replace between a and b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
