package checkpoint

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

// Whichever bit of a file changes, it is not read.
func TestEveryBitCounts(t *testing.T) {
	b, err := Encode(map[string]string{"epoch": "3"}, model())
	require.NoError(t, err)
	padded := bytes.Clone(b) // spaces that end the header are covered too
	for i := range padded {
		for bit := range 8 {
			padded[i] ^= 1 << bit
			_, err := Decode(padded)
			require.Error(t, err, "byte %d, bit %d", i, bit)
			padded[i] ^= 1 << bit
		}
	}
	for n := range b {
		_, err := Decode(b[:n])
		require.Error(t, err, "cut off after %d bytes", n)
	}
}

// A file of zeros in a place, as a disk leaves where power failed, is refused;
// so is a checksum of another form. A file without one is read.
func TestChecksum(t *testing.T) {
	b, err := Encode(nil, model())
	require.NoError(t, err)
	clear(b[len(b)-24:])
	_, err = Decode(b)
	require.ErrorIs(t, err, errChecksum)
	_, err = Decode(file(`{"__metadata__":{"checksum":"sha:1"}}`, ""))
	require.ErrorIs(t, err, errChecksum)
	_, err = Decode(file(`{"__metadata__":{"checksum":"\u0063rc64:0000000000000000"}}`, ""))
	require.ErrorIs(t, err, errChecksum)
	f, err := Decode(file(`{"__metadata__":{"a":"b"}}`, ""))
	require.NoError(t, err)
	require.Equal(t, map[string]string{"a": "b"}, f.Metadata)
}
