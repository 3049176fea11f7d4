package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestMNIST trains specs/mnist.cat for the ten epochs that it declares, and
// specs/lenet.cat for its eight, after which 97.5 % and 98.7 % of the test
// images are told right. The images are not
// part of the repository: they lie in the folder that CTGEN_MNIST names, or in
// shared/data/mnist beside the checkout.
func TestMNIST(t *testing.T) {
	if os.Getenv("CTGEN_FULL") == "" {
		t.Skip("trains on 60000 images; set CTGEN_FULL")
	}
	folder := os.Getenv("CTGEN_MNIST")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared", "data", "mnist")
		if _, err := os.Stat(folder); err != nil {
			t.Skipf("MNIST is not here: put its four files into %s, or name their folder with CTGEN_MNIST; specs/DATA.md says where they come from", folder)
		}
	}
	cacheIn(t)
	d := train(t, "--data", folder, filepath.Join("..", "..", "specs", "mnist.cat"))
	require.GreaterOrEqual(t, d.Validation["accuracy"], 0.975)
	d = train(t, "--data", folder, filepath.Join("..", "..", "specs", "lenet.cat"))
	require.GreaterOrEqual(t, d.Validation["accuracy"], 0.987)
}
