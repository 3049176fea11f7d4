package edits

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"weight", "weight", 0}, {"weight", "wieght", 2},
		{"kitten", "sitting", 3}, {"flaw", "lawn", 2}, {"größe", "grösse", 2},
	} {
		assert.Equal(t, c.want, Distance([]rune(c.a), []rune(c.b)), "%s, %s", c.a, c.b)
		assert.Equal(t, c.want, Distance([]rune(c.b), []rune(c.a)), "%s, %s", c.b, c.a)
	}
}
