package kernel

// MaxPool assigns to y[c, p, q] the greatest of x[c, p·stride + i, q·stride + j]
// over i and j below size, and to at where it stands: i·size + j, the first of
// several equal ones. Where one is no number, y is none and at size·size.
func MaxPool[T Float](y, at, x []T, n, c, h, w, p, q, size, stride int) {
	for e := range n * c {
		image := x[e*h*w:][:h*w]
		to, place := y[e*p*q:][:p*q], at[e*p*q:][:p*q]
		if size == 2 && stride == 2 {
			maxPairs(to, place, image, w, p, q)
			continue
		}
		for r := range p {
			for col := range q {
				best, where := greatest(image[r*stride*w+col*stride:], w, size)
				to[r*q+col], place[r*q+col] = best, T(where)
			}
		}
	}
}

// greatest finds the first greatest of a window at the start of x, whose rows
// begin w apart.
func greatest[T Float](x []T, w, size int) (best T, at int) {
	best = x[0]
	for i := range size {
		for j, v := range x[i*w:][:size] {
			if v > best || v != v {
				best, at = v, i*size+j
			}
		}
	}
	if best != best {
		at = size * size
	}
	return best, at
}

// MaxPoolDx assigns dx[c, h, w] = the sum of dy over the windows whose
// greatest element stands there.
func MaxPoolDx[T Float](dx, at, dy []T, n, c, h, w, p, q, size, stride int) {
	for e := range n * c {
		image := dx[e*h*w:][:h*w]
		from, place := dy[e*p*q:][:p*q], at[e*p*q:][:p*q]
		if size == 2 && stride == 2 {
			spreadPairs(image, place, from, h, w, p, q)
			continue
		}
		clear(image)
		for r := range p {
			for col := range q {
				if where := int(place[r*q+col]); where < size*size {
					image[(r*stride+where/size)*w+col*stride+where%size] += from[r*q+col]
				}
			}
		}
	}
}

// AvgPool assigns to y[c, p, q] the mean of x[c, p·stride + i, q·stride + j]
// over i and j below size.
func AvgPool[T Float](y, x []T, n, c, h, w, p, q, size, stride int) {
	by := T(size * size)
	for e := range n * c {
		image, to := x[e*h*w:][:h*w], y[e*p*q:][:p*q]
		for r := range p {
			for col := range q {
				var sum T
				for i := range size {
					for _, v := range image[(r*stride+i)*w+col*stride:][:size] {
						sum += v
					}
				}
				to[r*q+col] = sum / by
			}
		}
	}
}

// AvgPoolDx assigns dx[c, h, w] = the sum of dy / size² over the windows that
// hold the element.
func AvgPoolDx[T Float](dx, dy []T, n, c, h, w, p, q, size, stride int) {
	by := T(size * size)
	for e := range n * c {
		image, from := dx[e*h*w:][:h*w], dy[e*p*q:][:p*q]
		clear(image)
		for r := range p {
			for col := range q {
				d := from[r*q+col] / by
				for i := range size {
					to := image[(r*stride+i)*w+col*stride:][:size]
					for j := range to {
						to[j] += d
					}
				}
			}
		}
	}
}

// maxPairs is MaxPool of windows of two by two that do not overlap.
func maxPairs[T Float](y, at, x []T, w, p, q int) {
	if vectors[T]() {
		vecMaxPairs(narrow(y), narrow(at), narrow(x), p, q, w)
		return
	}
	lanesMaxPairs(y, at, x, p, q, w)
}

// spreadPairs is MaxPoolDx of windows of two by two that do not overlap.
func spreadPairs[T Float](dx, at, dy []T, h, w, p, q int) {
	if 2*p < h || 2*q < w {
		clear(dx[:h*w])
	}
	if vectors[T]() {
		vecSpreadPairs(narrow(dx), narrow(at), narrow(dy), p, q, w)
		return
	}
	lanesSpreadPairs(dx, at, dy, p, q, w)
}
