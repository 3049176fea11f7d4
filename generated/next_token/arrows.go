package next_token

import "math"

// Direct is predict written out: the token's row of the table, a score for
// each token of the vocabulary, and the softmax of the scores.
func (m *Model) Direct(token Token) Distribution {
	var scores Distribution
	most := float32(math.Inf(-1))
	for class, weights := range m.Linear.Weight {
		score := m.Linear.Bias[class]
		for i, w := range weights {
			score += w * m.Embed[token][i]
		}
		scores[class] = score
		most = max(most, score)
	}
	total := float32(0)
	for class, score := range scores {
		scores[class] = float32(math.Exp(float64(score - most)))
		total += scores[class]
	}
	for class := range scores {
		scores[class] /= total
	}
	return scores
}
