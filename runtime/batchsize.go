package runtime

import "strconv"

// BatchError says what is wrong with the size of a batch.
type BatchError struct{ Message string }

func (e *BatchError) Error() string { return e.Message }

// largestBatch keeps the sizes of workspaces far from overflow.
const largestBatch = 1 << 24

// largestColumn is no limit: an epoch may have any number of examples.
const largestColumn = int(^uint(0) >> 1)

// CheckBatch checks the largest batch that a trainer is to take.
func CheckBatch(capacity int) error {
	if capacity < 1 {
		return &BatchError{"a batch of at most " + strconv.Itoa(capacity) + " examples, want at least 1"}
	}
	if capacity > largestBatch {
		return &BatchError{"a batch of at most " + strconv.Itoa(capacity) + " examples, want at most " + strconv.Itoa(largestBatch)}
	}
	return nil
}

// BatchSize returns the common length of a batch's columns. It fails with a
// *BatchError where they differ, are empty, or exceed capacity.
func BatchSize(capacity int, columns ...int) (int, error) {
	if len(columns) == 0 {
		return 1, nil
	}
	n := columns[0]
	for _, m := range columns {
		if m != n {
			return 0, columnsDiffer(n, m)
		}
	}
	switch {
	case n == 0:
		return 0, &BatchError{"a batch without examples"}
	case n > capacity:
		return 0, &BatchError{"a batch of " + strconv.Itoa(n) + " examples, want at most " + strconv.Itoa(capacity)}
	}
	return n, nil
}

func columnsDiffer(n, m int) error {
	return &BatchError{"columns of " + strconv.Itoa(n) + " and " + strconv.Itoa(m) + " examples in one batch"}
}
