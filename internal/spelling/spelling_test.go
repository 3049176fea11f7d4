package spelling

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"a", "", 1}, {"", "ab", 2}, {"check", "chekc", 1}, {"genrate", "generate", 1},
		{"kitten", "sitting", 3}, {"größe", "grösse", 2},
	} {
		require.Equal(t, tt.want, distance([]rune(tt.a), []rune(tt.b)), "%s, %s", tt.a, tt.b)
		require.Equal(t, tt.want, distance([]rune(tt.b), []rune(tt.a)), "%s, %s", tt.b, tt.a)
	}
}

func TestNearest(t *testing.T) {
	for _, tt := range []struct{ word, want string }{
		{"Imput", "Input"}, {"Inptu", "Input"}, {"input", "Input"}, {"Weigth", "Weight"}, {"Zebra", ""}, {"X", ""}, {"x", ""}, {"Bais", "Bias"},
		{"--nope", ""}, {"--sav", "--save"}, {"", ""},
	} {
		budget := 10
		require.Equal(t, tt.want, Nearest(tt.word, []string{"Input", "Weight", "Bias", "Q", "--save"}, &budget), tt.word)
	}
	budget := 1
	require.Equal(t, "Bass", Nearest("Bais", []string{"Bass", "Bias"}, &budget))
	require.Empty(t, Nearest("Bais", []string{"Bias"}, &budget), "nothing is left to spend")
}
