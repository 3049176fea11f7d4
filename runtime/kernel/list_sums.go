package kernel

// ListSum assigns to y[s] the sum over the elements of each example's list:
// x holds n lists of length elements of s numbers each.
func ListSum[T Float](y, x []T, n, s, length int) { listSum(y, x, n, s, length, 1) }

// ListSumDx assigns dx[i, s] = dy[s].
func ListSumDx[T Float](dx, dy []T, n, s, length int) { listSpread(dx, dy, n, s, length, 1) }

// ListMean assigns to y[s] the mean over the elements of each example's list.
func ListMean[T Float](y, x []T, n, s, length int) { listSum(y, x, n, s, length, T(length)) }

// ListMeanDx assigns dx[i, s] = dy[s] / length.
func ListMeanDx[T Float](dx, dy []T, n, s, length int) {
	listSpread(dx, dy, n, s, length, T(length))
}

// listSum adds the elements up in their order, number by number. Single
// numbers are a row of one example.
func listSum[T Float](y, x []T, n, s, length int, by T) {
	if length == 0 {
		clear(y[:n*s])
		return
	}
	if s == 1 {
		sumOver(y, x, n, length, by)
		return
	}
	y, x = y[:n*s], x[:n*length*s]
	for e := range n {
		row, list := y[e*s:e*s+s], x[e*length*s:(e+1)*length*s]
		clear(row)
		for i := 0; i < len(list); i += s {
			for j, v := range list[i : i+s] {
				row[j] += v
			}
		}
		for j := range row {
			row[j] /= by
		}
	}
}

// listSpread assigns dx[i, s] = dy[s] / by.
func listSpread[T Float](dx, dy []T, n, s, length int, by T) {
	if s == 1 {
		spread(dx, dy, n, length, by)
		return
	}
	dx, dy = dx[:n*length*s], dy[:n*s]
	for e := range n {
		row, list := dy[e*s:e*s+s], dx[e*length*s:(e+1)*length*s]
		for i := 0; i < len(list); i += s {
			for j, v := range row {
				list[i+j] = v / by
			}
		}
	}
}
