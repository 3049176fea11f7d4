package category

import "slices"

// Turned returns k where to is from with its first k axes behind the others,
// 0 < k < len(from), and 0 where it is not: then the tensors of both shapes
// are transposes of each other, from one of k leading axes by the rest.
func Turned(from, to []DimTerm) int {
	for k := 1; k < len(from) && len(from) == len(to); k++ {
		if slices.Equal(slices.Concat(from[k:], from[:k]), to) {
			return k
		}
	}
	return 0
}
