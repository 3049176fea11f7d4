package main

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestMNIST trains specs/mnist.cat until 97.5 % of the test images are told
// right, and allows the ten epochs that the spec declares. The images are not
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
	const want, epochs, stride = 0.975, 10, 2
	model := filepath.Join(t.TempDir(), "mnist.safetensors")
	accuracy := 0.0
	for n := stride; n <= epochs && accuracy < want; n += stride {
		args := []string{"--data", folder, "--epochs", strconv.Itoa(n), "--save", model}
		if n > stride {
			args = append(args, "--resume", model)
		}
		d := train(t, append(args, filepath.Join("..", "..", "specs", "mnist.cat"))...)
		accuracy = d.Validation["accuracy"]
		t.Logf("after %d epochs: %.4f", n, accuracy)
	}
	require.GreaterOrEqual(t, accuracy, want)
}
