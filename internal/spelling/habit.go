package spelling

import (
	"math"
	"strings"
	"unicode"
)

// Habit knows which letters follow one another in the words of some text.
type Habit struct {
	pairs map[[2]rune]float64
	first map[rune]float64
}

// Of gathers the habit of the words of several texts, their case ignored.
func Of(texts ...string) *Habit {
	h := &Habit{map[[2]rune]float64{}, map[rune]float64{}}
	for _, text := range texts {
		before := ' '
		for _, r := range text {
			r = unicode.ToLower(r)
			if !unicode.IsLetter(r) {
				r = ' '
			}
			if before != ' ' || r != ' ' {
				h.pairs[[2]rune{before, r}]++
				h.first[before]++
			}
			before = r
		}
	}
	return h
}

// Familiar says how well word follows the habit: the mean logarithm of how
// often each letter follows the one before. More is more familiar.
func (h *Habit) Familiar(word string) float64 {
	sum, n := 0.0, 0
	before := ' '
	for _, r := range strings.ToLower(word) + " " {
		if !unicode.IsLetter(r) {
			r = ' '
		}
		if before == ' ' && r == ' ' { // which is not counted either
			continue
		}
		sum += math.Log((h.pairs[[2]rune{before, r}] + 0.1) / (h.first[before] + 3))
		n++
		before = r
	}
	return sum / float64(n)
}
