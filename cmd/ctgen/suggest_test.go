package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEditDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"a", "", 1}, {"", "ab", 2}, {"check", "chekc", 1}, {"genrate", "generate", 1},
		{"kitten", "sitting", 3}, {"größe", "grösse", 2},
	} {
		require.Equal(t, tt.want, editDistance(tt.a, tt.b), "%s, %s", tt.a, tt.b)
		require.Equal(t, tt.want, editDistance(tt.b, tt.a), "%s, %s", tt.b, tt.a)
	}
}
