package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// softmaxRegression is digits.cat without its hidden layer.
const softmaxRegression = `category softmax_regression

object Image  = R[64]
object Scores = R[10]
object Digit  = Fin[10]
object Loss   = R in [0, inf)
object Layer  = { weight: R[10, 64], bias: R[10] }

arrow score: Image -> Scores given Layer  = std.affine
arrow nll:   Scores * Digit -> Loss       = std.softmax_cross_entropy
arrow measure = score * id >> nll

endo step on Adam[Layer] = grad measure >> adam(rate: 3e-3)

data scans: Image * Digit from csv "digits.csv.gz" { Image: columns 1..64 scaled by 1/16, Digit: column 65 }
train fit { step: step, on: scans, batch: 32, epochs: 60, report: accuracy }
`

// TestFoldsAgreeWithScikitLearn cross-validates over ten stratified folds. The mean
// accuracy lies within one standard deviation over the folds of what scikit-learn
// 1.2.1 gives by cross_val_score over StratifiedKFold(10, shuffle=True,
// random_state=0): of LogisticRegression behind StandardScaler in one pipeline on
// the breast cancer data, and of LogisticRegression and MLPClassifier((64,)) on the
// digits divided by 16.
func TestFoldsAgreeWithScikitLearn(t *testing.T) {
	if os.Getenv("CTGEN_FULL") == "" {
		t.Skip("trains thirty models: CTGEN_FULL runs it")
	}
	cacheIn(t)
	softmax := filepath.Join(t.TempDir(), "softmax_regression.cat")
	require.NoError(t, os.WriteFile(softmax, []byte(softmaxRegression), 0o644))
	for _, tt := range []struct {
		spec            string
		mean, deviation float64
	}{
		{"../../specs/wdbc.cat", 0.9772, 0.019},
		{softmax, 0.971, 0.012},
		{"../../specs/digits.cat", 0.980, 0.008},
	} {
		args := []string{"train", "--json", "--folds", "10", "--stratified", tt.spec}
		if tt.spec == softmax {
			args = append(args, "--data", "../../specs/digits.csv.gz")
		}
		var stdout, stderr bytes.Buffer
		code := run(strings.NewReader(""), &stdout, &stderr, args)
		require.Zero(t, code, stderr.String())
		lines := strings.Split(strings.TrimSpace(stdout.String()), "\n")
		require.Len(t, lines, 11)
		var end struct {
			Event      string
			Folds      int
			Stratified string
			Metrics    map[string]struct{ Mean, Deviation float64 }
		}
		require.NoError(t, json.Unmarshal([]byte(lines[10]), &end))
		require.Equal(t, "folds", end.Event)
		require.Equal(t, 10, end.Folds)
		got := end.Metrics["accuracy"]
		t.Logf("%s, stratified by %s: %.4f ± %.4f", filepath.Base(tt.spec), end.Stratified, got.Mean, got.Deviation)
		require.InDelta(t, tt.mean, got.Mean, tt.deviation)
		require.Less(t, got.Deviation, 2*tt.deviation)
	}
}
