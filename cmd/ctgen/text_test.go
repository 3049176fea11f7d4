package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTransformerBeatsBigram trains specs/gpt.cat for five epochs and
// specs/bigram.cat as it declares. On the end of the text, which neither has
// seen, the Transformer's loss is lower by half a nat a byte at least; ten
// epochs bring it to 0.8. Then it writes.
func TestTransformerBeatsBigram(t *testing.T) {
	if os.Getenv("CTGEN_FULL") == "" {
		t.Skip("trains a Transformer; set CTGEN_FULL")
	}
	cacheIn(t)
	spec := filepath.Join("..", "..", "specs", "gpt.cat")
	model := filepath.Join(t.TempDir(), "gpt.safetensors")
	bigram := train(t, filepath.Join("..", "..", "specs", "bigram.cat"))
	gpt := train(t, "--epochs", "5", "--threads", "2", "--save", model, spec)
	t.Logf("bigram %.4f, gpt %.4f", bigram.Validation["loss"], gpt.Validation["loss"])
	require.Less(t, bigram.Validation["loss"], 2.48)
	require.Less(t, gpt.Validation["loss"], bigram.Validation["loss"]-0.5)

	var text, stderr bytes.Buffer
	args := []string{"sample", "--model", model, "--prompt", "The Rays of ", "--length", "300", "--temperature", "0.5", spec}
	require.Zero(t, run(strings.NewReader(""), &text, &stderr, args), stderr.String())
	require.Len(t, text.String(), 312)
	common := 0
	for _, word := range []string{" the ", " of ", " and ", " to ", " in "} {
		common += strings.Count(text.String(), word)
	}
	require.Greater(t, common, 2, text.String())
}
