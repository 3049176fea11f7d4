package sample

import "math"

// draw chooses a token by its row of scores.
func (s *Sampler) draw(row []float32) (int32, error) {
	k := s.options.TopK
	if k == 0 || k > s.values {
		k = s.values
	}
	if s.options.Temperature == 0 {
		k = 1
	}
	greatest := float32(math.Inf(-1))
	for _, x := range row {
		if x != x {
			return 0, errScores
		}
		greatest = max(greatest, x)
	}
	if math.IsInf(float64(greatest), 0) || s.model.Shares && !(greatest > 0) {
		return 0, errScores
	}
	if k < s.values {
		s.likeliest(row, k)
		if k == 1 {
			return s.best[0], nil
		}
		sum := 0.0
		for i, t := range s.best {
			s.weights[i] = s.weight(row[t], greatest)
			sum += s.weights[i]
		}
		return s.best[s.spin(s.weights[:k], sum)], nil
	}
	sum := 0.0
	for i, x := range row {
		s.weights[i] = s.weight(x, greatest)
		sum += s.weights[i]
	}
	return int32(s.spin(s.weights, sum)), nil
}

// weight is the share of a token relative to that of the likeliest one.
func (s *Sampler) weight(x, greatest float32) float64 {
	if s.model.Shares {
		return math.Pow(float64(x)/float64(greatest), 1/s.options.Temperature)
	}
	return math.Exp((float64(x) - float64(greatest)) / s.options.Temperature)
}

// spin draws an index by its weight.
func (s *Sampler) spin(weights []float64, sum float64) int {
	at := s.rand.Float64() * sum
	last := 0
	for i, w := range weights {
		if w == 0 {
			continue
		}
		last = i
		if at -= w; at < 0 {
			break
		}
	}
	return last
}

// likeliest fills best with the k greatest scores, the greatest first; of equal
// ones the first.
func (s *Sampler) likeliest(row []float32, k int) {
	s.best = s.best[:0]
	for i, x := range row {
		at := len(s.best)
		for at > 0 && row[s.best[at-1]] < x {
			at--
		}
		switch {
		case len(s.best) < k:
			s.best = append(s.best, 0)
		case at == k:
			continue
		}
		copy(s.best[at+1:], s.best[at:])
		s.best[at] = int32(i)
	}
}
